"""The articles as rows of a table: which are listed, in which order, and which are selected."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import ClassVar

from msgspec import Struct, field
from msgspec.structs import replace
from rich.cells import cell_len

from annotator.model import ArticleRecord, ReadState
from annotator.model.labels import ACCESS
from annotator.tui.keys.keymap import Keymap, shown
from annotator.tui.library.columns import (
    BY_NAME,
    COLUMNS,
    MARGIN,
    NONE,
    ListedArticle,
    Name,
    cells,
    columns_in,
    empty_columns,
    title_width,
)
from annotator.tui.library.filter import ArticleFilter
from annotator.tui.lists.rows import Line, Piece, Remark, Row
from annotator.tui.lists.text_fit import pad, truncate

_SELECTED = "▌"

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

    @property
    def key(self) -> str:
        """The article's id."""
        return self.listed.record.id

    def lines(self, width: int) -> Sequence[Line]:
        """Return title and columns, with a glyph before them if the article is selected."""
        columns = columns_in(width, self.without)
        has_access = any(shown.name == "access" for shown in columns)
        mark = Piece(pad(_SELECTED if self.is_selected else "", MARGIN), "chosen")
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
        label = ACCESS[record.access].short if labelled else ""
        if not label:
            return (Piece(pad(record.title or record.url, width), role),)
        title = truncate(record.title or record.url, max(1, width - len(label) - 2))
        return (Piece(title, role), Piece(pad(f"  {label}", width - cell_len(title)), "warning"))

    def _role(self, name: Name, role: str) -> str:
        is_lacking = name == "access" and self.listed.record.access != "full"
        return "warning" if is_lacking else role


class ArticleList(Struct, frozen=True, dict=True):
    """All articles, how to filter and sort them, and the ids of those that are selected."""

    records: tuple[ArticleRecord, ...] = ()
    progress: Mapping[str, float] | None = None
    marks: Mapping[str, int] | None = None
    filter: ArticleFilter = field(default_factory=ArticleFilter)
    sorted_by: Name = "added"
    is_reversed: bool = False
    has_archived: bool = False
    selected: frozenset[str] = frozenset()

    @cached_property
    def listed(self) -> list[ListedArticle]:
        """The articles that match, sorted."""
        listed = [self._listed(record) for record in self.records if self._matches(record)]
        listed.sort(key=BY_NAME["title"].rank)
        return sorted(listed, key=BY_NAME[self.sorted_by].rank, reverse=self._is_descending)

    @cached_property
    def chosen(self) -> list[ArticleRecord]:
        """The selected articles that are listed, in their order."""
        return [listed.record for listed in self.listed if listed.record.id in self.selected]

    @cached_property
    def empty_columns(self) -> frozenset[Name]:
        """The columns that no article has anything in, listed or not."""
        return empty_columns(self.records)

    @property
    def arrow(self) -> str:
        """The arrow for the direction of sorting."""
        return "↓" if self._is_descending else "↑"

    def rows(self, now: datetime, keymap: Keymap) -> Sequence[Row]:
        """Return the rows, or a remark that says why there are none."""
        rows = [
            ArticleRow(listed, now, listed.record.id in self.selected, self.empty_columns)
            for listed in self.listed
        ]
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
        index = COLUMNS.index(BY_NAME[self.sorted_by]) + 1
        return self.sorted_on(COLUMNS[index % len(COLUMNS)].name)

    def sorted_on(self, name: Name) -> "ArticleList":
        """Return the list sorted by a column, or in reverse if it is sorted by that already."""
        if name == self.sorted_by:
            return replace(self, is_reversed=not self.is_reversed)
        return replace(self, sorted_by=name, is_reversed=False)

    def toggled(self, article_id: str) -> "ArticleList":
        """Return the list with an article selected, or not selected if it was."""
        return replace(self, selected=self.selected ^ {article_id})

    def all_toggled(self) -> "ArticleList":
        """Return the list with all listed articles selected, or none if all were."""
        listed = frozenset(listed.record.id for listed in self.listed)
        is_all = listed <= self.selected
        return replace(self, selected=self.selected - listed if is_all else self.selected | listed)

    @property
    def _is_descending(self) -> bool:
        return BY_NAME[self.sorted_by].is_descending != self.is_reversed

    def _listed(self, record: ArticleRecord) -> ListedArticle:
        progress, marks = self.progress or {}, self.marks or {}
        return ListedArticle(record, progress.get(record.id), marks.get(record.id))

    def _matches(self, record: ArticleRecord) -> bool:
        has_archived = self.has_archived or self.filter.wants_archived
        return (has_archived or record.state != "archived") and self.filter.matches(record)
