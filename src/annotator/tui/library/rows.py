"""The articles as rows of a table, with as many columns as there is room for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace
from rich.cells import cell_len

from annotator.model import ArticleRecord, ReadState
from annotator.model.labels import ACCESS, short_date
from annotator.store import Position
from annotator.tui.keys.keymap import Keymap, shown
from annotator.tui.library.filter import ArticleFilter
from annotator.tui.lists.rows import Line, Piece, Remark, Row
from annotator.tui.lists.text_fit import Side, pad, truncate

Name = Literal["title", "site", "tags", "added", "minutes", "progress", "marks"]

_WIDE = 130  # cells, from which long names are not truncated
_WIDE_WIDTHS: dict[Name, int] = {"site": 24, "tags": 28}
_MIN_TITLE = 40  # cells; columns are dropped until the title has as many
_GAP = 2


class ListedArticle(Struct, frozen=True):
    """An article with its reading progress (0 to 1) and its number of marks."""

    record: ArticleRecord
    progress: float | None = None
    marks: int | None = None


class Column(Struct, frozen=True):
    """A column: its head, its width in cells, and the text of an article in it.

    The head fits with an arrow beside it.
    """

    name: Name
    title: str
    width: int
    text: Callable[[ListedArticle, datetime], str]
    side: Side = "left"
    role: str = "quiet"


# On a narrow screen, columns are dropped from the end.
_COLUMNS = (
    Column("marks", "Marks", 7, lambda it, _: str(it.marks or ""), "right", ""),
    Column("progress", "Read", 6, lambda it, _: _progress(it), "right"),
    Column("minutes", "Min", 5, lambda it, _: str(it.record.minutes), "right"),
    Column("added", "Added", 8, lambda it, now: short_date(it.record.added, now), "right"),
    Column("site", "Site", 16, lambda it, _: it.record.site_name),
    Column(
        "tags", "Tags", 22, lambda it, _: " ".join(f"#{tag}" for tag in it.record.tags), role="tag"
    ),
)
_ORDER: tuple[Name, ...] = ("site", "tags", "added", "minutes", "progress", "marks")

_ROLES: dict[ReadState, str] = {
    "unread": "strong",
    "reading": "",
    "read": "quiet",
    "archived": "quiet",
}

SORTABLE: tuple[Name, ...] = ("added", "title", "site", "minutes", "progress", "marks")


class ArticleRow(Struct, frozen=True):
    """An article on one line."""

    listed: ListedArticle
    now: datetime

    @property
    def key(self) -> str:
        """The article's id."""
        return self.listed.record.id

    def height(self, width: int) -> int:  # noqa: ARG002  one line in any width
        """Return one line."""
        return 1

    def lines(self, width: int) -> Sequence[Line]:
        """Return title and columns."""
        columns = columns_in(width)
        return ((Piece(" "), *self._title(title_width(columns, width)), *self._cells(columns)),)

    def _title(self, width: int) -> Line:
        """Return the title, bold if unread and quiet if read, and what the article lacks."""
        record = self.listed.record
        role = _ROLES[record.state]
        label = ACCESS[record.access].short
        if not label:
            return (Piece(pad(record.title or record.url, width), role),)
        title = truncate(record.title or record.url, max(1, width - len(label) - 2))
        return (Piece(title, role), Piece(pad(f"  {label}", width - cell_len(title)), "warning"))

    def _cells(self, columns: Sequence[Column]) -> Iterator[Piece]:
        for each in columns:
            text = pad(each.text(self.listed, self.now), each.width, each.side)
            yield Piece(" " * _GAP + text, each.role)


def heads(width: int, sorted_by: Name, mark: str) -> Line:
    """Return the line above the columns, with `mark` beside the one they are sorted by."""
    columns = columns_in(width)

    def title(name: Name, words: str) -> str:
        return f"{words} {mark}" if name == sorted_by else words

    cells = (
        Piece(" " * _GAP + pad(title(each.name, each.title), each.width, each.side))
        for each in columns
    )
    return (Piece(" "), Piece(pad(title("title", "Title"), title_width(columns, width))), *cells)


