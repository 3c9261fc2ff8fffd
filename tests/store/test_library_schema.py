"""A new library gets the current schema, and a newer one is read-only."""

import json

import pytest

from annotator.errors import LibraryTooNew
from annotator.store import Library
from annotator.store.access import LibraryAccess
from annotator.store.backup import restore_backup
from annotator.store.format.library_schema import AS_WRITTEN, FILE_NAME, SCHEMA
from annotator.store.format.schema_file import check
from builders import make_annotation


@pytest.fixture
def access(library, tmp_path):
    return LibraryAccess(library.folder, tmp_path / "state")


def schema_of(library):
    return schema_of_folder(library.folder)


def schema_of_folder(folder):
    return json.loads((folder / FILE_NAME).read_text())["schema"]


def test_a_new_library_has_the_current_schema(library):
    assert (library.folder / "library.json").read_bytes() == AS_WRITTEN


def test_an_older_library_gets_the_number_of_the_program_and_stays_as_it_is(
    library, kept, file, tmp_path
):
    library.put([make_annotation(kept, "two")])
    before = file.read_bytes()
    (library.folder / FILE_NAME).write_text('{"schema": 1}')
    with Library.open(library.folder, state=tmp_path / "later") as later:
        assert schema_of(later) == SCHEMA
        assert not later.is_read_only
    assert file.read_bytes() == before


def test_an_older_library_is_backed_up_before_its_number_is_raised(library, kept, file, tmp_path):
    library.put([make_annotation(kept, "two")])
    (library.folder / FILE_NAME).write_text('{"schema": 1}')
    with Library.open(library.folder, state=tmp_path / "later") as later:
        [backup] = (later.state / "backups").iterdir()
        assert str(backup) in later.notices[0]
    restore_backup(backup, tmp_path / "unpacked")
    assert schema_of_folder(tmp_path / "unpacked") == 1
    kept_file = tmp_path / "unpacked" / file.relative_to(library.folder)
    assert kept_file.read_bytes() == file.read_bytes()
    with Library.open(library.folder, state=tmp_path / "later") as again:
        assert again.notices == ()


def test_a_library_that_cannot_be_backed_up_stays_as_it_is_and_is_read_only(library, tmp_path):
    (library.folder / FILE_NAME).write_text('{"schema": 1}')
    with Library.open(library.folder, state=tmp_path / "later") as later:
        state = later.state
    (library.folder / FILE_NAME).write_text('{"schema": 1}')
    for path in (state / "backups").iterdir():
        path.unlink()
    (state / "backups").rmdir()
    (state / "backups").write_text("in the way")
    with Library.open(library.folder, state=tmp_path / "later") as later:
        assert schema_of(later) == 1
        assert later.is_read_only


def test_the_library_of_a_program_that_raised_the_number_is_read_only_for_older_ones(
    library, kept, access, tmp_path
):
    check(access, FILE_NAME, SCHEMA + 1, lambda _: None)
    with (
        Library.open(library.folder, state=tmp_path / "state") as older,
        pytest.raises(LibraryTooNew, match="A newer version"),
    ):
        older.trash(kept.id)


def test_a_much_newer_library_is_read_only_but_can_be_read(library, kept, tmp_path):
    (library.folder / "library.json").write_text('{"schema": 1000}')
    with Library.open(library.folder, state=tmp_path / "state") as later:
        with pytest.raises(LibraryTooNew, match="A newer version"):
            later.trash(kept.id)
        assert later.article(kept.id).record().title == kept.title
