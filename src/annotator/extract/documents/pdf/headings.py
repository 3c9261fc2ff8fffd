"""Headings and the title of a PDF, and what it says of itself: authors, date, DOI, arXiv number."""

import re
from collections.abc import Sequence
from itertools import pairwise

from annotator.extract.documents.pdf.columns import Placed, Setting
from annotator.extract.documents.pdf.lines import Lines, OutlineEntry, PdfText, PrintedLine
from annotator.extract.metadata.dates import iso
from annotator.extract.metadata.facts import Facts
from annotator.extract.metadata.people import names
from annotator.model.identity import doi_in
from annotator.model.text import clean_line, clean_text

_LARGER, _SMALLEST = 1.12, 0.9  # than the text
_LONGEST, _LONGEST_BOLD, _MOST_LINES = 200, 120, 3  # characters, and lines
_FIRST_LEVEL, _LAST_LEVEL = 2, 6
_LONGEST_TITLE, _MOST_WORDS, _LONG_SENTENCE = 5, 40, 12  # lines and words of a title
_OF_TITLE = 0.95  # of the largest size: the lines of a title
_TITLE_PITCH = 2.2
_SAID = 0.8  # of the words of the title in the file's properties, in the largest lines
_WORD = re.compile(r"\w+")
_NONE = re.compile(  # captions, and lines of a table of contents
    r"(?:fig(?:ure|ura|\.)|tab(?:le|elle|leau|la)|abbildung) ?\d|.*(?:\.{4}|…{2})", re.IGNORECASE
)
_NUMBERS = re.compile(r"(?:\d{1,2}\.)*\d{1,2}\.?(?=\s)|[A-Z]\.(?=\s)|[IVX]{1,5}\.(?=\s)")

