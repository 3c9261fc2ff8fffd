"""The marks within a block as a tree, since documents nest and pages overlap."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from annotator.model import Mark, Span
from annotator.model.article import BETWEEN_CELLS

_WITHOUT_INSIDE = frozenset(
    {"code", "formula", "footnote_reference"}
)  # what holds no marks of its own


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a block's text: plain if it has no `mark`, else with what is inside."""

    span: Span
    mark: Mark | None = None
    inside: tuple["Run", ...] = ()


def runs(marks: Iterable[Mark], span: Span) -> tuple[Run, ...]:
    """Return the stretches that `marks` part the `span` of a text into, nested.

    A mark that overlaps the end of another is parted there; bold inside bold,
    a link inside a link and an empty mark are left out.
    """
    clipped = sorted((_clipped(mark, span) for mark in marks), key=_outer_first)
    joined = _joined(mark for mark in clipped if len(mark.span))
    return tuple(_nested(sorted(joined, key=_outer_first, reverse=True), span, frozenset()))


def _joined(marks: Iterable[Mark]) -> list[Mark]:
    """Return `marks` with one for those of a kind that touch or overlap each other."""
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
    return mark.span.start, -mark.span.end, mark.kind != "link", mark.kind in _WITHOUT_INSIDE


def _clipped(mark: Mark, span: Span) -> Mark:
    start = min(max(mark.span.start, span.start), span.end)
    end = max(start, min(mark.span.end, span.end))
    return Mark(mark.kind, Span(start, end), mark.href)


def _nested(pending: list[Mark], span: Span, around: frozenset[str]) -> list[Run]:
    """Return the runs of `span`, taking from the end of `pending` the marks that start in it."""
    found: list[Run] = []
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
            found.append(Run(Span(offset, mark.span.start)))
        offset = mark.span.end
        inside = _nested(pending, mark.span, around | {mark.kind})
        is_leaf = mark.kind in _WITHOUT_INSIDE
        found.append(Run(mark.span, mark, () if is_leaf else tuple(inside)))
    if offset < span.end:
        found.append(Run(Span(offset, span.end)))
    return found


def _put_back_rest(pending: list[Mark], mark: Mark, end: int) -> None:
    """Part `mark` at `end`, and keep what is beyond it for later."""
    if mark.span.end > end:
        pending.append(Mark(mark.kind, Span(end, mark.span.end), mark.href))
        pending.sort(key=_outer_first, reverse=True)


def cells_of(text: str) -> Iterator[list[Span]]:
    """Yield the rows of a table: its lines, parted by tabs."""
    offset = 0
    for line in text.split("\n"):
        row: list[Span] = []
        for cell in line.split(BETWEEN_CELLS):
            row.append(Span(offset, offset + len(cell)))
            offset += len(cell) + 1
        yield row
