"""The progress of a round: the marks that are left, and the answers so far."""

from collections import Counter
from collections.abc import Iterable, Sequence

from annotator.model import Annotation
from annotator.model.daily_round import ANSWERS, Answer
from annotator.model.labels import count
from annotator.store import Marked
from annotator.usecases.marks.daily import DailyMark, DailyRound


class RoundProgress:
    """The marks of a round in their order, and the answers to them so far, by id."""

    def __init__(self, chosen: DailyRound = DailyRound(())) -> None:  # noqa: B008  it is frozen
        self._marks = list(chosen.marks)
        self._earlier = chosen.done
        self._answers: dict[str, Answer] = {}
        self._before = {_id(mark): _contents(mark) for mark in chosen.marks}
        self._gone: set[str] = set()

    @property
    def current(self) -> DailyMark | None:
        """The first mark without an answer; None at the end."""
        return next((mark for mark in self._left if _id(mark) not in self._answers), None)

    @property
    def ids(self) -> Sequence[str]:
        """The ids of all marks, also of those that were deleted since."""
        return [_id(mark) for mark in self._marks]

    @property
    def is_empty(self) -> bool:
        """Whether there was nothing to review, today or in this round."""
        return not self._marks and not self._earlier

    @property
    def place(self) -> str:
        """The number of the mark and of all: `3 of 10`; empty at the end."""
        number = self._earlier + len(self._answers) + 1
        return f"{number:,} of {self._earlier + len(self._left):,}" if self.current else ""

    @property
    def summary(self) -> Sequence[str]:
        """The answers and edits of the round, in sentences."""
        marks = count(self._earlier + len(self._answers), "mark")
        tally = Counter(self._answers.values())
        parts = ", ".join(f"{tally[answer]:,} {answer}" for answer in ANSWERS if tally[answer])
        done = f"{marks} reviewed."
        if parts:
            done = f"{done} Just now: {parts}." if self._earlier else f"{marks} reviewed: {parts}."
        changed = sum(_contents(mark) != self._before[_id(mark)] for mark in self._left)
        return [done, *([f"{count(changed, 'mark')} changed."] if changed else ())]

    def answered(self, mark_id: str, answer: Answer) -> None:
        """Note an answer."""
        self._answers[mark_id] = answer

    def taken_back(self, mark_id: str) -> None:
        """Forget an answer; its mark is the next one."""
        self._answers.pop(mark_id, None)
        self._marks.sort(key=lambda mark: _id(mark) != mark_id)

    def reread(self, marks: Iterable[Marked]) -> None:
        """Take the marks as they are now; those that are not `found` were deleted."""
        now = {marked.annotation.id: marked for marked in marks}
        self._gone = set(self.ids) - now.keys()
        self._marks = [
            DailyMark(now.get(_id(mark), mark.marked), mark.reviewed) for mark in self._marks
        ]

    @property
    def _left(self) -> Sequence[DailyMark]:
        return [mark for mark in self._marks if _id(mark) not in self._gone]


def _id(mark: DailyMark) -> str:
    return mark.marked.annotation.id


def _contents(mark: DailyMark) -> Annotation:
    """Return the mark without the time of its last change, which undoing an edit changes."""
    return mark.marked.annotation.contents
