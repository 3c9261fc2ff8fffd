"""The bin of marks on two machines: what one of them deleted, restored or emptied."""

import json
from datetime import timedelta

import pytest
from msgspec.structs import replace

from builders import make_annotation

HOUR = timedelta(hours=1)


@pytest.fixture
def arrive(library, other, kept, file):
    """Return a function that puts the other machine's file beside ours, as a conflict copy."""

    def arrive():
        theirs = other.folder / file.relative_to(library.folder)
        file.with_name("annotations 2.json").write_bytes(theirs.read_bytes())

    return arrive


def ids(library, kept):
    return {mark.id for mark in library.article(kept.id).annotations()}


def binned(library, kept):
    """Return the notes of the marks in the bin, by their ids."""
    tombstones = library.article(kept.id).deleted_marks()
    return {key: each.mark.note for key, each in tombstones.items() if each.mark is not None}


@pytest.fixture
def shared(library, other, kept, moment):
    """Return a mark that both machines have."""
    mark = replace(make_annotation(kept, "two", note="First."), modified=moment)
    library.put([mark])
    other.put([mark])
    return mark


def test_a_mark_that_one_machine_deleted_is_in_the_bin_of_both(
    library, other, kept, arrive, shared, moment
):
    other.article(kept.id).remove([shared.id], now=moment + HOUR)
    arrive()
    assert ids(library, kept) == set()
    assert binned(library, kept) == {shared.id: "First."}


def test_a_mark_that_was_restored_wins_over_its_tombstone(
    library, other, kept, arrive, shared, moment
):
    for machine in (library, other):
        machine.article(kept.id).remove([shared.id], now=moment + HOUR)
    other.put([other.article(kept.id).deleted_marks()[shared.id].mark])
    arrive()
    assert ids(library, kept) == {shared.id}
    assert library.article(kept.id).deleted_marks() == {}


def test_a_mark_that_was_restored_and_deleted_again_does_not_come_back(
    library, other, kept, arrive, shared, moment
):
    other.article(kept.id).remove([shared.id], now=moment + HOUR)
    other.put([other.article(kept.id).deleted_marks()[shared.id].mark])
    other.article(kept.id).remove([shared.id], now=moment + 2 * HOUR)
    arrive()
    assert ids(library, kept) == set()
    assert binned(library, kept) == {shared.id: "First."}


def test_a_bin_that_one_machine_emptied_is_not_filled_by_the_other(
    library, other, kept, arrive, shared, moment
):
    for machine in (library, other):
        machine.article(kept.id).remove([shared.id], now=moment + HOUR)
    library.article(kept.id).empty_bin([shared.id], now=moment + 2 * HOUR)
    arrive()
    assert (ids(library, kept), binned(library, kept)) == (set(), {})


def test_a_bin_that_a_machine_whose_clock_is_late_emptied_stays_empty(
    library, other, kept, arrive, shared, moment
):
    for machine in (library, other):
        machine.article(kept.id).remove([shared.id], now=moment + HOUR)
    library.article(kept.id).empty_bin([shared.id], now=moment)
    arrive()
    assert (ids(library, kept), binned(library, kept)) == (set(), {})


def test_a_mark_deleted_after_the_bin_was_emptied_elsewhere_is_in_the_bin(
    library, other, kept, arrive, shared, moment
):
    for machine in (library, other):
        machine.article(kept.id).remove([shared.id], now=moment + HOUR)
    library.article(kept.id).empty_bin([shared.id], now=moment + 2 * HOUR)
    other.put([other.article(kept.id).deleted_marks()[shared.id].mark])
    other.article(kept.id).remove([shared.id], now=moment + 3 * HOUR)
    arrive()
    assert binned(library, kept) == {shared.id: "First."}


def test_the_bin_has_the_changes_of_both_machines(library, other, kept, arrive, shared, moment):
    for machine, tag in ((library, "ours"), (other, "theirs")):
        machine.article(kept.id).revise(
            shared.id,
            lambda mark, tag=tag: replace(mark, tags=(*mark.tags, tag), modified=moment + HOUR),
        )
        machine.article(kept.id).remove([shared.id], now=moment + 2 * HOUR)
    arrive()
    assert ids(library, kept) == set()
    assert set(library.article(kept.id).deleted_marks()[shared.id].mark.tags) == {"ours", "theirs"}


def test_a_tombstone_with_nothing_in_the_bin_has_no_field_for_it(library, kept, file, moment):
    mark = make_annotation(kept, "two")
    library.put([mark])
    library.article(kept.id).remove([mark.id], now=moment)
    assert set(row_of(file, mark)) == {"removed", "edits", "mark", "digest"}
    library.article(kept.id).empty_bin([mark.id], now=moment)
    assert set(row_of(file, mark)) == {"removed", "edits", "emptied", "digest"}


def row_of(file, mark):
    return json.loads(file.read_bytes())["tombstones"][mark.id]
