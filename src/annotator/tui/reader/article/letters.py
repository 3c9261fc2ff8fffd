"""What the letters of a block are, and which of them are raised or lowered."""

from annotator.model import Block
from annotator.reading.layout.row import Row

_RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")


def parts_of(block: Block, row: Row, *, top_level: int = 1) -> tuple[str, ...]:
    """Return the names of the styles of a block's text, from the outermost.

    Headings count from `top_level`, the highest that the article has.
    """
    quoted = ("quote",) if block.quote_depth or block.kind == "quote" else ()
    if block.kind == "heading":
        return (*quoted, f"heading-{min(max(block.level - top_level, 0), 3) + 1}")
    if row.is_header:
        return (*quoted, "table-header")
    named = {"code": "code-block", "image": "caption", "footnote": "footnote", "embed": "quote"}
    return (*quoted, named[block.kind]) if block.kind in named else quoted


def raised(text: str, parts: tuple[str, ...]) -> str:
    """Return figures as raised or lowered ones, so that ten squared is not a hundred and two."""
    if "superscript" in parts or "footnote-reference" in parts:
        return text.translate(_RAISED)
    return text.translate(_LOWERED) if "subscript" in parts else text
