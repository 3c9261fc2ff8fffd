"""Values about the library itself are as safe as its marks, and merge key by key."""

import shutil
from datetime import timedelta

import pytest
from msgspec import Struct

from annotator.errors import LibraryError
from annotator.store import SAVED_QUERIES, TAG_COLOURS, Library, Section
from annotator.store.backup import restore_backup


class Schedule(Struct, frozen=True):
    """A value of more than one part."""

    interval: int
    count: int = 0


SCHEDULES = Section("schedules", Schedule)


@pytest.fixture
def later(moment):
    return moment + timedelta(minutes=5)


@pytest.fixture
def file(library):
    return library.folder / "catalog" / "tag_colours.json"


@pytest.fixture
def coloured(library, moment):
    library.catalog.put(TAG_COLOURS, {"energy": "#4c9ed9", "food": "#5fb36a"}, now=moment)
    return library.catalog


def reopened(library, tmp_path):
    return Library.open(library.folder, state=tmp_path / "state").catalog


def test_a_new_library_has_no_values_and_no_file(library):
    assert library.catalog.values(TAG_COLOURS) == {}
    assert not (library.folder / "catalog").exists()


def test_values_are_kept_and_sections_do_not_mix(library, coloured, tmp_path, moment):
    coloured.put(SAVED_QUERIES, {"open": "status:open"}, now=moment)
    coloured.put(SCHEDULES, {"01kk": Schedule(7, 2)}, now=moment)
    again = reopened(library, tmp_path)
    assert again.values(TAG_COLOURS) == {"energy": "#4c9ed9", "food": "#5fb36a"}
    assert again.values(SAVED_QUERIES) == {"open": "status:open"}
    assert again.values(SCHEDULES) == {"01kk": Schedule(7, 2)}


@pytest.fixture
def apart(library, tmp_path, moment):
    """Return the catalog of another machine, and a function that brings its file here as a copy."""
    library.catalog.put(SAVED_QUERIES, {"open": "status:open"}, now=moment)
    shutil.copytree(library.folder, tmp_path / "other")
    theirs = tmp_path / "other" / "catalog" / "saved_queries.json"

    def arrive():
        shutil.copy(theirs, library.folder / "catalog" / "saved_queries 2.json")
        return library.catalog.values(SAVED_QUERIES)

    return Library.open(tmp_path / "other", state=tmp_path / "other-state").catalog, arrive


def test_queries_that_two_machines_saved_under_one_name_are_both_kept(
    library, apart, moment, later
):
    other, arrive = apart
    library.catalog.put(SAVED_QUERIES, {"open": "kind:claim", "new": "tag:a"}, now=moment)
    other.put(SAVED_QUERIES, {"open": "tag:energy", "new": "tag:a"}, now=later)
    both = {"open": "tag:energy", "open (2)": "kind:claim", "new": "tag:a"}
    assert arrive() == both
    assert arrive() == both
    library.catalog.put(SAVED_QUERIES, {"open (2)": None}, now=later)
    assert arrive().keys() == {"open", "new"}


def test_a_query_that_replaced_another_is_kept_alone(library, apart, moment, later):
    other, arrive = apart
    library.catalog.put(SAVED_QUERIES, {"open": "kind:claim"}, now=moment)
    other.put(SAVED_QUERIES, {"new": "tag:a"}, now=later)
    assert arrive() == {"open": "kind:claim", "new": "tag:a"}


def test_a_query_that_one_machine_removed_and_another_changed_stays(library, apart, moment, later):
    other, arrive = apart
    other.put(SAVED_QUERIES, {"open": "kind:claim"}, now=moment)
    library.catalog.put(SAVED_QUERIES, {"open": None}, now=later)
    assert arrive() == {"open": "kind:claim"}


def test_a_value_is_replaced_or_removed_and_the_others_stay(library, coloured, tmp_path, later):
    coloured.put(TAG_COLOURS, {"energy": "#000000", "food": None}, now=later)
    assert reopened(library, tmp_path).values(TAG_COLOURS) == {"energy": "#000000"}


def test_the_last_value_wins_though_the_clock_went_back(coloured, moment):
    earlier = moment - timedelta(days=1)
    coloured.put(TAG_COLOURS, {"energy": "#000000", "food": None}, now=earlier)
    assert coloured.values(TAG_COLOURS) == {"energy": "#000000"}


def test_what_another_program_wrote_is_seen_and_kept(library, coloured, tmp_path, later):
    elsewhere = reopened(library, tmp_path)
    elsewhere.put(TAG_COLOURS, {"war": "#ff0000"}, now=later)
    coloured.put(TAG_COLOURS, {"law": "#00ff00"}, now=later)
    assert coloured.values(TAG_COLOURS).keys() == {"energy", "food", "war", "law"}


