"""The marks of an open article: shown at once, written in order, taken back on an error."""

import asyncio
from bisect import bisect_left, insort
from collections.abc import Callable, Coroutine, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec.structs import replace

from annotator.errors import LibraryError
from annotator.model import (
    Anchored,
    AnchoredMark,
    Annotation,
    Article,
    Span,
    Target,
    TextPositionSelector,
    TextQuoteSelector,
)
from annotator.store import Library, Position
from annotator.tui.context import Clock
from annotator.usecases.open_article import OpenArticle, leave, open_article, place
from annotator.usecases.undo import RevisionSwitch, Step, UndoStack, creation

if TYPE_CHECKING:
    from annotator.usecases.annotate import Draft


Result_edits = TypeVar("Result_edits")


class Edits:
    """What a sitting changes. The library hears of it in a thread, since a disk may stall."""

    def __init__(self, library: Library, *, now: Clock, history: UndoStack | None = None) -> None:
        self.history = history or UndoStack()
        self._library = library
        self._now = now
        self._turns = Turns()

    async def change(self, story: Callable[[], Step]) -> None:
        """Let the library do what `story` tells, and remember it for undoing."""
        await self._tell_library(lambda: self.history.record(story()))

    async def undo(self) -> Step | None:
        """Take the latest step back and return it; nothing if there is none."""
        return await self._tell_library(partial(self.history.undo, self._library, now=self._now()))

    async def redo(self) -> Step | None:
        """Make the step that was last undone again; nothing if there is none."""
        return await self._tell_library(partial(self.history.redo, self._library, now=self._now()))

    async def settled(self) -> None:
        """Wait until everything that was begun is on the disk, or was refused."""
        await self._turns.settled()

    async def _tell_library(self, story: Callable[[], Result_edits]) -> Result_edits:
        return await self._turns.take(partial(self._told, story))

    async def _told(self, story: Callable[[], Result_edits]) -> Result_edits:
        return await asyncio.to_thread(story)


Show = Callable[[tuple[AnchoredMark, ...]], None]
Result = TypeVar("Result")

_A_FRAME = 0.02  # seconds: a person sees a mark first, the disk hears of it then


class Marking(Edits):
    """What is marked in one article, and every change to it.

    `show` hears of the marks whenever they differ.
    """

    def __init__(
        self,
        library: Library,
        article: Article,
        *,
        show: Show,
        now: Clock,
        history: UndoStack | None = None,
    ) -> None:
        super().__init__(library, now=now, history=history)
        self._article = article
        self._show = show
        self._kept: tuple[AnchoredMark, ...] = ()
        self._unwritten: dict[str, AnchoredMark] = {}
        self._shown: tuple[AnchoredMark, ...] | None = None
        self._signature: object = library.signature(article.id)

    @property
    def placed(self) -> tuple[AnchoredMark, ...]:
        """The marks in the article's order, those that are still being written among them."""
        if not self._unwritten:
            return self._kept
        placed = list(self._kept)
        for each in self._unwritten.values():
            insort(placed, each, key=_order)
        return tuple(placed)

    def begin(self, placed: Iterable[AnchoredMark]) -> None:
        """Show the marks that the article was opened with."""
        self._kept = tuple(sorted(placed, key=_order))
        self._tell()

    def find(self, annotation_id: str | None) -> AnchoredMark | None:
        """Return the mark of that id, if it is there."""
        return next((each for each in self.placed if each.annotation.id == annotation_id), None)

    def at(self, span: Span) -> AnchoredMark | None:
        """Return the mark on just that passage, if there is one."""
        span, placed = span.trimmed(self._article.text), self.placed
        first = bisect_left(placed, (False, *_ends(span), ""), key=_order)
        there = next(iter(placed[first : first + 1]), None)
        return there if there and there.span == span else None

    async def mark(self, span: Span, draft: "Draft") -> None:
        """Mark a passage: on the screen now, on the disk in its turn."""
        shown = _unwritten(self._article, span, draft)
        self._unwritten[shown.annotation.id] = shown
        self._tell()
        story = partial(self._mark, self._article, span, draft)
        await self._turns.take(partial(self._told_later, story, shown.annotation.id))

    async def choose(
        self, story: Callable[[], Coroutine[Any, Any, RevisionSwitch]]
    ) -> RevisionSwitch:
        """Let the text change as `story` tells, and remember it for undoing."""
        return await self._turns.take(partial(self._chosen, story))

    def is_outdated(self) -> bool:
        """Tell, once, that the article's file is another than it was; this asks the disk little."""
        before, self._signature = self._signature, self._library.signature(self._article.id)
        return before != self._signature

    async def look(self) -> None:
        """Read what another program has written since."""
        await self._tell_library(lambda: None)

    async def reopen(self) -> OpenArticle:
        """Read the article anew, and go on with it as it reads now; the marks are not shown yet."""
        return await self._turns.take(self._reopened)

    async def _reopened(self) -> OpenArticle:
        opened = await asyncio.to_thread(open_article, self._library, self._article.id)
        self._article, self._kept, self._shown = opened.article, opened.placed, None
        return opened

    async def _chosen(
        self, story: Callable[[], Coroutine[Any, Any, RevisionSwitch]]
    ) -> RevisionSwitch:
        choice = await story()
        self.history.record(choice)
        self._signature = self._library.signature(self._article.id)  # it was no other program
        return choice

    async def _told_later(self, story: Callable[[], Result], unwritten: str) -> Result:
        await asyncio.sleep(_A_FRAME)
        return await self._told(story, unwritten)

    async def _told(self, story: Callable[[], Result], unwritten: str = "") -> Result:
        try:
            result = await asyncio.to_thread(story)
            self._signature = self._library.signature(self._article.id)  # what is read now
            self._kept = await asyncio.to_thread(_read, self._library, self._article, self._kept)
        finally:
            self._unwritten.pop(unwritten, None)
            self._tell()
        return result

    def _tell(self) -> None:
        placed = self.placed
        if placed != self._shown:
            self._shown = placed
            self._show(placed)

    def _mark(self, article: Article, span: Span, draft: "Draft") -> None:
        from annotator.usecases import annotate

        annotation = annotate.mark(self._library, article, span, draft, now=self._now())
        self.history.record(creation(annotation))


