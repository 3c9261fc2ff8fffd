"""The screen of the bin: its articles and marks as rows, which are restored or deleted."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import ClassVar

from msgspec import Struct

from annotator.model import ArticleRecord
from annotator.model.labels import count, short_date
from annotator.tui.dialogs.choice import QuestionDialog
from annotator.tui.frame.context import AppContext
from annotator.tui.frame.list_screen import ListScreen, Status
from annotator.tui.frame.notifications import hint, short_quote, tell
from annotator.tui.frame.workers import as_action, as_opening
from annotator.tui.lists.list_view import Listing
from annotator.tui.lists.rows import (
    SIGN_WIDTH,
    Heading,
    Line,
    Piece,
    Remark,
    Row,
    Side,
    pad,
    selection_sign,
)
from annotator.usecases.articles.article_edits import restore_from_bin
from annotator.usecases.articles.trash import Trashed, delete, trashed
from annotator.usecases.library.undo import Step, StepsTogether
from annotator.usecases.marks import mark_bin

_EMPTY = " The bin is empty. What you delete is kept here, marks for 90 days."
_GAP = 2
_SITE, _DELETED, _MARKS = 20, 8, 5  # cells
_SITE_FROM = 76  # cells of the line; below, the title needs them


class BinRow(Struct, frozen=True):
    """An article or a mark in the bin on one line: its name, and what is in the columns."""

    HEIGHT: ClassVar = 1

    key: str
    texts: tuple[str, str, str, str]
    role: str = "quiet"  # of the last column
    is_selected: bool = False

    def lines(self, width: int) -> Sequence[Line]:
        """Return the name and the columns, with a sign before them if the row is selected."""
        role = "chosen" if self.is_selected else ""
        mark = selection_sign(is_selected=self.is_selected)
        return ((mark, *_line(width, self.texts, roles=(role, "quiet", "quiet", self.role))),)


class BinScreen(ListScreen[None], keys="bin"):
    """Lists the articles in the bin, and below them the deleted marks of other articles."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._trashed: tuple[Trashed, ...] = ()
        self._marks: tuple[mark_bin.BinnedMark, ...] = ()

    async def read(self) -> None:
        self._trashed = await asyncio.to_thread(trashed, self._library)
        self._marks = await asyncio.to_thread(mark_bin.binned_marks, self._library, now=self._now())

    def head(self, width: int) -> Line:
        if not self._trashed:
            return ()
        heads = ("Title", "Site", "Deleted", "Marks")
        return (Piece(" " * SIGN_WIDTH), *_line(width, heads, roles=("quiet",) * 4))

    def rows(self) -> Sequence[Row]:
        rows: list[Row] = [*map(self._article_row, self._trashed)]
        if self._marks:
            rows += [Heading("  Deleted marks", air=1 if rows else 0)]
        rows += map(self._mark_row, self._marks)
        return rows or [Remark(""), Remark(_EMPTY)]

    def listed(self) -> Collection[str]:
        articles = [article.id for article in self._trashed]
        return [*articles, *(mark.id for mark in self._marks)]

    def status(self) -> Status:
        place = _number(self._trashed, self._marks)
        if self._selected:
            return Status("bin-selected", f"bin: {len(self._selected):,} selected", place)
        return Status("bin" if place else "bin-empty", "bin", place)

    def _article_row(self, trashed: Trashed) -> BinRow:
        site = trashed.record.site_name if trashed.record else ""
        deleted = short_date(trashed.removed, self._now())
        texts = (_title_of(trashed), site, deleted, str(trashed.marks or ""))
        return BinRow(trashed.id, texts, "", trashed.id in self._selected)

    def _mark_row(self, binned: mark_bin.BinnedMark) -> BinRow:
        record, mark = binned.record, binned.annotation
        deleted = short_date(binned.removed, self._now())
        words, note = f"“{' '.join(mark.quote.split())}”", "✎" if mark.note else ""
        texts = (words, record.title or record.url, deleted, note)
        return BinRow(binned.id, texts, is_selected=binned.id in self._selected)

    def chosen(self, row: Listing.Chosen) -> None:  # noqa: ARG002  the cursor is on it
        """Restore what is selected, or else the row."""
        self.action_restore()

    @property
    def _targets(self) -> tuple[list[Trashed], list[mark_bin.BinnedMark]]:
        """The articles and marks that are selected, or else the one under the cursor."""
        wanted = self._selected.or_at(self.listing.key)
        articles = [article for article in self._trashed if article.id in wanted]
        return articles, [mark for mark in self._marks if mark.id in wanted]

    @as_action
    async def action_restore(self) -> None:
        """Restore what is selected, or else what is under the cursor."""
        articles, marks = self._targets
        if not articles and not marks:
            hint(self, "Nothing is selected.")
            return
        library, now = self._library, self._now()
        records = [article.record or ArticleRecord(article.id, "", "") for article in articles]
        try:
            edits: list[Callable[[], Step]] = []
            if records:
                edits.append(partial(restore_from_bin, library, records))
            if marks:
                edits.append(partial(mark_bin.restore_marks, library, marks, now=now))
            is_one = len(edits) == 1
            await self._edits.change(edits[0] if is_one else partial(StepsTogether.made, edits))
        finally:
            await self.load()
        left = set(self.listed())
        restored = [article for article in articles if article.id not in left]
        named = _named(restored, [mark for mark in marks if mark.id not in left])
        undo = self._key_of("bin.undo")
        words = f"Restored: {named}. Press {undo} to undo."
        again = count(len(articles) - len(restored), "article")
        more = f" {again} stayed here, because not all of it can be read."
        tell(self, words + (more if len(restored) < len(articles) else ""))

    @as_opening
    async def action_delete(self) -> None:
        """Delete what is selected, or else what is under the cursor, after a question."""
        articles, marks = self._targets
        if not articles and not marks:
            hint(self, "Nothing is selected.")
            return
        question = QuestionDialog(self._keymap, *_question(articles, marks))
        if not await self._ui.show_dialog(question):
            return
        library, now = self._library, self._now()
        ids = [article.id for article in articles]
        try:
            await self._edits.run(partial(delete, library, ids))
            await self._edits.run(partial(mark_bin.empty_mark_bin, library, marks, now=now))
        finally:
            await self.load()
        tell(self, f"Deleted for good: {_named(articles, marks)}.")


