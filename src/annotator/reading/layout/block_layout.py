"""A block on its lines, by its kind; text from right to left begins at the right edge of the page.

The terminal orders the letters of a line; this module only places lines and their
decorations.
"""

import unicodedata
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from annotator.model import Block
from annotator.reading.layout.prose_layout import (
    TURNOVER,
    Decorations,
    Frame,
    ProseLayout,
    lay_out_code,
    lay_out_prose,
)
from annotator.reading.layout.row import Decoration, Fragment, Role
from annotator.reading.layout.table_layout import BlockLayout, TableLayout, grid, lay_out_table
from annotator.reading.layout.text_width import Measure, is_narrow, measure_text

BULLETS = "•◦▪"  # by depth; the last one for all deeper levels
BULLET_WIDTH = 2
LONGEST_LABEL = 5  # characters: "ii." and "[12]" are labels, "note-the-first" is a name

QUOTE_BAR = "▎"
QUOTE_STEP = 2  # cells between the bars of nested quotations
IMAGE_SIGN = "▨"
SECTION_BREAK = "⁂"
NARROWEST = 16  # cells that nested indents must leave for the text

_EXAMINED = 200  # characters in which the direction of a text is looked for


class Marker(Struct, frozen=True):
    """The text before the first line of a block, after `indent` cells; other lines are indented."""

    text: str = ""
    indent: int = 0

    def within(self, room: int) -> "Marker":
        """Return the marker with an indent that `room` allows, or a bullet if it is too long."""
        if len(self.text) > max(room, LONGEST_LABEL + 1):
            return Marker(f"{BULLETS[0]} ").within(room)
        if self.indent + len(self.text) <= room:
            return self
        return replace(self, indent=max(0, min(self.indent, room - len(self.text))))


class _List(Struct):
    """One list: items at one depth under one parent, all numbered or none."""

    depth: int
    is_numbered: bool
    width: int = BULLET_WIDTH


def markers(blocks: Sequence[Block]) -> tuple[Marker, ...]:
    """Return the marker of each block, empty for most; the items of a list are aligned."""
    lists = _lists(blocks)
    return tuple(_marker(block, levels) for block, levels in zip(blocks, lists, strict=True))


def _marker(block: Block, levels: tuple[_List, ...]) -> Marker:
    if block.kind == "footnote":
        label, is_short = block.label, len(block.label) <= LONGEST_LABEL
        return Marker(f"{label} " if label and is_short and is_narrow(label) else "* ")
    around = sum(level.width for level in levels[:-1])
    if not levels:
        return Marker("", BULLET_WIDTH * block.depth)  # the definition of a term is below it
    if block.kind != "list_item":
        return Marker("", around + levels[-1].width)
    return Marker(_sign(block).rjust(levels[-1].width), around)


def _sign(block: Block) -> str:
    """Return the sign of an item: its box or letter, its number, or a bullet."""
    if block.label:
        return f"{block.label} "
    if block.ordinal is not None:
        return f"{block.ordinal}. "
    return f"{BULLETS[min(block.depth, len(BULLETS)) - 1]} "


def _lists(blocks: Sequence[Block]) -> list[tuple[_List, ...]]:
    """Return the lists around each block, outermost first."""
    nested: list[tuple[_List, ...]] = []
    within: tuple[_List, ...] = ()
    for block in blocks:
        within = _opened(block, within)
        nested.append(within)
    return nested


def _opened(block: Block, within: tuple[_List, ...]) -> tuple[_List, ...]:
    depth = max(block.depth, int(block.kind == "list_item"))
    kept = tuple(level for level in within if level.depth <= depth)
    if block.kind != "list_item":
        return kept
    is_numbered = block.ordinal is not None
    if not kept or kept[-1].depth < depth or kept[-1].is_numbered != is_numbered:
        around = tuple(level for level in kept if level.depth < depth)
        kept = (*around, _List(depth, is_numbered))
    kept[-1].width = max(kept[-1].width, len(_sign(block)))
    return kept


def lay_out_block(
    block: Block,
    width: int,
    marker: Marker,
    measure: Measure,
    *,
    folds_code: bool = False,
    picture: tuple[int, int] | None = None,
) -> BlockLayout:
    """Return the layout of `block` on a page of `width` cells.

    `picture` gives the columns and lines of an image that is drawn.
    """
    frame = _frame(block, width, marker)
    if block.kind == "code":
        return lay_out_code(measure_text(block.text, measure), frame, is_folded=folds_code)
    laid = _lay_text(block, frame, measure)
    if picture and isinstance(laid, ProseLayout):
        laid = replace(laid, above=(*_picture(frame, *picture), *laid.above))
    is_mirrored = is_right_to_left(block.text or block.alternative)
    return mirrored(laid, width, measure) if is_mirrored else laid


def quote_bars(depth: int) -> Decorations:
    """Return the bars beside a quotation at `depth`."""
    return tuple(Decoration(QUOTE_BAR, QUOTE_STEP * step, "bar") for step in range(depth))