def columns_in(width: int) -> tuple[Column, ...]:
    """Return the columns that leave enough room for the title, in their order on the screen."""
    kept = list(_COLUMNS)
    while kept and title_width(kept, width) < _MIN_TITLE:
        kept.pop()
    if width >= _WIDE:
        kept = [replace(each, width=_WIDE_WIDTHS.get(each.name, each.width)) for each in kept]
    return tuple(sorted(kept, key=lambda each: _ORDER.index(each.name)))


def title_width(columns: Sequence[Column], width: int) -> int:
    """Return the cells that the columns leave for the title."""
    return max(1, width - 2 - sum(each.width + _GAP for each in columns))


def _progress(listed: ListedArticle) -> str:
    if listed.record.state == "read":
        return "✓"
    return f"{listed.progress:.0%}" if listed.progress else ""


_DESCENDING = frozenset({"added", "marks", "progress"})  # sorted in descending order at first


class ArticleList(Struct, frozen=True, dict=True):
    """All articles, and how to filter and sort them."""

    records: tuple[ArticleRecord, ...] = ()
    positions: Mapping[str, Position] | None = None
    marks: Mapping[str, int] | None = None
    filter: ArticleFilter = field(default_factory=ArticleFilter)
    sorted_by: Name = "added"
    is_reversed: bool = False
    has_archived: bool = False

    @cached_property
    def listed(self) -> list[ListedArticle]:
        """The articles that match, sorted."""
        found = [self._listed(each) for each in self.records if self._matches(each)]
        is_descending = (self.sorted_by in _DESCENDING) != self.is_reversed
        found.sort(key=_RANKS["title"])
        return sorted(found, key=_RANKS[self.sorted_by], reverse=is_descending)

    @property
    def arrow(self) -> str:
        """The arrow for the direction of sorting."""
        return "↓" if (self.sorted_by in _DESCENDING) != self.is_reversed else "↑"

    def rows(self, now: datetime, keymap: Keymap) -> Sequence[Row]:
        """Return the rows, or a remark that says why there are none."""
        rows = [ArticleRow(each, now) for each in self.listed]
        if rows or not self.records:
            return rows
        if not self.filter.is_answered:
            return [Remark(" Searching …")]
        if text := self.filter.text.strip():
            clear = shown(keymap.key("library.clear"))
            return [Remark(f" No articles match “{text}”. Press {clear} to show all articles.")]
        show = shown(keymap.key("library.archived"))
        return [Remark(f" All articles are archived. Press {show} to show them.")]

    def sorted_next(self, step: int) -> "ArticleList":
        """Return the list sorted by the next column, or for a negative step in reverse."""
        if step < 0:
            return replace(self, is_reversed=not self.is_reversed)
        index = SORTABLE.index(self.sorted_by) + 1
        return replace(self, sorted_by=SORTABLE[index % len(SORTABLE)], is_reversed=False)

    def _listed(self, record: ArticleRecord) -> ListedArticle:
        position = (self.positions or {}).get(record.id)
        marks = (self.marks or {}).get(record.id)
        return ListedArticle(record, position.progress if position else None, marks)

    def _matches(self, record: ArticleRecord) -> bool:
        has_archived = self.has_archived or self.filter.wants_archived
        return (has_archived or record.state != "archived") and self.filter.matches(record)


_RANKS: dict[Name, Callable[[ListedArticle], float | str]] = {
    "added": lambda it: it.record.added.timestamp(),
    "title": lambda it: it.record.title.casefold(),
    "site": lambda it: it.record.site_name.casefold(),
    "minutes": lambda it: it.record.minutes,
    "progress": lambda it: it.progress or 0.0,
    "marks": lambda it: it.marks or 0,
}
