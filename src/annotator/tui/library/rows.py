"""The articles as rows of a table: which are listed, in which order, and their columns."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property, lru_cache
from typing import ClassVar, Literal, get_args

from msgspec import Struct, field
from msgspec.structs import replace
from rich.cells import cell_len

from annotator.model import ArticleRecord, ReadState
from annotator.model.labels import ACCESS, short_date
from annotator.tui.keys.keymap import Keymap
from annotator.tui.library.filter import ArticleFilter
from annotator.tui.lists.rows import (
    SIGN_WIDTH,
    Line,
    Piece,
    Remark,
    Row,
    Side,
    hashed,
    pad,
    selection_sign,
    truncate,
)
from annotator.usecases.articles.open_article import READ

Name = Literal["title", "site", "tags", "access", "added", "minutes", "progress", "marks"]

_END = 1  # cells at the right
_GAP = 2
_FILTER_ABOVE = 100  # cells; from there on the status bar shows the filter
_WIDE = 150  # cells, from which sites and tags get more room
MOST_TAGS = 28
_WIDE_WIDTHS: dict[Name, int] = {"site": 24, "tags": MOST_TAGS}
_AMPLE_TITLE = 54  # cells; what is beyond them is first for the names of sites
_MIN_TITLE = 38  # cells; columns give way until the title has as many
_MIN_TITLE_BESIDE_ACCESS = 50  # without that column, it is shown beside the title


class ListedArticle(Struct, frozen=True):
    """An article with the share of it that was read (0 to 1) and its number of marks."""

    record: ArticleRecord
    progress: float | None = None
    marks: int | None = None

    @property
    def is_finished(self) -> bool:
        """Whether it was read to its end, or is marked as read."""
        return self.record.state == "read" or self.record.finished is not None


Rank = float | str | tuple[bool, str]


class Column(Struct, frozen=True):
    """A column: its head, its width in cells, an article's text in it, and its order.

    The head fits with an arrow beside it. `is_descending` is the direction at first. Without a
    `rank` of its own, articles are in the order of their texts, those without one at the end.
    """

    name: Name
    head: str
    width: int
    text: Callable[[ListedArticle, datetime], str]
    rank: Callable[[ListedArticle], Rank] | None = None
    side: Side = "left"
    role: str = "quiet"
    is_descending: bool = False

    def order(self, listed: ListedArticle) -> Rank:
        """Return the key by which an article is sorted in this column."""
        if self.rank is not None:
            return self.rank(listed)
        text = self.text(listed, listed.record.added)
        return not text, text.casefold()


def _progress(listed: ListedArticle, _now: datetime) -> str:
    """Return a tick for a finished article, and how far the reader got if not to the end."""
    share = f"{listed.progress:.0%}" if listed.progress else ""
    if not listed.is_finished:
        return share
    return f"✓ {share}" if 0 < (listed.progress or 0) < READ else "✓"


def _rank_of_progress(listed: ListedArticle) -> float:
    return 1.0 + listed.is_finished if listed.is_finished else listed.progress or 0.0


def _lack(listed: ListedArticle) -> tuple[bool, str]:
    lack = ACCESS[listed.record.access].short
    return not lack, lack.casefold()


COLUMNS = (  # in their order on the screen, which is also that of sorting by one after another
    Column(
        "title",
        "Title",
        0,
        lambda row, _: row.record.title or row.record.url,
        lambda row: row.record.title.casefold(),
    ),
    Column("site", "Site", 16, lambda row, _: row.record.site_name),
    Column("tags", "Tags", 18, lambda row, _: hashed(row.record.tags), role="tag"),
    Column("access", "Text", 12, lambda row, _: ACCESS[row.record.access].short or "full", _lack),
    Column(
        "added",
        "Added",
        8,
        lambda row, now: short_date(row.record.added, now),
        lambda row: row.record.added.timestamp(),
        "right",
        is_descending=True,
    ),
    Column(
        "minutes",
        "Min",
        5,
        lambda row, _: str(row.record.minutes),
        lambda row: row.record.minutes,
        "right",
    ),
    Column("progress", "Read", 6, _progress, _rank_of_progress, "right", is_descending=True),
    Column(
        "marks",
        "Marks",
        7,
        lambda row, _: str(row.marks or ""),
        lambda row: row.marks or 0,
        "right",
        "",
        is_descending=True,
    ),
)
BY_NAME = {column.name: column for column in COLUMNS}
_PLACES = {column.name: place for place, column in enumerate(COLUMNS)}
# The last of these gives way first.
_KEPT: tuple[Name, ...] = ("progress", "marks", "added", "minutes", "site", "tags", "access")
NONE: frozenset[Name] = frozenset()
_ARROW = 2  # cells beside the head of the column that is sorted


@lru_cache(maxsize=32)  # asked for each row
def columns_in(
    width: int, without: frozenset[Name] = NONE, tags_width: int = MOST_TAGS
) -> tuple[Column, ...]:
    """Return the columns beside the title that leave enough room for it, in their order.

    Those in `without` are left out, because they would be empty; tags take no more than they need.
    """
    sizes = {column.name: column.width for column in COLUMNS}
    sizes |= _WIDE_WIDTHS if width >= _WIDE else {}
    sizes["tags"] = min(sizes["tags"], max(tags_width, len(BY_NAME["tags"].head) + _ARROW))
    names = [name for name in _KEPT if name not in without]
    columns = [replace(BY_NAME[name], width=sizes[name]) for name in names]
    while columns and title_width(columns, width) < _least_title(names):
        columns.pop()
        names.pop()
    spare = title_width(columns, width) - _AMPLE_TITLE
    columns = [
        replace(column, width=max(column.width, min(column.width + spare, _WIDE_WIDTHS["site"])))
        if column.name == "site"
        else column
        for column in columns
    ]
    return tuple(sorted(columns, key=lambda column: _PLACES[column.name]))


def _least_title(names: Sequence[Name]) -> int:
    return _MIN_TITLE_BESIDE_ACCESS if names[-1] == "access" else _MIN_TITLE


def title_width(columns: Sequence[Column], width: int) -> int:
    """Return the cells that the columns leave for the title."""
    return max(1, width - SIGN_WIDTH - _END - sum(column.width + _GAP for column in columns))


def cells(columns: Sequence[Column], text: Callable[[Column], str]) -> Iterator[str]:
    """Yield the text of each column in its width, with the gap before it."""
    for column in columns:
        yield " " * _GAP + pad(text(column), column.width, column.side)


def column_at(
    x: int, width: int, without: frozenset[Name] = NONE, tags_width: int = MOST_TAGS
) -> Name | None:
    """Return the column at a cell of a line, or None beside them."""
    columns = columns_in(width, without, tags_width)
    end = SIGN_WIDTH + title_width(columns, width)
    if SIGN_WIDTH <= x < end:
        return "title"
    for column in columns:
        end += _GAP + column.width
        if x < end:
            return column.name if x >= SIGN_WIDTH else None
    return None


def empty_columns(records: Iterable[ArticleRecord]) -> frozenset[Name]:
    """Return the columns of site, tags and completeness that would be empty."""
    names: set[Name] = {"site", "tags", "access"}
    for record in records:
        if record.site_name:
            names.discard("site")
        if record.tags:
            names.discard("tags")
        if record.access != "full":
            names.discard("access")
        if not names:
            break
    return frozenset(names)


_ROLES: dict[ReadState, str] = {
    "unread": "strong",
    "reading": "",
    "read": "quiet",
    "archived": "quiet",
}


class ArticleRow(Struct, frozen=True):
    """An article on one line."""

    HEIGHT: ClassVar = 1

    listed: ListedArticle
    now: datetime
    is_selected: bool = False
    without: frozenset[Name] = NONE  # columns that are left out
    tags_width: int = MOST_TAGS

    @property
    def key(self) -> str:
        return self.listed.record.id

    def lines(self, width: int) -> Sequence[Line]:
        """Return title and columns, with a glyph before them if the article is selected."""
        columns = columns_in(width, self.without, self.tags_width)
        has_access = any(shown.name == "access" for shown in columns)
        mark = selection_sign(is_selected=self.is_selected)
        texts = cells(columns, lambda column: column.text(self.listed, self.now))
        rest = (
            Piece(text, self._role(column.name, column.role))
            for column, text in zip(columns, texts, strict=True)
        )
        title = self._title(title_width(columns, width), labelled=not has_access)
        return ((mark, *title, *rest),)

    def _title(self, width: int, *, labelled: bool) -> Line:
        """Return the title, bold if unread and quiet if read, and what the article lacks."""
        record = self.listed.record
        role = "chosen" if self.is_selected else _ROLES[record.state]
        is_archived = record.state == "archived"
        label = "archived" if is_archived else ACCESS[record.access].short * labelled
        if not label:
            return (Piece(pad(record.title or record.url, width), role),)
        title = truncate(record.title or record.url, max(1, width - len(label) - 2))
        label = pad(f"  {label}", width - cell_len(title))
        return (Piece(title, role), Piece(label, "quiet" if is_archived else "warning"))

    def _role(self, name: Name, role: str) -> str:
        is_lacking = name == "access" and self.listed.record.access != "full"
        return "warning" if is_lacking else role


class ArticleList(Struct, frozen=True, dict=True):
    """All articles, and how to filter and sort them."""

    records: tuple[ArticleRecord, ...] = ()
    progress: Mapping[str, float] | None = None
    marks: Mapping[str, int] | None = None
    filter: ArticleFilter = field(default_factory=ArticleFilter)
    sorted_by: Name = "added"
    is_reversed: bool = False
    has_archived: bool = False

    @cached_property
    def listed(self) -> list[ListedArticle]:
        """The articles that match, sorted."""
        listed = [self._listed(record) for record in self.records if self._matches(record)]
        listed.sort(key=BY_NAME["title"].order)
        return sorted(listed, key=BY_NAME[self.sorted_by].order, reverse=self._is_descending)

    @property
    def matching(self) -> list[ArticleRecord]:
        """The articles that match, also the archived ones that are not shown."""
        return [listed.record for listed in replace(self, has_archived=True).listed]

    @cached_property
    def empty_columns(self) -> frozenset[Name]:
        """The columns that no article has anything in, listed or not."""
        return empty_columns(self.records)

    @cached_property
    def tags_width(self) -> int:
        """The cells that the longest tags of an article take, as far as a column has them."""
        longest = 0
        for record in self.records:
            if record.tags and longest < MOST_TAGS:
                longest = max(longest, cell_len(hashed(record.tags)))
        return min(longest, MOST_TAGS)

    @property
    def arrow(self) -> str:
        """The arrow for the direction of sorting."""
        return "↓" if self._is_descending else "↑"

    def rows(self, now: datetime, keymap: Keymap, selected: Collection[str] = ()) -> Sequence[Row]:
        """Return the rows, those of `selected` ids so, or a remark that says why there are none."""
        rows = [
            ArticleRow(
                listed, now, listed.record.id in selected, self.empty_columns, self.tags_width
            )
            for listed in self.listed
        ]
        if rows or not self.records:
            return rows
        if not self.filter.is_answered:
            return [Remark(" Searching …")]
        if text := self.filter.text.strip():
            clear = keymap.shown("library.clear")
            state = text.casefold()
            meant = f" Did you mean is:{state}?" if state in get_args(ReadState) else ""
            all_ = f" Press {clear} to show all articles."
            return [Remark(f" No articles match “{text}”.{meant}{all_}")]
        show = keymap.shown("library.archived")
        return [Remark(f" All articles are archived. Press {show} to show them.")]

    def sorted_next(self, step: int) -> "ArticleList":
        """Return the list sorted by the next column, or for a negative step in reverse."""
        if step < 0:
            return replace(self, is_reversed=not self.is_reversed)
        index = COLUMNS.index(BY_NAME[self.sorted_by]) + 1
        return self.sorted_on(COLUMNS[index % len(COLUMNS)].name)

    def sorted_on(self, name: Name) -> "ArticleList":
        """Return the list sorted by a column, or in reverse if it is sorted by that already."""
        if name == self.sorted_by:
            return replace(self, is_reversed=not self.is_reversed)
        return replace(self, sorted_by=name, is_reversed=False)

    @property
    def _is_descending(self) -> bool:
        return BY_NAME[self.sorted_by].is_descending != self.is_reversed

    def _listed(self, record: ArticleRecord) -> ListedArticle:
        progress, marks = self.progress or {}, self.marks or {}
        return ListedArticle(record, progress.get(record.id), marks.get(record.id))

    def _matches(self, record: ArticleRecord) -> bool:
        has_archived = self.has_archived or self.filter.wants_archived
        return (has_archived or record.state != "archived") and self.filter.matches(record)


def heads(width: int, articles: ArticleList) -> Line:
    """Return the line above the columns, with an arrow beside the one they are sorted by.

    If that one has no room, it is named beside the title.
    """
    columns = columns_in(width, articles.empty_columns, articles.tags_width)
    sorted_by, arrow = articles.sorted_by, articles.arrow
    is_hidden = sorted_by not in {"title", *(shown.name for shown in columns)}

    def head(column: Column) -> Piece:
        is_sorted = column.name == sorted_by
        return Piece(f"{column.head} {arrow}" if is_sorted else column.head, "sorted" * is_sorted)

    title = head(BY_NAME["title"])
    by = f"  by {BY_NAME[sorted_by].head} {arrow}" if is_hidden else ""
    if width < _FILTER_ABOVE and (typed := articles.filter.text.strip()):
        by = f"  /{typed}: {len(articles.listed)}{by}"  # the status bar has no room for it
    return (
        Piece(" " * SIGN_WIDTH),
        title,
        Piece(pad(by, title_width(columns, width) - cell_len(title.text)), "sorted"),
        *(
            Piece(text, head(column).role)
            for column, text in zip(
                columns, cells(columns, lambda column: head(column).text), strict=True
            )
        ),
    )
