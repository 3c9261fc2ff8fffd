"""Statistics: articles read and marks made over time, by site, tag, speaker, status and kind.

Days are those of the reader's calendar, in the time zone of this computer.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from annotator.model.periods import Period, PeriodName, day_of, period
from annotator.store import questions

if TYPE_CHECKING:
    from datetime import date, datetime, tzinfo

    from annotator.store import Library, Uses


class Counts(Struct, frozen=True):
    """The numbers of articles added and finished, and of marks made."""

    added: int
    finished: int
    marked: int


class Bucket(Struct, frozen=True):
    """The counts of the days from `since` until just before `until`."""

    since: date
    until: date
    counts: Counts


class Statistics(Struct, frozen=True):
    """The counts of a period, in its parts and in all, and the marks in it by what they are.

    Articles that were finished before that was noted are in `finished_some_day` only. `back` is
    0 for the period that ends today.
    """

    period: Period
    buckets: tuple[Bucket, ...]
    total: Counts
    finished_some_day: int
    sites: tuple[Uses, ...]
    tags: tuple[Uses, ...]
    speakers: tuple[Uses, ...]
    statuses: tuple[Uses, ...]
    kinds: tuple[Uses, ...]
    first: date | None = None
    back: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether the library has no articles."""
        return self.first is None

    @property
    def claims(self) -> int:
        """The number of claims among the marks that were made."""
        return sum(use.marks for use in self.statuses)

    @property
    def has_earlier(self) -> bool:
        """Whether anything happened before the period."""
        return self.first is not None and self.first < self.period.since


def statistics(
    library: Library, name: PeriodName, *, now: datetime, back: int = 0, zone: tzinfo | None = None
) -> Statistics:
    """Return the statistics of the period that ends today, or of one `back` periods before it.

    `zone` is that of this computer, unless another one is given.
    """

    def wanted(first: datetime | None) -> Period:
        since = day_of(first, zone) if first else None
        return period(name, day_of(now, zone), first=since, back=back)

    back = 0 if name == "all" else back
    activity = library.ask(questions.activity.activity(lambda first: wanted(first).edges(zone)))
    when = wanted(activity.first)
    counts = tuple(map(Counts, activity.added, activity.finished, activity.marked))
    days = pairwise((*when.starts, when.until))
    return Statistics(
        period=when,
        buckets=tuple(
            Bucket(*days_of_bucket, count)
            for days_of_bucket, count in zip(days, counts, strict=True)
        ),
        total=Counts(sum(activity.added), sum(activity.finished), sum(activity.marked)),
        finished_some_day=activity.finished_some_day,
        sites=activity.sites,
        tags=activity.tags,
        speakers=activity.speakers,
        statuses=activity.statuses,
        kinds=activity.kinds,
        first=day_of(activity.first, zone) if activity.first else None,
        back=back,
    )
