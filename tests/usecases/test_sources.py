"""What users call a source: an address in full or in short, or a file."""

import pytest

from annotator.errors import AddressRefused
from annotator.usecases.sources import Source, locate


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_an_address_without_https_is_completed_unless_there_is_such_a_file(folder):
    assert locate(" example.org/story ") == "https://example.org/story"
    assert Source("example.org/story").host == "example.org"
    (folder / "example.org").mkdir()
    (folder / "example.org" / "story").write_text("A story.")
    assert locate("example.org/story") == "example.org/story"
    assert Source("example.org/story").host == ""


def test_a_file_address_is_the_path_in_it(folder):
    path = folder / "a page.html"
    assert locate(path.as_uri()) == str(path)
    assert locate(f"file:{folder}/x.md") == f"{folder}/x.md"
    assert locate(f"file://localhost{folder}/x.md") == f"{folder}/x.md"


def test_a_file_on_another_computer_is_refused_with_the_reason():
    with pytest.raises(AddressRefused, match="on another computer"):
        locate("file://server/share/page.html")
    assert Source("file://server/share/page.html").host == ""


def test_other_names_are_left_as_they_are(folder):
    for name in ("https://example.org/", "notes.md", "-", "", "a\0b", "9a41c0de"):
        assert locate(name) == name
