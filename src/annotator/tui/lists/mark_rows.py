"""Marks and passages as rows of a list, with the pieces of a difference wrapped in lines.

A mark has its glyph, quotation, tags, status and note. A linked mark or page has two lines: the
words, then what is known.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct
from rich.cells import cell_len

from annotator.model import AnchoredMark, Annotation, Article, ArticleRecord, Kind, Orphan
from annotator.model.labels import BACK_RELATIONS, RELATIONS, STATUS_GLYPHS, count, long_date
from annotator.store import Marked
from annotator.tui.lists.rows import ELLIPSIS, Heading, Line, Piece, Row, hashed, truncate, wrap
from annotator.usecases.marks.links import NOT_HERE, Linked

if TYPE_CHECKING:
    from annotator.diffing.words import Stretch

Kinds = Mapping[str, Kind]


_SPACES = re.compile(r"\s+")
MARGIN = (Piece("   "),)

_BETWEEN = " · "
_NARROWEST = 12  # cells of a title; less of it says nothing
_LONGEST = 3  # lines of words
_MIN_WORDS = 16  # cells that the words keep, whatever is before them
_RELATION_ROLES = {"supports": "supported", "opposes": "refuted"}


class ParagraphsRow(Struct, frozen=True):
    """Paragraphs, each with the most lines that it takes, and `air` empty lines below them.

    The first line begins with `head`, and the others are as far in.
    """

    key: str
    paragraphs: tuple[tuple[Line, int], ...]
    head: Line = (Piece(" "),)
    air: int = 1

    def lines(self, width: int) -> Sequence[Line]:
        indent = sum(cell_len(text) for text, _ in self.head)
        room = max(1, width - indent - 1)
        first, *rest = [
            line for pieces, most in self.paragraphs for line in wrap_pieces(pieces, room, most)
        ] or [()]
        below = ((Piece(" " * indent), *line) for line in rest)
        return [(*self.head, *first), *below, *[()] * self.air]


def paragraph(text: str, role: str = "", *, most: int) -> tuple[Line, int]:
    """Return a paragraph of one piece."""
    return (Piece(text, role),), most


def kind_head(kind: Kind) -> Line:
    """Return the glyph of a kind, as the head of a row."""
    return (Piece(" "), Piece(kind.glyph, kind.colour), Piece(" "))


@lru_cache(maxsize=4096)  # lists wrap all rows again when one is added
def wrap_pieces(pieces: Line, width: int, lines: int) -> Sequence[Line]:
    """Return pieces in at most `lines` lines of `width` cells, broken between words."""
    tidied = list(_single_spaced(pieces))
    text = "".join(piece.text for piece in tidied)
    wrapped, at = [], 0
    for line in wrap(text, width, lines=lines):
        is_whole = text.startswith(line, at)
        end = at + len(line) - (0 if is_whole else len(ELLIPSIS))
        shown = tuple(_cut(tidied, at, end))
        left_out = () if is_whole else (Piece(ELLIPSIS, shown[-1].role if shown else ""),)
        wrapped.append((*shown, *left_out))
        at = end + text.startswith(" ", end)
    return wrapped


def as_pieces(stretches: Iterable["Stretch"], *, around: int | None = None) -> Line:
    """Return a difference as pieces with the roles `gone` and `new`.

    With `around`, text without changes is cut to that many characters beside a change.
    """
    parts = list(stretches)
    if around is not None:
        parts = [_abridged(part, index, len(parts), around) for index, part in enumerate(parts)]
    return tuple(Piece(text, "" if sign == "same" else sign) for text, sign in parts)


def mark_row(
    mark: Annotation, kind: Kind, remark: str = "", *, is_target: bool = False
) -> ParagraphsRow:
    """Return a mark: at most three lines of its quotation, then tags and status, note and remark.

    It has the sign of links also when only other marks link to it (`is_target`).
    """
    facts = tuple(_facts(mark, is_linked=is_target or bool(mark.links)))
    note = f"✎ {_one_line(mark.note)}" if mark.note else ""
    below = (paragraph(note, "quiet", most=1), paragraph(remark, "quiet", most=3))
    return ParagraphsRow(
        mark.id, (paragraph(mark.quote, most=3), (facts, 1), *below), kind_head(kind)
    )


def mark_rows(
    placed: Sequence[AnchoredMark], article: Article, kinds: Kinds, targets: Collection[str] = ()
) -> list[Row]:
    """Return the marks in the order of the article, and those not found under a heading.

    `targets` are the ids of the marks that others link to.
    """

    def row(mark: Annotation, remark: str = "") -> Row:
        return mark_row(mark, kinds[mark.kind], remark, is_target=mark.id in targets)

    rows = [row(mark.annotation) for mark in placed if mark.span is not None]
    lost = [row(mark.annotation, _guess(mark, article)) for mark in placed if mark.span is None]
    return [*rows, Heading(" Not found in the text"), *lost] if lost else [*rows]


def _guess(placed: AnchoredMark, article: Article) -> str:
    guess = placed.place.best_guess if isinstance(placed.place, Orphan) else None
    return f"perhaps: {guess.of(article.text)}" if guess else "no match in the text"


def labels(annotation: Annotation) -> Iterable[str]:
    """Yield the status of a mark's claim, its tags, and the number of its links."""
    status = annotation.status
    if status is not None and status != "open":
        yield status
    yield from (f"#{tag}" for tag in annotation.tags)
    if annotation.links:
        yield count(len(annotation.links), "link")


