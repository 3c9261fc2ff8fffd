"""Headings and the title: large or bold lines, and what the file's own table of contents names."""

import re
from collections.abc import Mapping, Sequence

from annotator.extract.documents.pdf.columns import Placed, Setting
from annotator.extract.documents.pdf.lines import OutlineEntry, PrintedLine

_LARGER = 1.12  # than the text
_LONGEST, _LONGEST_BOLD = 200, 120  # characters
_MOST_LINES = 3  # of a heading in the size of the text
_FIRST_LEVEL, _LAST_LEVEL = 2, 6
_LONGEST_TITLE = 5  # lines
_MOST_WORDS, _LONG_SENTENCE = 40, 12  # of a title
_OF_TITLE = 0.95  # of the largest size: the lines of a title
_SAID = 0.6  # of the words of the title in the file's properties, in the largest lines
_WORD = re.compile(r"\w+")
_NONE = re.compile(
    r"(?:fig(?:ure|ura|\.)|tab(?:le|elle|leau|la)|abbildung) ?\d|.*(?:\.{4}|…{2})", re.IGNORECASE
)
_NUMBERS = re.compile(r"(?:\d{1,2}\.)*\d{1,2}\.?(?=\s)|[A-Z]\.(?=\s)|[IVX]{1,5}\.(?=\s)")


class Headings:
    """Says which paragraphs are headings, and of which level."""

    def __init__(self, outline: Sequence[OutlineEntry], setting: Setting) -> None:
        self._setting = setting
        self._outline: Mapping[tuple[str, int], int] = {
            (_letters(entry.title), page): entry.level
            for entry in reversed(outline)
            for page in (entry.page - 1, entry.page, entry.page + 1)
        }
        self._sizes: dict[float, int] = {}

    def is_heading(self, paragraph: Sequence[Placed], text: str) -> bool:
        """Return whether a paragraph is a heading."""
        if not text or len(text) > _LONGEST or not _WORD.search(text) or _NONE.match(text):
            return False
        if self._level_in_outline(paragraph, text):
            return True
        size = max(one.line.size for one in paragraph)
        if size > _LARGER * self._setting.size:
            return any(letter.isalpha() for letter in text)
        is_bold = all(one.line.is_bold for one in paragraph)
        if not is_bold or len(paragraph) > _MOST_LINES or len(text) > _LONGEST_BOLD:
            return False
        return size > 0.9 * self._setting.size and not text.endswith((",", ";"))

    def remember(self, paragraphs: Sequence[Sequence[Placed]]) -> None:
        """Give the sizes of all headings, from which their levels follow."""
        sizes = sorted({self._size(paragraph) for paragraph in paragraphs}, reverse=True)
        self._sizes = {size: _FIRST_LEVEL + place for place, size in enumerate(sizes)}

    def level(self, paragraph: Sequence[Placed], text: str) -> int:
        """Return the level of a heading, from the outline, its number or its size."""
        level = self._level_in_outline(paragraph, text)
        if level:
            level += 1
        elif match := _NUMBERS.match(text):
            level = 1 + len([part for part in match[0].split(".") if part])
        else:
            level = self._sizes.get(self._size(paragraph), _FIRST_LEVEL)
        return min(level, _LAST_LEVEL)

    def is_in_outline(self, paragraph: Sequence[Placed], text: str) -> bool:
        """Return whether the file's own contents name a paragraph."""
        return self._level_in_outline(paragraph, text) > 0

    def _level_in_outline(self, paragraph: Sequence[Placed], text: str) -> int:
        page = paragraph[0].line.page
        letters = _letters(text)
        if not letters:
            return 0
        plain = _letters(_NUMBERS.sub("", text, count=1))
        return self._outline.get((letters, page)) or self._outline.get((plain, page)) or 0

    def _size(self, paragraph: Sequence[Placed]) -> float:
        bold = all(one.line.is_bold for one in paragraph)
        return round(max(one.line.size for one in paragraph) * 2) / 2 + (0.1 if bold else 0)


def title_lines(lines: Sequence[PrintedLine], body: float) -> list[PrintedLine]:
    """Return the lines of the title: the largest of the first page, if they are few."""
    first = [line for line in lines if line.page == lines[0].page]
    letters = [line for line in first if len(_WORD.findall(line.text)) and len(line.text) > 1]
    largest = max((line.size for line in letters if any(map(str.isalpha, line.text))), default=0)
    if largest <= _LARGER * body:
        return []
    title = [line for line in letters if line.size > _OF_TITLE * largest]
    run: list[PrintedLine] = []
    for line in title:  # one below the other
        if run and not 0 < run[-1].base - line.base < 2.2 * line.size:
            break
        run.append(line)
    words = sum(len(_WORD.findall(line.text)) for line in run)
    is_sentence = bool(run) and run[-1].text.rstrip().endswith(".") and words > _LONG_SENTENCE
    return [] if len(run) > _LONGEST_TITLE or words > _MOST_WORDS or is_sentence else run


def confirmed(title: str, lines: Sequence[PrintedLine]) -> bool:
    """Return whether the title in a file's properties stands in the largest lines of page 1.

    Programs leave there what they like: "Microsoft Word - Draft3.doc", or that of a template.
    """
    said = set(_WORD.findall(title.lower()))
    shown = set(_WORD.findall(" ".join(line.text for line in lines).lower()))
    return len(said) > 0 and len(said & shown) >= _SAID * max(len(said), len(shown))


def _letters(text: str) -> str:
    return "".join(_WORD.findall(text)).lower()
