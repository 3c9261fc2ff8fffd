"""Alternate versions that a page links to: its next parts, an AMP page, a print version.

Parts that were fetched are joined, without the opening that each of them repeats.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from urllib.parse import parse_qsl, urlencode

from msgspec.structs import replace

from annotator.extract.dom.elements import Element, attribute, contains_any, names_of, text_of
from annotator.extract.dom.link_targets import absolute, parts_of
from annotator.extract.dom.parse import Tree
from annotator.model.article import Block
from annotator.model.data_file import wordings
from annotator.model.extraction import AlternateVersions, Completeness, Extraction, Removal
from annotator.model.identity import is_web_address

MAX_LINKS = 5_000
MAX_PARTS = 30  # of an article; a series with more is a list or a forum
AROUND = 6  # elements around a link whose names may say that it leads through comments

_PARAMETERS = frozenset({"page", "p", "pg", "part", "paged", "pagina", "seite", "page_number"})
_IN_FORUMS = _PARAMETERS | {"start", "sid"}  # the first post of a page, and the visitor
_NUMBER = re.compile(r"(?:[a-z]{0,10}\.? ?)?(\d{1,3})(?: ?(?:of|/|von|de|di|van) ?\d{1,3})?")
_WORDINGS = wordings(__package__, "wordings.toml")
_ONWARDS = re.compile(_WORDINGS["onwards"])
_PRINT = re.compile(_WORDINGS["print"])
_TO_PRINT = ("print", "druck", "imprim", "stampa")  # in addresses
_COMMENTS = re.compile(r"\b(?:comments?|kommentar\w*|replies|reviews?|forum)\b")
_PATH = re.compile(
    r"(?P<stem>.+?)(?:(?:(?:/page)?[/,]|/page-?)(?P<last>\d{1,3})|"
    r"(?:[_-]page)?[_-](?P<number>\d{1,3})(?P<end>\.\w{2,5}))"
)

OPENING = 8  # blocks of the first part among which a part may repeat its own beginning
HARDLY_ANY = 40  # words; a shorter part is the end of the article, not an incomplete page

_AGAIN = Removal("repeated", "part", "Repeats the beginning of the first part.", "")


def find_alternates(tree: Tree, url: str, *, is_thread: bool = False) -> AlternateVersions:
    """Return the alternate versions of the page at `url`, empty for one that is not on the web."""
    if not is_web_address(url) or not _stem(url)[0]:
        return AlternateVersions()
    here = _number_in(url)
    links = list(_links(tree, url))
    parts = _parts(links, tree.base, url, is_thread=is_thread)
    following = parts.get(here + 1, "")
    relations = ((attribute(link, "rel").lower().split(), link) for link in tree.root.iter("link"))
    amp = next((attribute(link, "href") for names, link in relations if "amphtml" in names), "")
    return AlternateVersions(
        following=following,
        parts=max(parts, default=here) - here if following else 0,
        amp=absolute(amp, tree.base),
        print_version=_print_version(links, tree.base, url),
    )


def _parts(links: Sequence[Element], base: str, url: str, *, is_thread: bool) -> dict[int, str]:
    """Return the URLs of the following parts of the same text, by their numbers."""
    stem, here = _stem(url), _number_in(url)
    parts: dict[int, str] = {}
    leads_back = here == 1 or not _PATH.fullmatch(parts_of(url).path.rstrip("/"))
    for link in links:
        address = absolute(attribute(link, "href"), base).partition("#")[0]
        if not address or _stem(address) != stem:
            continue
        number = _number_in(address)
        if is_thread and number == here == 1 and "start=" in address and "start=" not in url:
            match = _NUMBER.fullmatch(text_of(link).lower())
            number = int(match[1]) if match else here
        leads_back |= number < here
        if number > here and _leads_on(link, number, is_thread=is_thread):
            parts.setdefault(number, address)
    # A number at the end of a path may also be the id of an article.
    return parts if leads_back and max(parts, default=0) <= MAX_PARTS else {}


def _leads_on(link: Element, number: int, *, is_thread: bool) -> bool:
    """Return whether a link says that it leads to a part: by its relation, a number, or a word."""
    if "next" in attribute(link, "rel").lower().split():
        return True
    # A pager: "2", "Page 2 of 5", "Next page"; not that of the comments below.
    text = (text_of(link) or attribute(link, "aria-label") or attribute(link, "title")).lower()
    match = _NUMBER.fullmatch(text)
    is_named = int(match[1]) == number if match else bool(_ONWARDS.fullmatch(text))
    around = islice(link.iterancestors(), AROUND)
    return is_named and (
        is_thread or not any(_COMMENTS.search(names_of(holder)) for holder in around)
    )


def _links(tree: Tree, url: str) -> Iterator[Element]:
    """Yield the links that may lead to a part or a print version, by a quick test of their URLs."""
    # The last segment of the path is in the URLs of all parts.
    name = _stem(url)[1].rpartition("/")[2].partition(".")[0]
    links = islice(tree.root.iter("a", "link"), MAX_LINKS)
    targets = [(href, element) for element in links if (href := element.get("href"))]
    every = "\n".join(href for href, _ in targets)
    pieces = [piece for piece in (name, *_TO_PRINT) if piece and piece in every]
    for href, element in targets:
        if (name and href[0] == "?") or contains_any(href, pieces):
            yield element


@lru_cache(maxsize=1024)  # half of the links that are tested lead to the page itself
def _stem(url: str) -> tuple[str, str, str]:
    """Return host, path and query of a URL without the number of a part."""
    parts = parts_of(url)
    path = parts.path.rstrip("/")
    match = _PATH.fullmatch(path)
    path = f"{match['stem']}{match['end'] or ''}" if match else path
    pairs = [pair for pair in parse_qsl(parts.query) if pair[0].lower() not in _IN_FORUMS]
    return parts.netloc.lower().removeprefix("www."), path, urlencode(sorted(pairs))


@lru_cache(maxsize=1024)
def _number_in(url: str) -> int:
    """Return the number of the part at a URL; 1 for a URL without a number."""
    parts = parts_of(url)
    for name, value in parse_qsl(parts.query):
        if name.lower() in _PARAMETERS and value.isascii() and value.isdigit():
            return int(value[:4])
    match = _PATH.fullmatch(parts.path.rstrip("/"))
    return int(match["number"] or match["last"]) if match else 1


def _print_version(links: Sequence[Element], base: str, url: str) -> str:
    for link in links:
        text = (text_of(link, 60) or attribute(link, "title")).lower()
        if _PRINT.fullmatch(text):
            address = absolute(attribute(link, "href"), base).partition("#")[0]
            if address not in {"", url} and parts_of(address).netloc == parts_of(url).netloc:
                return address
    return ""


def join_parts(parts: Sequence[Extraction], missing: str) -> Extraction:
    """Return the parts as one article; `missing` is the URL of a part that could not be fetched."""
    blocks, removals = list[Block](), list[Removal]()
    for part in parts:
        # Each part begins with the title and the deck of the first.
        known = {(block.text, block.source) for block in blocks[:OPENING]}
        places = enumerate((block.text, block.source) for block in part.article.blocks)
        again = next((at for at, said in places if said not in known), len(part.article.blocks))
        names = replace(_AGAIN, before=len(blocks))
        removals += [replace(names, text=block.text) for block in part.article.blocks[:again]]
        shift = len(blocks) - again
        removals += [
            replace(removal, before=max(0, removal.before + shift)) for removal in part.removals
        ]
        blocks += part.article.blocks[again:]
    first = parts[0]
    removals.sort(key=lambda removal: removal.before)
    joined = replace(
        first,
        article=replace(first.article, blocks=tuple(blocks)),
        removals=tuple(removals),
        completeness=_completeness(parts),
        offers=replace(first.offers, following=parts[-1].offers.following, parts=0),
    )
    evidence = f"Part {len(parts) + 1} is missing: {missing}"
    return _partial(joined, evidence) if missing else joined


def label_first_part(extraction: Extraction) -> Extraction:
    """Return an extraction, labelled partial if it is the first of several parts."""
    offers = extraction.offers
    if not offers.following:
        return extraction
    more = "one more part" if offers.parts == 1 else f"{offers.parts} more parts"
    return _partial(extraction, f"The article continues in {more}, starting at {offers.following}")


def _completeness(parts: Sequence[Extraction]) -> Completeness:
    """Return the completeness of the first part that is incomplete, else that of the first part."""
    first, *others = parts
    counted = [first, *(part for part in others if part.article.word_count >= HARDLY_ANY)]
    labels = (part.completeness for part in counted if part.completeness.access != "full")
    return next(labels, first.completeness)


def _partial(extraction: Extraction, evidence: str) -> Extraction:
    label = extraction.completeness
    access = "partial" if label.access == "full" else label.access
    return replace(extraction, completeness=Completeness(access, (evidence, *label.evidence)))
