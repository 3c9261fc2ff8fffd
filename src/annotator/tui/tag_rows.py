"""Tags to choose from: those that are set, those that what is typed may mean, and a new one."""

from collections.abc import Sequence

from msgspec import Struct

from annotator.errors import InvalidTag
from annotator.model import tags
from annotator.tui.fitting import column, fit
from annotator.tui.rows import Line, Piece, Row
from annotator.usecases.tagging import TagUse, matching

_MOST = 200  # rows; nobody looks further than that, and typing finds the rest


class TagRow(Struct, frozen=True):
    """A tag with a box that is ticked or not, and how often it is in use."""

    name: str
    is_chosen: bool
    remark: str

    @property
    def key(self) -> str:
        """The tag."""
        return self.name

    def height(self, width: int) -> int:  # noqa: ARG002  one line in any width
        """Return one line."""
        return 1

    def lines(self, width: int) -> Sequence[Line]:
        """Return the box, the tag, and the remark at the right."""
        box = Piece(" ◉ ", "chosen") if self.is_chosen else Piece(" ○ ", "quiet")
        remark = fit(self.remark, width // 2)
        name = column(self.name, max(1, width - 3 - len(remark) - 1))
        return ((box, Piece(name, "strong" if self.is_chosen else ""), Piece(remark, "quiet")),)


def tag_rows(chosen: Sequence[str], uses: Sequence[TagUse], typed: str) -> list[Row]:
    """Return the tags that `typed` may mean, the new one that it would make last.

    What others stand below is as good as known, and comes first.
    """
    ticked = {tags.key(name) for name in chosen}
    known = {tags.key(use.name) for use in uses}
    found = matching(uses, typed, limit=_MOST)
    rows = [TagRow(use.name, tags.key(use.name) in ticked, f"{use.count} ") for use in found]
    mine = [name for name in chosen if tags.key(name) not in known and _holds(name, typed)]
    rows += [TagRow(name, is_chosen=True, remark="") for name in mine]
    if not typed:
        rows.sort(key=lambda row: not row.is_chosen)
    new = _new_row(typed, [row.name for row in rows])
    is_ancestor = any(tags.is_within(row.name, each.name) for row in rows for each in new)
    return [*new, *rows] if is_ancestor else [*rows, *new]


def _new_row(typed: str, shown: Sequence[str]) -> list[TagRow]:
    try:
        name = tags.normalise(typed)
    except InvalidTag:
        return []
    is_known = tags.key(name) in {tags.key(each) for each in shown}
    return [] if is_known else [TagRow(name, is_chosen=False, remark="new ")]


def _holds(name: str, typed: str) -> bool:
    return tags.key(typed.strip()) in tags.key(name)
