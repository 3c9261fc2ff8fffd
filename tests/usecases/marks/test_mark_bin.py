"""Deleted marks wait in the bin, and come back from there as they were."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from annotator.errors import AmbiguousId, Conflict, NotInLibrary
from annotator.model import Claim, Link, Span
from annotator.usecases.library.undo import History
from annotator.usecases.marks.annotate import Changes, Draft, change, delete, mark
from annotator.usecases.marks.mark_bin import (
    binned_marks,
    deleted_marks,
    empty_mark_bin,
    find_binned,
    forget_old_marks,
    restore_marks,
)

WEEK = timedelta(days=7)
SEASON = timedelta(days=91)


@pytest.fixture
def full(library, annotation, moment):
    """Return a mark with everything that a mark can have."""
    change(library, [annotation], Changes(added=["food"]), now=moment)
    change(library, [annotation], Changes(note="By whom?"), now=moment)
    change(
        library, [annotation], Changes(values={"speaker": "Ann", "status": "disputed"}), now=moment
    )
    link = Link("informs", "https://example.org/other")
    return library.article(annotation.article_id).revise(
        annotation.id, lambda known: replace(known, links=(link,))
    )


def test_a_deleted_mark_comes_back_next_week_with_all_that_it_had(library, full, later):
    delete(library, [full], now=later)
    (binned,) = binned_marks(library, now=later + WEEK)
    assert (binned.annotation.contents, binned.removed) == (full.contents, later)
    assert binned.record.id == full.article_id
    restore_marks(library, [binned], now=later + WEEK)
    there = library.annotation(full.id)
    assert there.contents == full.contents
    assert there.claim == Claim(speaker="Ann", status="disputed")
    assert binned_marks(library, now=later + WEEK) == ()


def test_nine_marks_of_several_articles_come_back_as_one_step(library, article, moment, later):
    marks = [
        mark(library, article, Span(0, 6 + n), Draft(note=str(n)), now=moment) for n in range(9)
    ]
    delete(library, marks, now=later)
    stack = History()
    stack.make(lambda: restore_marks(library, binned_marks(library, now=later), now=later))
    assert {each.note for each in library.article(article.id).annotations()} == set("012345678")
    assert stack.undo(library, now=later).extent == "9 marks"
    assert library.article(article.id).annotations() == ()
    assert len(binned_marks(library, now=later)) == 9


def test_those_that_were_deleted_last_are_first(library, article, annotation, moment, later):
    other = mark(library, article, Span(24, 38), Draft(), now=moment)
    delete(library, [annotation], now=later)
    delete(library, [other], now=later + WEEK)
    assert [each.id for each in binned_marks(library, now=later + WEEK)] == [
        other.id,
        annotation.id,
    ]


def test_a_mark_stays_in_the_bin_for_ninety_days(library, annotation, later):
    delete(library, [annotation], now=later)
    assert binned_marks(library, now=later + timedelta(days=90))
    assert binned_marks(library, now=later + SEASON) == ()


def test_old_marks_are_deleted_from_the_file_for_good(library, article, annotation, moment, later):
    other = mark(library, article, Span(24, 38), Draft(), now=moment)
    delete(library, [annotation], now=later)
    delete(library, [other], now=later + WEEK)
    forget_old_marks(library, now=later + SEASON)
    tombstones = library.article(article.id).deleted_marks()
    assert (tombstones[annotation.id].mark, tombstones[other.id].mark.id) == (None, other.id)


def test_an_emptied_bin_leaves_the_tombstone_alone(library, annotation, later):
    delete(library, [annotation], now=later)
    empty_mark_bin(library, binned_marks(library, now=later), now=later + WEEK)
    assert binned_marks(library, now=later + WEEK) == ()
    tombstone = library.article(annotation.article_id).deleted_marks()[annotation.id]
    assert (tombstone.removed, tombstone.mark) == (later, None)


def test_a_mark_that_was_restored_and_deleted_again_is_in_the_bin_as_it_was_last(
    library, annotation, later
):
    delete(library, [annotation], now=later)
    restore_marks(library, binned_marks(library, now=later), now=later)
    change(library, [annotation], Changes(note="Again."), now=later + WEEK)
    delete(library, [annotation], now=later + WEEK)
    (binned,) = binned_marks(library, now=later + WEEK)
    assert binned.annotation.note == "Again."


def test_a_mark_in_the_bin_is_named_by_part_of_its_id(library, article, annotation, moment, later):
    other = mark(library, article, Span(24, 38), Draft(), now=moment)
    delete(library, [annotation, other], now=later)
    assert find_binned(library, annotation.id, now=later).id == annotation.id
    with pytest.raises(AmbiguousId):
        find_binned(library, annotation.id[:2], now=later)
    with pytest.raises(NotInLibrary, match="No mark in the bin"):
        find_binned(library, "zz", now=later)


def test_a_mark_whose_article_is_in_the_bin_comes_back_with_it(library, annotation, later):
    delete(library, [annotation], now=later)
    (binned,) = binned_marks(library, now=later)
    library.trash(annotation.article_id)
    assert binned_marks(library, now=later) == ()
    with pytest.raises(Conflict):
        restore_marks(library, [binned], now=later)
    library.restore(annotation.article_id)
    assert [each.id for each in binned_marks(library, now=later)] == [annotation.id]


def test_marks_in_the_bin_are_found_by_their_ids(library, annotation, later):
    delete(library, [annotation], now=later)
    (marked,) = deleted_marks(library, [annotation.id, "zz"])
    assert (marked.annotation.id, marked.record.id) == (annotation.id, annotation.article_id)


def test_one_of_several_marks_is_named_by_its_whole_id_also_with_capitals(
    library, article, moment, later
):
    marks = [mark(library, article, Span(0, 6 + n), Draft(), now=moment) for n in range(3)]
    delete(library, marks, now=later)
    for one in marks:
        assert find_binned(library, f" {one.id.upper()} ", now=later).id == one.id
    with pytest.raises(NotInLibrary):
        find_binned(library, " ", now=later)


def test_marks_that_are_younger_than_a_season_stay_when_old_ones_are_forgotten(
    library, annotation, later
):
    delete(library, [annotation], now=later)
    forget_old_marks(library, now=later + timedelta(days=90))
    assert library.article(annotation.article_id).deleted_marks()[annotation.id].mark
    empty_mark_bin(library, binned_marks(library, now=later), now=later)
    forget_old_marks(library, now=later + SEASON)
    assert library.article(annotation.article_id).deleted_marks()[annotation.id].mark is None
