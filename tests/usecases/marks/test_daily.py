from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from annotator.errors import Conflict, LibraryTooNew
from annotator.model import Claim
from annotator.store import REVIEWS, Library
from annotator.usecases.library.undo import History
from annotator.usecases.marks.daily import (
    answer,
    days_until_due,
    todays_round,
    urgency_of_mark,
)
from builders import make_annotation, make_article, make_extraction, make_page

NOW = datetime(2027, 1, 1, 9, tzinfo=UTC)
OLD = NOW - timedelta(days=300)
WORDS = "One two three four five six seven eight nine ten eleven twelve."


@pytest.fixture
def article(library):
    article = make_article(WORDS)
    library.store(make_extraction(article), make_page(), now=OLD)
    return article


@pytest.fixture
def mark(library, article):
    """Mark a word of the article."""

    def marked(word, status="open", *, made=OLD, kind="claim"):
        claim = Claim(status=status) if kind == "claim" else None
        annotation = make_annotation(article, word, kind=kind, claim=claim, created=made)
        library.put([annotation])
        return annotation

    return marked


def words(library, *, now=NOW, size=10, **options):
    found = todays_round(library, now=now, size=size, zone=UTC, **options)
    return [each.marked.annotation.quote for each in found.marks]


def test_a_library_without_marks_has_an_empty_round(library):
    assert todays_round(library, now=NOW, size=10) == todays_round(library, now=NOW, size=10)
    assert words(library) == []


def test_open_claims_come_first_and_highlights_last(library, mark):
    mark("One", kind="highlight")
    mark("two", "refuted")
    mark("three", "checking")
    mark("four", kind="question")
    assert words(library) == ["three", "two", "four", "One"]


def test_a_mark_made_today_is_not_in_a_round_before_tomorrow(library, mark):
    mark("One", made=NOW)
    assert words(library) == []
    assert words(library, now=NOW + timedelta(days=1)) == ["One"]


def test_tomorrow_begins_at_midnight_of_the_reader(library, mark):
    mark("One", made=datetime(2026, 12, 31, 20, tzinfo=UTC))
    late = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    for zone, count in ((UTC, 0), (ZoneInfo("Europe/Berlin"), 1)):
        assert len(todays_round(library, now=late, size=10, zone=zone).marks) == count


def test_an_answer_sets_the_day_on_which_a_mark_comes_up_again(library, mark):
    one = mark("One")
    answer(library, one, "good", now=NOW, zone=UTC)
    assert words(library) == []
    assert words(library, now=NOW + timedelta(days=2)) == []
    assert words(library, now=NOW + timedelta(days=3)) == ["One"]
    assert library.catalog.values(REVIEWS)[one.id].due == date(2027, 1, 4)


def test_what_was_answered_today_counts_as_part_of_the_round(library, mark):
    marks = [mark(word) for word in WORDS.split()[:6]]
    for each in marks[:2]:
        answer(library, each, "again", now=NOW, zone=UTC)
    found = todays_round(library, now=NOW, size=4, zone=UTC)
    assert (found.done, len(found.marks)) == (2, 2)
    assert len(words(library, size=2)) == 0
    assert len(words(library, size=2, is_extra=True)) == 2
    assert len(words(library, size=4, now=NOW + timedelta(days=1))) == 4


def test_an_answer_is_one_step_of_undo(library, mark):
    one, stack = mark("One"), History()
    stack.record(answer(library, one, "good", now=NOW, zone=UTC))
    later = NOW + timedelta(seconds=1)
    stack.undo(library, now=later)
    assert words(library) == ["One"]
    stack.redo(library, now=later + timedelta(seconds=1))
    assert words(library) == []


def test_an_answer_that_was_overtaken_is_not_undone(library, mark):
    one = mark("One")
    step = answer(library, one, "good", now=NOW, zone=UTC)
    answer(library, one, "again", now=NOW + timedelta(seconds=1), zone=UTC)
    with pytest.raises(Conflict, match="reviewed elsewhere"):
        step.undo(library, now=NOW + timedelta(seconds=2))


def test_marks_that_were_deleted_or_are_in_the_bin_come_up_no_more(library, article, mark):
    one, two = mark("One"), mark("two")
    for each in (one, two):
        answer(library, each, "again", now=NOW - timedelta(days=2), zone=UTC)
    library.article(article.id).remove([one.id], now=NOW)
    assert words(library) == ["two"]
    library.trash(article.id)
    assert words(library) == []
    library.restore(article.id)
    assert words(library) == ["two"]


def test_a_round_of_old_and_new_marks_is_found_among_many_that_wait(library, mark):
    for word in WORDS.split()[:8]:
        answer(library, mark(word), "good", now=NOW, zone=UTC)
    mark("nine", made=NOW - timedelta(days=10))
    assert words(library, size=1, is_extra=True) == ["nine"]


def test_a_claim_without_details_is_open(article):
    assert urgency_of_mark(make_annotation(article, "One")) == "open"
    assert urgency_of_mark(make_annotation(article, "One", kind="highlight")) == "highlight"


def test_a_library_of_a_newer_version_shows_its_round_and_takes_no_answer(library, mark, tmp_path):
    one = mark("One")
    (library.folder / "library.json").write_text('{"schema": 1000}')
    with Library.open(library.folder, state=tmp_path / "state") as later:
        assert words(later) == ["One"]
        with pytest.raises(LibraryTooNew):
            answer(later, one, "good", now=NOW)


def test_an_answer_is_a_step_that_names_its_mark(library, mark):
    step = answer(library, mark("One"), "later", now=NOW, zone=UTC)
    assert (step.name, step.words, step.size) == ("Later", "One", 1)
    assert step.article_ids == (step.annotation.article_id,)
    assert not step.is_empty


@pytest.mark.parametrize(("given", "days"), [("good", 3), ("again", 1), ("later", 1)])
def test_it_is_told_how_long_a_mark_would_wait_after_an_answer(library, mark, given, days):
    one = mark("One")
    assert days_until_due(one, given, None, today=NOW.date()) == days
    assert answer(library, one, given, now=NOW, zone=UTC).after.due == NOW.date() + timedelta(days)


def test_an_extra_round_has_other_marks_of_the_same_number(library, mark):
    marks = [mark(word) for word in WORDS.split()[:5]]
    for one in marks[:2]:
        answer(library, one, "good", now=NOW, zone=UTC)
    assert words(library, size=2) == []
    assert words(library, size=2, is_extra=True) == ["three", "four"]
