"""The lines of a mark in the list, two for each, and of the headings of groups."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from msgspec import Struct
from rich.cells import cell_len

from annotator.model import Annotation, Kind
from annotator.model.labels import STATUS_GLYPHS, long_date, short_date
from annotator.store import Marked, MarkGroup
from annotator.tui.keys.keymap import Keymap, shown
from annotator.tui.lists.linked_rows import status_of
from annotator.tui.lists.rows import Line, Piece, Remark, Row, tag_pieces, without_colour
from annotator.tui.lists.text_fit import truncate
from annotator.usecases.marks.claims import Grouping

ROW_LINES = 2

_INDENT = 5  # cells: the bar of selected rows, the glyphs of kind and status, each with a space
_GAP = "  "
_TITLE_SHARE = 0.4  # of the second line
_BAR = "▌"
_NO_LABEL: Mapping[Grouping, str] = {
    "tag": "No tag",
    "speaker": "No speaker",
    "status": "Not a claim",
    "site": "No site",
    "article": "Untitled",
}


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
    """Return the words after the glyphs of kind and status, then what is known about them."""
    record, mark = marked
    kind, status = style.kinds[mark.kind], status_of(mark)
    bar = Piece(_BAR if extra.is_selected else " ", "chosen")
    glyph = Piece(STATUS_GLYPHS[status] if status else " ", status or "")
    room = max(1, width - _INDENT - 1)
    words = truncate(" ".join(mark.quote.split()), room)
    date = short_date(mark.modified if style.shows_changed else mark.created, style.now)
    title = "" if style.grouping == "article" else record.title or record.url
    return (
        (bar, Piece(kind.glyph, kind.colour), Piece(" "), glyph, Piece(" "), Piece(words)),
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
        clear = shown(keymap.key("claims.clear"))
        return [Remark(f" No marks match “{query}”. Press {clear} to show all marks.")]
    leave, choose, make = (
        shown(keymap.key(name)) for name in ("claims.back", "view.sentence-mode", "sentence.mark")
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
    status = status_of(mark)
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
