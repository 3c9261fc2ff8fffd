"""A new library gets the current schema, and a newer one is read-only."""

import json

import pytest

from annotator.errors import LibraryTooNew
from annotator.store import Library
from annotator.store.access import LibraryAccess
from annotator.store.format.library_schema import AS_WRITTEN, FILE_NAME
from annotator.store.format.schema_file import check
from builders import make_annotation


@pytest.fixture
def access(library, tmp_path):
    return LibraryAccess(library.folder, tmp_path / "state")


def schema_of(library):
    return json.loads((library.folder / "library.json").read_text())["schema"]


def test_a_new_library_has_the_current_schema(library):
    assert (library.folder / "library.json").read_bytes() == AS_WRITTEN


def test_an_older_library_gets_the_number_of_the_program_and_stays_as_it_is(
    library, kept, access, file
):
    library.put([make_annotation(kept, "two")])
    before = file.read_bytes()
    check(access, FILE_NAME, 2)
    assert schema_of(library) == 2
    assert not access.is_read_only
    assert file.read_bytes() == before


def test_the_library_of_a_program_that_raised_the_number_is_read_only_for_older_ones(
    library, kept, access, tmp_path
):
    check(access, FILE_NAME, 2)
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
