"""The daily review: which marks come up today, and on which day each comes up again.

The days between two reviews of a mark are on one ladder: 1, 3, 7, 16, 35, 80, 180. "Good"
takes a mark one step up, "again" back to the first step, and "later" puts it off until
tomorrow. A new mark first comes up after the interval that it starts with: 1 day for
claims that are open or being checked, 7 for other marks, 35 for highlights. Claims that
are open or being checked never wait for more than 35 days.

A round of ten has places for seven open claims, two other marks and one highlight; places
that are not needed go to whatever else is due. In each of these three groups a mark that
was never in a round comes first, then one that is due again, and so on in turn: new ones
by age, the others by how short their interval is, so that "again" means tomorrow.

Days are those of the reader's clock and calendar. Nothing is random, so that a round can
be explained, and is the same on another computer with this library. The library fsrs does
something else: it estimates how well a card is remembered, and spreads the days at random.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import chain, zip_longest
from typing import Final, Literal, get_args

from msgspec import Struct

Answer = Literal["good", "again", "later"]
Urgency = Literal["open", "other", "highlight"]

ANSWERS: tuple[Answer, ...] = get_args(Answer)
URGENCIES: tuple[Urgency, ...] = get_args(Urgency)  # those that come up most often first

INTERVALS: Final = (1, 3, 7, 16, 35, 80, 180)  # days
USUAL_SIZE, MAX_SIZE = 10, 200  # marks; more is not daily

OPEN_STATUSES: Final = frozenset({"open", "checking"})
HIGHLIGHT: Final = "highlight"

_FIRST_STEP: Final = {"open": 0, "other": 2, "highlight": 4}
_LAST_STEP: Final = {"open": 4, "other": len(INTERVALS) - 1, "highlight": len(INTERVALS) - 1}
_TENTHS: Final = {"other": 2, "highlight": 1}  # of the places in a round; the rest is for "open"


class Reviewed(Struct, frozen=True):
    """The result of a mark's last review: its step on the ladder, and the day it is due again."""

    step: int
    due: date
    seen: date


class Candidate(Struct, frozen=True):
    """A mark that may be in a round. `reviewed` is None if it never was in one."""

    id: str
    urgency: Urgency
    made: date
    reviewed: Reviewed | None = None

    @property
    def due(self) -> date:
        """The first day on which it may come up."""
        return self.reviewed.due if self.reviewed else first_due(self.made, self.urgency)


def urgency_of(kind: str, status: str) -> Urgency:
    """Return how often a mark comes up. `status` is empty for a mark that claims nothing."""
    if status in OPEN_STATUSES:
        return "open"
    return "highlight" if kind == HIGHLIGHT and not status else "other"


def first_due(made: date, urgency: Urgency) -> date:
    """Return the day on which a mark comes up for the first time."""
    return made + timedelta(days=INTERVALS[_FIRST_STEP[urgency]])


def made_by(today: date, urgency: Urgency) -> date:
    """Return the last day on which a mark can have been made that comes up by `today`."""
    return today - timedelta(days=INTERVALS[_FIRST_STEP[urgency]])


def after(answer: Answer, urgency: Urgency, before: Reviewed | None, *, today: date) -> Reviewed:
    """Return what an answer leads to."""
    step = before.step if before else _FIRST_STEP[urgency]
    if answer == "good":
        step = min(step + 1, _LAST_STEP[urgency])
    elif answer == "again":
        step = 0
    days = 1 if answer == "later" else INTERVALS[step]
    return Reviewed(step, today + timedelta(days=days), today)


def plan(candidates: Iterable[Candidate], *, today: date, size: int) -> tuple[str, ...]:
    """Return the ids of the marks in a round of `size`, those that matter most first."""
    due = [candidate for candidate in candidates if candidate.due <= today]
    groups = {
        urgency: _in_turn([candidate for candidate in due if candidate.urgency == urgency])
        for urgency in URGENCIES
    }
    tenths = {name: size * _TENTHS.get(name, 0) // 10 for name in groups}
    places = {
        name: tenths[name] if name in _TENTHS else size - sum(tenths.values()) for name in groups
    }
    chosen = {name: group[: places[name]] for name, group in groups.items()}
    free = size - sum(map(len, chosen.values()))
    for name, group in groups.items():
        more = group[len(chosen[name]) :][:free]
        chosen[name] += more
        free -= len(more)
    return tuple(candidate.id for candidate in chain.from_iterable(chosen.values()))


def _in_turn(due: Sequence[Candidate]) -> list[Candidate]:
    """Return marks that were never in a round and marks that were, one of each in turn."""
    new = sorted(
        (candidate for candidate in due if not candidate.reviewed),
        key=lambda candidate: (candidate.made, candidate.id),
    )
    again = sorted((candidate for candidate in due if candidate.reviewed), key=_by_interval)
    return [candidate for pair in zip_longest(new, again) for candidate in pair if candidate]


def _by_interval(candidate: Candidate) -> tuple[int, date, str]:
    step = candidate.reviewed.step if candidate.reviewed else 0
    return step, candidate.due, candidate.id
