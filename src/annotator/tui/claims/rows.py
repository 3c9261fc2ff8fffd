"""The line above the list of claims, and the lines in it: two for each mark, and headings.

The line above has the query, or the input for it, and how the marks are arranged.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from msgspec import Struct
from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from annotator.model import Annotation, Kind
from annotator.model.labels import NOT_GROUPED, STATUS_GLYPHS, count, long_date, short_date
from annotator.store import Marked, MarkGroup
from annotator.tui.claims.view import ClaimsView
from annotator.tui.frame.list_screen import ListHead
from annotator.tui.keys.keymap import Keymap
from annotator.tui.lists.rows import Line, Piece, Remark, Row, tag_pieces, truncate, without_colour
from annotator.tui.textual_internals import show_text
from annotator.tui.widgets.find_bar import FindBar
from annotator.usecases.marks.claims import Grouping

ROW_LINES = 2

_INDENT = 5  # cells: the bar of selected rows, the glyphs of kind and status, each with a space
_GAP = "  "
_TITLE_SHARE = 0.4  # of the second line
_BAR = "▌"
_NO_LABEL: Mapping[str, str] = {**NOT_GROUPED, "status": "Not a claim", "article": "Untitled"}
_TITLE = "Marks"
_QUOTES = 3  # cells: quotation marks, and a space before them
_EXAMPLES = "Words, speaker:ann, status:disputed, #tag, kind:question, has:note"
_IGNORED = "This part is left out."
_QUERY_SHARE = 0.5  # of the line
_MARGINS = 4  # cells beside the hint


class ClaimsHead(Container):
    """The query on the first line, and below it what is wrong with it, or what it may be."""

    def __init__(self) -> None:
        super().__init__()
        self._find_bar = FindBar(placeholder="Filter")
        self._line = ListHead(lambda width: head_line(*self._shown, width), "head-line")
        self._shown = ClaimsView(), 0
        self._hint = ""
        self._first = Container(self._line, id="claims-query")

    def compose(self) -> ComposeResult:
        yield self._first
        yield Static(id="claims-hint")

    @property
    def is_open(self) -> bool:
        """Whether the query is being typed."""
        return self._find_bar.is_attached and self._find_bar.display

    async def open(self, text: str) -> None:
        """Let the query be typed, `text` to begin with."""
        self._line.display = False
        await self._find_bar.open(self._first, text)

    def close(self) -> None:
        """Show the query as it is."""
        self._line.display = True

    def show(self, view: ClaimsView, total: int) -> None:
        """Show a query, what is wrong with it, and the number of marks."""
        self._shown = view, total
        self._line.refresh()
        hint = self.query_one("#claims-hint", Static)
        is_waiting = self.is_open and not view.problem and not view.is_filtered
        is_kept = bool(view.problem) and not self.is_open
        words = view.problem or (_EXAMPLES if is_waiting else "")
        words = truncate(words, max(1, self.size.width - _MARGINS))
        if is_kept:
            words = f"{view.mistake} {_IGNORED}"
        if words != self._hint:  # each update lays the screen out again
            self._hint = words
            show_text(hint, Content(words))
        hint.set_class(bool(view.problem), "-problem")
        self.set_class(is_kept, "-kept")
        if self.is_open:
            self._find_bar.show_count(count(total, "mark"))


def head_line(view: ClaimsView, total: int, width: int) -> Line:
    """Return title and query at the left, number and arrangement at the right."""
    number = count(total, "mark")
    query = truncate(view.text.strip(), round(width * _QUERY_SHARE)) if view.is_filtered else ""
    left = f"{_TITLE}  " + (f"{query}  " if query else "")
    room = width - cell_len(left) - 2
    right = f"{number} · {view.arrangement}"
    if cell_len(right) > room:
        right = number if cell_len(number) <= room else ""
    gap = width - cell_len(left) - cell_len(right) - 2
    return (
        Piece(" "),
        Piece(_TITLE, "title"),
        Piece("  "),
        *((Piece(f"{query}  ", "problem" if view.problem else "query"),) if query else ()),
        Piece(" " * max(0, gap)),
        Piece(f"{right} ", "quiet"),
    )


class RowStyle(Struct, frozen=True):
    """The things that all rows share: kinds by name, today, grouping, roles of tags."""

    kinds: Mapping[str, Kind]
    now: datetime
    grouping: Grouping
    tag_role: Callable[[str], str] = without_colour
    shows_changed: bool = False  # the date of the last change in place of that of the mark


class RowExtra(NamedTuple):
    """The parts of a row beside its mark.

    Whether it is selected, a remark, the number of marks that make the same claim, and whether
    others link to it.
    """

    is_selected: bool = False
    remark: str = ""
    places: int = 1
    is_target: bool = False


def mark_lines(marked: Marked, style: RowStyle, width: int, extra: RowExtra) -> Sequence[Line]:
    """Return the words after the glyphs of kind and status, then what is known about them.

    A claim that is stated in the user's own words begins with these.
    """
    record, mark = marked
    kind, status = style.kinds[mark.kind], mark.status
    bar = Piece(_BAR if extra.is_selected else " ", "chosen")
    glyph = Piece(STATUS_GLYPHS[status] if status else " ", status or "")
    room = max(1, width - _INDENT - 1)
    quote = " ".join(mark.quote.split())
    own = truncate(mark.claim.statement if mark.claim else "", room)
    rest = room - cell_len(own) - _QUOTES
    words = [Piece(own or truncate(quote, room))]
    if own and rest > 0:
        words.append(Piece(f" “{truncate(quote, rest)}”", "quiet"))
    date = short_date(mark.modified if style.shows_changed else mark.created, style.now)
    title = "" if style.grouping == "article" else record.title or record.url
    return (
        (bar, Piece(kind.glyph, kind.colour), Piece(" "), glyph, Piece(" "), *words),
        (bar, Piece(" " * (_INDENT - 1)), *_facts(_known(mark, style, extra), title, date, room)),
    )


def waiting_lines(words: str, width: int) -> Sequence[Line]:
    """Return the lines of a mark that is not loaded: words in its place, if there are any."""
    return ((Piece(truncate(" " * _INDENT + words, width) if words else "", "quiet"),), ())


def heading_line(group: MarkGroup, style: RowStyle, width: int) -> Line:
    """Return the name of a group, and the number of its marks at the right."""
    number = f"{group.count:,} "
    name, role = _named(group, style)
    glyph = f" {name} " if name else " "
    label = truncate(_label(group, style), max(1, width - len(number) - len(glyph) - 1))
    head = (Piece(glyph, role), Piece(label, "heading"))
    gap = width - sum(cell_len(text) for text, _ in head) - len(number)
    return (*head, Piece(" " * max(1, gap)), Piece(number, "quiet"))


def empty_rows(query: str, keymap: Keymap) -> list[Row]:
    """Return the rows of a list without marks: none at all, or none that match a query."""
    if query:
        clear = keymap.shown("claims.clear")
        return [Remark(f" No marks match “{query}”. Press {clear} to show all marks.")]
    leave, choose, make = (
        keymap.shown(name) for name in ("claims.back", "view.sentence-mode", "sentence.mark")
    )
    return [
        Remark(" No marks yet."),
        Remark(""),
        Remark(
            f" Every mark of every article is listed here. Press {leave} to go back, and open an "
            f"article: there {choose} chooses a sentence, and {make} marks it as a claim."
        ),
    ]


def _known(mark: Annotation, style: RowStyle, extra: RowExtra) -> Iterator[Piece]:
    status = mark.status
    if extra.remark:
        yield Piece(extra.remark, "quiet")
    yield Piece(status, status) if status else Piece(mark.kind, "quiet")
    if mark.claim and mark.claim.speaker and style.grouping != "speaker":
        yield Piece(mark.claim.speaker, "strong")
    if extra.places > 1:
        yield Piece(f"in {extra.places} places", "quiet")
    glyphs = ("⇄" if mark.links or extra.is_target else "") + ("✎" if mark.note else "")
    if glyphs:
        yield Piece(glyphs, "quiet")
    yield from tag_pieces(mark.tags, style.tag_role)  # last: of those one can do without a part


def _facts(known: Iterator[Piece], title: str, date: str, room: int) -> Iterator[Piece]:
    """Yield as much as fits at the left, then the title and the date at the right."""
    left = list(known)
    wanted = sum(cell_len(text) + len(_GAP) for text, _ in left)
    most = max(round(room * _TITLE_SHARE), room - wanted - len(date) - len(_GAP))
    title = truncate(title, most)
    right = _GAP.join(filter(None, (title, date)))
    rest = room - cell_len(right) - len(_GAP)
    for text, role in left:
        if rest <= 1:
            break
        words = truncate(text, rest)
        yield Piece(words, role)
        yield Piece(_GAP)
        rest -= cell_len(words) + len(_GAP)
    yield Piece(" " * max(0, rest + len(_GAP)))
    yield Piece(right, "quiet")


def _label(group: MarkGroup, style: RowStyle) -> str:
    label = " ".join(group.label.split())
    if not label:
        return _NO_LABEL.get(style.grouping, "Others")
    if style.grouping == "tag":
        return f"#{label.removeprefix('#')}"
    if style.grouping == "day":
        return long_date(label)
    return label.capitalize() if style.grouping in ("status", "kind") else label


def _named(group: MarkGroup, style: RowStyle) -> tuple[str, str]:
    """Return the glyph of a group of a status or a kind, and its role."""
    if style.grouping == "status":
        for status, glyph in STATUS_GLYPHS.items():
            if group.key == status:
                return glyph, status
    if style.grouping == "kind" and group.key:
        kind = style.kinds[group.key]
        return kind.glyph, kind.colour
    return "", ""
