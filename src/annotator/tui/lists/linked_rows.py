"""Marks and pages that are linked, as rows of two lines: the words, then what is known."""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from rich.cells import cell_len

from annotator.model import Annotation, ArticleRecord
from annotator.model.labels import STATUS_GLYPHS, long_date
from annotator.model.vocabulary import Status
from annotator.store import Marked
from annotator.tui.lists.rows import Line, Piece
from annotator.tui.lists.text_fit import truncate

_BETWEEN = " · "
_NARROWEST = 12  # cells of a title; less of it says nothing
_MIN_WORDS = 16  # cells that the words keep, whatever is before them


class LinkedRow(Struct, frozen=True):
    """Words after `head`, and below them facts after `margin`; `key` may be empty.

    `flexible` is the index of the fact that is cut where there is no room for all.
    """

    key: str
    head: Line
    words: str
    facts: Line
    margin: Line = ()
    flexible: int = 0
    role: str = ""  # of the words
    air: int = 0  # empty lines below

    def height(self, width: int) -> int:  # noqa: ARG002  it is as high in any width
        """Return the number of its lines."""
        return 2 + self.air

    def lines(self, width: int) -> Sequence[Line]:
        """Return the words and the facts, each on one line."""
        head = _cut(self.head, width - _MIN_WORDS)
        words = truncate(" ".join(self.words.split()), max(1, width - _cells(head) - 1))
        margin = _cut(self.margin, width - _MIN_WORDS)
        room = max(1, width - _cells(margin) - 1)
        return (
            (*head, Piece(words, self.role)),
            (*margin, *_joined(self.facts, self.flexible, room)),
            *[()] * self.air,
        )


def facts_of(marked: Marked, *, first: Line = (), last: Line = ()) -> tuple[Line, int]:
    """Return what is known about a mark: status, speaker, article, date; and the title's index."""
    record, mark = marked
    known = [*first, *_claim(mark)]
    title = Piece(" ".join((record.title or record.url).split()), "quiet")
    date = Piece(long_date(record.published), "quiet")
    return tuple(each for each in (*known, title, date, *last) if each.text), len(known)


def facts_of_page(record: ArticleRecord, *, last: Line = ()) -> tuple[Line, int]:
    """Return what is known about a page: its address, and its date; and the address's index."""
    facts = (Piece(record.url, "quiet"), Piece(long_date(record.published), "quiet"), *last)
    return tuple(each for each in facts if each.text), 0


def status_of(mark: Annotation) -> Status | None:
    """Return the status of a claim; None for a mark of another kind."""
    if mark.claim is not None:
        return mark.claim.status
    return "open" if mark.kind == "claim" else None


def _claim(mark: Annotation) -> Iterator[Piece]:
    status = status_of(mark)
    if status:
        yield Piece(f"{STATUS_GLYPHS[status]} {status}", status)
    if mark.claim and mark.claim.speaker:
        yield Piece(" ".join(mark.claim.speaker.split()), "strong")


def _joined(facts: Line, flexible: int, room: int) -> Iterator[Piece]:
    """Yield the facts with dots between, the flexible one cut, the last left out if need be."""
    others = sum(_cells((each,)) for at, each in enumerate(facts) if at != flexible)
    others += len(_BETWEEN) * max(0, len(facts) - 1)
    wanted = max(_NARROWEST, room - others)
    for at, (text, role) in enumerate(facts):
        between = _BETWEEN if at else ""
        words = truncate(text, min(wanted if at == flexible else room, room - len(between)))
        if room - len(between) < min(cell_len(text), _NARROWEST):
            return
        yield from ((Piece(between, "quiet"),) if between else ())
        yield Piece(words, role)
        room -= len(between) + cell_len(words)


def _cut(line: Line, width: int) -> Line:
    """Return a line with as many pieces as fit, without the first ones if need be."""
    pieces = list(line)
    while len(pieces) > 1 and _cells(pieces) > width:
        del pieces[0]
    return tuple(pieces)


def _cells(line: Sequence[Piece]) -> int:
    return sum(cell_len(text) for text, _ in line)
