"""Pages that are no article: those that list others, and those that show a video."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from annotator.extract.content.density import is_prose, width_of
from annotator.extract.metadata.facts import Facts
from annotator.extract.passages import Draft, Passage, Region
from annotator.model.article import Article

LEAST_HEADLINES = 6  # headings that lead to other pages, of a page that lists them
LEAST_LINKS = 12  # lines that do, of a page that calls itself a list, or is a site's first
LONGEST_CARD = 1_000  # characters: a headline, and what it is about
LEAST_HEADLINE = 15  # characters; menus have shorter ones
MOST_PROSE = 600  # Latin characters of text of a page's own, beside its list
A_HEADLINE = 100  # of them for each headline
MOST_OF_A_VIDEO = 250  # words that tell what is to be seen
MOST_BESIDE_A_VIDEO = 40  # of a page that says no more than that it has one
LINK = 0.6  # share of a line that makes it a link
CARD_DEPTH = 3  # regions around a headline among which its card is

_ARTICLE = re.compile(
    r"(?:article|posting|report|analysis|review|recipe|howto|speech|column)$", re.IGNORECASE
)
_LISTS = frozenset({"CollectionPage", "SearchResultsPage", "ItemList"})
_VIDEO = re.compile(r"video(?:\.\w+)?")  # of Open Graph


def signs_of_other_page(article: Article, draft: Draft, facts: Facts) -> Iterator[str]:
    """Yield what says that a page is no article; nothing of one that calls itself an article."""
    if any(map(_ARTICLE.search, facts.kinds)) or facts.published:
        return
    yield from _as_video(article, facts)
    yield from _as_list(article, draft, facts)


def _as_video(article: Article, facts: Facts) -> Iterator[str]:
    words = article.word_count
    if words < MOST_OF_A_VIDEO and any(map(_VIDEO.fullmatch, facts.kinds)):
        yield "The page calls itself a video."
    elif words < MOST_BESIDE_A_VIDEO and "VideoObject" in facts.kinds:
        yield "The page holds a video, and hardly any text."


def _as_list(article: Article, draft: Draft, facts: Facts) -> Iterator[str]:
    links = [passage for passage in draft.passages if _is_headline(passage)]
    headlines = [passage for passage in links if passage.block.kind == "heading"]
    is_list = bool(_LISTS & facts.kinds) or _is_first_page(article.url)
    if len(headlines) < LEAST_HEADLINES and not (is_list and len(links) >= LEAST_LINKS):
        return
    own = _own_prose(draft, headlines)
    if own < min(MOST_PROSE, A_HEADLINE * len(links)):
        count = len({passage.text for passage in links})
        yield f"The page lists {count} others, and has hardly any text of its own."


def _is_headline(passage: Passage) -> bool:
    is_long = len(passage.text) >= LEAST_HEADLINE
    return is_long and passage.link_density > LINK and not passage.region.hidden


def _own_prose(draft: Draft, headlines: list[Passage]) -> float:
    """Return how wide the text is that stands in no card of a headline."""
    cards = {card for headline in headlines for card in _cards(headline.region)}
    return sum(
        width_of(passage.text)
        for passage in draft.kept
        if is_prose(passage) and cards.isdisjoint(passage.region.chain())
    )


def _cards(region: Region) -> Iterator[Region]:
    """Yield the regions around a headline that hold it and little more."""
    for _, around in zip(range(CARD_DEPTH), region.chain(), strict=False):
        if around.characters <= LONGEST_CARD:
            yield around


def _is_first_page(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    is_web = parts.scheme in {"http", "https"}
    return is_web and parts.path in {"", "/"} and not parts.query
