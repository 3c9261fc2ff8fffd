"""Links of an article: to addresses, to footnotes, and from these back to the text."""

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile

from msgspec import Struct
from msgspec.structs import replace

from annotator.model import Article, Block, Span
from annotator.reading.layout.row import Decoration, Fragment, TextRow
from annotator.reading.layout.text_width import Measured

_NUMBERED = r"\[?(\d{1,3})[\].:)]*\s"  # the label at the beginning of a footnote's own text


class TextLink(Struct, frozen=True):
    """A passage that links to the address `href`, to a footnote, or back to the text.

    `note` is the index of the first block of a footnote; `back`, for a footnote, is
    the offset of the reference to it.
    """

    span: Span
    href: str = ""
    note: int | None = None
    back: int | None = None


def links_in(article: Article, span: Span) -> tuple[TextLink, ...]:
    """Return the links that overlap a passage, in the order of the text."""
    if not article.blocks:
        return ()
    blocks = range(article.block_at(span.start), article.block_at(span.end) + 1)
    links = [link for index in blocks for link in _links_of(article, index)]
    return tuple(link for link in _joined(links) if link.span.overlaps(span))


def link_at(article: Article, offset: int) -> TextLink | None:
    """Return the link that covers a code point; the innermost of several."""
    covering = links_in(article, Span(offset, offset + 1))
    return min(covering, key=lambda link: len(link.span), default=None)


def note_blocks(article: Article, first: int) -> range:
    """Return the blocks of the footnote that begins at block `first`."""
    rest = article.blocks[first + 1 :]
    more = sum(
        1 for _ in takewhile(lambda block: block.kind == "footnote" and not _label(block), rest)
    )
    return range(first, first + 1 + more)


def _links_of(article: Article, index: int) -> Iterator[TextLink]:
    block, start = article.blocks[index], article.starts[index]
    for mark in block.marks:
        span = mark.span.moved(start)
        if mark.kind == "link" and mark.href:
            yield TextLink(span, href=mark.href)
        elif mark.kind == "footnote_reference":
            notes = (
                at
                for at, note in enumerate(article.blocks)
                if note.kind == "footnote" and mark.href and _label(note) == mark.href
            )
            if (first := next(notes, None)) is not None:
                yield TextLink(span, note=first)
    if block.kind == "footnote" and block.text and (label := _label(block)):
        references = (
            at + reference.span.start
            for referring, at in zip(article.blocks, article.starts, strict=True)
            for reference in referring.marks
            if reference.kind == "footnote_reference" and reference.href == label
        )
        if (back := next(references, None)) is not None:
            yield TextLink(Span(start, start + 1), back=back)


def _joined(links: list[TextLink]) -> Iterator[TextLink]:
    """Yield links in order; parts of one link, divided by bold or italic, are joined."""
    last: TextLink | None = None
    for link in sorted(links, key=lambda link: (link.span.start, link.span.end)):
        if last and link.href and link.href == last.href and link.span.start <= last.span.end:
            last = TextLink(Span(last.span.start, max(last.span.end, link.span.end)), link.href)
            continue
        if last:
            yield last
        last = link
    if last:
        yield last


def _label(block: Block) -> str:
    """Return the label of a footnote, or else the number at the beginning of its text."""
    match = None if block.label else re.match(_NUMBERED, block.text)
    return match[1] if match else block.label


class LinkHint(Struct, frozen=True):
    """The number of a link, drawn over the letter at `offset`, or over the label before it."""

    offset: int
    number: str
    is_before: bool = False


def with_hints(row: TextRow, hints: Iterable[LinkHint], text: Measured, base: int) -> TextRow:
    """Return a row with numbers drawn over letters; `base` is the offset of its block."""
    for hint in hints:
        if hint.is_before:
            signs = (
                replace(sign, text=hint.number, role="hint") if sign.role == "marker" else sign
                for sign in row.decorations
            )
            row = replace(row, decorations=tuple(signs))
            continue
        held = (
            fragment for fragment in row.fragments if fragment.start <= hint.offset < fragment.end
        )
        for fragment in held:
            row = _covered(row, fragment, hint, (text, base))
    return row


def _covered(
    row: TextRow, fragment: Fragment, hint: LinkHint, measured: tuple[Measured, int]
) -> TextRow:
    """Return the row with a number over as many letters as it needs, and the rest around it."""
    text, base = measured
    first, last = fragment.start - base, fragment.end - base
    start, end = text.grapheme(hint.offset - base)
    while text.cells(start, end) < len(hint.number) and (end < last or start > first):
        if end < last:
            end = text.grapheme(end)[1]
        else:
            start = text.grapheme(start - 1)[0]
    column, room = fragment.column + text.cells(first, start), text.cells(start, end)
    parts = (
        Fragment(fragment.start, start + base, fragment.column),
        Fragment(end + base, fragment.end, column + room),
    )
    others = [other for other in row.fragments if other is not fragment]
    sign = Decoration(hint.number[:room], column, "hint")
    return replace(row, fragments=(*others, *parts), decorations=(*row.decorations, sign))
