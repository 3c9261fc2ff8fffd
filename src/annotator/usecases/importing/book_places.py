"""The places that e-readers name in books of this program, as passages of the article.

KOReader names them by XPointers, `/body/DocFragment[1]/body/section[2]/p[3]/text()[2].17`, others
by CFIs, `epubcfi(/6/2[a…]!/4/4[b7]/3,/1:0,/1:9)`, or by the same steps from the root of a file,
`point(/1/4/4/6/1:12)`. Both are followed in the chapter as it would be written now: with all
marks, with those that are older than its highlights, and with none, since nobody knows which the
book has. A place counts if the words there are those of the highlight. If the book had other
marks, its block still counts, since marks are inside of blocks. Only letters and digits are
counted, as in `cut_quote`.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cached_property
from itertools import islice
from typing import Final, NamedTuple
from xml.etree import ElementTree as ET

from annotator.anchoring.cut_quote import with_edges
from annotator.anchoring.describe import starts_of
from annotator.export.collection import CollectedArticle
from annotator.export.html.epub import chapter_of, chapter_text
from annotator.export.html.html_marks import Legend
from annotator.model import AnchoredMark, Article, ArticleRecord, Span

_XPOINTER: Final = re.compile(
    r"/body(?:\[1\])?/DocFragment(?:\[\d+\])?/body(?:\[1\])?((?:/[\w()-]+(?:\[\d+\])?)*)(?:\.(\d+))?"
)
_NAMED: Final = re.compile(r"/([\w-]+(?:\(\))?)(?:\[(\d+)\])?")
_CFI: Final = re.compile(r"epubcfi\([^!]*!(.*)\)")
_POINT: Final = re.compile(r"point\(/1((?:/\d+)+)(?::(\d+))?\)")
_STEP: Final = re.compile(r"/(\d+)(?:\[([^\]]*)\])?")
_BLOCK: Final = re.compile(r"b(\d+)")
_SPACE: Final = re.compile(r"[ \t\r\n]+")  # KOReader keeps one space of it, but in code


class BookPlaces:
    """Finds places in the chapter that an article with these marks makes in a book.

    `first` is when the first highlight was made in it.
    """

    def __init__(self, article: Article, marks: Sequence[AnchoredMark], first: datetime) -> None:
        self._article, self._marks, self._first = article, marks, first

    def find(self, place: str, quote: str) -> Span | None:
        """Return the passage that begins at a place and has the words of a quote, else None.

        It is empty if these are not words of the article, but the name of a picture.
        """
        wanted = _letters(quote)
        chapters = self._chapters if place and wanted else ()
        ways = [(chapter, chapter.follow(place)) for chapter in chapters]
        exact = [(chapter, at) for chapter, at in ways if chapter.letters.startswith(wanted, at)]
        for chapter, start in exact or [
            (chapter, chapter.once(wanted, at)) for chapter, at in ways
        ]:
            if start >= 0:
                span = self._passage(chapter, start, start + len(wanted))
                return with_edges(self._article.text, span, quote) if len(span) else span
        return None

    @cached_property
    def _chapters(self) -> Sequence["_Chapter"]:
        older = [mark for mark in self._marks if mark.annotation.created < self._first]
        return [_Chapter(self._article, marks) for marks in (self._marks, older, ())]

    def _passage(self, chapter: "_Chapter", start: int, end: int) -> Span:
        """Return what the article has of the letters of a chapter: no credits, no other names."""
        inside: list[int] = []
        for index in range(chapter.block_at(start), chapter.block_at(end - 1) + 1):
            first, last = chapter.letters_of(index)
            text = self._article.blocks[index].text
            offsets = [at for at, character in enumerate(text) if character.isalnum()]
            shift = chapter.letters[first:last].find(_letters(text))
            numbers = range(max(0, start - first - shift), min(len(offsets), end - first - shift))
            if shift >= 0 and numbers:
                begin = self._article.starts[index]
                inside += [begin + offsets[numbers[0]], begin + offsets[numbers[-1]] + 1]
        return Span(inside[0], inside[-1]) if inside else Span(0, 0)


class _Place(NamedTuple):
    """A text: the element that it is in, and how many of the elements in that are before it."""

    element: ET.Element
    number: int


class _Chapter:
    """The chapter of an article as it is in a book, with its letters as one string."""

    def __init__(self, article: Article, marks: Sequence[AnchoredMark]) -> None:
        record = ArticleRecord(article.id, article.url, article.title)
        collected = CollectedArticle(record=record, marks=marks)
        written = chapter_text(chapter_of(record, article, collected, Legend((), {})))
        self._root = ET.fromstring(written)  # noqa: S314 - it was written here
        self._starts: dict[_Place, int] = {}
        self._ids: dict[str, ET.Element] = {}
        self._blocks: list[int] = []  # where the letters of each begin, then where those of all end
        self._pieces: list[str] = []
        self._length = 0
        self._read(self._root)
        self.letters = "".join(self._pieces)

    def block_at(self, at: int) -> int:
        """Return the index of the block that a letter is in; the title is in none."""
        index = bisect_right(self._blocks, at) - 1
        return index if 0 <= index < len(self._blocks) - 1 else -1

    def letters_of(self, index: int) -> tuple[int, int]:
        """Return where the letters of a block begin and end."""
        return (self._blocks[index], self._blocks[index + 1]) if index >= 0 else (0, 0)

    def once(self, wanted: str, at: int) -> int:
        """Return where some letters begin in the block around a letter, -1 if not just once."""
        first, last = self.letters_of(self.block_at(at))
        starts = starts_of(wanted, self.letters[first : last + len(wanted) - 1])
        return first + starts[0] if len(starts) == 1 else -1

    def follow(self, place: str) -> int:
        """Return how many letters of the chapter are before what a place names, or its block."""
        if match := _XPOINTER.search(place):
            return self._before(self._by_names(match[1]), match[2], is_collapsed=True)
        if match := _POINT.search(place):
            return self._before(self._by_steps(match[1]), match[2])
        if match := _CFI.search(place):
            parent, _, rest = match[1].partition(",")
            path, _, offset = f"{parent}{rest.partition(',')[0]}".partition(":")
            return self._before(self._by_steps(path), offset)
        return 0

    def _before(self, place: _Place, offset: str | None, *, is_collapsed: bool = False) -> int:
        text, number = _text_of(place), int(offset[:9]) if offset and offset.isdecimal() else 0
        if not is_collapsed:  # as in browsers
            before = text.encode("utf-16-le")[: 2 * number].decode("utf-16-le", "ignore")
        elif _name(place.element) in {"pre", "code"}:
            before = text[:number]
        else:
            before = _SPACE.sub(" ", text)[:number]
        return self._starts[place] + len(_letters(before))

    def _by_names(self, path: str) -> _Place:
        element = next(self._root.iterfind("{*}body"))
        for name, number in _NAMED.findall(path):
            wanted = max(1, int(number[:6] or 1)) - 1
            if name == "text()":
                return next(islice(self._texts(element), wanted, None), _Place(element, 0))
            same = (child for child in element if _name(child) == name)
            element = next(islice(same, wanted, None), element)  # older paths also have boxes
        return _Place(element, 0)

    def _texts(self, element: ET.Element) -> Iterator[_Place]:
        """Yield the texts in an element, but for white space that begins it."""
        for number in range(len(element) + 1):
            place = _Place(element, number)
            if (text := _text_of(place)) and (number or text.strip()):
                yield place

    def _by_steps(self, path: str) -> _Place:
        element = self._root
        for step, name in _STEP.findall(path):
            number = int(step[:6])
            if name in self._ids:
                element = self._ids[name]
            elif number % 2:
                return _Place(element, min(number // 2, len(element)))
            elif 0 < number // 2 <= len(element):
                element = element[number // 2 - 1]
        return _Place(element, 0)

    def _read(self, element: ET.Element) -> None:
        if name := element.get("id", ""):
            self._ids[name] = element
            if _BLOCK.fullmatch(name):
                self._blocks.append(self._length)
        for number in range(len(element) + 1):
            if number:
                self._read(element[number - 1])
            place = _Place(element, number)
            self._starts[place] = self._length
            self._pieces.append(_letters(_text_of(place)))
            self._length += len(self._pieces[-1])
        if element.get("class") == "text":
            self._blocks.append(self._length)


def _text_of(place: _Place) -> str:
    element, number = place
    return (element[number - 1].tail if number else element.text) or ""


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]
