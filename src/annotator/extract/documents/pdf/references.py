"""Links from a text to its footnotes and to the entries of its references."""

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from annotator.extract.blocks.footnotes import link_loose_notes
from annotator.extract.documents.pdf.footnotes import PrintedNote
from annotator.extract.documents.pdf.joining import JoinedText, KnownWords
from annotator.extract.passages import Passage, Region
from annotator.model.article import Block, BlockKind, Mark
from annotator.model.span import Span

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
