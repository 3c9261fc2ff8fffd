"""The rows of the details: the mark in its paragraph, what is known about it, and its links.

The key of a row says what Enter does on it: the name of an action on the mark, or `link:`
and the place of a link among the mark's links. A loader gets what the rows show, so that no
key waits for it.
"""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import ClassVar

from annotator.model import CLAIM_FIELDS, Annotation, Claim, Kind
from annotator.model.labels import RELATIONS, STATUS_GLYPHS, long_date
from annotator.store import Library, Marked
from annotator.tui.keys.keymap import Keymap
from annotator.tui.lists.list_view import Listing
from annotator.tui.lists.mark_rows import (
    MARGIN,
    Kinds,
    LongLinkedRow,
    ParagraphsRow,
    kind_head,
    link_facts,
    paragraph,
)
from annotator.tui.lists.rows import Heading, Line, Piece, Row, tag_pieces
from annotator.usecases.marks.links import (
    ClaimDetails,
    ClaimPassage,
    Linked,
    links_of,
    other_author,
    passage_of,
)

_OPEN = "open"
_LINK = "link:"
_MOST_LINES = 60  # of one row; a longer note is read in its editor
_NO_GLYPH = (Piece(" · ", "quiet"),)
_LABEL_WIDTH = 12  # cells
_INCOMING: Mapping[str, str] = {  # what another mark is to this one
    "supports": "Supported by",
    "opposes": "Opposed by",
    "same-as": "The same claim",
    "informs": "Context from",
    "source-of": "Source",
}
_ORDER = ("opposes", "supports", "same-as", "source-of", "informs")
_REST = 0.1  # seconds until the links of a mark are looked up


class DetailsPane(Listing):
    """The details of a mark. Enter on a row opens the article, edits, or follows a link.

    The paragraph of a mark is loaded at once, and its links when the cursor rests on it.
    """

    OPEN: ClassVar[str] = _OPEN

    def __init__(
        self,
        keymap: Keymap,
        library: Library,
        kinds: Kinds,
        tag_role: Callable[[str], str],
        *,
        id: str,  # noqa: A002  Textual's name for it
    ) -> None:
        super().__init__(keymap, clicks=2, id=id)
        self._library, self._kinds, self._tag_role = library, kinds, tag_role
        self._wanted: Marked | None = None
        self._details: ClaimDetails | None = None
        self._is_old = False

    def linked(self, key: str) -> Linked | None:
        """Return the link that a row is about, if it is about one."""
        if self._details is None or not key.startswith(_LINK):
            return None
        place = int(key.removeprefix(_LINK))
        return self._details.links[place] if place < len(self._details.links) else None

    def forget(self) -> None:
        """Load the details again, even if the mark is the same: its links may have changed."""
        self._is_old = True

    async def follow(self, marked: Marked | None) -> None:
        """Show the details of a mark, unless another one is wanted before they are loaded."""
        self._wanted = marked
        shown = self._details
        is_shown = shown is not None and shown.marked == marked
        if marked is None or (is_shown and not self._is_old):
            return
        self._is_old = False
        mark = marked.annotation
        passage = await asyncio.to_thread(passage_of, self._library, mark)
        author = await asyncio.to_thread(other_author, self._library, mark)
        if self._wanted != marked:
            return
        is_same = shown is not None and shown.marked.annotation.id == mark.id
        links = shown.links if shown and is_same else ()  # until they are looked up
        self._show_mark(ClaimDetails(marked, passage, links, author))
        await asyncio.sleep(_REST)
        if self._wanted != marked:
            return
        links = await asyncio.to_thread(links_of, self._library, mark)
        if self._wanted == marked:
            self._show_mark(ClaimDetails(marked, passage, links, author))

    def _show_mark(self, details: ClaimDetails) -> None:
        """Show the details of a mark; if it is another one than before, from their top."""
        before = self._details.marked.annotation.id if self._details else ""
        self._details = details
        if not (self.is_attached and self.screen.display):  # it was closed while they were loaded
            return
        is_same = details.marked.annotation.id == before
        rows = details_rows(details, self._kinds, self._tag_role)
        self.show(rows, at=None if is_same else "")
        if not is_same:
            self.scroll_to(y=0, animate=False)


