"""Quotations in a text: where they begin and end, in the style of any language.

    “English”  ‘British’  „deutsch“  »Buch«  « français »  ”svenska”  「日本語」  "typewriter"

A mark of one style may be an apostrophe or the end of another style, so each opening
mark is looked up with the marks that can close it, and a quotation needs both.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from annotator.model import Span

LONGEST = 3000  # characters; a mark without its end must not swallow the rest of a draft
DEEPEST = 8  # quotations inside of one another; more are no text
FEWEST_WORDS = 3  # fewer words in quotation marks are a name, or irony
FEWEST_WIDE = 6  # characters of a script without spaces

_CLOSED_BY = {
    "“": "”",
    "„": "“”„",
    "”": "”",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹",
    "‘": "’‘",
    "‚": "‘’",
    "「": "」",
    "『": "』",
    '"': '"',
    "'": "'",
    "’": "’",
}
_CLOSING = {mark: re.compile(f"[{marks}]") for mark, marks in _CLOSED_BY.items()}
_APOSTROPHES = "'’‘"
_OPENING = re.compile(f"[{''.join(_CLOSED_BY)}]")
_WIDE = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class Quoted(NamedTuple):
    """A quotation: the span of its words, and where its closing mark ends."""

    words: Span
    end: int


def quotations(text: str) -> tuple[Quoted, ...]:
    """Return the quotations of a paragraph in order, without those inside of others."""
    return tuple(_quotations(text))


def is_long_enough(words: str) -> bool:
    """Return whether words in quotation marks are a quotation, not a name or irony."""
    if len(_WIDE.findall(words)) >= FEWEST_WIDE:
        return True
    return len(_WORD.findall(words)) >= FEWEST_WORDS


def _quotations(text: str) -> Iterator[Quoted]:
    at, searched = 0, dict[str, int]()
    while match := _OPENING.search(text, at):
        start = match.start()
        end = _end(text, start, searched) if _opens(text, start) else -1
        if end < 0:
            at = start + 1
            continue
        if text[start + 1 : end].strip():
            yield Quoted(Span(start + 1, end).trimmed(text), min(end + 1, len(text)))
        at = end + 1


def _opens(text: str, at: int) -> bool:
    """Whether a mark may open a quotation: it is before a word and not after one."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if text[at] in "「『„‚«‹“":
        return bool(after)
    is_year = text[at] in _APOSTROPHES and after.isdecimal()  # as in the ’90s
    return bool(after) and not (before.isalnum() or after.isspace() or is_year)


def _end(text: str, start: int, searched: dict[str, int]) -> int:
    """Return where the closing mark of a quotation is; -1 if there is none.

    The paragraphs of a long quotation each begin with a mark, and only the last is closed.
    `searched` remembers up to where no mark of a style closes anything.
    """
    opening, last = text[start], min(len(text), start + LONGEST)
    closed = 0
    first = max(start + 1, searched.get(opening, 0))
    for match in _CLOSING[opening].finditer(text, first, last):
        if not _closes(text, match.start(), match[0]):
            continue
        is_same = opening in _CLOSED_BY[opening]
        opened = 0 if is_same else text.count(opening, start + 1, match.start())
        if opened <= closed:
            return match.start()
        if opened > closed + DEEPEST:
            return -1
        closed += 1
    if not closed:
        searched[opening] = last
    is_paragraph = start == len(text) - len(text.lstrip()) and text[start] in "“«„"
    return len(text) if is_paragraph and len(text) < LONGEST else -1


def _closes(text: str, at: int, mark: str) -> bool:
    before, after = text[at - 1], text[at + 1 : at + 2]
    if mark in _APOSTROPHES:
        return not after.isalnum() and not before.isspace()
    begins_the_next = after.isalnum() and before.isspace()
    return not (begins_the_next and mark in "“”«»")
