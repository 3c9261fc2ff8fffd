"""Pages that are not articles: lists of other pages, and videos."""

import re
from collections.abc import Iterator
from itertools import islice

from annotator.extract.choice.density import is_prose, width_of
from annotator.extract.dom.link_targets import parts_of
from annotator.extract.metadata.facts import Facts
from annotator.extract.metadata.json_ld import ARTICLE_TYPE
from annotator.extract.passages import ArticleDraft, Passage
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

_LISTS = frozenset({"CollectionPage", "SearchResultsPage", "ItemList"})
_VIDEO = re.compile(r"video(?:\.\w+)?")  # of Open Graph


def signs_of_other_page(article: Article, draft: ArticleDraft, facts: Facts) -> Iterator[str]:
    """Yield evidence that a page is not an article; none if the page calls itself one."""
    if any(map(ARTICLE_TYPE.search, facts.kinds)) or facts.published:
        return
    words = article.word_count
    if words < MOST_OF_A_VIDEO and any(map(_VIDEO.fullmatch, facts.kinds)):
        yield "The page describes itself as a video."
    elif words < MOST_BESIDE_A_VIDEO and "VideoObject" in facts.kinds:
        yield "The page has a video and hardly any text."
    yield from _as_list(article, draft, facts)


def _as_list(article: Article, draft: ArticleDraft, facts: Facts) -> Iterator[str]:
    if draft.is_list:
        count = sum(1 for p in draft.kept if p.link_density > LINK)
        yield f"The page lists {count} other pages and has hardly any text of its own."
        return
    links = [passage for passage in draft.passages if _is_headline(passage)]
    headlines = [passage for passage in links if passage.block.kind == "heading"]
    address = parts_of(article.url)
    is_front = address.scheme in {"http", "https"} and address.path in {"", "/"}
    is_list = bool(_LISTS & facts.kinds) or (is_front and not address.query)
    if len(headlines) < LEAST_HEADLINES and not (is_list and len(links) >= LEAST_LINKS):
        return
    # Of its own is what is outside the cards: a headline with its summary, and little else.
    around = (
        region for headline in headlines for region in islice(headline.region.chain(), CARD_DEPTH)
    )
    cards = {region for region in around if region.characters <= LONGEST_CARD}
    own = sum(
        width_of(passage.text)
        for passage in draft.kept
        if is_prose(passage) and cards.isdisjoint(passage.region.chain())
    )
    if own < min(MOST_PROSE, A_HEADLINE * len(links)):
        count = len({passage.text for passage in links})
        yield f"The page lists {count} other pages and has hardly any text of its own."


def _is_headline(passage: Passage) -> bool:
    is_long = len(passage.text) >= LEAST_HEADLINE
    return is_long and passage.link_density > LINK and not passage.region.hidden
