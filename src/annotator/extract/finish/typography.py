"""Repairs of split words: detached drop caps, doubled capitals, spaced letters.

A repair only removes characters, and only where nothing else can be meant:
`W hen` becomes `When`, `TThe` becomes `The`, `C H A P T E R` becomes `CHAPTER`.
"""

import re
from collections.abc import Iterable

from msgspec.structs import replace

from annotator.extract.blocks.spacing import CERTAIN_AFTER_A_WORD, OPENERS
from annotator.model.article import Block, Mark
from annotator.model.span import Span

_SPLIT_CAPITAL = re.compile(
    r"(?P<open>[\"“”„«»‘’'¿¡(]{0,2}\s?)(?P<letter>[^\W\d_])(?P<gap> )(?P<rest>[^\W\d_]+)"
)
_DOUBLED_CAPITAL = re.compile(
    r"[\"“„«‘'¿¡(]{0,2}(?P<letter>[^\W\d_])(?P<word>(?P=letter)[^\W\d_A-Z]+)\b"
)
_SPACED_LETTERS = re.compile(r"(?:[^\W\d_] ){4,}[^\W\d_]")
_VOWELS = frozenset("aeiouyäöüáéíóúàèìòùâêîôûаеиоуыэюяαεηιουω")


def repair_block(block: Block) -> Block:
    """Return the block with its split words joined."""
    if block.kind in {"code", "table", "rule"}:
        return block
    text = block.text
    return without(
        block, [*_split_capitals(text), *_doubled_capitals(text), *_spaced_letters(text)]
    )


def repair_line(text: str) -> str:
    """Return a line of text with its split words joined."""
    return repair_block(Block("paragraph", text)).text


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
    return replace(block, text=text, marks=tuple(_moved(block.marks, cuts)))


def part(block: Block, span: Span) -> Block:
    """Return a part of a block, with its marks moved."""
    return without(block, [Span(0, span.start), Span(span.end, len(block.text))])


def without_label(block: Block, label: str) -> Block:
    """Return a footnote without the label at the start of its text."""
    if not label:
        return block
    name = rf"[\[(]?{re.escape(label)}[\])]?[.:)]?"
    is_raised = any(mark.kind == "superscript" and not mark.span.start for mark in block.marks)
    match = re.match(rf"{name}\s+" + (rf"|(?:{name}){{1,2}}" if is_raised else ""), block.text)
    return without(block, [Span(0, match.end())]) if match else block


def _split_capitals(text: str) -> list[Span]:
    match = _SPLIT_CAPITAL.match(text)
    if not match or not match["letter"].isupper():
        return []
    return [Span(*match.span("gap"))] if _is_split(match["letter"], match["rest"]) else []


def _doubled_capitals(text: str) -> list[Span]:
    """Return the capital of a drop cap that is repeated in the word after it: `TThe`."""
    match = _DOUBLED_CAPITAL.match(text)
    is_doubled = match and match["letter"].isupper() and match["word"].casefold() in OPENERS
    return [Span(*match.span("letter"))] if match and is_doubled else []


def _is_split(letter: str, rest: str) -> bool:
    """Return whether a capital and the text after it can only be one word.

    `A t` can; `A long` and `T cells` may be two words.
    """
    word = letter.casefold() + rest.casefold()
    if letter in CERTAIN_AFTER_A_WORD:
        return word in CERTAIN_AFTER_A_WORD[letter]
    return word in OPENERS


def _spaced_letters(text: str) -> list[Span]:
    if not text.isupper() or not _SPACED_LETTERS.fullmatch(text):
        return []
    letters = text.casefold().split(" ")
    in_order = [chr(ord(letters[0]) + step) for step in range(len(letters))]
    if (
        letters == in_order
        or not _VOWELS.intersection(letters)
        or len(set(letters)) < len(letters) // 2
    ):
        return []
    return [Span(gap.start(), gap.end()) for gap in re.finditer(" ", text)]


def _moved(marks: Iterable[Mark], cuts: list[Span]) -> Iterable[Mark]:
    for mark in marks:
        start, end = (_after(offset, cuts) for offset in (mark.span.start, mark.span.end))
        if start < end:
            yield replace(mark, span=Span(start, end))


def _after(offset: int, cuts: list[Span]) -> int:
    return offset - sum(min(cut.end, offset) - cut.start for cut in cuts if cut.start < offset)
