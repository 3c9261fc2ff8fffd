from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from annotator.model import Claim
from annotator.model.periods import PERIODS
from annotator.usecases.queries.statistics import Counts, statistics
from builders import make_annotation, make_article, make_extraction, make_page, set_state

NEW_YEAR = datetime(2027, 1, 1, 0, 30, tzinfo=UTC)
BERLIN, HONOLULU = ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Honolulu")
WORDS = "One two three four five six seven."


@pytest.fixture
def keep(library):
    """Add an article with marks, all made at `now`, and return it."""

    def kept(url, *, now, marks=(), tags=()):
        article = make_article(WORDS, url=url)
        library.store(make_extraction(article), make_page(url=url), now=now)
        library.article(article.id).update(lambda record: replace(record, tags=tuple(tags)))
        library.put(
            [
                make_annotation(article, word, created=now, **traits)
                for word, traits in zip(WORDS.split(), marks, strict=False)
            ]
        )
        return article

    return kept


def found(library, name="week", *, now=NEW_YEAR, zone=UTC, back=0):
    return statistics(library, name, now=now, zone=zone, back=back)


@pytest.mark.parametrize("name", PERIODS)
def test_an_empty_library_has_no_numbers(library, name):
    stats = found(library, name)
    assert stats.is_empty
    assert not stats.has_earlier
    assert stats.total == Counts(0, 0, 0)
    assert stats.sites == stats.tags == stats.speakers == stats.statuses == stats.kinds == ()


def test_articles_and_marks_are_counted_on_their_days(library, keep):
    article = keep("https://a.org/1", now=NEW_YEAR - timedelta(days=2), marks=[{}, {}])
    keep("https://a.org/2", now=NEW_YEAR, marks=[{}])
    set_state(library, article.id, "read", now=NEW_YEAR - timedelta(days=1))
    buckets = {each.since: each.counts for each in found(library).buckets}
    assert next(iter(buckets)) == date(2026, 12, 26)
    assert buckets[date(2026, 12, 30)] == Counts(1, 0, 2)
    assert buckets[date(2026, 12, 31)] == Counts(0, 1, 0)
    assert buckets[date(2027, 1, 1)] == Counts(1, 0, 1)
    assert found(library).total == Counts(2, 1, 3)


def test_a_day_is_that_of_the_reader(library, keep):
    keep("https://a.org/1", now=NEW_YEAR)
    berlin, honolulu = found(library, zone=BERLIN), found(library, zone=HONOLULU)
    assert berlin.buckets[-1].since == date(2027, 1, 1)
    assert honolulu.buckets[-1].since == date(2026, 12, 31)
    assert berlin.buckets[-1].counts.added == honolulu.buckets[-1].counts.added == 1


def test_a_year_without_reading_is_all_zeros_with_an_earlier_one(library, keep):
    keep("https://a.org/1", now=NEW_YEAR - timedelta(days=800), marks=[{}])
    stats = found(library, "year")
    assert {each.counts for each in stats.buckets} == {Counts(0, 0, 0)}
    assert len(stats.buckets) == 12
    assert stats.has_earlier
    assert found(library, "year", back=2).total == Counts(1, 0, 1)
    assert found(library, "all").total == Counts(1, 0, 1)


def test_marks_are_counted_by_what_they_are(library, keep):
    lee = {"claim": Claim(speaker="Ann Lee", status="disputed"), "tags": ["Energy"]}
    keep(
        "https://www.a.org/1",
        now=NEW_YEAR,
        marks=[lee, lee, {"kind": "question", "tags": ["energy", "grid"]}],
        tags=["grid"],
    )
    keep("https://b.org/1", now=NEW_YEAR, marks=[{}])
    keep("https://b.org/2", now=NEW_YEAR - timedelta(days=99), marks=[lee])
    stats = found(library)
    assert stats.sites == (("a.org", 3, 1), ("b.org", 1, 1))
    assert stats.tags == (("Energy", 3, 0), ("grid", 1, 1))
    assert stats.speakers == (("Ann Lee", 2, 0),)
    assert stats.statuses == (("disputed", 2, 0), ("open", 1, 0))
    assert stats.kinds == (("claim", 3, 0), ("question", 1, 0))
    assert found(library, "all").speakers == (("Ann Lee", 3, 0),)


def test_articles_that_were_finished_before_it_was_noted_have_no_day(library, keep):
    article = keep("https://a.org/1", now=NEW_YEAR)
    library.article(article.id).update(lambda record: replace(record, state="read"))
    stats = found(library, "all")
    assert (stats.total.finished, stats.finished_some_day) == (0, 1)
