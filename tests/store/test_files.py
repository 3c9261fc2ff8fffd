import errno
import os

import pytest

from annotator.store.disk import files


@pytest.fixture
def no_hard_links(monkeypatch):
    """Simulate a file system without hard links, such as that of a memory stick."""

    def refuse(*_):
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refuse)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_replaced_file_is_the_only_one_in_its_folder(tmp_path):
    for data in (b"one", b"two", b"three"):
        files.replace(tmp_path / "file", data)
    assert (tmp_path / "file").read_bytes() == b"three"
    assert names(tmp_path) == ["file"]


def test_overwriting_leaves_nothing_of_what_was_there(tmp_path):
    for data in (b"one", b"three", b"two"):
        files.overwrite(tmp_path / "file", data)
        assert (tmp_path / "file").read_bytes() == data
    assert names(tmp_path) == ["file"]
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o600


def test_overwriting_leaves_other_names_of_the_file_alone(tmp_path):
    (tmp_path / "file").write_bytes(b"one")
    os.link(tmp_path / "file", tmp_path / "other")
    files.overwrite(tmp_path / "file", b"two")
    assert ((tmp_path / "file").read_bytes(), (tmp_path / "other").read_bytes()) == (b"two", b"one")


def test_overwriting_neither_follows_a_link_nor_waits_on_a_pipe(tmp_path):
    (tmp_path / "file").write_bytes(b"data")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "pipe"):
        with pytest.raises(OSError, match=r"symbolic links|regular file"):
            files.overwrite(tmp_path / name, b"new")
    assert (tmp_path / "file").read_bytes() == b"data"


def test_a_duplicate_is_made_where_there_are_no_hard_links(tmp_path, no_hard_links):
    (tmp_path / "file").write_bytes(b"one")
    files.duplicate(tmp_path / "file", tmp_path / "other")
    assert (tmp_path / "other").read_bytes() == b"one"
    assert names(tmp_path) == ["file", "other"]


def test_a_file_that_cannot_be_replaced_leaves_nothing_behind(tmp_path):
    (tmp_path / "folder" / "inside").mkdir(parents=True)
    with pytest.raises(OSError, match="directory"):
        files.replace(tmp_path / "folder", b"data")
    assert names(tmp_path) == ["folder"]


@pytest.mark.usefixtures("no_hard_links")
def test_creating_never_overwrites_a_file_even_without_hard_links(tmp_path):
    files.create(tmp_path / "file", b"one")
    with pytest.raises(FileExistsError):
        files.create(tmp_path / "file", b"two")
    assert (tmp_path / "file").read_bytes() == b"one"
    assert names(tmp_path) == ["file"]


def test_creating_never_writes_through_a_link(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    with pytest.raises(FileExistsError):
        files.create(tmp_path / "link", b"data")
    assert names(tmp_path) == ["link"]


def test_reading_neither_follows_a_link_nor_waits_on_a_pipe(tmp_path):
    (tmp_path / "file").write_bytes(b"data")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "pipe"):
        with pytest.raises(OSError, match=r"symbolic links|regular file"):
            files.read(tmp_path / name)


def test_two_versions_of_a_file_have_different_fingerprints(tmp_path):
    path = tmp_path / "file"
    assert files.fingerprint(path) is None
    files.replace(path, b"one")
    first = files.fingerprint(path)
    assert files.read(path) == (b"one", first)
    files.replace(path, b"two")
    assert files.fingerprint(path) != first
    assert files.fingerprint(path / "below") is None


def test_only_the_owner_can_enter_new_folders(tmp_path):
    files.make_folder(tmp_path / "a" / "b")
    files.make_folder(tmp_path / "a" / "b")
    assert {(tmp_path / name).stat().st_mode & 0o777 for name in ("a", "a/b")} == {0o700}


def test_names_are_on_the_disk_when_writing_returns(tmp_path, on_disk):
    files.make_folder(tmp_path / "a" / "b")
    assert (on_disk(tmp_path), on_disk(tmp_path / "a")) == ({"a"}, {"b"})
    files.create(tmp_path / "a" / "b" / "new", b"one")
    assert on_disk(tmp_path / "a" / "b") == {"new"}
    files.replace(tmp_path / "a" / "b" / "other", b"two")
    assert on_disk(tmp_path / "a" / "b") == {"new", "other"}
