"""A backup is complete or reported as incomplete, and reading one does no harm."""

import io
import json
import tarfile

import pytest

from annotator.errors import DamagedFile, LibraryError
from annotator.store import Library
from annotator.store.backup import MANIFEST, extract, restore_backup, verify, write
from annotator.store.disk.compression import compress
from annotator.store.format.library_schema import SYNCTHING_FILE
from builders import make_annotation, make_article, make_extraction, make_page


@pytest.fixture
def backup(library, kept, moment, tmp_path):
    """Return a backup of a library with two articles, a mark, and an article in the bin."""
    library.put([make_annotation(kept, "two three")])
    for name in ("a", "b"):
        article = make_article(f"Words of {name}.", url=f"https://example.org/{name}")
        library.store(make_extraction(article), make_page(), now=moment)
    library.trash(article.id)
    target = tmp_path / "backup.tar.zst"
    write(library.folder, target)
    return target


def contents_of(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def packed(*members, contents=None):
    """Return an archive of these members, with the given manifest."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        for member in members:
            tar.addfile(member, io.BytesIO(bytes(member.size)))
        data = json.dumps({"files": contents or {}}).encode()
        last = tarfile.TarInfo(MANIFEST)
        last.size = len(data)
        tar.addfile(last, io.BytesIO(data))
    return compress(buffer.getvalue(), 3)


def member(name, **fields):
    info = tarfile.TarInfo(name)
    for field, value in fields.items():
        setattr(info, field, value)
    return info


def test_a_backup_contains_every_file(library, kept, backup, tmp_path):
    contents = extract(backup, tmp_path / "again")
    own = contents_of(library.folder)
    own.pop(SYNCTHING_FILE)  # which is of the machine
    assert contents_of(tmp_path / "again") == own
    assert contents.articles == 2
    with Library.open(tmp_path / "again", state=tmp_path / "again-state") as again:
        assert again.article(kept.id).annotations() == library.article(kept.id).annotations()
        assert again.article(kept.id).page() == library.article(kept.id).page()
        assert len(again.trashed()) == 1


def test_only_the_owner_can_read_a_backup(backup):
    assert backup.stat().st_mode & 0o777 == 0o600


def test_a_backup_never_overwrites_a_file(library, backup):
    before = backup.read_bytes()
    with pytest.raises(LibraryError, match="already exists"):
        write(library.folder, backup)
    assert backup.read_bytes() == before


def test_files_that_do_not_belong_in_a_library_are_not_backed_up(library, kept, tmp_path):
    (library.folder / "diary.txt").write_text("Mine.")
    (library.folder / "articles" / "link").symlink_to("/etc/passwd")
    target = tmp_path / "backup.tar.zst"
    write(library.folder, target)
    assert not [name for name in verify(target).files if "diary" in name or "link" in name]


def test_a_copy_of_a_folder_that_is_not_merged_yet_is_backed_up(library, other, kept, tmp_path):
    other.put([make_annotation(kept, "Six", id="7zzz")])
    own = library.folder / "articles" / kept.id[:2] / kept.id
    (other.folder / own.relative_to(library.folder)).rename(own.with_name(f"{kept.id} 2"))
    target = tmp_path / "backup.tar.zst"
    assert write(library.folder, target).articles == 1
    restore_backup(target, tmp_path / "again")
    with Library.open(tmp_path / "again", state=tmp_path / "again-state") as again:
        again.maintenance.tidy()
        assert [mark.id for mark in again.article(kept.id).annotations()] == ["7zzz"]
    library.article(kept.id).path.rename(tmp_path / "elsewhere")
    own.with_name(f"{kept.id} 2").rename(tmp_path / "copy")
    library.maintenance.merge_backup(target)
    assert [mark.id for mark in library.article(kept.id).annotations()] == ["7zzz"]


@pytest.mark.parametrize("level", ["articles", "shard", "article"])
def test_what_is_behind_a_link_is_backed_up(library, kept, tmp_path, level):
    article = library.article(kept.id).path
    path = {"articles": article.parents[1], "shard": article.parent, "article": article}[level]
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    target = tmp_path / "backup.tar.zst"
    assert write(library.folder, target).articles == 1
    restore_backup(target, tmp_path / "again")
    with Library.open(tmp_path / "again", state=tmp_path / "again-state") as again:
        assert again.article(kept.id).extraction() == library.article(kept.id).extraction()


def test_a_file_that_cannot_be_in_a_backup_makes_it_fail(library, kept, tmp_path):
    path = library.article(kept.id).path / "annotations\n2.json"
    path.write_text("{}")
    with pytest.raises(LibraryError, match="cannot be in a backup"):
        write(library.folder, tmp_path / "backup.tar.zst")
    path.unlink()
    path.with_name("annotations 2.json").symlink_to("/etc/passwd")
    with pytest.raises(LibraryError, match="not the kind of file"):
        write(library.folder, tmp_path / "backup.tar.zst")
    assert list(tmp_path.glob("*.zst")) == []


def test_a_folder_that_cannot_be_read_makes_a_backup_fail(plain_folder, without_rights):
    library = Library.open(plain_folder / "data", state=plain_folder / "state")
    with without_rights():
        closed = library.folder / "articles"
        closed.mkdir()
        closed.chmod(0)
        with pytest.raises(LibraryError, match="may not be read"):
            write(library.folder, plain_folder / "backup.tar.zst")


def test_a_backup_that_fails_leaves_nothing(library, kept, tmp_path):
    with pytest.raises(LibraryError):
        write(library.folder, tmp_path / "nowhere" / "backup.tar.zst")
    assert list(tmp_path.glob("**/*.tmp")) == []


def test_a_flipped_bit_is_noticed_or_changes_no_file(backup):
    data, sound = backup.read_bytes(), verify(backup)
    noticed = 0
    for place in range(0, len(data), 37):
        backup.write_bytes(data[:place] + bytes([data[place] ^ 4]) + data[place + 1 :])
        try:  # a few bits of the compression have no meaning
            assert verify(backup) == sound
        except DamagedFile:
            noticed += 1
    assert noticed > len(data) // 37 // 2


def test_a_backup_that_was_cut_is_noticed(backup):
    data = backup.read_bytes()
    for length in range(0, len(data), 53):
        backup.write_bytes(data[:length])
        with pytest.raises(DamagedFile, match="not an intact backup"):
            verify(backup)


@pytest.mark.parametrize(
    "hostile",
    [
        member("../outside"),
        member("/etc/cron.d/evil"),
        member("articles/ab/../../../outside"),
        member("articles/ab/abcdef0123456789/../x"),
        member("articles/ab/........../x"),
        member("articles/ab/abcdef0123456789/link", type=tarfile.SYMTYPE, linkname="/etc/passwd"),
        member("articles/ab/abcdef0123456789/hard", type=tarfile.LNKTYPE, linkname="library.json"),
        member("articles/ab/abcdef0123456789/pipe", type=tarfile.FIFOTYPE),
        member("articles/ab/abcdef0123456789/disk", type=tarfile.BLKTYPE),
        member("articles/ab/abcdef0123456789", type=tarfile.DIRTYPE),
        member("articles/ab/abcdef0123456789/a\nb"),
        member("settings.toml"),
    ],
    ids=lambda info: info.name,
)
def test_a_hostile_archive_is_refused(hostile, tmp_path):
    path = tmp_path / "hostile.tar.zst"
    path.write_bytes(packed(hostile))
    with pytest.raises(DamagedFile, match="does not belong in a library"):
        extract(path, tmp_path / "here")
    assert [each for each in tmp_path.rglob("*") if each != path] == []


def test_two_members_of_one_name_are_refused(tmp_path):
    path = tmp_path / "twice.tar.zst"
    path.write_bytes(packed(member("library.json"), member("library.json")))
    with pytest.raises(DamagedFile):
        verify(path)


def test_a_small_backup_that_unpacks_to_something_enormous_is_refused(tmp_path):
    path = tmp_path / "bomb.tar.zst"
    path.write_bytes(packed(member("library.json", size=200 * 1024 * 1024)))
    with pytest.raises(DamagedFile):
        verify(path)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", compress(b"", 3), b"\x00" * 4096])
def test_a_file_that_is_not_a_backup_is_refused(data, tmp_path):
    path = tmp_path / "other.tar.zst"
    path.write_bytes(data)
    with pytest.raises(DamagedFile, match="not an intact backup"):
        verify(path)
