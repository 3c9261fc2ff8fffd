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
    at = 0
    while match := _OPENING.search(text, at):
        start = match.start()
        end = _end(text, start) if _opens(text, start) else -1
        if end < 0:
            at = start + 1
            continue
        if text[start + 1 : end].strip():
            yield Quoted(Span(start + 1, end).trimmed(text), min(end + 1, len(text)))
        at = end + 1


def _opens(text: str, at: int) -> bool:
    """Whether a mark may open a quotation: it is before a word and not after one."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if not after:
        return False
    if text[at] in "「『„‚«‹“":
        return True
    is_year = text[at] in _APOSTROPHES and after.isdecimal()  # as in the ’90s
    return not (before.isalnum() or after.isspace() or is_year)


def _end(text: str, start: int) -> int:
    """Return where the closing mark of a quotation is; -1 if there is none.

    The paragraphs of a long quotation each begin with a mark, and only the last is closed.
    """
    closing = _CLOSED_BY[text[start]]
    depth = 0
    for at in range(start + 1, min(len(text), start + LONGEST)):
        mark = text[at]
        if mark in closing and _closes(text, at, mark):
            if not depth:
                return at
            depth -= 1
        elif mark == text[start] and mark not in closing:
            depth += 1
    is_paragraph = start == len(text) - len(text.lstrip()) and text[start] in "“«„"
    return len(text) if is_paragraph and len(text) < LONGEST else -1


def _closes(text: str, at: int, mark: str) -> bool:
    before, after = text[at - 1], text[at + 1 : at + 2]
    if mark in _APOSTROPHES:
        return not after.isalnum() and not before.isspace()
    begins_the_next = after.isalnum() and before.isspace()
    return not (begins_the_next and mark in "“”«»")
