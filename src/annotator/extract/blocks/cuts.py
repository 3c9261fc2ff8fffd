"""Parts of blocks without some spans of their text, and spaces that only a stylesheet shows.

A drop cap with a space after it ("W hen") is joined with the rest of its word only
if both make one of the words in `openers.toml`, with which texts often begin.
"""

import re
from collections.abc import Iterable

from msgspec.structs import replace

from annotator.extract.dom.elements import Element, text_of, words
from annotator.model.article import Block, Mark
from annotator.model.data_file import toml_beside
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


LEAST_WORDS = 2  # in each of two elements that are taken for two phrases
_ENDS = frozenset(".!?…:;,”»")
LONGEST_CAPITAL = 2  # characters of a drop cap, with a quotation mark
_LISTS = toml_beside(__package__, "openers.toml")
OPENERS = words(" ".join(_LISTS["openers"].values()))
# Capitals that are also words, and the words that such a drop cap can begin.
CERTAIN_AFTER_A_WORD = {letter: words(text) for letter, text in _LISTS["certain"].items()}
_BLOCK_STYLE = re.compile(r"\bdisplay\s{0,9}:\s{0,9}(?:block|flex|grid|table|list-item)\b")


def starts_phrase(element: Element, last: str) -> bool:
    """Return whether an element starts a new phrase directly after an element of the same tag.

    `last` is the character before it. A single word may be split over two
    elements, so each must have several words, and the second must start with a
    capital.
    """
    before = element.getprevious() if last in _ENDS or last.islower() else None
    if before is None or before.tail or before.tag != element.tag:
        return False
    begun = text_of(element, 80)
    if not begun[:1].isupper():
        return False
    return min(len(begun.split()), len(text_of(before, 80).split())) >= LEAST_WORDS


def is_styled_as_block(element: Element) -> bool:
    """Return whether an inline element is styled to be on lines of its own."""
    style = element.get("style")
    if not (style and "display" in style and _BLOCK_STYLE.search(str(style)[:500])):
        return False
    return "float" not in style or len(text_of(element, 80).strip()) > LONGEST_CAPITAL
