"""Footnotes: small lines in the lower half of a page that begin with a raised number or sign."""

import re
from collections.abc import Sequence
from itertools import groupby

from msgspec import Struct

from annotator.extract.documents.pdf.columns import Placed, Setting

_SMALL = 0.93  # of the size of the text
_LOWER_HALF = 0.5
_NEXT_LINE = 2  # times the size: lines of one note are not further apart
_NEAR = 3  # times the size of the text, between the columns of two lines of a note
_LABEL = re.compile(r"(\d{1,3}|[*∗†‡§¶‖#]{1,3})")
_LABEL_AND_CAPITAL = re.compile(r"(\d{1,3}|[*∗†‡§¶])\s?[A-ZÀ-ÞΑ-ЯА-Я\"“„«(]")
_ENDS_SENTENCE = re.compile(r"[.!?…:”\"»)\]]\s*\Z")


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
        before: Placed | None = None
        for one in page:
            label = _label_of(one, setting) if one.line.base <= middle else ""
            if before is not None:
                goes_on = _goes_on(before, one, setting)
            else:
                goes_on = bool(notes) and _is_rest(notes[-1], one, middle, setting)
            if label:
                notes.append(PrintedNote(label, [one]))
            elif goes_on:
                notes[-1].lines.append(one)
            else:
                text.append(one)
                continue
            before = one
    return text, notes


def _is_small(one: Placed, setting: Setting) -> bool:
    return one.line.size < _SMALL * setting.size


def _label_of(one: Placed, setting: Setting) -> str:
    line = one.line
    if not _is_small(one, setting):
        return ""
    match = None
    if line.raised and line.raised[0][0] == 0:
        match = _LABEL.fullmatch(line.text[: line.raised[0][1]].strip())
    match = match or _LABEL_AND_CAPITAL.match(line.text)
    return match[1] if match else ""


def _goes_on(before: Placed, one: Placed, setting: Setting) -> bool:
    distance = before.line.base - one.line.base
    return (
        _is_small(one, setting)
        and abs(one.line.size - before.line.size) < 1
        and 0 < distance < _NEXT_LINE * one.line.size
        and abs(one.left - before.left) < _NEAR * setting.size
    )


def _is_rest(note: PrintedNote, one: Placed, middle: float, setting: Setting) -> bool:
    """Return whether a line goes on with a note of the page or column before."""
    last = note.lines[-1]
    if not _is_small(one, setting) or one.line.base > middle:
        return False
    if abs(one.line.size - last.line.size) > 1 or _ENDS_SENTENCE.search(last.line.text):
        return False
    return last.line.page + 1 >= one.line.page and last.line.base < one.line.base
