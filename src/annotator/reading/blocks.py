"""Every kind of block on its lines."""

from msgspec.structs import replace

from annotator.model import Block
from annotator.reading.cells import Measure
from annotator.reading.direction import is_right_to_left, mirrored
from annotator.reading.listing import Marker
from annotator.reading.measured import measure_text
from annotator.reading.prose import TURNOVER, Frame, Prose, Signs, set_code, set_prose
from annotator.reading.rows import Decoration, LaidBlock, Role
from annotator.reading.tables import Grid, lay_table

QUOTE_BAR = "▎"
QUOTE_STEP = 2  # cells from one quotation's bar to the next
IMAGE_SIGN = "▨"
SECTION_BREAK = "⁂"
NARROWEST = 16  # cells of text that indents must leave, however deep the nesting


def lay_block(
    block: Block,
    width: int,
    marker: Marker,
    measure: Measure,
    *,
    folds_code: bool = False,
    picture: tuple[int, int] | None = None,
) -> LaidBlock:
    """Return the lines of `block` on a page of `width` cells.

    `picture` is how many columns and lines an image takes that is drawn.
    """
    frame = _frame(block, width, marker)
    if block.kind == "code":
        return set_code(measure_text(block.text, measure), frame, is_folded=folds_code)
    laid = _lay_text(block, frame, measure)
    if picture and isinstance(laid, Prose):
        laid = replace(laid, above=(*_picture(frame, *picture), *laid.above))
    is_mirrored = is_right_to_left(block.text or block.alternative)
    return mirrored(laid, width, measure) if is_mirrored else laid


def quote_bars(depth: int) -> Signs:
    """Return the bars beside a quotation of `depth`."""
    return tuple(Decoration(QUOTE_BAR, QUOTE_STEP * step, "bar") for step in range(depth))


def quote_depth(block: Block) -> int:
    """Return how many bars stand beside `block`."""
    return max(block.quote_depth, int(block.kind in {"quote", "embed"}))


def signs(
    text: str, role_and_column: tuple[Role, int], width: int, measure: Measure
) -> tuple[Signs, ...]:
    """Return words that belong to the page on as many lines as they need."""
    if not text:
        return ()
    role, column = role_and_column
    measured = measure_text(text, measure)
    lines = measured.wrap((0, len(text)), max(1, width - column))
    return tuple((Decoration(measured.shown[start:end], column, role),) for start, end in lines)


def _lay_text(block: Block, frame: Frame, measure: Measure) -> Prose | Grid:
    text = measure_text(block.text, measure)
    match block.kind:
        case "table" if block.text:
            return lay_table(text, frame, block.header_rows)
        case "rule":
            return _rule(set_prose(text, frame))
        case "image":
            return _image(block, frame, measure)
        case "embed":
            label = block.label or ("" if block.text else "Embedded content")
            above = signs(label, ("label", frame.column), frame.width, measure)
            return replace(set_prose(text, frame), above=above)
        case _:
            return set_prose(text, frame)


def _frame(block: Block, width: int, marker: Marker) -> Frame:
    depth = min(quote_depth(block), max(0, width - NARROWEST) // QUOTE_STEP)
    margin = depth * QUOTE_STEP
    marker = marker.within(max(0, width - margin - NARROWEST))
    sign = marker.text.strip()
    at = margin + marker.indent + marker.text.find(sign)
    on_first = (Decoration(sign, at, "marker"),) if sign else ()
    column = margin + marker.indent + len(marker.text)
    return Frame(column, width, on_first, quote_bars(depth))


def _rule(laid: Prose) -> Prose:
    frame = laid.frame
    centred = frame.column + (frame.room - 1) // 2
    return replace(laid, above=((Decoration(SECTION_BREAK, centred, "rule"),),))


def _picture(frame: Frame, columns: int, lines: int) -> tuple[Signs, ...]:
    """Return the lines of a picture, in the middle of the room that the text has."""
    columns = min(columns, frame.room)
    column = frame.column + (frame.room - columns) // 2
    drawn = (Decoration("▀" * columns, column, "picture", line) for line in range(lines))
    return tuple((each,) for each in drawn)


def _image(block: Block, frame: Frame, measure: Measure) -> Prose:
    """Return the sign of an image beside its caption, and who made it below."""
    sign = Decoration(IMAGE_SIGN, frame.column, "label")
    inner = frame.inset(TURNOVER, sign)
    below = signs(block.credit, ("credit", inner.column), frame.width, measure)
    laid = replace(set_prose(measure_text(block.text, measure), inner), below=below)
    if block.text:
        return laid
    label = block.alternative or "Image"
    first, *more = signs(label, ("label", inner.column), frame.width, measure)
    return replace(laid, above=((*inner.on_first, *first), *more))
