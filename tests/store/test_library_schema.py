"""An older library is upgraded after a backup, and a newer one is read-only."""

import json

import pytest

from annotator.errors import LibraryError, LibraryTooNew
from annotator.store import Library
from annotator.store.access import LibraryAccess
from annotator.store.backup import archive
from annotator.store.format.library_schema import AS_WRITTEN
from annotator.store.format.migration import Plan, check
from builders import make_annotation


@pytest.fixture
def access(library, tmp_path):
    return LibraryAccess(library.folder, tmp_path / "state")


def schema_of(library):
    return json.loads((library.folder / "library.json").read_text())["schema"]


def with_language(folder):
    """Give every record a language: a step from a schema in which they had none."""
    for path in folder.glob("articles/*/*/annotations.json"):
        tables = json.loads(path.read_text())
        for record in tables["article"].values():
            record["language"] = "de"
            record.pop("digest", None)
        path.write_text(json.dumps(tables))


def nothing(folder):
    pass


def failing(folder):
    raise OSError(28, "No space left on device")


def test_an_older_library_is_upgraded_step_by_step(library, kept, access, tmp_path):
    library.put([make_annotation(kept, "two")])
    check(access, Plan(3, {1: with_language, 2: nothing}))
    assert schema_of(library) == 3
    assert not access.is_read_only
    assert library.article(kept.id).record().language == "de"
    assert len(library.article(kept.id).annotations()) == 1


def test_an_older_library_is_backed_up_first(library, kept, access, file, tmp_path):
    before = file.read_bytes()
    check(access, Plan(2, {1: with_language}))
    (backup,) = access.state.glob("backups/*.tar.zst")
    archive.extract(backup, tmp_path / "as-it-was")
    assert (tmp_path / "as-it-was" / file.relative_to(library.folder)).read_bytes() == before
    assert backup.name in access.notices[0]


def test_a_failing_step_leaves_the_schema_and_refuses_changes(library, access):
    check(access, Plan(3, {1: nothing, 2: failing}))
    assert access.is_read_only
    with pytest.raises(LibraryError, match="Not enough disk space"):
        access.require_writable()
    assert schema_of(library) == 2


def test_an_upgrade_is_continued_after_the_program_died(library, kept, access):
    check(access, Plan(3, {1: nothing, 2: failing}))
    again = LibraryAccess(library.folder, access.state.parents[1])
    check(again, Plan(3, {2: with_language}))
    assert (schema_of(library), again.is_read_only) == (3, False)
    assert library.article(kept.id).record().language == "de"


def test_a_schema_without_a_step_is_read_only(library, access):
    check(access, Plan(3, {2: nothing}))
    with pytest.raises(LibraryError, match="no longer supported"):
        access.require_writable()
    assert schema_of(library) == 1


def test_a_new_library_has_the_current_schema(library):
    assert (library.folder / "library.json").read_bytes() == AS_WRITTEN


def test_a_current_library_is_not_backed_up(library, access):
    check(access)
    assert not (access.state / "backups").exists()


def test_a_newer_library_is_read_only(library, kept, tmp_path):
    (library.folder / "library.json").write_text('{"schema": 1000}')
    with (
        Library.open(library.folder, state=tmp_path / "state") as later,
        pytest.raises(LibraryTooNew, match="A newer version"),
    ):
        later.trash(kept.id)
