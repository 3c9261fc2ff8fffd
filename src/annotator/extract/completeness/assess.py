"""The completeness of an article: paywalled, partial, an error page and so on, with evidence."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from annotator.extract.choice.density import first_prose, is_prose, width_of
from annotator.extract.completeness.lost_text import (
    remarks_on_lines,
    signs_of_lost_offer,
    signs_of_lost_text,
)
from annotator.extract.completeness.walls import (
    PaidPart,
    breaks_off,
    find_paid_part,
    find_walls,
    says_that_text_goes_on,
    tells_share_left,
)
from annotator.extract.dom.elements import Element, attribute, folded, tag_of, text_of, words
from annotator.extract.dom.link_targets import parts_of
from annotator.extract.dom.mojibake import plain
from annotator.extract.families import hit_of_line, line_of, policy_of
from annotator.extract.metadata.facts import Facts
from annotator.extract.metadata.json_ld import ARTICLE_TYPE
from annotator.extract.passages import ArticleDraft, Passage
from annotator.extract.residue.boxes import LEARNED
from annotator.model.article import Article
from annotator.model.data_file import wordings
from annotator.model.extraction import NEEDS_BROWSER, Completeness
from annotator.model.text import clean_line

SHORT = 250  # words; a shorter text may be a teaser
HARDLY_ANY = 40  # words
ALL = 0.8  # share of what a page shows that is all of it
MOST_LINKS = 0.5  # share of links in a line that counts
MEDIUM = 600  # words; a prompt behind a longer text does not mean that there is more
LONG = 1_500  # words; the part of an article before a wall is shorter, whatever the wall says
DECLARED_SHARE = 0.6  # share of the text in the page's metadata, below which the text is cut
MORE_POSTS = 1.5  # times those that were read of a live blog; a page that lists as many lacks some
LAST = 60  # letters at the end of that text

_WORDINGS = wordings(__package__, "wordings.toml")
_ERROR = re.compile(_WORDINGS["error"])
_CONSENT = re.compile(_WORDINGS["consent"])
_NEEDS_SCRIPTS = re.compile(r"(?<![a-z])java ?script(?![a-z])", re.IGNORECASE)
# Names that frameworks give to the element that scripts fill.
_ROOTS = words(
    "root app app-root application __next __nuxt ___gatsby main-app mount q-app react-root svelte"
)
_ROOT_TAGS = ("div", "main", "app-root", "ember-app")
MANY_SCRIPTS = 5

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


class _Wall(NamedTuple):
    """The prompts behind a text, and the part that its page calls paid, if it names one."""

    prompts: list[Passage]
    paid: PaidPart | None


def assess_completeness(
    article: Article, draft: ArticleDraft, facts: Facts, *, root: Element | None, is_cut: bool
) -> Completeness:
    """Return how complete the article is.

    `root` is the tree of the page; `is_cut` says that its source was not complete. What asks
    to sign in below a thread is for those who want to reply.
    """
    prompts = [] if draft.is_thread else find_walls(draft)
    wall = _Wall(prompts, find_paid_part(root, facts.paid_parts, draft))
    return (
        _no_page(article, draft)
        or _needs_browser(article, root)
        or _other_page(article, draft, facts)
        or _paywalled(article, draft, facts, wall)
        or _partial(article, draft, facts, is_cut=is_cut)
        or Completeness("full", tuple(_remarks(draft, facts, wall)))
    )


def tell_kind(completeness: Completeness, told: str) -> Completeness:
    """Return the completeness with what the page was read as, if it has a text."""
    has_text = told and completeness.access in {"full", "partial", "paywalled"}
    return (
        Completeness(completeness.access, (*completeness.evidence, told))
        if has_text
        else completeness
    )


def _no_page(article: Article, draft: ArticleDraft) -> Completeness | None:
    """Recognise the page of an error, or of a notice that asks for consent first."""
    if article.word_count >= SHORT:
        return None
    above = draft.passages[: first_prose(draft.passages) or None]
    headings = [p.text for p in above if p.block.kind == "heading"][:3]
    for line in [article.title, *headings]:
        if _ERROR.fullmatch(line_of(line)):
            return Completeness("error_page", (f"The page says: “{line}”",))
    for line in [article.title, *headings]:
        if _CONSENT.fullmatch(line_of(line)):
            return Completeness("consent_wall", (f"The page asks for consent: “{line}”",))
    # A notice of consent in place of the page, with nothing but a headline beside it; no bar.
    notices = [p.text for p in draft.passages if is_prose(p) and _is_notice(p)]
    is_bare = article.word_count < HARDLY_ANY and not any(map(is_prose, draft.kept))
    beside = sum(len(p.text) for p in draft.passages if p.is_outside and not p.region.hidden)
    if is_bare and sum(map(len, notices)) > max(len(article.text), beside):
        return Completeness(
            "consent_wall", (f"There is little but a notice: “{notices[0][:120]}”",)
        )
    return None


def _is_notice(passage: Passage) -> bool:
    if passage.verdict is None:
        return False
    asks_consent = policy_of(passage.verdict.step).asks_consent
    is_box = asks_consent and passage.verdict.name.startswith("box-")
    hit = hit_of_line(line_of(passage.text))
    return is_box or (hit is not None and hit.rule.name == "cookie-notice")


def _other_page(article: Article, draft: ArticleDraft, facts: Facts) -> Completeness | None:
    evidence = tuple(signs_of_other_page(article, draft, facts))
    return Completeness("no_article", evidence) if evidence else None


def _needs_browser(article: Article, root: Element | None) -> Completeness | None:
    """Recognise a page whose text is loaded by scripts."""
    if root is None or article.word_count >= HARDLY_ANY:
        return None
    scripts = sum(1 for _ in root.iter("script"))
    asks = any(_NEEDS_SCRIPTS.search(text_of(element)) for element in root.iter("noscript"))
    has_root = scripts > 0 and any(
        attribute(element, "id").lower() in _ROOTS or tag_of(element) in _ROOTS
        for element in root.iter(*_ROOT_TAGS)
    )
    is_bare = scripts >= MANY_SCRIPTS and not article.text
    if not (asks or has_root or is_bare):
        return None
    return Completeness("partial", (NEEDS_BROWSER,))


def _paywalled(
    article: Article, draft: ArticleDraft, facts: Facts, wall: _Wall
) -> Completeness | None:
    walls, paid = wall
    if draft.is_thread:  # its prompts are for those who want to answer
        return None
    declared = (
        ["The page says that the article is not free to read."] if facts.is_free is False else []
    )
    if declared and paid and paid.is_missing:
        declared.append("The part that it calls paid is not in the text.")
    is_short = article.word_count < SHORT or breaks_off(draft)
    # “You have read 20 % of this article” is a wall whatever else the page says.
    said = next(filter(tells_share_left, walls), None)
    if said is None and facts.is_free is not True and article.word_count < LONG:
        # “Subscribe to read the rest”, right behind the text, unless the page says that it is free.
        said = next(filter(says_that_text_goes_on, walls[:1]), None)
    # Any prompt is a wall behind a teaser, or behind a longer text without the paid part.
    longest = LONG if paid and paid.is_missing else MEDIUM
    if said is None and walls and (is_short or (declared and article.word_count < longest)):
        said = walls[0]
    if said is not None:
        end = f"The text ends at a paywall: “{clean_line(said.text, limit=160)}”"
        return Completeness("paywalled", (end, *declared))
    # A short piece of news that is not free, but is served whole, has no prompt behind it.
    is_there = paid is not None and paid.is_there and not breaks_off(draft)
    is_teaser = declared and is_short and not is_there
    return Completeness("paywalled", tuple(declared)) if is_teaser else None


def _partial(
    article: Article, draft: ArticleDraft, facts: Facts, *, is_cut: bool
) -> Completeness | None:
    evidence = []
    if is_cut:
        evidence.append("The page was cut off, or is too large to be read completely.")
    # Some sites give the text twice, or with that of other articles: then it ends in the middle
    # of ours, or as ours does.
    body = facts.body if len(article.text) < DECLARED_SHARE * len(facts.body) else ""
    letters = folded(plain(body, limit=len(body)))
    is_longer = len(article.text) < DECLARED_SHARE * len(letters)
    if is_longer and letters[-LAST:] not in folded(article.text):
        evidence.append("The page's metadata has a longer text than the page shows.")
    if article.word_count < HARDLY_ANY and not _has_all(draft):
        evidence.append("There is hardly any text.")
    if facts.updates > MORE_POSTS * draft.updates > 0:
        evidence.append(f"The page lists {facts.updates} posts, and has {draft.updates} of them.")
    evidence += signs_of_lost_text(draft, article.url)
    if not (evidence or draft.is_thread or draft.is_article):
        evidence += signs_of_lost_offer(draft)
    return Completeness("partial", tuple(evidence)) if evidence else None


def _has_all(draft: ArticleDraft) -> bool:
    """Return whether hardly anything that the page shows is not in the article, as on a note."""
    shown = [p for p in draft.passages if not p.region.hidden and p.link_density < MOST_LINKS]
    kept = sum(len(passage.text) for passage in shown if passage.is_kept)
    return 0 < ALL * sum(len(passage.text) for passage in shown) <= kept


def _remarks(draft: ArticleDraft, facts: Facts, wall: _Wall) -> Iterator[str]:
    """Yield signs of a meter or a paywall on a page that has its complete text all the same.

    Also what little cleaning may have taken from its middle.
    """
    yield from remarks_on_lines(draft)
    if facts.is_free is False:
        is_there = wall.paid is not None and wall.paid.is_there
        but = "the part that it calls paid is there" if is_there else "its text looks complete"
        yield f"The page says that the article is not free to read, but {but}."
    counters = [
        p.text
        for p in draft.passages
        if p.verdict and p.verdict.name != LEARNED and policy_of(p.verdict.step).counts_things
    ]
    if counters:
        yield f"The site counts free articles: “{clean_line(counters[0], limit=160)}”"
    if wall.prompts:
        yield f"A prompt follows the text: “{clean_line(wall.prompts[0].text, limit=160)}”"


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
