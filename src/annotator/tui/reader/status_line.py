"""The words of the reader's status bar: what keys do, the mark at hand, and the place."""

from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from annotator.model import Annotation, Claim, Kind
from annotator.model.labels import STATUS_GLYPHS, count
from annotator.tui.lists.rows import Line, Piece, tag_pieces, without_colour
from annotator.tui.reader.panel.content import Subject

AWAITED: Mapping[str, str] = {  # by activity: what to type
    "name place": "a letter; a capital for all",
    "go to place": "its letter, or ' to go back",
    "find letter": "the letter",
}

_BETWEEN = " · "


class Situation(Struct, frozen=True, kw_only=True):
    """All that decides which keys and words the status bar shows.

    `activity` is that of the text, `panel` the list that has the keys instead. `match` is
    the number of the match that was gone to and of how many; `moving` quotes the mark that
    is being moved; `href` is the address of the link at hand.
    """

    activity: str
    panel: Subject | None = None
    is_on_mark: bool = False
    shows_removals: bool = False
    moving: str = ""
    href: str = ""
    match: tuple[int, int] | None = None
    marks: int = 0
    waiting: int = 0
    progress: float = 0.0

    @property
    def mode(self) -> str:
        """The name at the left end."""
        return "place" if self.moving else self.panel or self.activity

    @property
    def footer(self) -> str:
        """The name of the set of keys to show."""
        if self.moving:
            return "place-caret" if self.activity == "caret" else "place"
        mode = "panel" if self.panel else self.activity
        if mode in {"links", "note"}:
            return mode
        if mode in AWAITED:
            return "letter"
        if mode == "read" and self.href:
            return "link"
        is_on_mark = self.is_on_mark and self.panel in (None, "marks", "changes")
        if mode == "read" and self.shows_removals and not is_on_mark:
            return "removed"
        return f"{mode}-mark" if is_on_mark else mode

    @property
    def place(self) -> str:
        """The words at the right end: the match, or how many marks there are, and the place.

        On a mark, its own words have the room of the number of marks.
        """
        if self.moving:
            return self.moving
        has_subject = self.is_on_mark or bool(self.href) or self.activity in AWAITED
        words = "" if has_subject else mark_counts(self.marks, self.waiting)
        if self.match is not None:
            number, of = self.match
            words = f"{number:,} of {of:,}" if number else count(of, "match", "matches")
        return "  ".join(filter(None, (words, f"{self.progress:.0%}")))


def mark_counts(marks: int, waiting: int) -> str:
    """Return how many marks there are, and how many wait to be reattached."""
    words = count(marks, "mark") if marks else ""
    return f"{words}, {waiting:,} to reattach" if waiting else words


def mark_line(
    mark: Annotation,
    kind: Kind,
    tag_role: Callable[[str], str] = without_colour,
    *,
    is_target: bool = False,
) -> Line:
    """Return a mark in a few words, the most important first: kind, status, speaker, tags.

    A sign says that it is linked, also when only others link to it (`is_target`).
    """
    pieces = [Piece(f"{kind.glyph} ", kind.colour), Piece(mark.kind)]
    details = [*_details(mark, tag_role)]
    if mark.links or is_target:
        details.append(Piece("⇄", "quiet"))
    for text, role in details:
        pieces += [Piece(_BETWEEN, "quiet"), Piece(text, role)]
    return tuple(pieces)


def _details(mark: Annotation, tag_role: Callable[[str], str]) -> Iterator[Piece]:
    claim = mark.claim
    if claim is not None and claim != Claim():
        yield Piece(f"{STATUS_GLYPHS[claim.status]} {claim.status}", claim.status)
        if claim.speaker:
            yield Piece(claim.speaker)
    yield from tag_pieces(mark.tags, tag_role)
