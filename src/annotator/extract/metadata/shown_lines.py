"""Authors and dates in the lines that a page shows around its headline."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice

from annotator.extract.dom.elements import (
    HEADINGS,
    Element,
    attribute,
    finder,
    names_of,
    tag_of,
    text_of,
    texts_of,
)
from annotator.extract.metadata.headline_area import JOINT, Line, classes_of
from annotator.extract.metadata.people import (
    agencies,
    east_asian_names,
    is_full_name,
    is_opening,
    is_signed,
    likely_names,
    names,
    names_after_opening,
)
from annotator.model.data_file import wordings

LONGEST_BYLINE = 200
LONGEST_DATE = 80
MAX_ABOVE = 6  # levels from an author to the link that holds a story, or to the box of a review
_MOST_APART = 2  # lines between two names of one byline

_WORDINGS = wordings(__package__, "wordings.toml")
_PAGE_OF_AUTHOR = re.compile(_WORDINGS["page-of-author"], re.IGNORECASE)
_NAMED = re.compile(_WORDINGS["signed"])
_NOT_NAMED = re.compile(_WORDINGS["not-signed"])
_OF_CUSTOMERS = finder(_WORDINGS["of-customers"])
_CREDIT = re.compile(_WORDINGS["credit"], re.IGNORECASE)
_UPDATED = re.compile(_WORDINGS["updated"], re.IGNORECASE)
_DATE = re.compile(_WORDINGS["shown-date"])
_DEADLINE = re.compile(_WORDINGS["deadline"], re.IGNORECASE)
_AFTER_DATE = re.compile(_WORDINGS["date-of-author"], re.IGNORECASE)


def shown_authors(lines: list[Line]) -> tuple[str, ...]:
    """Return the people who sign the article: by links to their pages, by “By”, by class names."""
    if people := east_asian_names([" ".join(line.pieces) for line in lines]):
        return people
    for find in (_linked, _opened, _named, _dated):
        if people := find(lines):
            return people
    return ()


def shown_agencies(lines: list[Line]) -> tuple[str, ...]:
    """Return the agencies that are named in a line of their own."""
    return agencies(line.text for line in lines if len(line.text) <= LONGEST_DATE)


def shown_times(lines: list[Line]) -> Iterator[str]:
    """Yield the dates in `time` elements, those of an update last."""
    return _updates_last(lines, _times)


def shown_dates(lines: list[Line]) -> Iterator[str]:
    """Yield what may be dates in words or digits, those of an update last."""
    return _updates_last(lines, _written)


def shown_updates(lines: list[Line]) -> Iterator[str]:
    """Yield the dates of the lines that say when the article was updated."""
    for is_update, line in _labelled(lines):
        if is_update:
            yield from _times(line)
            yield from _written(line)


def _updates_last(lines: list[Line], dates_of: Callable[[Line], Iterable[str]]) -> Iterator[str]:
    updates: list[str] = []
    for is_update, line in _labelled(lines):
        if is_update:
            updates += dates_of(line)
        else:
            yield from dates_of(line)
    yield from updates


def _labelled(lines: list[Line]) -> Iterator[tuple[bool, Line]]:
    """Yield the lines, each with whether its date is that of an update."""
    is_label = False  # whether the line before is the label of an update
    for line in lines:
        begins = is_update(line.text)
        yield begins or is_label, line
        is_label = begins and _DATE.search(line.text) is None


def is_update(line: str) -> bool:
    """Return whether a line says that something was updated, before the first date in it."""
    label, date = _UPDATED.search(line), _DATE.search(line)
    return label is not None and (date is None or label.start() < date.start())


def joined_text(element: Element) -> str:
    """Return the text of an element with a bar between its pieces, or more than a byline has."""
    pieces, length = list[str](), 0
    for piece in texts_of(element):
        if words := " ".join(piece.split()):
            pieces.append(words)
            length += len(words)
        if length > LONGEST_BYLINE:
            break
    return JOINT.join(pieces)


def _times(line: Line) -> Iterator[str]:
    for element in line.elements:
        if tag_of(element) == "time":
            yield attribute(element, "datetime") or text_of(element, LONGEST_DATE)


def _written(line: Line) -> Iterator[str]:
    """Yield the dates in a short line, with their times if they have any."""
    text = " ".join(line.pieces)
    if _DEADLINE.search(text):
        return
    if len(line.pieces) > 1:
        yield from (piece for piece in line.pieces if len(piece) <= LONGEST_DATE)
    if len(text) <= LONGEST_DATE:
        yield text
    if len(text) <= LONGEST_BYLINE:
        yield from (date.group() for date in _DATE.finditer(text))


def _linked(lines: list[Line]) -> tuple[str, ...]:
    """Return the people whose pages are linked near the headline, not those of pictures."""
    authors: dict[str, None] = {}
    last = 0
    for at, line in enumerate(lines):
        if authors and at - last > _MOST_APART:
            break  # links further down are those of teasers
        # A heading that is not signed is that of another story or of a column.
        is_signed_line = _NAMED.search(names_of(line.element)) or is_signed(line.text)
        is_headline = tag_of(line.element) in HEADINGS and not is_signed_line
        if _CREDIT.search(line.text) or is_headline:
            continue
        values = [
            text_of(element, LONGEST_BYLINE)
            for element in line.elements
            if _is_author_link(element)
        ]
        if people := likely_names(names(values)):
            authors |= dict.fromkeys(people)
            last = at
    return tuple(authors)


def _is_author_link(element: Element) -> bool:
    if tag_of(element) != "a":
        return False
    is_marked = "author" in (attribute(element, "rel") + attribute(element, "itemprop"))
    return is_marked or bool(_PAGE_OF_AUTHOR.search(attribute(element, "href")[:500]))


def _opened(lines: list[Line]) -> tuple[str, ...]:
    """Return the people after a word such as “By”, in the same line or the next."""
    for at, line in enumerate(lines):
        if len(line.text) > LONGEST_BYLINE:
            continue
        # “By” alone, with the name in a box below it.
        if is_opening(line.text) and at + 1 < len(lines):
            people = names([lines[at + 1].text])
            if people and is_full_name(people[0]):
                return people
        # A section or a date before it: “Opinion | By Ann Lee”; in a list, a title of others.
        for start in range(1 if tag_of(line.element) == "li" else len(line.pieces)):
            text = JOINT.join(line.pieces[start:])
            dated = _AFTER_DATE.search(text)
            if people := names_after_opening(text[dated.end() :] if dated else text):
                return people
    return ()


def _named(lines: list[Line]) -> tuple[str, ...]:
    """Return the people in an element that is named after authors or bylines."""
    for line in lines:
        if _CREDIT.search(line.text):
            continue
        for element, own in classes_of(line):
            is_named = _NAMED.search(own) and not _NOT_NAMED.search(own)
            if is_named and not is_of_customer(element):
                text = joined_text(element)
                if len(text) <= LONGEST_BYLINE and (people := likely_names(names([text]))):
                    return people
    return ()


def is_of_customer(element: Element) -> bool:
    """Return whether an element is in the review of a buyer, or in what a customer says."""
    around = chain([element], islice(element.iterancestors(), MAX_ABOVE))
    return any(_OF_CUSTOMERS(f"{e.tag} of-{e.get('itemprop')} {names_of(e)}") for e in around)


def _dated(lines: list[Line]) -> tuple[str, ...]:
    """Return the people in a line that has only their names and a date."""
    for line in lines:
        is_linked = any(tag_of(element) == "a" for element in line.elements)
        is_short = len(line.text) <= LONGEST_DATE and not _UPDATED.search(line.text)
        dated = _DATE.search(line.text) if is_short and not is_linked else None
        people = names([line.text[: dated.start()].strip(" |,")]) if dated else ()
        if people and all(is_full_name(name) and name.lower() != name.upper() for name in people):
            return people
    return ()
