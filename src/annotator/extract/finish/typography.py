"""Repairs of split words: detached drop caps, doubled capitals, spaced letters.

A repair only removes characters, and only where nothing else can be meant:
`W hen` becomes `When`, `TThe` becomes `The`, `C H A P T E R` becomes `CHAPTER`.
"""

import re

from annotator.extract.blocks.cuts import without
from annotator.extract.blocks.spacing import CERTAIN_AFTER_A_WORD, OPENERS
from annotator.model.article import Block
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
