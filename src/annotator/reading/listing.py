"""What stands before list items and footnotes, set so that the texts of one list line up."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from annotator.model import Block
from annotator.reading.cells import is_narrow

BULLETS = "•◦▪"  # by depth; deeper ones keep the last
BULLET_WIDTH = 2
LONGEST_LABEL = 5  # "ii." and "[12]" are labels, "note-the-first" is a name


class Marker(Struct, frozen=True):
    """What stands before the first line of a block; the lines below it hang under the text."""

    text: str = ""
    indent: int = 0

    def within(self, room: int) -> "Marker":
        """Return the marker with what indent `room` allows, or a bullet in its place."""
        if len(self.text) > max(room, LONGEST_LABEL + 1):
            return Marker(f"{BULLETS[0]} ").within(room)
        if self.indent + len(self.text) <= room:
            return self
        return replace(self, indent=max(0, min(self.indent, room - len(self.text))))


class _List(Struct):
    """The items of one list: all numbered or all not, at one depth, under one parent."""

    depth: int
    is_numbered: bool
    width: int = BULLET_WIDTH


def markers(blocks: Sequence[Block]) -> tuple[Marker, ...]:
    """Return the marker of each block, an empty one for most."""
    lists = _lists(blocks)
    return tuple(_marker(block, found) for block, found in zip(blocks, lists, strict=True))


def _marker(block: Block, found: tuple[_List, ...]) -> Marker:
    if block.kind == "footnote":
        return Marker(f"{_label(block.label)} ")
    around = sum(each.width for each in found[:-1])
    if not found:
        return Marker("", BULLET_WIDTH * block.depth)  # what a term means stands below it
    if block.kind != "list_item":
        return Marker("", around + found[-1].width)
    return Marker(_sign(block).rjust(found[-1].width), around)


def _sign(block: Block) -> str:
    """Return what stands before an item: its box or letter, its number, or a bullet."""
    if block.label:
        return f"{block.label} "
    if block.ordinal is not None:
        return f"{block.ordinal}. "
    return f"{BULLETS[min(block.depth, len(BULLETS)) - 1]} "


def _label(label: str) -> str:
    """Return a footnote's label if it is as short as labels are, otherwise a star."""
    return label if label and len(label) <= LONGEST_LABEL and is_narrow(label) else "*"


def _lists(blocks: Sequence[Block]) -> list[tuple[_List, ...]]:
    """Return the lists that each block stands in, outermost first."""
    found: list[tuple[_List, ...]] = []
    within: tuple[_List, ...] = ()
    for block in blocks:
        within = _opened(block, within)
        found.append(within)
    return found


def _opened(block: Block, within: tuple[_List, ...]) -> tuple[_List, ...]:
    depth = max(block.depth, int(block.kind == "list_item"))
    kept = tuple(each for each in within if each.depth <= depth)
    if block.kind != "list_item":
        return kept
    is_numbered = block.ordinal is not None
    if not kept or kept[-1].depth < depth or kept[-1].is_numbered != is_numbered:
        around = tuple(each for each in kept if each.depth < depth)
        kept = (*around, _List(depth, is_numbered))
    kept[-1].width = max(kept[-1].width, len(_sign(block)))
    return kept