_FIRST_PAGES = 8  # of a book, the first of which are about something else
_LARGE = 1.1  # times the size of the text
_FRONT, _LONGEST_DATE = 12, 40  # lines below the title with authors and a date; its characters
_ARXIV = re.compile(r"arXiv:\s?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(v\d+)?", re.IGNORECASE)
_STAMP_DATE = re.compile(r"\d{1,2} [A-Z][a-z]{2} \d{4}")
_DOI = re.compile(r"doi(?:\.org/|:)?\s?(10\.\d{4,9}/[^\s\"<>]+)", re.IGNORECASE)
_BY = re.compile(r"(?:by|von|par|por|di) ", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*(?:[,;·]|\band\b|\bund\b|\bet\b|\t)\s*")
_NAME = re.compile(
    r"(?:(?:[A-ZÀ-Þ][\w'’-]*\.?|van|von|der|de|la|du|di|da|el|al) ){1,3}[A-ZÀ-Þ][\w'’-]+"
)
_PLACE = re.compile(r"universit|institut|department|college|corporation|@", re.IGNORECASE)


class Headings:
    """Says which paragraphs are headings, and of which level."""

    def __init__(self, outline: Sequence[OutlineEntry], setting: Setting) -> None:
        self._setting = setting
        self._outline = {
            (_letters(entry.title), page): entry.level
            for entry in reversed(outline)
            for page in (entry.page - 1, entry.page, entry.page + 1)
        }
        self._sizes: dict[float, int] = {}

    def is_heading(self, paragraph: Sequence[Placed], text: str) -> bool:
        """Return whether a paragraph is a heading."""
        if len(text) > _LONGEST or not _WORD.search(text) or _NONE.match(text):
            return False
        if self.level_in_outline(paragraph, text):
            return True
        size = max(one.line.size for one in paragraph)
        if size > _LARGER * self._setting.size:
            return any(letter.isalpha() for letter in text)
        is_short = len(paragraph) <= _MOST_LINES and len(text) <= _LONGEST_BOLD
        is_bold = is_short and all(one.line.is_bold for one in paragraph)
        return is_bold and size > _SMALLEST * self._setting.size and text[-1] not in ",;"

    def remember(self, headings: Sequence[Sequence[Placed]]) -> None:
        """Give the lines of all headings, from whose sizes their levels follow."""
        sizes = sorted({_size(heading) for heading in headings}, reverse=True)
        self._sizes = {size: _FIRST_LEVEL + place for place, size in enumerate(sizes)}

    def level(self, paragraph: Sequence[Placed], text: str) -> int:
        """Return the level of a heading, from the outline, its number or its size."""
        level = self.level_in_outline(paragraph, text)
        if level:
            level += 1
        elif match := _NUMBERS.match(text):
            level = 1 + len([part for part in match[0].split(".") if part])
        else:
            level = self._sizes.get(_size(paragraph), _FIRST_LEVEL)
        return min(level, _LAST_LEVEL)

    def level_in_outline(self, paragraph: Sequence[Placed], text: str) -> int:
        """Return the level that the file's own contents give a paragraph; 0 if none."""
        wordings = _letters(text), _letters(_NUMBERS.sub("", text, count=1))
        levels = (self._outline.get((one, paragraph[0].line.page), 0) for one in wordings if one)
        return next(filter(None, levels), 0)


def _size(paragraph: Sequence[Placed]) -> float:
    bold = all(one.line.is_bold for one in paragraph)
    return round(max(one.line.size for one in paragraph) * 2) / 2 + (0.1 if bold else 0)


def title_lines(lines: Lines, body: float) -> list[PrintedLine]:
    """Return the lines of the title: the largest of the first page, if they are few."""
    first = [line for line in lines if line.page == lines[0].page and len(line.text) > 1]
    largest = max((line.size for line in first if any(map(str.isalpha, line.text))), default=0)
    run: list[PrintedLine] = []
    for line in first if largest > _LARGER * body else ():
        if line.size > _OF_TITLE * largest and _WORD.search(line.text):
            if run and not 0 < run[-1].base - line.base < _TITLE_PITCH * line.size:
                break
            run.append(line)  # one below the other
    words = sum(len(_WORD.findall(line.text)) for line in run)
    is_sentence = words > _LONG_SENTENCE and run[-1].text.rstrip().endswith(".")
    return [] if len(run) > _LONGEST_TITLE or words > _MOST_WORDS or is_sentence else run


def confirmed(title: str, lines: Lines) -> bool:
    """Return whether the title in a file's properties stands in the largest lines of page 1.

    Programs leave there what they like: "Microsoft Word - Draft3.doc", or that of a template.
    """
    said = {*_WORD.findall(title.lower())}
    shown = {*_WORD.findall(" ".join(line.text for line in lines).lower())}
    return bool(said) and len(said & shown) >= _SAID * max(len(said), len(shown))


def _letters(text: str) -> str:
    return "".join(_WORD.findall(text)).lower()


def read_facts(text: PdfText, lines: Lines, title: str, shown: Lines) -> tuple[Facts, str]:
    """Return the facts about a file, and its DOI. `shown` are the lines of its title."""
    first = [line for line in text.lines if line.page == text.lines[0].page]
    printed = clean_text(" ".join(line.text for line in first))
    begun = [line for line in lines if line.page == 0]
    last = max((at for at, line in enumerate(begun) if line in shown), default=-1)
    front = begun[last + 1 : last + 1 + _FRONT]
    number = _ARXIV.search(f"{text.turned} {printed}")
    stamp = _STAMP_DATE.search(text.turned) if number else None
    dates = [line.text for line in front if len(line.text) < _LONGEST_DATE]
    facts = Facts(
        title=title,
        byline=_authors(text.author, printed) or _byline(front),
        site_name="arXiv" if number else "",
        published=next(filter(None, map(iso, [stamp[0]] if stamp else dates)), ""),
        canonical_url=f"https://arxiv.org/abs/{number[1]}" if number else "",
    )
    doi = _DOI.search(printed)
    of_arxiv = f"10.48550/arXiv.{number[1]}" if number else ""
    return facts, doi_in(doi[1]) if doi else of_arxiv


def title_of(text: PdfText, lines: Lines, body: float) -> tuple[str, list[PrintedLine]]:
    """Return the title, and its lines on the first page."""
    shown = title_lines(lines, body)
    said = text.title
    large = (one for one in lines if one.page < _FIRST_PAGES and one.size > _LARGE * body)
    if said and (confirmed(said, shown) if shown else any(confirmed(said, [x]) for x in large)):
        return said, shown
    return clean_line(" ".join(line.text for line in shown)), shown


def _authors(author: str, printed: str) -> tuple[str, ...]:
    """Return the authors in a file's properties if the first page has their names."""
    said = names([author]) if author else ()
    words = set(re.findall(r"\w+", printed.lower()))
    shown = [set(re.findall(r"\w+", name.lower())) for name in said]
    return said if all(len(name) > 1 and name <= words for name in shown) else ()


def _byline(front: Lines) -> tuple[str, ...]:
    """Return the authors below the title, where something says that these lines are names."""
    for line in front[:3]:
        if _BY.match(line.text):
            return names([line.text])
    people: list[str] = []
    for line, below in pairwise(front):
        parts = [part.strip(" ∗*†‡,") for part in _SEPARATOR.split(_without_raised(line))]
        parts = [part for part in parts if part]
        is_sure = len(parts) > 1 or line.raised or _PLACE.search(below.text) or iso(below.text)
        are_names = parts and all(map(_NAME.fullmatch, parts)) and not _PLACE.search(line.text)
        if not are_names or not (people or is_sure):
            break
        people += parts
    return names(["; ".join(people)]) if people else ()


def _without_raised(line: PrintedLine) -> str:
    text, end = "", 0
    for start, stop in line.raised:
        text, end = text + line.text[end:start] + ",", stop
    return text + line.text[end:]
