"""The lines above and below the text: what article it is, and what keys do at this place."""

from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct
from rich.cells import cell_len
from textual.strip import Strip
from textual.widget import Widget

from annotator.model import Annotation, ArticleRecord, Claim, Kind
from annotator.model.extraction import NEEDS_BROWSER
from annotator.model.labels import ACCESS, STATUS_GLYPHS, count, long_date
from annotator.tui.keys.keymap import Keymap
from annotator.tui.lists.rows import Line, Piece, paint, tag_pieces, truncate, without_colour
from annotator.tui.reader.panel_contents import Subject
from annotator.tui.theming import PartStyles
from annotator.usecases.articles.open_article import OpenArticle

_NAME = "reader-header"
_TITLE_SHARE = 0.85  # of the line; facts are dropped before the title gets less
SEEKING = "go to place"
AWAITED: Mapping[str, str] = {  # by activity: what to type
    "name place": "a letter; a capital for all",
    SEEKING: "its letter; ' goes back",
    "find letter": "the letter",
    "links": "the number of a link",
}

_OVERLAYS: Mapping[str, str] = {
    "note": "note",
    "panel-guests": "panel-guests",
    **dict.fromkeys(AWAITED, "letter"),
}
_BETWEEN = " · "


class ReaderHeader(PartStyles, Widget):
    """Shows facts about the article in one line.

    Without room for all, the length is dropped first, then the date, then the site.
    """

    def __init__(self, keymap: Keymap) -> None:
        super().__init__()
        self._keymap = keymap
        self._record: ArticleRecord | None = None
        self._way = ""  # to the text that is missing
        self._has_title = False

    def show(self, opened: OpenArticle) -> None:
        """Show the facts about an article."""
        self._record, self._way = opened.record, ""
        if NEEDS_BROWSER in opened.extraction.completeness.evidence:
            palette = self._keymap.shown("program.palette")
            self._way = f"“render” in the palette ({palette}) runs its scripts"
        elif opened.extraction.largest_loss is not None:
            self._way = f"{self._keymap.shown('view.removed')} shows what was removed"
        self.refresh()

    def show_title(self, *, is_shown: bool) -> None:
        """Show or hide the title, which the text shows as well while it is at the top."""
        if is_shown != self._has_title:
            self._has_title = is_shown
            self.refresh()

    def render_line(self, y: int) -> Strip:
        return self.strip(has_title=self._has_title) if y == 0 else paint(self, _NAME, ())

    def strip(self, *, has_title: bool) -> Strip:
        """Return the line with or without the title."""
        line: Line = ()
        if self._record is not None:
            width = self.size.width
            line = (
                header_line(self._record, width=width)
                if has_title
                else label_line(self._record, width=width, way=self._way)
            )
        return paint(self, _NAME, line)


def header_line(record: ArticleRecord, *, width: int) -> Line:
    """Return a line with the title at the left, and the facts at the right."""
    label = _label(record)
    room = width - 1 - cell_len(label.text)
    least_title = min(cell_len(record.title), round(room * _TITLE_SHARE))
    facts = _facts_in(record, room - least_title)
    title = truncate(record.title, max(1, room - cell_len(facts)))
    gap = " " * max(0, room - cell_len(title) - cell_len(facts))
    return (Piece(" "), Piece(title, "strong"), Piece(gap), Piece(facts, "quiet"), label)


def label_line(record: ArticleRecord, *, width: int, way: str = "") -> Line:
    """Return a line with length and completeness only, for when the text shows the rest.

    Completeness is followed by the `way` to what is missing, if it has room.
    """
    label = _label(record)
    longer = Piece(f"{label.text.rstrip()}: {way} ", label.role)
    label = longer if way and cell_len(longer.text) <= width else label
    length = truncate(f"{record.minutes} min", max(0, width - cell_len(label.text)))
    gap = " " * max(0, width - cell_len(length) - cell_len(label.text))
    return (Piece(gap), Piece(length, "quiet"), label)