class LinkedRow(Struct, frozen=True):
    """Words after `head`, and below them facts after `margin`; `key` may be empty.

    `flexible` is the index of the fact that is cut where there is no room for all.
    """

    HEIGHT: ClassVar = 2

    key: str
    head: Line
    words: str
    facts: Line
    margin: Line = ()
    flexible: int = 0

    def lines(self, width: int) -> Sequence[Line]:
        excess = _cells(self.head) - (width - _MIN_WORDS)
        head = _shortened(self.head, excess)
        words = truncate(" ".join(self.words.split()), max(1, width - _cells(head) - 1))
        margin = _shortened(self.margin, excess)
        room = max(1, width - _cells(margin) - 1)
        return ((*head, Piece(words)), (*margin, *_joined(self.facts, self.flexible, room)))


class LongLinkedRow(LinkedRow, frozen=True):
    """Words on a few lines, then the reason why they are listed, the facts, and empty lines."""

    HEIGHT: ClassVar = 0  # as many lines as its words need

    reason: str = ""
    air: int = 0

    def lines(self, width: int) -> Sequence[Line]:
        """Return the words, the reason if there is one, the facts, and the empty lines."""
        room = max(1, width - _cells(self.margin) - 1)
        first, *rest = wrap(self.words, room, lines=_LONGEST) or ("",)
        more = ((*self.margin, Piece(line)) for line in rest)
        reason = ((*self.margin, Piece(truncate(self.reason, room), "tag")),) if self.reason else ()
        facts = super().lines(width)[-1]
        return ((*self.head, Piece(first)), *more, *reason, facts, *[()] * self.air)


def words_of(link: Linked) -> str:
    """Return the words of the mark at the other end of a link, or its address."""
    if link.marked:
        return link.marked.annotation.quote
    return f"mark {link.target}" if link.state == "missing" else link.target


def why_not_followed(link: Linked) -> str:
    """Return why a link leads nowhere, and what to do."""
    if link.state == "binned":
        return "Its article is in the bin. Restore it to follow the link."
    if link.state == "deleted":
        return "The mark is in the bin. Restore it to follow the link."
    return "The mark is not in this library. Remove the link, or undo its deletion."


def facts_of(marked: Marked, *, first: Line = (), last: Line = ()) -> tuple[Line, int]:
    """Return what is known about a mark: status, speaker, article, date; and the title's index."""
    record, mark = marked
    known = [*first, *_claim(mark)]
    title = Piece(" ".join((record.title or record.url).split()), "quiet")
    date = Piece(long_date(record.published), "quiet")
    return tuple(fact for fact in (*known, title, date, *last) if fact.text), len(known)


def link_row(link: Linked, kinds: Kinds, *, key: str) -> LinkedRow:
    """Return the row of a link, with what is at its other end, or why nothing is."""
    labels = RELATIONS if link.is_outgoing else BACK_RELATIONS
    role = _RELATION_ROLES.get(link.relation, "quiet")
    head = (Piece(" "), Piece(f"{labels[link.relation]}: ", role))
    first = kind_fact(link.marked, kinds) if link.marked else ()
    facts, flexible, words = link_facts(link, first)
    return LinkedRow(key, head, words, facts, MARGIN, flexible)


def link_facts(link: Linked, first: Line = ()) -> tuple[Line, int, str]:
    """Return facts, the flexible one and words of the other end of a link."""
    state = (Piece(NOT_HERE[link.state], "warning"),) if link.state in NOT_HERE else ()
    last = note_fact(link.note)
    if link.marked:
        return (*facts_of(link.marked, first=(*state, *first), last=last), words_of(link))
    if link.state in ("page", "binned"):
        return page_facts(link.page, link.target, (*state, *last))
    return (*state, *last), 0, words_of(link)


