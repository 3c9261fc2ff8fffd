"""Lists whose bullets are typed as text, in paragraphs or between line breaks.

Numbers that are typed stay in the text, which may refer to them.
"""

import re
from bisect import bisect
from collections.abc import Container, Iterator
from itertools import groupby, islice

from msgspec import Struct
from msgspec.structs import replace

from annotator.extract.blocks.cuts import part
from annotator.extract.passages import Passage
from annotator.model.article import Mark
from annotator.model.span import Span

LONGEST_UNSURE = 300  # characters of an item behind a dash; longer ones are speech

_LABEL = re.compile(r"\s{0,4}(?:(?P<bullet>[•●◦▪■►▸‣➤✓✔∙⁃])\s{0,4}|(?P<dash>[-–*])\s{1,4})(?=\S)")
_ENDS_SENTENCE = (".", "!", "?", "…", "”", '"', "»")
_INTRODUCES = (":", "：")


class _TypedLine(Struct):
    """A line of a paragraph, and the label with which it starts."""

    passage: Passage
    span: Span
    label: re.Match[str] | None

    @property
    def sign(self) -> str:
        """The bullet or dash."""
        return (self.label["bullet"] or self.label["dash"] or "") if self.label else ""

    @property
    def text(self) -> str:
        """The words of the line with its label."""
        return self.span.of(self.passage.text).strip()


def read_typed_lists(passages: list[Passage]) -> list[Passage]:
    """Return passages in which lines that begin with bullets are items of lists.

    At least two lines in a row must begin with the same bullet. A dash or an
    asterisk is a bullet only below a line that ends with a colon, and before words
    that are not a sentence, since many languages begin speech with a dash.
    """
    lines = [line for passage in passages for line in _lines(passage)]
    items = _items(lines)
    if not items:
        return passages
    changed = {id(line.passage) for line in items.values()}
    return [
        passage
        for _, group in groupby(_pieces(lines, items), key=lambda piece: id(piece.passage))
        for passage in _parted(list(group), changed)
    ]


def _pieces(lines: list[_TypedLine], items: Container[int]) -> list[_TypedLine]:
    """Return items, and the runs of lines of a passage between them, without labels."""
    pieces: list[_TypedLine] = []
    for place, line in enumerate(lines):
        is_inner = place not in items and place - 1 not in items
        if pieces and is_inner and pieces[-1].passage is line.passage:
            pieces[-1].span = Span(pieces[-1].span.start, line.span.end)
        else:
            pieces.append(replace(line, label=line.label if place in items else None))
    return pieces


def _parted(pieces: list[_TypedLine], changed: Container[int]) -> list[Passage]:
    """Return the parts of a passage, or the passage itself if it has no items."""
    passage = pieces[0].passage
    if id(passage) not in changed:
        return [passage]
    starts = [piece.span.start for piece in pieces]
    own: list[list[Mark]] = [[] for _ in pieces]
    for mark in passage.block.marks:
        first = max(0, bisect(starts, mark.span.start) - 1)
        for number in range(first, bisect(starts, mark.span.end)):
            own[number].append(mark)
    return [_passage_of(piece, marks) for piece, marks in zip(pieces, own, strict=True)]


def _lines(passage: Passage) -> Iterator[_TypedLine]:
    """Yield the lines of a paragraph, any other passage as a whole."""
    block = passage.block
    if block.kind != "paragraph" or not block.text:
        yield _TypedLine(passage, Span(0, len(block.text)), None)
        return
    start = 0
    for text in block.text.split("\n"):
        yield _TypedLine(passage, Span(start, start + len(text)), _LABEL.match(text))
        start += len(text) + 1


def _items(lines: list[_TypedLine]) -> dict[int, _TypedLine]:
    """Return the lines that are items, by their places."""
    items: dict[int, _TypedLine] = {}
    start = 0
    while start < len(lines):
        end = start + 1
        if lines[start].label:
            while end < len(lines) and lines[end].sign == lines[start].sign:
                if not _is_alike(lines[end - 1].passage, lines[end].passage):
                    break
                end += 1
            before = lines[start - 1].text if start else ""
            if end - start > 1 and _is_list(lines[start:end], before):
                items |= {place: lines[place] for place in range(start, end)}
        start = end
    return items


def _is_alike(one: Passage, other: Passage) -> bool:
    """Return whether two passages are at the same place of the page, perhaps in a box each."""
    here, there = one.block, other.block
    if (here.depth, here.quote_depth) != (there.depth, there.quote_depth):
        return False
    boxes = zip(islice(one.region.chain(), 1, 3), islice(other.region.chain(), 1, 3), strict=False)
    return one is other or any(box is same for box, same in boxes)


def _is_list(lines: list[_TypedLine], before: str) -> bool:
    label = lines[0].label
    if label and label["bullet"]:
        return True
    are_phrases = all(
        len(line.text) <= LONGEST_UNSURE and not line.text.endswith(_ENDS_SENTENCE)
        for line in lines
    )
    return before.endswith(_INTRODUCES) and are_phrases


def _passage_of(piece: _TypedLine, marks: list[Mark]) -> Passage:
    """Return a part of a passage, with the number of its characters within links."""
    label = piece.label.end() if piece.label else 0
    span = Span(piece.span.start + label, piece.span.end)
    block = part(replace(piece.passage.block, marks=tuple(marks)), span)
    if piece.label:
        block = replace(block, kind="list_item", depth=max(1, block.depth))
    linked = sum(len(mark.span) for mark in block.marks if mark.kind == "link")
    return replace(piece.passage, block=block, linked=linked, judged=None)