def _title_of(trashed: Trashed) -> str:
    """Return the title of an article in the bin, or its address, or that it is damaged."""
    record = trashed.record
    return (record.title or record.url) if record else "(damaged)"


def _named(articles: Sequence[Trashed], marks: Sequence[mark_bin.BinnedMark]) -> str:
    """Return the only title or quote, or how many articles and marks there are."""
    names = (*map(_title_of, articles), *(mark.annotation.quote for mark in marks))
    return short_quote(names[0]) if len(names) == 1 else _number(articles, marks)


def _number(articles: Sequence[Trashed], marks: Sequence[mark_bin.BinnedMark]) -> str:
    numbers = ((len(articles), "article"), (len(marks), "mark"))
    return ", ".join(count(number, what) for number, what in numbers if number)


def _question(articles: Sequence[Trashed], marks: Sequence[mark_bin.BinnedMark]) -> tuple[str, str]:
    """Return a question, and what the answer means."""
    question = f"Delete {_named(articles, marks)} for good?"
    if not articles:
        whose = "Its note" if len(marks) == 1 else "Their notes"
        return question, f"{whose}, tags and links are deleted too. This cannot be undone."
    own = sum(article.marks_of_all for article in articles)
    whose = "Its" if len(articles) == 1 else "Their"
    lost = f"{whose} {count(own, 'mark')} and all saved versions" if own else "All versions"
    return question, f"{lost} are deleted too. This cannot be undone."


def _line(width: int, texts: Sequence[str], *, roles: Sequence[str]) -> Line:
    """Return title, site if there is room for it, day, and number of marks."""
    title, site, deleted, marks = texts
    columns = [(site, _SITE), (deleted, _DELETED), (marks, _MARKS)]
    room = width - SIGN_WIDTH - 1 - sum(cells + _GAP for _, cells in columns)
    if width < _SITE_FROM:
        room += _SITE + _GAP
    sides: tuple[Side, ...] = ("left", "right", "right")
    rest = [
        Piece(" " * _GAP + pad(text, cells, side), role)
        for (text, cells), side, role in zip(columns, sides, roles[1:], strict=True)
    ]
    return (Piece(pad(title, max(1, room)), roles[0]), *rest[width < _SITE_FROM :])