def page_facts(page: ArticleRecord | None, address: str, last: Line) -> tuple[Line, int, str]:
    """Return facts, the flexible one and words of a page, which may not be in the library."""
    if page is None or not page.revision:
        return (Piece("a page that is not in the library", "quiet"), *last), len(last), address
    known = (Piece(page.url, "quiet"), Piece(long_date(page.published), "quiet"), *last)
    return tuple(fact for fact in known if fact.text), 0, page.title or address


def kind_fact(marked: Marked, kinds: Kinds) -> Line:
    """Return the kind of a mark that has no status."""
    mark = marked.annotation
    kind = kinds[mark.kind]
    return () if mark.status else (Piece(f"{kind.glyph} {mark.kind}", kind.colour),)


def note_fact(note: str) -> Line:
    """Return the note of a link."""
    return (Piece(f"✎ {_one_line(note)}", "quiet"),) if note else ()


def _one_line(note: str) -> str:
    """Return a note without its line breaks, a stroke between its paragraphs."""
    paragraphs = (" ".join(part.split()) for part in note.split("\n\n"))
    return " / ".join(filter(None, paragraphs))


def _facts(annotation: Annotation, *, is_linked: bool) -> Iterator[Piece]:
    """Yield the status of a mark's claim in its colour, a sign if it has links, and its tags."""
    status = annotation.status
    if status is not None and status != "open":
        yield Piece(f"{STATUS_GLYPHS[status]} {status} ", status)
    if is_linked:
        yield Piece("⇄ ", "quiet")
    if annotation.tags:
        yield Piece(hashed(annotation.tags), "tag")


def _abridged(stretch: "Stretch", index: int, count: int, around: int) -> "Stretch":
    text = stretch.text
    if stretch.sign != "same" or len(text) <= 2 * around:
        return stretch
    head = text[:around].rpartition(" ")[0] or text[:around]
    tail = text[-around:].partition(" ")[2] or text[-around:]
    parts = (head if index else "", tail if index < count - 1 else "")
    return stretch._replace(text=f" {ELLIPSIS} ".join(parts))


def _single_spaced(pieces: Iterable[Piece]) -> Iterator[Piece]:
    is_after_space = True
    for text, role in pieces:
        words = _SPACES.sub(" ", text)
        words = words[1:] if is_after_space and words.startswith(" ") else words
        if words:
            is_after_space = words.endswith(" ")
            yield Piece(words, role)


def _cut(pieces: Sequence[Piece], start: int, end: int) -> Iterator[Piece]:
    """Yield the pieces between two offsets of their joined text."""
    at = 0
    for text, role in pieces:
        words = text[max(0, start - at) : max(0, end - at)]
        at += len(text)
        if words:
            yield Piece(words, role)


def _claim(mark: Annotation) -> Iterator[Piece]:
    status = mark.status
    if status:
        yield Piece(f"{STATUS_GLYPHS[status]} {status}", status)
    if mark.claim and mark.claim.speaker:
        yield Piece(" ".join(mark.claim.speaker.split()), "strong")


def _joined(facts: Line, flexible: int, room: int) -> Iterator[Piece]:
    """Yield the facts with dots between, the flexible one cut, the last left out if need be."""
    facts = _fitting(facts, flexible, room)
    others = sum(_cells((fact,)) for at, fact in enumerate(facts) if at != flexible)
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


def _fitting(facts: Line, flexible: int, room: int) -> Line:
    """Return the facts that have room if they are cut, without the last ones that do not."""
    least = [min(cell_len(text), _NARROWEST) for text, _ in facts]
    least[:flexible] = [cell_len(text) for text, _ in facts[:flexible]]
    most = len(facts)
    while most > flexible + 1 and sum(least[:most]) + len(_BETWEEN) * (most - 1) > room:
        most -= 1
    return facts[:most]


def _shortened(line: Line, excess: int) -> Line:
    """Return a line without so many cells at its start, all of them of its first piece."""
    if excess <= 0 or not line:
        return line
    (text, role), *rest = line
    kept = text[excess + len(ELLIPSIS) :]  # branches: each character is one cell wide
    return (Piece(f"{ELLIPSIS}{kept}", role), *rest)


def _cells(line: Sequence[Piece]) -> int:
    return sum(cell_len(text) for text, _ in line)