class Situation(Struct, frozen=True, kw_only=True):
    """All that decides which keys and words the status bar shows.

    `activity` is that of the text, `panel` the list that has the keys instead. `match` is
    the number of the match that was gone to and of how many; `moving` quotes the mark that
    is being moved; `href` is the address of the link at hand. `has_loss` says that cleaning
    removed what may be text, `has_next` that the list has a next article. `page` names the
    printed page at the top, `reattach` the key that reattaches marks. `typed` are the
    digits of a count, or of the number of a link.
    """

    activity: str
    panel: Subject | None = None
    is_on_mark: bool = False
    shows_removals: bool = False
    has_loss: bool = False
    has_next: bool = False
    moving: str = ""
    href: str = ""
    typed: str = ""
    match: tuple[int, int] | None = None
    marks: int = 0
    waiting: int = 0
    reattach: str = ""
    page: str = ""
    progress: float = 0.0

    @property
    def mode(self) -> str:
        """The name at the left end, and the digits that were typed."""
        name = "place" if self.moving else self.panel or self.activity
        return f"{name} {self.typed}" if self.typed and not self.panel else name

    @property
    def footer(self) -> str:
        """The name of the set of keys to show."""
        if self.moving:
            return "place-caret" if self.activity == "caret" else "place"
        mode = "panel" if self.panel else self.activity
        mode = "panel-guests" if self.panel == "guests" else mode
        if mode in _OVERLAYS:
            return _OVERLAYS[mode]
        if self.typed:
            return "count"
        if mode == "read" and self.href:
            return "link"
        is_on_mark = self.is_on_mark and self.panel in (None, "marks", "changes")
        if mode == "read" and not is_on_mark:
            names = {
                "read-loss": self.has_loss,
                "read-end": self.has_next and self.progress >= 1,
                "removed": self.shows_removals,
            }
            return next((name for name in reversed(names) if names[name]), mode)
        return f"{mode}-mark" if is_on_mark else mode

    @property
    def place(self) -> str:
        """The words at the right end: the match, or how many marks there are, and the place.

        On a mark, its own words have the room of the number of marks.
        """
        if self.moving:
            return self.moving
        has_subject = self.is_on_mark or bool(self.href) or self.activity in AWAITED
        words = count(self.marks, "mark") if self.marks and not has_subject else ""
        if self.waiting and not has_subject:
            key = f" ({self.reattach})" if self.reattach else ""
            words += f", {self.waiting:,} to reattach{key}"
        if self.match is not None:
            number, of = self.match
            words = f"{number:,} of {of:,}" if number else count(of, "match", "matches")
        return "  ".join(filter(None, (words, self.page, f"{self.progress:.0%}")))


def mark_line(
    mark: Annotation,
    kind: Kind,
    tag_role: Callable[[str], str] = without_colour,
    *,
    is_target: bool = False,
) -> Line:
    """Return a mark in a few words, the most important first: kind, tags, status, speaker.

    A sign says that it is linked, also when only others link to it (`is_target`).
    """
    pieces = [Piece(f"{kind.glyph} ", kind.colour), Piece(mark.kind)]
    details = [*_details(mark, tag_role)]
    if mark.links or is_target:
        details.append(Piece("⇄", "quiet"))
    for text, role in details:
        pieces += [Piece(_BETWEEN, "quiet"), Piece(text, role)]
    return tuple(pieces)


def _label(record: ArticleRecord) -> Piece:
    words = ACCESS[record.access].short
    return Piece(f"  {words} ", "warning") if words else Piece(" ")


def _facts_in(record: ArticleRecord, room: int) -> str:
    published = long_date(record.published) if record.published else ""
    facts = [*filter(None, (record.site_name, published)), f"{record.minutes} min"]
    while facts and cell_len(_joined(facts)) > room:
        facts.pop()
    return _joined(facts)


def _joined(facts: list[str]) -> str:
    return "  " + " · ".join(facts) if facts else ""


def _details(mark: Annotation, tag_role: Callable[[str], str]) -> Iterator[Piece]:
    yield from tag_pieces(mark.tags, tag_role)
    claim = mark.claim
    if claim is not None and claim != Claim():
        if status := mark.status:
            yield Piece(f"{STATUS_GLYPHS[status]} {status}", status)
        if claim.speaker:
            yield Piece(claim.speaker)