def test_a_value_of_another_type_is_not_returned_and_stays_in_the_file(library, coloured, later):
    coloured.put(Section("tag_colours", int), {"energy": 7}, now=later)
    coloured.put(TAG_COLOURS, {"law": "#00ff00"}, now=later)
    assert coloured.values(TAG_COLOURS).keys() == {"food", "law"}
    assert coloured.values(Section("tag_colours", int)) == {"energy": 7}


def test_a_damaged_file_is_set_aside_and_its_second_copy_used(library, coloured, file, tmp_path):
    file.write_bytes(b"{")
    with Library.open(library.folder, state=tmp_path / "state") as opened:
        assert opened.catalog.values(TAG_COLOURS).keys() == {"energy", "food"}
        (notice,) = opened.notices
    assert "damaged" in notice
    assert [path.read_bytes() for path in file.parent.glob("*.damaged-*")] == [b"{"]


def test_if_both_copies_are_damaged_the_section_begins_anew_with_a_notice(
    library, coloured, file, tmp_path, later
):
    for path in (file, file.with_name(f"{file.name}.bak")):
        path.write_bytes(b"\x00\x00")
    with Library.open(library.folder, state=tmp_path / "state") as opened:
        assert opened.catalog.values(TAG_COLOURS) == {}
        assert "What was in it is lost." in opened.notices[0]
        opened.catalog.put(TAG_COLOURS, {"law": "#00ff00"}, now=later)
        assert opened.catalog.values(TAG_COLOURS) == {"law": "#00ff00"}


def test_a_read_only_library_is_read_and_not_written(library, coloured, tmp_path, later):
    (library.folder / "library.json").write_text('{"schema": 1000}')
    with Library.open(library.folder, state=tmp_path / "state") as opened:
        assert opened.catalog.values(TAG_COLOURS).keys() == {"energy", "food"}
        with pytest.raises(LibraryError):
            opened.catalog.put(TAG_COLOURS, {"law": "#00ff00"}, now=later)


def test_a_conflict_copy_is_merged_key_by_key(library, coloured, file, tmp_path, later):
    shutil.copytree(library.folder, tmp_path / "other")
    with Library.open(tmp_path / "other", state=tmp_path / "other-state") as other:
        other.catalog.put(TAG_COLOURS, {"energy": "#111111", "food": None}, now=later)
        theirs = (other.folder / "catalog" / file.name).read_bytes()
    much_later = later + timedelta(minutes=5)
    coloured.put(TAG_COLOURS, {"energy": "#222222", "law": "#00ff00"}, now=much_later)
    copy = file.with_name("tag_colours.sync-conflict-20260314-092653-ABCDEFG.json")
    copy.write_bytes(theirs)
    assert coloured.values(TAG_COLOURS) == {"energy": "#222222", "law": "#00ff00"}
    assert not copy.exists()
    assert "was merged" in library.notices[0]


def test_a_file_that_only_looks_like_a_copy_is_left(library, coloured, file):
    copy = file.with_name("tag_colours 2.json")
    copy.write_text("my own notes")
    assert coloured.values(TAG_COLOURS).keys() == {"energy", "food"}
    assert copy.read_text() == "my own notes"
    assert "left unchanged" in library.notices[0]


def test_the_doctor_finds_and_repairs_damage_in_it(library, coloured, file):
    maintenance = library.maintenance
    assert maintenance.check_library().findings == ()
    file.write_bytes(b"{")
    file.chmod(0o644)
    found = {(each.problem, each.path) for each in maintenance.check_library().findings}
    name = "catalog/tag_colours.json"
    assert found == {("damaged", name), ("permissions", name)}
    maintenance.repair_library()
    assert [each.problem for each in maintenance.check_library().findings] == []
    assert coloured.values(TAG_COLOURS).keys() == {"energy", "food"}


def test_a_backup_has_it_and_restoring_keeps_what_is_newer(library, coloured, tmp_path, later):
    backup = tmp_path / "backup.tar.zst"
    library.maintenance.back_up(backup)
    restore_backup(backup, tmp_path / "again")
    with Library.open(tmp_path / "again", state=tmp_path / "again-state") as again:
        assert again.catalog.values(TAG_COLOURS).keys() == {"energy", "food"}
    coloured.put(TAG_COLOURS, {"energy": "#000000", "food": None}, now=later)
    library.maintenance.merge_backup(backup)
    assert coloured.values(TAG_COLOURS) == {"energy": "#000000"}


def test_what_was_removed_long_ago_is_left_out_of_the_file(library, moment):
    late = moment + timedelta(days=200)
    library.catalog.put(TAG_COLOURS, {"a": "#111111", "b": "#222222", "c": "#333333"}, now=moment)
    library.catalog.put(TAG_COLOURS, {"a": None}, now=moment)
    library.catalog.put(TAG_COLOURS, {"b": None}, now=late)
    library.catalog.forget_removed(TAG_COLOURS, before=late - timedelta(days=180))
    assert library.catalog.removed(TAG_COLOURS) == {"b"}
    assert library.catalog.values(TAG_COLOURS) == {"c": "#333333"}
