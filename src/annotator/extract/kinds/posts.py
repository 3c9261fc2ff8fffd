"""The posts of a thread: for each text who wrote it and when, from what is around it."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import NamedTuple

from annotator.extract.dom.elements import Element, attribute, names_of, tag_of, text_of
from annotator.extract.metadata.dates import first_date
from annotator.extract.passages import Region
from annotator.model.data_file import wordings
from annotator.model.text import clean_line

MOST_LEVELS = 12  # from the text of a post to the element that has its author as well
MOST_DEEP = 200  # levels of a page; deeper ones are made to do harm
MOST_ELEMENTS = 2_000  # of a post
LONGEST_NAME, LONGEST_DATE = 40, 60
WIDTH = 40  # pixels by which an answer is indented

_WORDINGS = wordings(__package__, "wordings.toml")
_AUTHOR_NAMES = re.compile(_WORDINGS["poster"])
_AUTHOR_LINK = re.compile(_WORDINGS["poster-link"])
_DATE_NAMES = re.compile(_WORDINGS["post-date-names"])
_DATE_TEXT = re.compile(_WORDINGS["post-date"])
_YEAR = re.compile(r"(?:19|20)\d\d|\d[./-]\d\d?[./-]\d\d\b")
_LEADING = re.compile(_WORDINGS["before-poster"], re.IGNORECASE)
_JOINED = re.compile(_WORDINGS["of-member"], re.IGNORECASE)
_NO_NAME = re.compile(_WORDINGS["no-poster"], re.IGNORECASE)


class Post(NamedTuple):
    """A post: the region of its text, who wrote it and when, as the page says."""

    region: Region
    author: str
    date: str
    written: str  # the date in ISO 8601, empty if the page only says “two days ago”
    depth: int  # among the answers to other posts


def read_posts(bodies: list[Region]) -> list[Post]:
    """Return the posts with some texts, each with what is around it up to the next post."""
    texts = [(body, body.element) for body in bodies if body.element is not None]
    counts = Counter(around for _, element in texts for around in _around(element))
    holders = [_holder(element, counts) for _, element in texts]
    depths = _depths([element for _, element in texts], holders)
    return [
        _post(body, holder, depth)
        for (body, _), holder, depth in zip(texts, holders, depths, strict=True)
    ]


def _holder(text: Element, counts: Counter[Element]) -> Element:
    """Return the largest element around a text that has no other one, within bounds."""
    holder = text
    for around in islice(text.iterancestors(), MOST_LEVELS):
        if counts[around] > 1 or tag_of(around) in {"body", "main"}:
            break
        holder = around
    return holder


def _depths(texts: list[Element], holders: list[Element]) -> list[int]:
    """Return how deep each post is among the answers to others, 0 for those of a flat thread."""
    above: list[tuple[Element, Element]] = []  # the open posts, each with what is around it
    depths: list[int] = []
    for text, holder in zip(texts, holders, strict=True):
        beside = {parent: child for child, parent in pairwise((text, *_around(text)))}
        # A post has no answer where it leads to another one, or to a sibling of that.
        closed = (
            at
            for at, (other, outer) in enumerate(above)
            if outer not in beside or beside[outer].tag == other.tag
        )
        del above[next(closed, len(above)) :]
        depths.append(len(above))
        around = holder.getparent()
        if around is not None:
            above.append((holder, around))
    # Answers to the first post alone are the thread itself.
    is_answered = len(depths) > 1 and min(depths[1:]) > 0
    depths = [max(0, depth - 1) for depth in depths] if is_answered else depths
    return [max(pair) for pair in zip(depths, map(_indent, holders), strict=True)]


def _indent(holder: Element) -> int:
    """Return how deep a row of Hacker News is, which has no boxes within each other."""
    cell = next((e for e in holder.iter("td") if e.get("class") == "ind"), None)
    if cell is None:
        return 0
    image = cell.find("img")
    width = attribute(image, "width") if image is not None else ""
    said = attribute(cell, "indent")
    return int(said) if said.isdecimal() else int(width) // WIDTH if width.isdecimal() else 0


def signature_of(holder: Element) -> tuple[str, str]:
    """Return the author and the date in an element, empty where it has none."""
    beside = list(_beside(holder, None))
    return _author(beside), _date(beside)[0]


def _around(element: Element) -> Iterator[Element]:
    return islice(element.iterancestors(), MOST_DEEP)


def _post(body: Region, holder: Element, depth: int) -> Post:
    beside = list(_beside(holder, body.element))
    # The row above has them in some tables.
    row = holder.getprevious()
    author = _author(beside) or (_author(list(_beside(row, None))) if row is not None else "")
    date, written = _date(beside)
    if not date and row is not None:
        date, written = _date(list(_beside(row, None)))
    return Post(body, author, date, written, depth)


def _beside(holder: Element, body: Element | None) -> Iterator[Element]:
    """Yield the elements of a post that are not in its text."""
    skipped: set[Element] = set()
    for element in islice(holder.iter(), MOST_ELEMENTS):
        parent = element.getparent()
        if element is body or (parent is not None and parent in skipped):
            skipped.add(element)
        elif tag_of(element):
            yield element


def _author(beside: list[Element]) -> str:
    for element in beside:
        for name in ("data-author", "data-username", "author"):
            if (told := attribute(element, name)) and (value := _name(told)):
                return value
    for element in beside:
        if element.get("itemprop") == "author":
            own = next((e for e in element.iter() if e.get("itemprop") == "name"), element)
            if value := _name(attribute(own, "content") or _first_line(own)):
                return value
    for element in beside:
        if _AUTHOR_NAMES.search(names_of(element)) and (value := _name(_first_line(element))):
            return value
    links = (e for e in beside if tag_of(e) == "a")
    linked = [e for e in links if _AUTHOR_LINK.search(attribute(e, "href"))]
    terms = [e for e in beside if tag_of(e) == "dt"][:1]  # the first of a list about the author
    said = (_name(text_of(e, LONGEST_NAME)) for e in (*linked, *terms))
    return next(filter(None, said), "")


def _first_line(element: Element) -> str:
    """Return the first text in an element that may be a name, such as that of its link."""
    whole = text_of(element, LONGEST_NAME)
    if len(whole) <= LONGEST_NAME:
        links = (text_of(e, LONGEST_NAME) for e in element.iter("a"))
        return next(filter(_name, links), whole)
    return next(filter(_name, (text_of(e, LONGEST_NAME) for e in element.iter("a", "b"))), "")


def _name(text: str) -> str:
    line = _LEADING.sub("", clean_line(text)).strip(" ,:·•|")
    is_short = 0 < len(line) <= LONGEST_NAME and "://" not in line and not line.endswith("?")
    is_name = is_short and not _NO_NAME.fullmatch(line)
    return line if is_name else ""


def _date(beside: list[Element]) -> tuple[str, str]:
    """Return the date of a post as it is shown, and in ISO 8601."""
    times = [e for e in beside if tag_of(e) in {"time", "relative-time"}]
    marked = [e for e in beside if e.get("itemprop") in {"datePublished", "dateCreated"}]
    named = [e for e in beside if _DATE_NAMES.search(names_of(e))]
    for element in [*marked, *times, *named]:
        shown = clean_line(text_of(element, LONGEST_DATE * 2))
        said = [attribute(element, name) for name in ("datetime", "content", "title")]
        inner = element.find(".//time") if tag_of(element) != "time" else None
        if inner is not None:
            said.append(attribute(inner, "datetime"))
        if _JOINED.search(shown):
            continue
        written = first_date([*said, shown])
        if len(shown) <= LONGEST_DATE and _YEAR.search(shown):
            return _LEADING.sub("", shown).strip(" ,:·•|»«"), written
        if written:
            return written[:10], written
    for element in beside:
        around = element.getparent()
        for piece, holder in ((element.text, element), (element.tail, around)):
            line = clean_line(piece or "")
            if len(line) > LONGEST_DATE or not _DATE_TEXT.search(line) or holder is None:
                continue
            if not _JOINED.search(text_of(holder, LONGEST_DATE * 2)):
                return _LEADING.sub("", line).strip(" ,:·•|»«"), first_date([line])
    return "", ""
