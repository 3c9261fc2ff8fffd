"""The content of a block for writers of documents: nested formatting, and the cells of a table.

The marks of a block may overlap, as they do on pages; those of a document nest.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from annotator.model import Mark, Span
from annotator.model.article import BETWEEN_CELLS

_LEAVES = frozenset({"code", "formula", "footnote_reference"})  # contain no other marks


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of the text of a block: plain if it has no `mark`, else with runs `inside`."""

    span: Span
    mark: Mark | None = None
    inside: tuple["Run", ...] = ()


def runs(marks: Iterable[Mark], span: Span) -> tuple[Run, ...]:
    """Return the nested runs into which `marks` divide the `span` of a text.

    A mark that overlaps the end of another is divided there. Bold inside bold, a
    link inside a link and empty marks are dropped.
    """
    clipped = sorted((_clipped(mark, span) for mark in marks), key=_outer_first)
    joined = _joined(mark for mark in clipped if len(mark.span))
    return tuple(_nested(sorted(joined, key=_outer_first, reverse=True), span, frozenset()))


def _joined(marks: Iterable[Mark]) -> list[Mark]:
    """Return `marks` with those of one kind joined that touch or overlap."""
    joined: dict[tuple[str, str], list[Mark]] = {}
    for mark in marks:
        alike = joined.setdefault((mark.kind, mark.href), [])
        last = alike[-1].span if alike else Span(0, 0)
        if alike and mark.span.start <= last.end:
            whole = Span(last.start, max(last.end, mark.span.end))
            alike[-1] = Mark(mark.kind, whole, mark.href)
        else:
            alike.append(mark)
    return [mark for alike in joined.values() for mark in alike]


def _outer_first(mark: Mark) -> tuple[int, int, bool, bool]:
    return mark.span.start, -mark.span.end, mark.kind != "link", mark.kind in _LEAVES


def _clipped(mark: Mark, span: Span) -> Mark:
    start = min(max(mark.span.start, span.start), span.end)
    end = max(start, min(mark.span.end, span.end))
    return Mark(mark.kind, Span(start, end), mark.href)


def _nested(pending: list[Mark], span: Span, around: frozenset[str]) -> list[Run]:
    """Return the runs of `span`; the marks that start in it are popped from `pending`."""
    nested: list[Run] = []
    offset = span.start
    while pending and pending[-1].span.start < span.end:
        mark = pending.pop()
        if mark.kind in around:  # bold within bold, a link within a link
            _put_back_rest(pending, mark, span.end)
            continue
        if mark.span.end > span.end:
            _put_back_rest(pending, mark, span.end)
            mark = _clipped(mark, span)
        if offset < mark.span.start:
            nested.append(Run(Span(offset, mark.span.start)))
        offset = mark.span.end
        inside = _nested(pending, mark.span, around | {mark.kind})
        is_leaf = mark.kind in _LEAVES
        nested.append(Run(mark.span, mark, () if is_leaf else tuple(inside)))
    if offset < span.end:
        nested.append(Run(Span(offset, span.end)))
    return nested


def _put_back_rest(pending: list[Mark], mark: Mark, end: int) -> None:
    """Put the part of `mark` beyond `end` back into `pending`."""
    if mark.span.end > end:
        pending.append(Mark(mark.kind, Span(end, mark.span.end), mark.href))
        pending.sort(key=_outer_first, reverse=True)


def cells_of(text: str) -> Iterator[list[Span]]:
    """Yield the rows of a table as the spans of their cells."""
    offset = 0
    for line in text.split("\n"):
        row: list[Span] = []
        for cell in line.split(BETWEEN_CELLS):
            row.append(Span(offset, offset + len(cell)))
            offset += len(cell) + 1
        yield row
