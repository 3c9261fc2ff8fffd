"""Which articles are listed, and in which order: a filter that is typed, a column, a direction."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cached_property

from msgspec import Struct, field
from msgspec.structs import replace

from annotator.model import ArticleRecord
from annotator.store import Position
from annotator.tui.article_filter import ArticleFilter
from annotator.tui.article_rows import SORTABLE, ArticleRow, Listed, Name
from annotator.tui.keymap import Keymap, shown
from annotator.tui.rows import Remark, Row

_NEWEST_FIRST = frozenset({"added", "marks", "progress"})  # columns that begin with the most


class ArticleList(Struct, frozen=True, dict=True):
    """All articles, and how the reader wants to see them."""

    records: tuple[ArticleRecord, ...] = ()
    positions: Mapping[str, Position] | None = None
    marks: Mapping[str, int] | None = None
    filter: ArticleFilter = field(default_factory=ArticleFilter)
    sorted_by: Name = "added"
    is_reversed: bool = False
    has_archived: bool = False

    @cached_property
    def listed(self) -> list[Listed]:
        """The articles that are meant, in their order."""
        meant = [self._listed(each) for each in self.records if self._is_meant(each)]
        is_descending = (self.sorted_by in _NEWEST_FIRST) != self.is_reversed
        meant.sort(key=_RANKS["title"])
        return sorted(meant, key=_RANKS[self.sorted_by], reverse=is_descending)

    @property
    def arrow(self) -> str:
        """The sign of the direction."""
        return "↓" if (self.sorted_by in _NEWEST_FIRST) != self.is_reversed else "↑"

    def rows(self, now: datetime, keymap: Keymap) -> Sequence[Row]:
        """Return the rows, or why there is none."""
        rows = [ArticleRow(each, now) for each in self.listed]
        if rows or not self.records:
            return rows
        if not self.filter.is_answered:
            return [Remark(" Looking …")]
        if text := self.filter.text.strip():
            clear = shown(keymap.key("library.clear"))
            return [Remark(f" No article has “{text}”. Press {clear} to see all of them.")]
        show = shown(keymap.key("library.archived"))
        return [Remark(f" All articles are archived. Press {show} to see them.")]

    def sorted_anew(self, step: int) -> "ArticleList":
        """Return the list by its next column; a step back turns its direction round."""
        if step < 0:
            return replace(self, is_reversed=not self.is_reversed)
        index = SORTABLE.index(self.sorted_by) + 1
        return replace(self, sorted_by=SORTABLE[index % len(SORTABLE)], is_reversed=False)

    def _listed(self, record: ArticleRecord) -> Listed:
        position = (self.positions or {}).get(record.id)
        marks = (self.marks or {}).get(record.id)
        return Listed(record, position.progress if position else None, marks)

    def _is_meant(self, record: ArticleRecord) -> bool:
        has_archived = self.has_archived or self.filter.wants_archived
        return (has_archived or record.state != "archived") and self.filter.fits(record)


_RANKS: dict[Name, Callable[[Listed], float | str]] = {
    "added": lambda it: it.record.added.timestamp(),
    "title": lambda it: it.record.title.casefold(),
    "site": lambda it: it.record.site_name.casefold(),
    "minutes": lambda it: it.record.minutes,
    "progress": lambda it: it.progress or 0.0,
    "marks": lambda it: it.marks or 0,
}
