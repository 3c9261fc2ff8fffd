"""A text file of the user's own: read as it is, and replaced at once or not at all."""

import os

import pytest

from annotator.errors import ExportError, InvalidInput
from annotator.store import TextFile
from annotator.store.exports import export_file


@pytest.fixture
def path(tmp_path):
    """Return the path of a text with a mark of byte order and line ends of Windows."""
    path = tmp_path / "draft.md"
    path.write_bytes("\ufeffOne.\r\nTwö.".encode())
    return path


def test_a_text_is_read_and_written_byte_by_byte(path):
    file = TextFile.read(path)
    assert file.text == "\ufeffOne.\r\nTwö."
    file.replace(file.text + "\r\n")
    assert path.read_bytes() == "\ufeffOne.\r\nTwö.\r\n".encode()
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_was_changed_meanwhile_is_left(path):
    file = TextFile.read(path)
    path.write_text("Somebody else wrote this.")
    with pytest.raises(ExportError, match="changed by another program"):
        file.replace("x")
    assert path.read_text() == "Somebody else wrote this."


def test_a_file_that_is_gone_is_not_made_again(path):
    file = TextFile.read(path)
    path.unlink()
    with pytest.raises(ExportError):
        file.replace("x")
    assert not path.exists()


def test_a_link_leads_to_the_file_that_is_replaced(path, tmp_path):
    link = tmp_path / "link.md"
    link.symlink_to(path.name)
    TextFile.read(link).replace("x")
    assert link.is_symlink()
    assert path.read_text() == "x"


def test_what_is_not_a_regular_file_of_utf_8_is_refused(path, tmp_path, monkeypatch):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "latin").write_bytes(b"caf\xe9")
    for name in ("pipe", "latin", "none", "."):
        with pytest.raises(InvalidInput):
            TextFile.read(tmp_path / name)
    monkeypatch.setattr(export_file, "LARGEST", 4)
    with pytest.raises(InvalidInput, match="larger than"):
        TextFile.read(path)
