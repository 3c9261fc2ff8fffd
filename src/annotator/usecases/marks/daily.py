"""The daily review: today's round of marks, and what the reader answers.

`model.daily_round` has the rules. The answers are in the library's catalog, so that they
come along when it is moved, copied or synchronised. Days are those of this computer's zone.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from msgspec import Struct

from annotator.errors import Conflict
from annotator.model import Annotation  # noqa: TC001  msgspec needs it to decode answers
from annotator.model.daily_round import (
    URGENCIES,
    Answer,
    Candidate,
    Reviewed,
    Urgency,
    after,
    made_by,
    plan,
    urgency_of,
)
from annotator.model.periods import day_of, midnight
from annotator.store import REVIEWS, Library, Marked, questions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class DailyMark(Struct, frozen=True):
    """A mark in a round. `reviewed` is None if it was never in one."""

    marked: Marked
    reviewed: Reviewed | None = None


class DailyRound(Struct, frozen=True):
    """The marks that are left today, and how many were answered today already."""

    marks: tuple[DailyMark, ...]
    done: int = 0


class Answered(Struct, frozen=True, tag=True):
    """An answer, as a step that can be undone."""

    answer: Answer
    annotation: Annotation
    before: Reviewed | None
    after: Reviewed
    size: int = 1
    extent: str = ""
    remark: str = ""

    @property
    def name(self) -> str:
        return self.answer.capitalize()

    @property
    def article_ids(self) -> tuple[str, ...]:
        return (self.annotation.article_id,)

    @property
    def words(self) -> str:
        return self.annotation.quote

    @property
    def is_empty(self) -> bool:
        return self.before == self.after

    def undo(self, library: Library, *, now: datetime) -> Answered:
        return self._replace(library, self.after, self.before, now)

    def redo(self, library: Library, *, now: datetime) -> Answered:
        return self._replace(library, self.before, self.after, now)

    def _replace(
        self, library: Library, old: Reviewed | None, new: Reviewed | None, now: datetime
    ) -> Answered:
        if library.catalog.values(REVIEWS).get(self.annotation.id) != old:
            raise Conflict(
                f"“{self.name}” was left as it is: the mark was reviewed elsewhere.",
                "It comes up again on the day that was set there.",
            )
        library.catalog.put(REVIEWS, {self.annotation.id: new}, now=now)
        return self


def todays_round(
    library: Library,
    *,
    now: datetime,
    size: int,
    is_extra: bool = False,
    zone: tzinfo | None = None,
) -> DailyRound:
    """Return the marks of today's round of `size` that are not answered yet.

    With `is_extra` it is another round of that size, after the one of today.
    """
    today = day_of(now, zone)
    reviews = library.catalog.values(REVIEWS)
    done = sum(reviewed.seen == today for reviewed in reviews.values())
    left = size if is_extra else max(0, size - done)
    candidates = _candidates(library, reviews, today=today, size=left, zone=zone)
    ids = plan(candidates, today=today, size=left)
    known = {
        marked.annotation.id: marked for marked in library.ask(questions.links.linked_marks(ids))
    }
    marks = tuple(
        DailyMark(known[mark_id], reviews.get(mark_id)) for mark_id in ids if mark_id in known
    )
    return DailyRound(marks, done)


def answer(
    library: Library,
    annotation: Annotation,
    given: Answer,
    *,
    now: datetime,
    zone: tzinfo | None = None,
) -> Answered:
    """Note the answer to a mark, and with it the day on which the mark comes up again."""
    before = library.catalog.values(REVIEWS).get(annotation.id)
    reviewed = after(given, urgency_of_mark(annotation), before, today=day_of(now, zone))
    library.catalog.put(REVIEWS, {annotation.id: reviewed}, now=now)
    return Answered(given, annotation, before, reviewed)


def days_until_due(
    annotation: Annotation, given: Answer, reviewed: Reviewed | None, *, today: date
) -> int:
    """Return how many days a mark would wait after an answer."""
    return (after(given, urgency_of_mark(annotation), reviewed, today=today).due - today).days


def urgency_of_mark(annotation: Annotation) -> Urgency:
    """Return how often a mark comes up."""
    return urgency_of(annotation.kind, annotation.status or "")


def _candidates(
    library: Library,
    reviews: Mapping[str, Reviewed],
    *,
    today: date,
    size: int,
    zone: tzinfo | None,
) -> Sequence[Candidate]:
    """Return the marks that are due: all that were reviewed, and enough of those that were not."""
    if not size:
        return ()
    due = [name for name, reviewed in reviews.items() if reviewed.due <= today]
    before = {
        urgency: midnight(made_by(today, urgency) + timedelta(days=1), zone)
        for urgency in URGENCIES
    }
    ages = {
        age.id: age
        for age in (
            *library.ask(questions.activity.oldest_marks(before, limit=size + len(reviews))),
            *library.ask(questions.activity.ages_of(due)),
        )
    }
    return [
        Candidate(
            age.id, urgency_of(age.kind, age.status), day_of(age.made, zone), reviews.get(age.id)
        )
        for age in ages.values()
    ]