def quote_depth(block: Block) -> int:
    """Return the number of bars beside `block`."""
    return max(block.quote_depth, int(block.kind in {"quote", "embed"}))


def decoration_lines(
    text: str, role_and_column: tuple[Role, int], width: int, measure: Measure
) -> tuple[Decorations, ...]:
    """Return text that is not part of the article on as many lines as it needs."""
    if not text:
        return ()
    role, column = role_and_column
    measured = measure_text(text, measure)
    lines = measured.wrap((0, len(text)), max(1, width - column))
    return tuple((Decoration(measured.shown[start:end], column, role),) for start, end in lines)


def _lay_text(block: Block, frame: Frame, measure: Measure) -> BlockLayout:
    text = measure_text(block.text, measure)
    match block.kind:
        case "table" if block.text:
            return lay_out_table(text, frame, block.header_rows)
        case "rule":
            centred = frame.column + (frame.room - 1) // 2
            sign = Decoration(SECTION_BREAK, centred, "rule")
            return replace(lay_out_prose(text, frame), above=((sign,),))
        case "image":
            return _image(block, frame, measure)
        case "embed":
            label = block.label or ("" if block.text else "Embedded content")
            above = decoration_lines(label, ("label", frame.column), frame.width, measure)
            return replace(lay_out_prose(text, frame), above=above)
        case _:
            return lay_out_prose(text, frame)


def _frame(block: Block, width: int, marker: Marker) -> Frame:
    depth = min(quote_depth(block), max(0, width - NARROWEST) // QUOTE_STEP)
    margin = depth * QUOTE_STEP
    marker = marker.within(max(0, width - margin - NARROWEST))
    sign = marker.text.strip()
    at = margin + marker.indent + marker.text.find(sign)
    on_first = (Decoration(sign, at, "marker"),) if sign else ()
    column = margin + marker.indent + len(marker.text)
    return Frame(column, width, on_first, quote_bars(depth))


def _picture(frame: Frame, columns: int, lines: int) -> tuple[Decorations, ...]:
    """Return the lines of a picture, centred in the room of the text."""
    columns = min(columns, frame.room)
    column = frame.column + (frame.room - columns) // 2
    drawn = (Decoration("▀" * columns, column, "picture", line) for line in range(lines))
    return tuple((row,) for row in drawn)


def _image(block: Block, frame: Frame, measure: Measure) -> ProseLayout:
    """Return an image: a sign beside its caption, with the credit below."""
    sign = Decoration(IMAGE_SIGN, frame.column, "label")
    inner = frame.inset(TURNOVER, sign)
    below = decoration_lines(block.credit, ("credit", inner.column), frame.width, measure)
    laid = replace(lay_out_prose(measure_text(block.text, measure), inner), below=below)
    if block.text:
        return laid
    label = block.alternative or "Image"
    first, *more = decoration_lines(label, ("label", inner.column), frame.width, measure)
    return replace(laid, above=((*inner.on_first, *first), *more))


def is_right_to_left(text: str) -> bool:
    """Return whether the first letter with a direction runs to the left (rule P2 of UAX 9)."""
    if is_narrow(text):
        return False
    directions = map(unicodedata.bidirectional, text[:_EXAMINED])
    return (
        next((direction for direction in directions if direction in {"L", "R", "AL"}), "L") != "L"
    )


def mirrored(laid: BlockLayout, width: int, measure: Measure) -> BlockLayout:
    """Return the layout of a block mirrored on a page of `width` cells."""
    if isinstance(laid, TableLayout):
        return laid if laid.overflow else _mirrored_grid(laid, width, measure)
    lines = zip(laid.lines, laid.indents, strict=True)
    frame = replace(
        laid.frame,
        on_first=mirrored_decorations(laid.frame.on_first, width, measure),
        on_each=mirrored_decorations(laid.frame.on_each, width, measure),
    )
    return replace(
        laid,
        indents=tuple(max(0, width - indent - laid.text.cells(*line)) for line, indent in lines),
        frame=frame,
        above=tuple(mirrored_decorations(line, width, measure) for line in laid.above),
        below=tuple(mirrored_decorations(line, width, measure) for line in laid.below),
    )


def mirrored_decorations(decorations: Decorations, width: int, measure: Measure) -> Decorations:
    """Return decorations mirrored on a page of `width` cells."""
    return tuple(
        replace(
            sign,
            text=sign.text[::-1] if set(sign.text) <= set("─┼") else sign.text,
            column=max(0, width - sign.column - measure(sign.text)),
        )
        for sign in decorations
    )


def _mirrored_grid(laid: TableLayout, width: int, measure: Measure) -> TableLayout:
    rows = (
        replace(
            row,
            fragments=tuple(_across(laid, fragment, width) for fragment in row.fragments),
            decorations=mirrored_decorations(row.decorations, width, measure),
        )
        for row in laid.rows
    )
    return grid(laid.text, rows)


def _across(laid: TableLayout, fragment: Fragment, width: int) -> Fragment:
    cells = laid.text.cells(fragment.start, fragment.end)
    return replace(fragment, column=max(0, width - fragment.column - cells))
