"""Pages that are not articles: lists of other pages, and videos."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from annotator.extract.choice.density import is_prose, width_of
from annotator.extract.metadata.facts import Facts
from annotator.extract.passages import ArticleDraft, Passage, Region
from annotator.model.article import Article

LEAST_HEADLINES = 6  # headings with links to other pages, on a page that lists them
LEAST_LINKS = 12  # lines with such links, on a front page or a page that declares itself a list
LONGEST_CARD = 1_000  # characters of a headline and its summary
LEAST_HEADLINE = 15  # characters; menus have shorter ones
MOST_PROSE = 600  # Latin characters of the page's own text beside the list
A_HEADLINE = 100  # of these for each headline
MOST_OF_A_VIDEO = 250  # words of a video's description
MOST_BESIDE_A_VIDEO = 40  # words of a page that has a video but does not call itself one
LINK = 0.6  # share of links in a line that counts as a link
CARD_DEPTH = 3  # regions around a headline that may be its card

_ARTICLE = re.compile(
    r"(?:article|posting|report|analysis|review|recipe|howto|speech|column)$", re.IGNORECASE
)
_LISTS = frozenset({"CollectionPage", "SearchResultsPage", "ItemList"})
_VIDEO = re.compile(r"video(?:\.\w+)?")  # of Open Graph


def signs_of_other_page(article: Article, draft: ArticleDraft, facts: Facts) -> Iterator[str]:
    """Yield evidence that a page is not an article; none if the page calls itself one."""
    if any(map(_ARTICLE.search, facts.kinds)) or facts.published:
        return
    yield from _as_video(article, facts)
    yield from _as_list(article, draft, facts)


def _as_video(article: Article, facts: Facts) -> Iterator[str]:
    words = article.word_count
    if words < MOST_OF_A_VIDEO and any(map(_VIDEO.fullmatch, facts.kinds)):
        yield "The page describes itself as a video."
    elif words < MOST_BESIDE_A_VIDEO and "VideoObject" in facts.kinds:
        yield "The page has a video and hardly any text."


def _as_list(article: Article, draft: ArticleDraft, facts: Facts) -> Iterator[str]:
    links = [passage for passage in draft.passages if _is_headline(passage)]
    headlines = [passage for passage in links if passage.block.kind == "heading"]
    is_list = bool(_LISTS & facts.kinds) or _is_first_page(article.url)
    if len(headlines) < LEAST_HEADLINES and not (is_list and len(links) >= LEAST_LINKS):
        return
    own = _own_prose(draft, headlines)
    if own < min(MOST_PROSE, A_HEADLINE * len(links)):
        count = len({passage.text for passage in links})
        yield f"The page lists {count} other pages and has hardly any text of its own."


def _is_headline(passage: Passage) -> bool:
    is_long = len(passage.text) >= LEAST_HEADLINE
    return is_long and passage.link_density > LINK and not passage.region.hidden


def _own_prose(draft: ArticleDraft, headlines: list[Passage]) -> float:
    """Return the width of the prose outside the cards of headlines."""
    cards = {card for headline in headlines for card in _cards(headline.region)}
    return sum(
        width_of(passage.text)
        for passage in draft.kept
        if is_prose(passage) and cards.isdisjoint(passage.region.chain())
    )


def _cards(region: Region) -> Iterator[Region]:
    """Yield the regions around a headline with little else in them."""
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
