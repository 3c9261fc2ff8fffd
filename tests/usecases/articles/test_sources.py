"""Sources as users type them: an address in full or in short, or a file."""

import pytest

from annotator.errors import AddressRefused
from annotator.usecases.articles.sources import (
    Source,
    addresses_in,
    locate,
    looks_like_source,
    messages_in,
    sources_in,
)


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


def test_the_address_of_a_source_is_the_one_to_fetch(folder):
    assert Source("bücher.example/a#top").address == "https://xn--bcher-kva.example/a"
    assert Source("http://[::1]:8000/a").address == "http://[::1]:8000/a"
    for name in ("notes.md", "-", "", "https://ann:secret@example.org/"):
        assert Source(name).address == ""
    assert Source("https://example.org/", stdin=b"<p>Words.").address == ""


def test_other_names_are_left_as_they_are(folder):
    for name in ("https://example.org/", "notes.md", "-", "", "a\0b", "9a41c0de"):
        assert locate(name) == name


def test_a_text_of_many_lines_names_many_sources(folder):
    (folder / "my page.html").write_text("<p>Words.")
    text = """
    https://example.org/one
      - [Two](https://example.org/two), and <https://example.org/three>.
    example.org/four  example.org/five
    my page.html
    ~/notes.md
    https://example.org/one
    """
    assert sources_in(text) == (
        "https://example.org/one",
        "https://example.org/two",
        "https://example.org/three",
        "example.org/four",
        "example.org/five",
        "my page.html",
        "~/notes.md",
    )
    assert sources_in(" \n\n") == ()


def test_words_are_told_from_sources(folder):
    (folder / "story").write_text("Words.")
    for name in ("https://x.org", "x.org/a", "/srv/a", "~/a.md", "./a", "story", "file:///a"):
        assert looks_like_source(name), name
    for name in ("once upon a time", "stories", "a.md", ""):
        assert not looks_like_source(name), name


class TestMailboxes:
    ONE = b"From: Ann <a@b.example>\nSubject: Rain\nMessage-ID: <1@b.example>\n\nIt rained.\n"
    TWO = b"From: Bo <b@b.example>\nSubject: Snow\n\nFrom the hills it came.\n\n>From far.\n"
    LINE = b"From a@b.example Wed May  1 07:30:00 2024\n"

    def test_each_message_of_a_file_is_a_source(self, tmp_path):
        path = tmp_path / "inbox"
        path.write_bytes(b"\n".join([self.LINE + self.ONE, self.LINE + self.TWO]))
        one, two = messages_in(str(path))
        assert (one.name, one.stdin.strip()) == (f"{path}#1", self.ONE.strip())
        assert two.stdin == self.TWO.replace(b">From far", b"From far")

    def test_each_file_of_a_folder_of_mail_is_a_source(self, tmp_path):
        for name in ("cur", "new", "tmp"):
            (tmp_path / name).mkdir()
            (tmp_path / name / f"1.{name}").write_bytes(self.ONE)
        names = [source.name for source in messages_in(str(tmp_path))]
        assert names == [str(tmp_path / "cur" / "1.cur"), str(tmp_path / "new" / "1.new")]

    def test_anything_else_has_no_messages(self, tmp_path):
        page = tmp_path / "page.html"
        page.write_text("From here on, 1984 was over.")
        for name in (str(page), str(tmp_path), "gone", "https://example.org", "\0"):
            assert messages_in(name) == ()


@pytest.mark.parametrize("name", ["10.1000/a(b)c", "doi:10.1000/a(b)c", "DOI: 10.1000/a(b)c"])
def test_a_doi_is_its_address_at_doi_org_unless_there_is_such_a_file(folder, name):
    assert locate(name) == "https://doi.org/10.1000/a(b)c"
    assert Source(name).host == "doi.org"
    assert looks_like_source(name)
    (folder / "10.1000").mkdir()
    (folder / "10.1000" / "a(b)c").write_text("A story.")
    assert (locate(name) == "10.1000/a(b)c") == (name == "10.1000/a(b)c")


def test_a_list_of_dois_is_one_of_sources():
    assert addresses_in(b"10.1000/1\ndoi:10.1000/2\n") == ("10.1000/1", "doi:10.1000/2")
    assert sources_in("10.1000/1 doi:10.1000/2") == ("10.1000/1", "doi:10.1000/2")