def _read(
    library: Library, article: Article, placed: Iterable[AnchoredMark]
) -> tuple[AnchoredMark, ...]:
    """Return the marks as they are kept; only what is new has to be looked for in the text."""
    known = {(each.annotation.id, each.annotation.target): each for each in placed}
    found = [(known.get((each.id, each.target)), each) for each in library.annotations(article.id)]
    old = [_with(where, each) for where, each in found if where]
    new = place(article, [each for where, each in found if not where])
    return tuple(sorted((*old, *new), key=_order))


def _with(placed: AnchoredMark, annotation: Annotation) -> AnchoredMark:
    """Return the place with the annotation as it is now; the same value if it is as it was."""
    return placed if placed.annotation == annotation else replace(placed, annotation=annotation)


def _unwritten(article: Article, span: Span, draft: "Draft") -> AnchoredMark:
    span = span.trimmed(article.text)
    target = Target(TextQuoteSelector(span.of(article.text)), TextPositionSelector(*_ends(span)))
    name = f"unwritten-{span.start}-{span.end}-{draft.kind}"
    annotation = Annotation(name, article.id, target, kind=draft.kind, tags=draft.tags)
    return AnchoredMark(annotation, Anchored(span))


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _order(placed: AnchoredMark) -> tuple[bool, int, int, str]:
    span, position = placed.span, placed.annotation.target.position
    start, end = _ends(span) if span else (position.start, position.end)
    return span is None, start, end, placed.annotation.id


Result_turns = TypeVar("Result_turns")
Work = Callable[[], Coroutine[Any, Any, Result_turns]]


class Turns:
    """A queue of work that goes on even if whoever waits for it goes away."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._tasks: set[asyncio.Task[Any]] = set()

    async def take(self, work: Work[Result_turns]) -> Result_turns:
        """Do `work` when all that came before is done, and return what it returns."""
        task = asyncio.create_task(self._in_turn(work))
        self._tasks.add(task)
        task.add_done_callback(self._forget)
        return await asyncio.shield(task)

    async def settled(self) -> None:
        """Wait until everything that was begun has ended, well or not."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def _in_turn(self, work: Work[Result_turns]) -> Result_turns:
        async with self._turn:
            return await work()

    def _forget(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()  # seen here, should nobody wait for it any more


class Visit:
    """Keeps the place, so that the next visit begins there, and whether the article was read."""

    def __init__(self, library: Library, opened: OpenArticle, now: Clock) -> None:
        self._library = library
        self._record = opened.record
        self._now = now
        self._place = self._kept = opened.position
        self._is_refused = False

    @property
    def start(self) -> int:
        """The offset that the visit begins at."""
        return self._kept.offset if self._kept else 0

    def at(self, offset: int, progress: float) -> None:
        """Take note of where the reader is."""
        self._place = Position(offset, progress)

    def keep(self) -> None:
        """Remember the place, if it is another than before.

        What cannot be written is told by the error of the first attempt, and not tried again.
        """
        if self._is_refused or self._place is None or self._place == self._kept:
            return
        try:
            self._library.positions.keep(self._record.id, self._place)
        except LibraryError:
            self._is_refused = True
            raise
        self._kept = self._place

    def end(self) -> None:
        """Remember the place, and that the article is being read or has been."""
        self.keep()
        if self._place is not None:
            leave(self._library, self._record, self._place, now=self._now())
