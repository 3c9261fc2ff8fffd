"""Facts in the elements of the page: headings, microdata, bylines, dates."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain, islice

from annotator.extract.blocks.visibility import hidden_rule
from annotator.extract.dom.elements import (
    Element,
    attribute,
    contains_any,
    folded,
    names_of,
    tag_of,
    text_of,
)
from annotator.extract.dom.mojibake import plain, plain_title
from annotator.extract.metadata.dates import date_in_address, first_date
from annotator.extract.metadata.facts import Facts
from annotator.extract.metadata.headline_area import Line, headline_of, is_teaser, lines_around
from annotator.extract.metadata.meta_tags import is_of_picture
from annotator.extract.metadata.people import likely_names, names, names_after_opening
from annotator.extract.metadata.shown_lines import (
    MAX_ABOVE,
    is_of_customer,
    is_update,
    joined_text,
    shown_agencies,
    shown_authors,
    shown_dates,
    shown_times,
    shown_updates,
)
from annotator.extract.metadata.titles import LEAST_WORDS
from annotator.model.data_file import wordings

MAX_ELEMENTS = 500  # of each kind that are searched
MAX_LINES = 10_000
_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_MARKING = ("rel", "itemprop", "class")  # attributes that may mark a byline or a date
MAX_IN_HEADING = 20  # elements
_NEAR = 3  # levels above the first author, within which others sign the same article
_LONGEST = 200  # characters of a byline; a longer one is a biography

_WORDINGS = wordings(__package__, "wordings.toml")
_AUTHOR_NAMES = re.compile(_WORDINGS["author-names"])
_NOT_THE_AUTHOR = re.compile(_WORDINGS["not-the-author"])
_KICKER = re.compile(_WORDINGS["kicker"])
_SIGN_OF_ANCHOR = re.compile(r"\s*(?:[¶🔗§]|\s#)$")
_HOME = re.compile(r"(?:https?://[^/?#]+)?/?(?:index\.(?:html?|php))?")
# The title of a post, where the first heading is the name of the blog, as on Blogger.
_POST_TITLE = re.compile(r"(?<!\S)(?:post-title|entry-title)(?!\S)")
_WRITTEN_BY = re.compile(_WORDINGS["written-by"], re.IGNORECASE)
_PLACE = re.compile(r" in [^\W\d_a-z][\w.’'-]*(?: [^\W\d_a-z][\w.’'-]*)*")  # “in New York”
_LINES = ("h2", "h3", "h4", "h5", "h6", "p", "div", "span", "strong", "em")
_SHORT = 80  # characters of a line that signs an article
# Dates of the subject of an article, such as a birthday.
_OF_SUBJECT = re.compile(r"\b(?:bday|dtstart|dtend)\b")
_PUBLISHED_NAMES = re.compile(_WORDINGS["published-names"])


def read_page(root: Element, url: str, known: Facts, title: str = "") -> Facts:
    """Return byline, dates and language as the page shows them.

    Facts that are known from better sources are not searched for.
    """
    language = attribute(root, "lang") or attribute(root, _XML_LANGUAGE)
    marked = _Marked(root)
    is_known = bool(known.byline and known.published and known.modified)
    headline = None if is_known else headline_of(root, title)
    lines = [] if headline is None else lines_around(headline)
    last = (
        attribute(time, "datetime") for time in islice(root.iter("time"), 1) if _is_update(time)
    )
    updates = chain(_properties(marked, "dateModified"), shown_updates(lines), last)
    byline = known.byline or shown_authors(lines) or _byline(marked) or _signed_below(root)
    return Facts(
        byline=byline,
        organisations=() if byline or known.organisations else shown_agencies(lines),
        published=known.published
        or first_date(_dates(root, url, marked, lines), language=language),
        modified=known.modified or first_date(updates, language=language),
        language=plain(language, limit=35),
    )


def page_title(root: Element) -> str:
    """Return the text of the `title` element."""
    return plain_title(root.findtext(".//title"))


def page_headings(root: Element) -> list[str]:
    """Return the visible `h1` headings, or a smaller one that is named as the only post's."""
    some = (element for element in islice(root.iter("h1", "h2", "h3"), 60))
    shown = [element for element in some if not hidden_rule(element)]
    posts = [element for element in shown if _POST_TITLE.search(names_of(element))]
    headings = [e for e in shown if tag_of(e) == "h1"][:20]
    if masthead(root):
        headings = [e for e in shown if _is_of_text(e)][:1] or headings
    if len(posts) == 1:
        headings = posts
    elif len(headings) == 1 and root.find(".//meta[@property='og:title']") is None:
        chapter = _chapter(headings[0], shown, page_title(root))
        headings = headings if chapter is None else [chapter]
    return [text for element in headings if (text := _heading(element))]


def masthead(root: Element) -> str:
    """Return the only first heading of a page if it leads home, as the name of a blog does."""
    first = list(islice(root.iter("h1"), 2))
    return _heading(first[0]) if len(first) == 1 and _leads_home(first[0]) else ""


def _leads_home(heading: Element) -> bool:
    """Return whether all words of a heading are a link to the front page."""
    link = next(heading.iter("a"), None)
    is_home = link is not None and _HOME.fullmatch(attribute(link, "href")) is not None
    return is_home and link is not None and folded(text_of(link)) == folded(text_of(heading))


def _is_of_text(heading: Element) -> bool:
    """Return whether a heading is in the main part of its page and not itself a link elsewhere."""
    is_main = any(tag_of(outer) in {"main", "article"} for outer in heading.iterancestors())
    return is_main and tag_of(heading) == "h2" and next(heading.iter("a"), None) is None


