"""The daily review: one mark of today's round at a time, and the progress of the round."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from annotator.errors import AnnotatorError
from annotator.model.daily_round import ANSWERS, Answer
from annotator.model.labels import count
from annotator.model.periods import day_of
from annotator.store import Marked, questions
from annotator.tui.actions.marks import MarkActions
from annotator.tui.frame.context import AppContext
from annotator.tui.frame.edits import Change
from annotator.tui.frame.list_screen import ListScreen, Status
from annotator.tui.frame.notifications import hint
from annotator.tui.frame.workers import as_action, as_opening, run_action, run_opening
from annotator.tui.lists.list_view import Listing
from annotator.tui.lists.mark_details import DetailsPane
from annotator.tui.lists.rows import Heading, Remark, Row
from annotator.tui.textual_internals import show_text
from annotator.usecases.marks.daily import (
    Answered,
    DailyMark,
    DailyRound,
    answer,
    days_until_due,
    todays_round,
)
from annotator.usecases.marks.proposals import number_waiting

_ANSWERS: Sequence[tuple[Answer, str]] = (("good", "Good"), ("again", "Again"), ("later", "Later"))
_NOTHING_DUE = " No mark is due today."
_FIRST_DUE = " An open claim first comes up on the day after you made it, other marks after a week."


class RoundProgress:
    """The marks of a round in their order, and the answers to them so far, by id."""

    def __init__(self, chosen: DailyRound = DailyRound(())) -> None:  # noqa: B008  it is frozen
        self._marks = list(chosen.marks)
        self._earlier = chosen.done
        self._answers: dict[str, Answer] = {}
        # without the time of their last change, which undoing an edit changes
        self._before = {_id(mark): mark.marked.annotation.contents for mark in chosen.marks}
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
        changed = sum(
            mark.marked.annotation.contents != self._before[_id(mark)] for mark in self._left
        )
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


class DailyScreen(ListScreen[None], keys="daily", styles=("daily",)):
    """Shows the marks of today's round one after another, until each has an answer."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._round = RoundProgress()
        self._proposed = 0  # marks that programs propose
        self._actions = MarkActions(self._ui, context, read=self._read, undo="daily.undo")

    def parts(self) -> Sequence[Widget]:
        """Return the title and the place in the round, the mark, and the answers to it."""
        head = Horizontal(
            Static(Content("Daily review"), id="daily-title"),
            Static(id="daily-place"),
            id="daily-head",
        )
        context = self._app_context
        role = context.tags.role
        details = DetailsPane(context.keymap, context.library, context.kinds, role, id="daily-mark")
        return (head, details, Static(id="daily-answers"))

    def on_mount(self) -> None:
        """Choose the marks of the round."""
        self.focus_list()
        run_action(self, self._begin, is_extra=False)

    def resume(self) -> None:
        """Leave the mark as it is: what opens another screen reads it again."""

    async def load(self, at: str | None = None) -> None:  # noqa: ARG002  there is one mark
        await self._edits.settled()
        self._proposed = await asyncio.to_thread(number_waiting, self._library)
        await self._reread()

    def status(self) -> Status:
        if self._round.current is not None:
            return Status("daily")
        return Status("daily-empty" if self._round.is_empty else "daily-end")

    def action_answer(self, given: Answer) -> None:
        """Answer the mark, and show the next one while the answer is written."""

        def act(mark: DailyMark) -> None:
            self._round.answered(mark.marked.annotation.id, given)
            run_action(self, self._write, mark, given)
            run_action(self, self._show_current)

        self._with_mark(act)

    def action_status(self, number: int = 0) -> None:
        """Give the mark the status with that number, or ask for one."""
        self.action_mark("status", number)

    def action_kind(self, number: int = 0) -> None:
        """Give the mark the kind on the key with that number, or ask for one."""
        self.action_mark("kind", number)

    def action_mark(self, what: str, number: int = 0) -> None:
        """Run an action on the mark."""
        run = run_action if number else run_opening
        self._with_mark(lambda mark: run(self, self._actions.do, what, (mark.marked,), number))

    def action_more(self) -> None:
        """Begin another round, when this one has ended."""
        if self._round.current is None:
            run_action(self, self._begin, is_extra=True)

    @as_action
    async def action_back(self) -> None:
        """Go back, when everything is written."""
        await self._edits.settled()
        if self.is_active:
            self.dismiss()

    @as_opening
    async def chosen(self, row: Listing.Chosen) -> None:
        """Open the article, follow a link, or edit what the row shows."""
        mark = self._round.current
        if linked := self.query_one(DetailsPane).linked(row.key):
            await self._actions.follow(linked)
        elif mark is not None and row.key == DetailsPane.OPEN:
            await self._read(mark.marked)
        elif mark is not None:
            await self._actions.do(row.key, (mark.marked,))

    def _with_mark(self, act: Callable[[DailyMark], object]) -> None:
        mark = self._round.current
        if mark is None:
            hint(self, "The round is over.")
        else:
            act(mark)

    async def _begin(self, *, is_extra: bool) -> None:
        await self._edits.settled()  # an answer that is not written yet would be asked for again
        context = self._app_context
        choose = partial(
            todays_round,
            context.library,
            now=context.now(),
            size=context.settings.daily_marks,
            is_extra=is_extra,
        )
        chosen = await asyncio.to_thread(choose)
        if is_extra and not chosen.marks:
            hint(self, "No other mark is due today.")
            return
        self._round = RoundProgress(chosen)
        self._proposed = await asyncio.to_thread(number_waiting, self._library)
        await self._show_current()

    async def _write(self, mark: DailyMark, given: Answer) -> None:
        annotation = mark.marked.annotation
        try:
            await self._edits.make(answer, annotation, given)
        except AnnotatorError:
            self._round.taken_back(annotation.id)
            run_action(self, self._show_current)
            raise

    def follow(self, change: Change) -> None:
        """Show the mark as it is now; after an answer that was undone, that mark."""
        step, how = change
        if isinstance(step, Answered) and how == "made":
            return
        if isinstance(step, Answered) and how == "undone":
            self._round.taken_back(step.annotation.id)
        elif isinstance(step, Answered):
            self._round.answered(step.annotation.id, step.answer)
        run_action(self, self._reread)

    async def _reread(self) -> None:
        """Show the mark as it is now, or the next one if it was deleted."""
        library, ids = self._library, self._round.ids
        marks = questions.links.linked_marks(ids)
        self._round.reread(await asyncio.to_thread(library.ask, marks))
        self.query_one(DetailsPane).forget()
        await self._show_current()

    async def _read(self, marked: Marked) -> None:
        """Open the article at a mark, and come back to the review."""
        annotation = marked.annotation
        await self._ui.open_article(annotation.article_id, mark_id=annotation.id)
        await self._reread()

    async def _show_current(self) -> None:
        if not self.display:  # it was closed while something was written
            return
        mark = self._round.current
        show_text(self.query_one("#daily-place", Static), Content(self._round.place))
        answers = self._answers(mark) if mark else Content()
        show_text(self.query_one("#daily-answers", Static), answers)
        self.show_status()
        if mark is None:
            self.query_one(DetailsPane).show(self._end())
        await self.query_one(DetailsPane).follow(mark.marked if mark else None)

    def _answers(self, mark: DailyMark) -> Content:
        """Return what each answer leads to, with its key."""
        today = day_of(self._now())
        parts: list[tuple[str, str]] = []
        for given, label in _ANSWERS:
            days = days_until_due(mark.marked.annotation, given, mark.reviewed, today=today)
            when = "tomorrow" if days == 1 else f"in {days} days"
            if given == "later":
                when = "not now"  # tomorrow too, but without an answer
            key = self._key_of(f"daily.{given}")
            parts += [(key, "bold $primary"), (f" {label}: {when}  ", "$quiet")]
        return Content.assemble(*parts)

    def _end(self) -> list[Row]:
        more: list[Row] = []
        if self._proposed:
            waits = f"{count(self._proposed, 'proposal')} of programs"
            more = [Remark(""), Remark(f" {waits}. {self._key_of('daily.proposals')} shows them.")]
        if self._round.is_empty:
            return [Heading(_NOTHING_DUE, air=1), Remark(""), Remark(_FIRST_DUE), *more]
        return [
            Heading(" Done for today", air=1),
            Remark(""),
            *(Remark(f" {line}") for line in self._round.summary),
            *more,
        ]


def _id(mark: DailyMark) -> str:
    return mark.marked.annotation.id
