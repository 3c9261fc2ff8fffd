"""Features of a passage's own text: length, links, sentences, and words that betray residue."""

import re
from functools import lru_cache
from math import log1p
from string import ascii_uppercase, digits
from typing import NamedTuple

from annotator.extract.choice.density import is_wide
from annotator.extract.choice.scorer.page_view import LINE_FAMILIES, STOP_WORDS, WORD, PassageView
from annotator.extract.passages import Passage
from annotator.model.article import Block

HEAD = 240  # characters that are looked at; the rest of a longer text adds little
MOST = 10  # of links or line breaks

_DIGIT = re.compile(r"\d")
_CAPITAL = re.compile("[A-ZÀ-ÖØ-ÞĀ-Ž\u0386-\u03ab\u0400-\u042f]")  # includes a few small ones
_DIGITS, _CAPITALS = digits.encode(), ascii_uppercase.encode()
_URL = re.compile(r"https?://\S+")
_QUOTES = tuple("\"“„«‘'「『")
_OF_WORD = {word: number for number, family in enumerate(LINE_FAMILIES.values()) for word in family}


class _TextOnly(NamedTuple):
    """The features that depend on the text alone, not on its links and bold words."""

    log_length: float
    log_words: float
    line_breaks: int
    commas: int
    ends_in_colon: bool
    rest: tuple[float, ...]  # from digits on


def text_features(view: PassageView) -> tuple[float, ...]:
    """Return the features of the families `text` and `lexicon`."""
    links, bold = _marks(view.passage.block)
    text = _text_only(view.passage.text)
    return (
        text.log_length,
        text.log_words,
        view.link_share,
        min(links, MOST),
        bold / view.length,
        text.line_breaks,
        text.commas,
        view.sentences,
        view.ends_sentence,
        text.ends_in_colon,
        *text.rest,
    )


@lru_cache(maxsize=2048)  # an uncertain page is scored twice
def _text_only(text: str) -> _TextOnly:
    head = text[:HEAD]
    words = WORD.findall(head)
    lowered = " ".join(words).lower().split(" ") if words else []
    return _TextOnly(
        log1p(len(text)),
        log1p((len(words) or 1) * len(text) / len(head)),
        min(text.count("\n"), MOST),
        text.count(",") + text.count("，"),
        text.endswith((":", "：")),
        (
            *_letters(head, words, lowered),
            text.startswith("http") and _URL.fullmatch(text) is not None,
            "?" in text,
            text.startswith(_QUOTES),
            "|" in text or "»" in text or "›" in text,
            is_wide(text[:200]),
            text.isupper(),
            *_lexicon(lowered),
        ),
    )


def _marks(block: Block) -> tuple[int, int]:
    links = bold = 0
    for mark in block.marks:
        if mark.kind == "link":
            links += 1
        elif mark.kind == "strong":
            bold += len(mark.span)
    return links, bold


def _letters(head: str, words: list[str], lowered: list[str]) -> list[float]:
    count = len(words) or 1
    capitals = [word for word, low in zip(words, lowered, strict=True) if word != low]
    return [
        _count(head, _DIGITS, _DIGIT) / len(head),
        _count(head, _CAPITALS, _CAPITAL) / len(head),
        head[0].islower(),
        len(head) / count,
        sum(map(STOP_WORDS.__contains__, lowered)) / count,
        sum(word[0].isupper() for word in capitals) / count,
    ]


def _count(text: str, signs: bytes, pattern: re.Pattern[str]) -> int:
    """Count the characters that a pattern finds; `signs` are those of them within ASCII."""
    if not text.isascii():
        return len(pattern.findall(text))
    return len(text) - len(text.encode().translate(None, delete=signs))


def _lexicon(words: list[str]) -> list[float]:
    counts = [0.0] * (len(LINE_FAMILIES) + 1)
    for word in words:
        number = _OF_WORD.get(word)
        if number is not None:
            counts[number] += 1
            counts[-1] += 1
    counts[-1] /= len(words) or 1
    return counts


KINDS = (
    "paragraph",
    "heading",
    "list_item",
    "quote",
    "image",
    "code",
    "table",
    "footnote",
    "embed",
)
_OF_KIND = {kind: tuple(float(kind == other) for other in KINDS) for kind in KINDS}
_OF_NO_KIND = (0.0,) * len(KINDS)


def kind_features(passage: Passage) -> tuple[float, ...]:
    """Return the features of the family `kind`."""
    block = passage.block
    kind = _OF_KIND.get(block.kind, _OF_NO_KIND)
    return (*kind, block.level, block.depth, block.quote_depth, block.ordinal is not None)
