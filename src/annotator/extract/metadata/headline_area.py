"""The lines around the headline of a page, where it names who wrote the article, and when."""

from collections.abc import Iterator
from itertools import chain, islice

from msgspec import Struct

from annotator.extract.blocks.visibility import hidden_rule
from annotator.extract.dom.elements import (
    BLOCK_TAGS,
    SKIPPED_TAGS,
    Element,
    folded,
    names_of,
    tag_of,
    text_of,
    traverse,
)
from annotator.extract.metadata.titles import is_same

JOINT = " | "  # between the pieces of a line
MAX_HEADINGS = 40
MAX_LINES = 60
MAX_PROSE = 3  # paragraphs; a standfirst may have two
MAX_ABOVE = 3  # elements before the headline and its header
PROSE = 160  # characters of a line that is not about the article but of it
LONGEST = 1_000  # characters of a line that are read
LONGEST_ABOVE = 200
LEAST_TEASER = 80  # characters of a link around blocks that is more than a name and a job


class Line(Struct):
    """A line as the page shows it, and the inline elements in it."""

    element: Element
    pieces: list[str]
    elements: list[Element]

    @property
    def text(self) -> str:
        """The pieces, with a bar between those of different elements."""
        return JOINT.join(self.pieces)


def headline_of(root: Element, title: str) -> Element | None:
    """Return the first shown heading that is the title, else the first `h1` of the page."""
    marked = islice(root.iter("h1", "h2"), MAX_HEADINGS)
    headings = [heading for heading in marked if hidden_rule(heading) is None]
    same = (heading for heading in headings if is_same(text_of(heading), title))
    first = (h for h in headings if tag_of(h) == "h1" and folded(text_of(h)))
    return next(chain(same, first), None)


def lines_around(headline: Element) -> list[Line]:
    """Return the lines from the headline to the article's first paragraphs, then those above it."""
    reader = _LineReader(headline)
    for part in _following(headline):
        if reader.is_full:
            break
        reader.read(part)
    reader.end_line(headline)
    above = _LineReader(headline)
    for part in _above(headline):
        if len(text_of(part, LONGEST_ABOVE)) <= LONGEST_ABOVE:
            above.read(part)
            above.end_line(headline)
    return [*reader.lines, *above.lines]


def _following(element: Element) -> Iterator[Element]:
    """Yield what follows an element, in the order of the page: the elements nearest to it first."""
    within: Element | None = element
    while within is not None and tag_of(within) != "body":
        yield from within.itersiblings()
        within = within.getparent()


def _above(headline: Element) -> Iterator[Element]:
    parent = headline.getparent()
    yield from islice(headline.itersiblings(preceding=True), MAX_ABOVE)
    if parent is not None and tag_of(parent) != "body":
        yield from islice(parent.itersiblings(preceding=True), MAX_ABOVE)


class _LineReader:
    """Collects lines until there are enough of them or the article has begun."""

    def __init__(self, start: Element) -> None:
        self.lines: list[Line] = []
        self._prose = 0
        self._line = Line(start, [], [])
        self._is_new_piece = True
        self._length = 0

    @property
    def is_full(self) -> bool:
        return self._prose >= MAX_PROSE or len(self.lines) >= MAX_LINES

    def read(self, part: Element) -> None:
        """Read an element with all that is in it, and the text after it."""
        if self.enter(part):
            self.text(part.text)
            for child in part:
                if self.is_full:
                    break
                if self.enter(child):
                    traverse(child, self)
                    self.leave(child)
                self.text(child.tail)
            self.leave(part)
        self.text(part.tail)

    def enter(self, element: Element) -> bool:
        tag = tag_of(element)
        if self.is_full or tag in SKIPPED_TAGS or not tag or hidden_rule(element):
            return False
        if tag == "a" and is_teaser(element):
            return False
        if tag in BLOCK_TAGS or tag == "br":
            self.end_line(element)
        self._line.elements.append(element)
        self._is_new_piece = True
        return True

    def leave(self, element: Element) -> None:
        self._is_new_piece = True
        if tag_of(element) in BLOCK_TAGS:
            parent = element.getparent()
            self.end_line(element if parent is None else parent)

    def text(self, text: str | None) -> None:
        words = " ".join(text[: LONGEST * 10].split())[: LONGEST * 2] if text else ""
        if not words or self._length > LONGEST:
            return
        if self._is_new_piece:
            self._line.pieces.append(words)
        else:
            self._line.pieces[-1] += f" {words}"
        self._length += len(words)
        self._is_new_piece = False

    def end_line(self, element: Element) -> None:
        """End the line at the start or the end of a block; one without text lasts."""
        line = self._line
        if line.pieces:
            self.lines.append(line)
            links = (text_of(link) for link in line.elements if tag_of(link) == "a")
            is_linked = 2 * sum(map(len, links)) > len(line.text)
            self._prose += self._length > PROSE and not is_linked
            self._line, self._length = Line(element, [], []), 0
        else:
            line.element = element
        self._is_new_piece = True


def is_teaser(link: Element) -> bool:
    """Return whether a link holds the headline of another story, perhaps with its author."""
    holds_blocks = any(tag_of(child) in BLOCK_TAGS for child in link)
    return holds_blocks and len(text_of(link, LEAST_TEASER)) > LEAST_TEASER


def classes_of(line: Line) -> Iterator[tuple[Element, str]]:
    """Yield the elements of a line that have names, with these names."""
    for element in (line.element, *line.elements):
        if names := names_of(element):
            yield element, names
