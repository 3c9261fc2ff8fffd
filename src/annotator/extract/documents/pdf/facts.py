"""What a PDF says of itself: title, authors, date, DOI and the number at arXiv."""

import re
from collections.abc import Sequence
from itertools import pairwise

from annotator.extract.documents.pdf.headings import confirmed, title_lines
from annotator.extract.documents.pdf.lines import PdfText, PrintedLine
from annotator.extract.metadata.dates import iso
from annotator.extract.metadata.facts import Facts
from annotator.extract.metadata.people import names
from annotator.model.identity import doi_in
from annotator.model.text import clean_line

_FIRST_PAGES = 8
_FRONT = 12  # lines below the title among which authors and a date are
_LONGEST_FRONT = 40  # characters of a line with a date
_ARXIV = re.compile(r"arXiv:\s?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(v\d+)?", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*(?:[,;·]|\band\b|\bund\b|\bet\b|\t)\s*")
_NAME = re.compile(
    r"(?:(?:[A-ZÀ-Þ][\w'’-]*\.?|van|von|der|de|la|du|di|da|el|al) ){1,3}[A-ZÀ-Þ][\w'’-]+"
)
_PLACE = re.compile(r"universit|institut|department|college|corporation|@", re.IGNORECASE)
_STAMP_DATE = re.compile(r"\d{1,2} [A-Z][a-z]{2} \d{4}")
_DOI = re.compile(r"(?:doi(?:\.org/|:)|DOI:?)\s?(10\.\d{4,9}/[^\s\"<>]+)", re.IGNORECASE)


def read_facts(
    text: PdfText, lines: Sequence[PrintedLine], title: str, shown: Sequence[PrintedLine]
) -> tuple[Facts, str]:
    """Return the facts about a file, and its DOI. `shown` are the lines of its title."""
    first = [line for line in text.lines if line.page == text.lines[0].page] if text.lines else []
    printed = " ".join(line.text for line in first)
    front = _below_title([line for line in lines if line.page == 0], shown)
    authors = _authors(text.author, printed) or _byline(front)
    number = _ARXIV.search(f"{text.turned} {printed}")
    stamp = _STAMP_DATE.search(text.turned) if number else None
    dates = [stamp[0]] if stamp else [x.text for x in front if len(x.text) < _LONGEST_FRONT]
    published = next(filter(None, map(iso, dates)), "")
    doi = _DOI.search(printed)
    facts = Facts(
        title=title,
        byline=authors,
        site_name="arXiv" if number else "",
        published=published,
        canonical_url=f"https://arxiv.org/abs/{number[1]}" if number else "",
    )
    if doi:
        return facts, doi_in(doi[1])
    return facts, f"10.48550/arXiv.{number[1]}" if number else ""


def title_of(
    text: PdfText, lines: Sequence[PrintedLine], body: float
) -> tuple[str, list[PrintedLine]]:
    """Return the title, and its lines on the first page."""
    if not lines:
        return "", []
    shown = title_lines(lines, body)
    printed = clean_line(" ".join(line.text for line in shown))
    if text.title and confirmed(text.title, shown):
        return text.title, shown
    if text.title and not shown:  # a book, the first pages of which are about something else
        large = [line for line in lines if line.page < _FIRST_PAGES and line.size > 1.1 * body]
        if any(confirmed(text.title, [line]) for line in large):
            return text.title, []
    return printed, shown


def _below_title(lines: Sequence[PrintedLine], title: Sequence[PrintedLine]) -> list[PrintedLine]:
    places = [at for at, line in enumerate(lines) if line in title]
    first = places[-1] + 1 if places else 0
    return list(lines[first : first + _FRONT])


def _authors(author: str, printed: str) -> tuple[str, ...]:
    """Return the authors in a file's properties whose names the first page has."""
    said = names([author]) if author else ()
    words = set(re.findall(r"\w+", printed.lower()))
    shown = [set(re.findall(r"\w+", name.lower())) for name in said]
    return said if all(len(name) > 1 and name <= words for name in shown) else ()


def _byline(front: Sequence[PrintedLine]) -> tuple[str, ...]:
    """Return the authors below the title, where something says that these lines are names."""
    for line in front[:3]:
        if re.match(r"(?:by|von|par|por|di) ", line.text, re.IGNORECASE):
            return names([line.text])
    people: list[str] = []
    for line, below in pairwise(front[:_FRONT]):
        parts = [part.strip(" ∗*†‡,") for part in _SEPARATOR.split(_without_raised(line))]
        parts = [part for part in parts if part]
        if (
            not parts
            or _PLACE.search(line.text)
            or not all(_NAME.fullmatch(part) for part in parts)
        ):
            break
        is_sure = len(parts) > 1 or line.raised or _PLACE.search(below.text) or iso(below.text)
        if not (people or is_sure):
            break
        people += parts
    return names(["; ".join(people)]) if people else ()


def _without_raised(line: PrintedLine) -> str:
    text, end = "", 0
    for start, stop in line.raised:
        text, end = text + line.text[end:start] + ",", stop
    return text + line.text[end:]
