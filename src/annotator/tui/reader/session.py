"""A reading session: an open article with its marks, and everything that changes it.

A new mark is shown before it is written, and disappears again if it cannot be written. In the
same way a mark that is deleted, or whose making is undone, disappears at once.
"""

import asyncio
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING

from annotator import usecases
from annotator.errors import LibraryError, NotInLibrary
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
from annotator.store import Library, Position, questions
from annotator.tui.frame.edits import Clock, EditQueue, Operation
from annotator.usecases.articles.article_edits import RevisionSwitch
from annotator.usecases.articles.open_article import (
    OpenArticle,
    leave,
    open_article,
    reread_marks,
    text_order,
)
from annotator.usecases.marks.mark_edit import creation

if TYPE_CHECKING:
    from annotator.usecases.marks.annotate import Draft

ShowMarks = Callable[[tuple[AnchoredMark, ...]], None]

_ONE_FRAME = 0.02  # seconds: the mark is drawn before a thread takes processor time to write it


class MarkStore:
    """The marks of one article, with those that are not written yet, without those being deleted.

    `show` is called with all marks whenever they, or the `targets` among them, differ from
    those at its last call. `targets` are the ids of the marks that others link to.
    """

    def __init__(self, library: Library, article: Article, *, show: ShowMarks) -> None:
        self._library = library
        self._article = article
        self._show = show
        self._written: tuple[AnchoredMark, ...] = ()
        self._unwritten: dict[str, AnchoredMark] = {}
        self._leaving: frozenset[str] = frozenset()
        self._shown: tuple[tuple[AnchoredMark, ...], frozenset[str]] | None = None
        self._is_shown = True
        self.targets: frozenset[str] = frozenset()

    @property
    def all(self) -> tuple[AnchoredMark, ...]:
        """All marks in the order of the text, those without a place last."""
        if not self._unwritten and not self._leaving:
            return self._written
        marks = [mark for mark in self._written if mark.annotation.id not in self._leaving]
        for mark in self._unwritten.values():
            insort(marks, mark, key=text_order)
        return tuple(marks)

    def find(self, mark_id: str | None) -> AnchoredMark | None:
        """Return the mark with that id, if there is one."""
        return next((mark for mark in self.all if mark.annotation.id == mark_id), None)

    def at(self, span: Span) -> AnchoredMark | None:
        """Return the mark on exactly that passage, if there is one."""
        span, marks = span.trimmed(self._article.text), self.all
        first = bisect_left(marks, (False, *_ends(span), ""), key=text_order)
        there = next(iter(marks[first : first + 1]), None)
        return there if there and there.span == span else None

    def open(self, article: Article, marks: Iterable[AnchoredMark]) -> None:
        """Take the marks of an article that was just opened, and show none until `begin`."""
        self._article, self._shown, self._is_shown = article, None, False
        self._written = tuple(sorted(marks, key=text_order))

    def add_unwritten(self, span: Span, draft: "Draft") -> str:
        """Show a mark that is about to be written, and return the id it has until then."""
        mark = _unwritten(self._article, span, draft)
        self._unwritten[mark.annotation.id] = mark
        self.update()
        return mark.annotation.id

    def drop_unwritten(self, mark_id: str) -> None:
        """Stop showing an unwritten mark: it is written now, or has failed."""
        self._unwritten.pop(mark_id, None)
        self.update()

    @contextmanager
    def without(self, ids: Iterable[str]) -> Iterator[None]:
        """Do not show these marks while they are deleted; they come back if that fails.

        Afterwards `show` is called in any case, since the lists beside the text read the library.
        """
        before, self._leaving = self._leaving, self._leaving.union(ids)
        added = self._leaving - before
        self.update()
        try:
            yield
        finally:
            self._leaving -= added
            if added:
                self._shown = None
            self.update()

    def begin(self) -> None:
        """Show the marks from now on: the article is on the screen."""
        self._is_shown = True
        self.update()

    async def read(self) -> None:
        """Read the marks from the library."""
        library, article, known = self._library, self._article, self._written
        marks = await asyncio.to_thread(reread_marks, library, article, known)
        if self._article is article:  # else they have their places in a text that was left
            self._written = marks

    async def read_targets(self) -> None:
        """Read which marks others link to, for all of them at once: drawing looks nothing up."""
        asked = questions.links.linked_targets()
        self.targets = await asyncio.to_thread(self._library.ask, asked)

    def update(self) -> None:
        """Call `show` if the marks, or those that others link to, have changed."""
        marks = self.all
        if self._is_shown and (marks, self.targets) != self._shown:
            self._shown = marks, self.targets
            self._show(marks)


class ReadingPosition:
    """The place in the text that was reached, where the article opens again."""

    def __init__(self, library: Library, opened: OpenArticle, now: Clock) -> None:
        self._library = library
        self._record = opened.record
        self._now = now
        self._position = self._saved = opened.position
        # one that was marked as unread is read from its beginning again
        is_new = opened.record.state == "unread"
        self._reached = 0.0 if is_new or not opened.position else opened.position.reached
        self._has_failed = False

    @property
    def start(self) -> int:
        """The offset to open the article at."""
        return self._saved.offset if self._saved else 0

    def move(self, offset: int, progress: float) -> None:
        """Note where the reader is now: the first visible offset, and the share read (0 to 1)."""
        self._reached = max(progress, self._reached)
        self._position = Position(offset, progress, self._reached)

    def save(self) -> None:
        """Write the position if it has changed.

        If that fails, the error is raised once, and later positions are not written.
        """
        if self._has_failed or self._position is None or self._position == self._saved:
            return
        try:
            self._library.positions.save(self._record.id, self._position)
        except LibraryError:
            self._has_failed = True
            raise
        self._saved = self._position

    def end(self) -> None:
        """Write the position, and whether the article is being read or has been read."""
        self.save()
        if self._position is not None:
            with suppress(NotInLibrary):  # it is in the bin by now
                now, place = self._now(), self._position
                self._record = leave(self._library, self._record, place, now=now)


