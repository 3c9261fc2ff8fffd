"""Footnotes and references, and the links from a text to them.

Footnotes are small lines in the lower half of a page that begin with a raised number or sign.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from annotator.extract.blocks.footnotes import link_loose_notes
from annotator.extract.documents.pdf.columns import SENTENCE_END, Placed, Setting
from annotator.extract.documents.pdf.joining import JoinedText, KnownWords
from annotator.extract.passages import Passage, Region
from annotator.model.article import Block, BlockKind, Mark
from annotator.model.span import Span

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


_LEAST_ENTRIES = 3
_BODY = Region("body", "", 0)
_NAME = r"(?:\d{1,3}|[A-Z][A-Za-z]{1,8}\+?\d{2}[a-z]?)"  # 12, or Knu84
_ENTRY = re.compile(rf"\[({_NAME})\]\s+")
_CITATION = re.compile(rf"\[({_NAME}(?:[,;–-] ?{_NAME})*)\]")


class Written(Struct):
    """A block, and where in it a page begins."""

    block: Block
    pages: list[tuple[int, int]]

    @classmethod
    def of(cls, kind: BlockKind, joined: JoinedText, label: str = "") -> "Written":
        """Return a text as a block of that kind."""
        marks = tuple(Mark("superscript", span) for span in joined.raised)
        return cls(Block(kind, joined.text, marks=marks, label=label), joined.pages)


def linked(
    written: Sequence[Written], notes: Sequence[PrintedNote], words: KnownWords
) -> Iterator[Written]:
    """Yield the blocks of a text with links to its notes, and the notes of all pages behind it."""
    counts: dict[str, int] = {}
    footnotes: list[Written] = []
    labels: dict[tuple[int, str], str] = {}  # by page and printed sign
    for note in notes:
        joined = words.join([one.line for one in note.lines]).without_start(len(note.label))
        count = counts[note.label] = counts.get(note.label, 0) + 1
        # Many books begin again with 1 on each page or in each chapter.
        label = note.label if count == 1 else f"{note.label}-{count}"
        labels[note.lines[0].line.page, note.label] = label
        footnotes.append(Written.of("footnote", joined, label))
    referring = [_with_references(one, labels) for one in written]
    named = _entries(referring, frozenset(counts))
    for one in _with_endnotes(referring):
        yield _with_citations(one, named) if one.block.kind != "footnote" else one
    yield from footnotes


def _with_references(one: Written, labels: Mapping[tuple[int, str], str]) -> Written:
    """Return a block whose superscripts lead to the notes of their page, or of the next one."""
    marks: list[Mark] = []
    for mark in one.block.marks:
        page = max((page for at, page in one.pages if at <= mark.span.start), default=-1)
        sign = mark.span.of(one.block.text).strip(" ,;")
        label = labels.get((page, sign)) or labels.get((page + 1, sign))
        marks.append(replace(mark, kind="footnote_reference", href=label) if label else mark)
    return replace(one, block=replace(one.block, marks=tuple(marks)))


def _with_endnotes(written: Sequence[Written]) -> Iterator[Written]:
    """Yield the blocks with the superscripts linked that lead to a list of notes at the end."""
    passages = [Passage(one.block, _BODY) for one in written]
    link_loose_notes(passages)
    for one, passage in zip(written, passages, strict=True):
        yield replace(one, block=passage.block)


def _entries(written: list[Written], taken: frozenset[str]) -> dict[str, str]:
    """Turn the entries of a list of references into notes; return their labels by their names."""
    entries = [
        (at, match)
        for at, one in enumerate(written)
        if one.block.kind == "paragraph" and (match := _ENTRY.match(one.block.text))
    ]
    if len(entries) < _LEAST_ENTRIES:
        return {}
    named: dict[str, str] = {}
    for at, match in entries:
        name, one = match[1], written[at]
        if name not in named:
            named[name] = name if name not in taken else f"[{name}]"
            text = JoinedText(one.block.text, [], one.pages).without_start(match.end())
            written[at] = Written.of("footnote", text, named[name])
    return named


def _with_citations(one: Written, named: Mapping[str, str]) -> Written:
    """Return a block whose names in brackets lead to the references."""
    text = one.block.text
    if not named or "[" not in text:
        return one
    marks = [
        Mark("footnote_reference", Span(*part.span()), named[part[0]])
        for citation in _CITATION.finditer(text)
        for part in re.compile(_NAME).finditer(text, *citation.span(1))
        if part[0] in named
    ]
    marks = sorted([*one.block.marks, *marks], key=lambda mark: mark.span)
    return replace(one, block=replace(one.block, marks=tuple(marks)))
