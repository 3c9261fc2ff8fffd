"""Footnotes: small lines in the lower half of a page that begin with a raised number or sign."""

import re
from collections.abc import Sequence
from itertools import groupby

from msgspec import Struct

from annotator.extract.documents.pdf.columns import SENTENCE_END, Placed, Setting

_SMALL, _LOWER_HALF = 0.93, 0.5  # of the size of the text, and of its height
_NEXT_LINE = 2  # times the size: lines of one note are not further apart
_NEAR = 3  # times the size of the text, between the columns of two lines of a note
_LABEL = re.compile(r"(\d{1,3}|[*∗†‡§¶‖#]{1,3})")
_LABEL_AND_CAPITAL = re.compile(r"(\d{1,3}|[*∗†‡§¶])\s?[A-ZÀ-ÞΑ-ЯА-Я\"“„«(]")


class PrintedNote(Struct):
    """A footnote: its label, and its lines, which begin with that."""

    label: str
    lines: list[Placed]


def without_notes(
    placed: Sequence[Placed], setting: Setting
) -> tuple[list[Placed], list[PrintedNote]]:
    """Return the lines of the text, and the footnotes in their order."""
    text: list[Placed] = []
    notes: list[PrintedNote] = []
    for _, run in groupby(placed, key=lambda one: one.line.page):
        page = list(run)
        bases = [one.line.base for one in page]
        middle = min(bases) + _LOWER_HALF * (max(bases) - min(bases))
        is_open = False
        for one in page:
            is_note = False
            if one.line.size < _SMALL * setting.size:
                label = _label_of(one) if one.line.base <= middle else ""
                if label:
                    notes.append(PrintedNote(label, []))
                last = notes[-1].lines[-1] if notes and not label else None
                is_low = one.line.base <= middle
                is_note = last is None or (
                    (is_open and _goes_on(last, one, setting)) or (is_low and _is_rest(last, one))
                )
                is_note = is_note and bool(notes)
            (notes[-1].lines if is_note else text).append(one)
            is_open = is_open or is_note
    return text, notes


def _label_of(one: Placed) -> str:
    line, match = one.line, None
    if line.raised and line.raised[0][0] == 0:
        match = _LABEL.fullmatch(line.text[: line.raised[0][1]].strip())
    match = match or _LABEL_AND_CAPITAL.match(line.text)
    return match[1] if match else ""


def _goes_on(before: Placed, one: Placed, setting: Setting) -> bool:
    distance = before.line.base - one.line.base
    is_below = 0 < distance < _NEXT_LINE * one.line.size
    is_like_it = abs(one.line.size - before.line.size) < 1
    return is_below and is_like_it and abs(one.left - before.left) < _NEAR * setting.size


def _is_rest(last: Placed, one: Placed) -> bool:
    """Return whether a line goes on with a note of the column or page before."""
    is_beside = abs(one.left - last.left) > _NEAR * one.line.size
    pages = one.line.page - last.line.page
    is_next = pages == 1 or (pages == 0 and is_beside)
    is_like_it = abs(one.line.size - last.line.size) <= 1
    return is_like_it and is_next and not SENTENCE_END.search(last.line.text)