def _chapter(book: Element, headings: list[Element], title: str) -> Element | None:
    """Return the heading of a chapter below the name of its book, which ends the window's title."""
    name, whole = folded(text_of(book)), folded(title)
    own = whole.removesuffix(name) if name else whole
    below = headings[headings.index(book) + 1 :]  # what is above is the line over a headline
    same = (e for e in below if folded(text_of(e)) == own)
    return next(same, None) if 0 < len(own) < len(whole) else None


def _heading(element: Element) -> str:
    """Return the text of a heading, without a line above it that is an element of its own.

    Before a colon, such a line is the beginning of the title.
    """
    text = _SIGN_OF_ANCHOR.sub("", plain_title(text_of(element)))
    for child in islice(element.iterdescendants(), MAX_IN_HEADING):
        kicker = plain_title(text_of(child)) if _KICKER.search(names_of(child)) else ""
        rest = text.removeprefix(kicker).lstrip(" |/–—-") if kicker else text
        if rest != text and not rest.startswith(":") and len(rest.split()) >= LEAST_WORDS:
            return rest
    return text


class _Marked:
    """The elements of a page with an attribute that may mark a byline or a date."""

    def __init__(self, root: Element) -> None:
        self._root = root

    def having(self, name: str, *parts: str) -> list[Element]:
        """Return the elements whose attribute contains any of the parts."""
        marked = self._by_attribute[name]
        return [element for value, element in marked if contains_any(value, parts)][:MAX_ELEMENTS]

    @cached_property
    def _by_attribute(self) -> dict[str, list[tuple[str, Element]]]:
        marked = ((name, list[Element](self._root.iterfind(f".//*[@{name}]"))) for name in _MARKING)
        return {name: [(e.get(name, ""), e) for e in elements] for name, elements in marked}


def _byline(marked: _Marked) -> tuple[str, ...]:
    links = (e for e in marked.having("rel", "author") if tag_of(e) in {"a", "address", "span"})
    linked = (text_of(element, _LONGEST) for element in _together(links))
    for candidates in (linked, _properties(marked, "author"), _named_authors(marked)):
        if people := likely_names(names(candidates)):
            return people
    return ()


def _signed_below(root: Element) -> tuple[str, ...]:
    """Return the people in a line such as “Written by Ann Lee”, wherever it stands."""
    for element in islice(root.iter(*_LINES), MAX_LINES):
        said = (element.text or "").lstrip()[:40]
        if _WRITTEN_BY.match(said) and hidden_rule(element) is None:
            line = _PLACE.sub("", text_of(element, _LONGEST).split(";")[0].rstrip(")"))
            people = names_after_opening(_WRITTEN_BY.sub("By ", line)) if len(line) < _SHORT else ()
            if people:
                return people
    return ()


def _properties(marked: _Marked, name: str) -> Iterator[str]:
    """Yield the values of a microdata property, inner ones first: the `name` within `author`."""
    known = (element for element in marked.having("itemprop", name) if not is_of_customer(element))
    own = (element for element in known if not is_of_picture(element))
    for element in _together(own):
        below = element.iterdescendants()
        inner = next((node for node in below if "name" in node.get("itemprop", "")), element)
        words = attribute(inner, "content") or attribute(inner, "datetime")
        yield words or text_of(inner, _LONGEST)


def _together(elements: Iterable[Element]) -> Iterator[Element]:
    """Yield the first element and those near it: the others belong to other stories."""
    place: Element | None = None
    for element in elements:
        if place is None:
            place = next(islice(element.iterancestors(), _NEAR - 1, None), element)
        elif not any(above is place for above in islice(element.iterancestors(), _NEAR)):
            continue
        yield element


def _named_authors(marked: _Marked) -> Iterator[str]:
    for element in marked.having("class", "uthor", "utor", "yline", "riter", "card", "ontributor"):
        own = names_of(element)
        if not _AUTHOR_NAMES.search(own) or _NOT_THE_AUTHOR.search(own):
            continue
        links = (
            around for around in islice(element.iterancestors(), MAX_ABOVE) if tag_of(around) == "a"
        )
        if any(map(is_teaser, links)) or is_of_customer(element):
            continue
        text = joined_text(element)
        if 0 < len(text) <= _LONGEST and tag_of(element) not in {"body", "article", "meta"}:
            yield text
            return


def _dates(root: Element, url: str, marked: _Marked, lines: list[Line]) -> Iterator[str]:
    yield from _properties(marked, "datePublished")
    yield from shown_times(lines)
    yield date_in_address(url)
    yield from shown_dates(lines)
    times = list(islice(root.iter("time"), MAX_ELEMENTS))
    published = [
        element
        for element in times
        if element.get("pubdate") is not None or _PUBLISHED_NAMES.search(names_of(element))
    ]
    for element in [*published, *times[:1]]:
        if not (_OF_SUBJECT.search(names_of(element)) or _is_update(element)):
            yield attribute(element, "datetime") or text_of(element, _LONGEST)
    for element in marked.having("class", "date", "Date", "ublish", "time", "osted", "datum"):
        is_short = tag_of(element) in {"span", "div", "p", "li", "abbr"}
        own = names_of(element)
        if is_short and _PUBLISHED_NAMES.search(own) and not _OF_SUBJECT.search(own):
            yield attribute(element, "title") or text_of(element, _LONGEST)


def _is_update(time: Element) -> bool:
    """Return whether the line around a date says that it is the day of the last change."""
    around = (text_of(box, _SHORT) for box in islice(time.iterancestors(), 2))
    return any(is_update(line) for line in around if len(line) <= _SHORT)
