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


def _progress(it: ListedArticle) -> str:
    """Return a tick for a finished article, and how far the reader got if not to the end."""
    share = f"{it.progress:.0%}" if it.progress else ""
    if not it.is_finished:
        return share
    return f"✓ {share}" if 0 < (it.progress or 0) < READ else "✓"


def _tags(it: ListedArticle) -> str:
    return " ".join(f"#{tag}" for tag in it.record.tags)


def _last_if_empty(text: str) -> tuple[bool, str]:
    return not text, text.casefold()


COLUMNS = (  # in their order on the screen, which is also that of sorting by one after another
    Column(
        "title",
        "Title",
        0,
        lambda it, _: it.record.title or it.record.url,
        lambda it: it.record.title.casefold(),
    ),
    Column(
        "site",
        "Site",
        16,
        lambda it, _: it.record.site_name,
        lambda it: _last_if_empty(it.record.site_name),
    ),
    Column(
        "tags",
        "Tags",
        18,
        lambda it, _: _tags(it),
        lambda it: _last_if_empty(_tags(it)),
        role="tag",
    ),
    Column(
        "access",
        "Text",
        12,
        lambda it, _: ACCESS[it.record.access].short or "full",
        lambda it: _last_if_empty(ACCESS[it.record.access].short),
    ),
    Column(
        "added",
        "Added",
        8,
        lambda it, now: short_date(it.record.added, now),
        lambda it: it.record.added.timestamp(),
        "right",
        is_descending=True,
    ),
    Column(
        "minutes",
        "Min",
        5,
        lambda it, _: str(it.record.minutes),
        lambda it: it.record.minutes,
        "right",
    ),
    Column(
        "progress",
        "Read",
        6,
        lambda it, _: _progress(it),
        lambda it: 1.0 + it.is_finished if it.is_finished else it.progress or 0.0,
        "right",
        is_descending=True,
    ),
    Column(
        "marks",
        "Marks",
        7,
        lambda it, _: str(it.marks or ""),
        lambda it: it.marks or 0,
        "right",
        role="",
        is_descending=True,
    ),
)
BY_NAME = {each.name: each for each in COLUMNS}
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
    kept = [each for each in COLUMNS if each.name in names]
    if width >= _WIDE:
        kept = [replace(each, width=_WIDE_WIDTHS.get(each.name, each.width)) for each in kept]
    return tuple(kept)


def _least_title(names: Sequence[Name]) -> int:
    return _MIN_TITLE_BESIDE_ACCESS if names[-1] == "access" else _MIN_TITLE


def title_width(columns: Sequence[Column], width: int) -> int:
    """Return the cells that the columns leave for the title."""
    return max(1, width - MARGIN - _END - sum(each.width + _GAP for each in columns))


def cells(columns: Sequence[Column], text: Callable[[Column], str]) -> Iterator[str]:
    """Yield the text of each column in its width, with the gap before it."""
    for each in columns:
        yield " " * _GAP + pad(text(each), each.width, each.side)


def heads(width: int, sorted_by: Name, arrow: str, without: frozenset[Name] = NONE) -> Line:
    """Return the line above the columns, with an arrow beside the one they are sorted by.

    If that one has no room, it is named beside the title.
    """
    columns = columns_in(width, without)
    is_hidden = sorted_by not in {"title", *(each.name for each in columns)}

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
            Piece(text, role(each))
            for each, text in zip(columns, cells(columns, head), strict=True)
        ),
    )


def column_at(x: int, width: int, without: frozenset[Name] = NONE) -> Name | None:
    """Return the column at a cell of a line, or None beside them."""
    columns = columns_in(width, without)
    end = MARGIN + title_width(columns, width)
    if MARGIN <= x < end:
        return "title"
    for each in columns:
        end += _GAP + each.width
        if x < end:
            return each.name if x >= MARGIN else None
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
