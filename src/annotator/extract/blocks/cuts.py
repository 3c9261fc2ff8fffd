"""Parts of blocks: a block without some spans of its text, with its marks moved."""

import re
from collections.abc import Iterable

from msgspec.structs import replace

from annotator.model.article import Block, Mark
from annotator.model.span import Span


def without(block: Block, spans: Iterable[Span]) -> Block:
    """Return the block without some spans of its text, with its marks moved."""
    cuts = sorted(spans)
    if not cuts:
        return block
    kept, end = [], 0
    for cut in cuts:
        kept.append(block.text[end : cut.start])
        end = max(end, cut.end)
    text = "".join(kept) + block.text[end:]

    def moved(offset: int) -> int:
        return offset - sum(min(cut.end, offset) - cut.start for cut in cuts if cut.start < offset)

    marks = [
        replace(mark, span=Span(start, end))
        for mark in block.marks
        if (start := moved(mark.span.start)) < (end := moved(mark.span.end))
    ]
    return replace(block, text=text, marks=tuple(marks))


def part(block: Block, span: Span) -> Block:
    """Return a part of a block, with its marks moved."""
    return without(block, [Span(0, span.start), Span(span.end, len(block.text))])


def marks_within(marks: Iterable[Mark], length: int) -> tuple[Mark, ...]:
    """Return the marks that end within the first characters of a text."""
    return tuple(mark for mark in marks if mark.span.end <= length)


def without_label(block: Block, label: str) -> Block:
    """Return a footnote without the label at the start of its text."""
    if not label:
        return block
    name = rf"[\[(]?{re.escape(label)}[\])]?[.:)]?"
    is_raised = any(mark.kind == "superscript" and not mark.span.start for mark in block.marks)
    match = re.match(rf"{name}\s+" + (rf"|(?:{name}){{1,2}}" if is_raised else ""), block.text)
    return without(block, [Span(0, match.end())]) if match else block
