"""What a PDF says of itself: title, authors, date, DOI and the number at arXiv."""

import re
from itertools import pairwise

from annotator.extract.documents.pdf.headings import confirmed, title_lines
from annotator.extract.documents.pdf.lines import Lines, PdfText, PrintedLine
from annotator.extract.metadata.dates import iso
from annotator.extract.metadata.facts import Facts
from annotator.extract.metadata.people import names
from annotator.model.identity import doi_in
from annotator.model.text import clean_line, clean_text

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