class ReadingSession:
    """An open article: `opened`, its `marks` and the reader's `position`.

    It follows the `edits` of the program. `show` is called with the marks whenever they change.
    """

    def __init__(
        self,
        library: Library,
        opened: OpenArticle,
        *,
        now: Clock,
        show: ShowMarks,
        edits: EditQueue,
    ) -> None:
        self.opened = opened
        self.is_behind = False  # whether the library holds another revision that is not shown yet
        self.marks = MarkStore(library, opened.article, show=show)
        self.edits = edits
        edits.watch(self)
        self.position = ReadingPosition(library, opened, now)
        self._library = library
        self._now = now
        self._stored = library.article(opened.record.id)
        self._signature: object = self._stored.fingerprint

    def take_behind(self) -> bool:
        """Return `is_behind`, once: the caller shows the other revision."""
        is_behind, self.is_behind = self.is_behind, False
        return is_behind

    @property
    def article(self) -> Article:
        """The revision of the article that is shown."""
        return self.opened.article

    def begin(self) -> None:
        """Show the marks that the article was opened with."""
        self.marks.open(self.article, self.opened.placed)
        self.marks.begin()

    async def show_links(self) -> None:
        """Show which marks others link to, as it is now."""
        await self.marks.read_targets()
        self.marks.update()

    async def mark(self, span: Span, draft: "Draft") -> None:
        """Mark a passage: show the mark at once, and write it when its turn comes."""
        mark_id = self.marks.add_unwritten(span, draft)
        await self.edits.run_async(partial(self._write_mark, self.article, span, draft, mark_id))

    def without(self, mark_ids: Iterable[str]) -> AbstractContextManager[None]:
        """Do not show these marks while they are deleted; they come back if that fails."""
        return self.marks.without(mark_ids)

    async def written(self) -> None:
        """Read the marks again, if their file was written, and which of them others link to."""
        if self._stored.fingerprint == self._signature:
            await self.show_links()
            return
        with suppress(NotInLibrary):  # undo or redo has moved the article to the bin
            await self._read_marks()

    async def switch_revision(self, operation: Operation[RevisionSwitch]) -> RevisionSwitch:
        """Let `operation` make another revision current, and remember that for undo."""
        return await self.edits.run_async(partial(self._switch_revision, operation))

    async def read_again(self) -> OpenArticle:
        """Return the article as it is in the library now; `take` makes it the open one."""
        self.is_behind = False
        library, article_id = self._library, self.opened.record.id
        read = partial(asyncio.to_thread, open_article, library, article_id)
        return await self.edits.run_async(read)

    async def take(self, opened: OpenArticle) -> None:
        """Go on with an article that was read again and is on the screen now.

        Keys that were pressed until then were meant for the text that was shown.
        """
        self.opened = opened
        self.begin()
        await self.edits.run_async(self._read_marks)  # one may have been written since it was read

    def is_outdated(self) -> bool:
        """Return whether another program has written the article's file since the last call.

        This costs one look at the file's size and times.
        """
        before = self._signature
        self._signature = self._stored.fingerprint
        return before != self._signature

    async def catch_up(self) -> None:
        """Show marks of other programs, and find out whether the article was refreshed."""
        await self.edits.run_async(self._read_marks)
        record = await asyncio.to_thread(self._stored.record)
        self.is_behind = record.revision != self.article.revision

    async def end(self) -> None:
        """Write everything that is not written yet, the position included."""
        await self.edits.settled()
        self.edits.unwatch(self)
        await asyncio.to_thread(self.position.end)

    async def _write_mark(self, article: Article, span: Span, draft: "Draft", mark_id: str) -> None:
        await asyncio.sleep(_ONE_FRAME)
        try:
            mark = usecases.marks.annotate.mark
            make = partial(mark, self._library, article, span, draft, now=self._now())
            self.edits.record(creation(await asyncio.to_thread(make)))
            await self._read()
        finally:
            self.marks.drop_unwritten(mark_id)

    async def _switch_revision(self, operation: Operation[RevisionSwitch]) -> RevisionSwitch:
        switch = await operation()
        self.edits.record(switch)
        self._signature = self._stored.fingerprint  # it was written here
        return switch

    async def _read_marks(self) -> None:
        await self._read()
        self.marks.update()
        await self.show_links()

    async def _read(self) -> None:
        self._signature = self._stored.fingerprint  # before what is read
        await self.marks.read()


def _unwritten(article: Article, span: Span, draft: "Draft") -> AnchoredMark:
    span = span.trimmed(article.text)
    target = Target(TextQuoteSelector(span.of(article.text)), TextPositionSelector(*_ends(span)))
    name = f"unwritten-{span.start}-{span.end}-{draft.kind}"
    annotation = Annotation(name, article.id, target, kind=draft.kind, tags=draft.tags)
    return AnchoredMark(annotation, Anchored(span))


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end