def details_rows(details: ClaimDetails, kinds: Kinds, tag_role: Callable[[str], str]) -> list[Row]:
    """Return the rows of the details of a mark."""
    record, mark = details.marked
    source = " · ".join(filter(None, (record.site_name, long_date(record.published))))
    rows: list[Row] = [
        _head(mark, kinds[mark.kind]),
        _row(_OPEN, passage_pieces(details.passage)),
        ParagraphsRow(
            "", (paragraph(record.title or record.url, "strong", most=3),), air=int(not source)
        ),
    ]
    if source:
        rows.append(_row("", (Piece(source, "quiet"),)))
    if mark.note:
        rows.append(_row("note", (Piece("✎ ", "quiet"), Piece(mark.note))))
    rows += _links(details.links, kinds)
    rows += _fields(mark, details.author, tag_role)
    return rows


def _row(key: str, pieces: Line, label: str = "", air: int = 1) -> ParagraphsRow:
    head = (Piece(f" {label}".ljust(_LABEL_WIDTH if label else 1), "quiet"),)
    return ParagraphsRow(key, ((pieces, _MOST_LINES),), head, air)


def _head(mark: Annotation, kind: Kind) -> ParagraphsRow:
    status = mark.status
    pieces = [Piece(f"{kind.glyph} ", kind.colour), Piece(mark.kind.capitalize(), "strong")]
    if status:
        pieces.append(Piece(f"  {STATUS_GLYPHS[status]} {status}", status))
    return _row("", tuple(pieces))


def passage_pieces(passage: ClaimPassage) -> Line:
    """Return a passage in its paragraph, or the words that are not in the text."""
    pieces = (
        Piece(passage.before, "quiet"),
        Piece(passage.words, "marked"),
        Piece(passage.after, "quiet"),
        Piece("" if passage.is_found else "  Not found in the current text.", "warning"),
    )
    return tuple(piece for piece in pieces if piece.text)


def _fields(mark: Annotation, author: str, tag_role: Callable[[str], str]) -> Iterator[Row]:
    claim = mark.claim or Claim()
    rows: list[tuple[str, str, Line]] = [
        ("fields", field.label, (Piece(long_date(value) if field.is_date else value),))
        for field in CLAIM_FIELDS
        if field.name != "status" and (value := field.of(claim))
    ]
    if mark.tags:
        rows.append(("tags", "Tags", tuple(_spaced(tag_pieces(mark.tags, tag_role)))))
    made = long_date(mark.created.isoformat())
    by = (Piece(" by ", "quiet"), Piece(author)) if author else ()
    rows.append(("", "Marked", (Piece(made, "quiet"), *by)))
    if mark.proposed:
        rows.append(("", "Proposed", (Piece("by ", "quiet"), Piece(mark.proposed))))
    for place, (key, label, pieces) in enumerate(rows):
        is_last = place == len(rows) - 1
        yield _row(key, pieces, label, int(is_last))


def _spaced(pieces: Iterable[Piece]) -> Iterator[Piece]:
    for place, piece in enumerate(pieces):
        yield from (Piece(" "), piece) if place else (piece,)


def _links(links: Sequence[Linked], kinds: Kinds) -> Iterator[Row]:
    """Yield the links in groups, what speaks against the claim before what speaks for it."""
    groups: dict[str, list[tuple[int, Linked]]] = {}
    order = sorted(
        enumerate(links), key=lambda link: (link[1].is_outgoing, _ORDER.index(link[1].relation))
    )
    for place, linked in order:
        groups.setdefault(_relation(linked), []).append((place, linked))
    for title, group in groups.items():
        yield Heading(f" {title}", air=0)
        for place, linked in group:
            is_last = (place, linked) == group[-1]
            yield _link_row(f"{_LINK}{place}", linked, kinds, int(is_last))


def _link_row(key: str, linked: Linked, kinds: Kinds, air: int) -> LongLinkedRow:
    head = kind_head(kinds[linked.marked.annotation.kind]) if linked.marked else _NO_GLYPH
    facts, flexible, words = link_facts(linked)
    return LongLinkedRow(key, head, words, facts, MARGIN, flexible, air=air)


def _relation(linked: Linked) -> str:
    if not linked.is_outgoing or linked.relation == "same-as":
        return _INCOMING[linked.relation]
    words = RELATIONS[linked.relation]
    return words[:1].upper() + words[1:]
