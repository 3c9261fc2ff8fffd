"""The columns of the library: their text, their order, and which of them fit."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len

from annotator.model import ArticleRecord
from annotator.model.labels import ACCESS, short_date
from annotator.tui.lists.rows import Line, Piece
from annotator.tui.lists.text_fit import Side, pad
from annotator.usecases.articles.open_article import READ

Name = Literal["title", "site", "tags", "access", "added", "minutes", "progress", "marks"]

MARGIN = 2  # cells at the left, for the glyph of a selected article
_END = 1  # cells at the right
_GAP = 2
_WIDE = 150  # cells, from which sites and tags get more room
_WIDE_WIDTHS: dict[Name, int] = {"site": 24, "tags": 28}
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

    The head fits with an arrow beside it. `is_descending` is the direction at first.
    """

    name: Name
    head: str
    width: int
    text: Callable[[ListedArticle, datetime], str]
    rank: Callable[[ListedArticle], Rank]
    side: Side = "left"
    role: str = "quiet"
    is_descending: bool = False


def _progress(listed: ListedArticle) -> str:
    """Return a tick for a finished article, and how far the reader got if not to the end."""
    share = f"{listed.progress:.0%}" if listed.progress else ""
    if not listed.is_finished:
        return share
    return f"✓ {share}" if 0 < (listed.progress or 0) < READ else "✓"


def _tags(listed: ListedArticle) -> str:
    return " ".join(f"#{tag}" for tag in listed.record.tags)


def _last_if_empty(text: str) -> tuple[bool, str]:
    return not text, text.casefold()


COLUMNS = (  # in their order on the screen, which is also that of sorting by one after another
    Column(
        "title",
        "Title",
        0,
        lambda listed, _: listed.record.title or listed.record.url,
        lambda listed: listed.record.title.casefold(),
    ),
    Column(
        "site",
        "Site",
        16,
        lambda listed, _: listed.record.site_name,
        lambda listed: _last_if_empty(listed.record.site_name),
    ),
    Column(
        "tags",
        "Tags",
        18,
        lambda listed, _: _tags(listed),
        lambda listed: _last_if_empty(_tags(listed)),
        role="tag",
    ),
    Column(
        "access",
        "Text",
        12,
        lambda listed, _: ACCESS[listed.record.access].short or "full",
        lambda listed: _last_if_empty(ACCESS[listed.record.access].short),
    ),
    Column(
        "added",
        "Added",
        8,
        lambda listed, now: short_date(listed.record.added, now),
        lambda listed: listed.record.added.timestamp(),
        "right",
        is_descending=True,
    ),
    Column(
        "minutes",
        "Min",
        5,
        lambda listed, _: str(listed.record.minutes),
        lambda listed: listed.record.minutes,
        "right",
    ),
    Column(
        "progress",
        "Read",
        6,
        lambda listed, _: _progress(listed),
        lambda listed: 1.0 + listed.is_finished if listed.is_finished else listed.progress or 0.0,
        "right",
        is_descending=True,
    ),
    Column(
        "marks",
        "Marks",
        7,
        lambda listed, _: str(listed.marks or ""),
        lambda listed: listed.marks or 0,
        "right",
        role="",
        is_descending=True,
    ),
)
BY_NAME = {column.name: column for column in COLUMNS}
_TITLE = BY_NAME["title"]
_KEPT_LONGEST: tuple[Name, ...] = (
    "progress",
    "marks",
    "added",
    "minutes",
    "site",
    "tags",
    "access",
)


NONE: frozenset[Name] = frozenset()


def columns_in(width: int, without: frozenset[Name] = NONE) -> tuple[Column, ...]:
    """Return the columns beside the title that leave enough room for it, in their order.

    Those in `without` are left out, because they would be empty.
    """
    names = [name for name in _KEPT_LONGEST if name not in without]
    while names and title_width([BY_NAME[name] for name in names], width) < _least_title(names):
        names.pop()
    kept = [column for column in COLUMNS if column.name in names]
    if width >= _WIDE:
        kept = [
            replace(column, width=_WIDE_WIDTHS.get(column.name, column.width)) for column in kept
        ]
    return tuple(kept)


def _least_title(names: Sequence[Name]) -> int:
    return _MIN_TITLE_BESIDE_ACCESS if names[-1] == "access" else _MIN_TITLE


def title_width(columns: Sequence[Column], width: int) -> int:
    """Return the cells that the columns leave for the title."""
    return max(1, width - MARGIN - _END - sum(column.width + _GAP for column in columns))


def cells(columns: Sequence[Column], text: Callable[[Column], str]) -> Iterator[str]:
    """Yield the text of each column in its width, with the gap before it."""
    for column in columns:
        yield " " * _GAP + pad(text(column), column.width, column.side)


def heads(width: int, sorted_by: Name, arrow: str, without: frozenset[Name] = NONE) -> Line:
    """Return the line above the columns, with an arrow beside the one they are sorted by.

    If that one has no room, it is named beside the title.
    """
    columns = columns_in(width, without)
    is_hidden = sorted_by not in {"title", *(shown.name for shown in columns)}

    def head(column: Column) -> str:
        return f"{column.head} {arrow}" if column.name == sorted_by else column.head

    def role(column: Column) -> str:
        return "sorted" if column.name == sorted_by else ""

    title = head(_TITLE)
    by = f"  by {BY_NAME[sorted_by].head} {arrow}" if is_hidden else ""
    return (
        Piece(" " * MARGIN),
        Piece(title, role(_TITLE)),
        Piece(pad(by, title_width(columns, width) - cell_len(title)), "sorted"),
        *(
            Piece(text, role(column))
            for column, text in zip(columns, cells(columns, head), strict=True)
        ),
    )


def column_at(x: int, width: int, without: frozenset[Name] = NONE) -> Name | None:
    """Return the column at a cell of a line, or None beside them."""
    columns = columns_in(width, without)
    end = MARGIN + title_width(columns, width)
    if MARGIN <= x < end:
        return "title"
    for column in columns:
        end += _GAP + column.width
        if x < end:
            return column.name if x >= MARGIN else None
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
