"""A page as the scorer sees it: views of its passages, and totals over all of them.

A view has the properties of a passage that more than one feature needs.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from msgspec import Struct, field

from annotator.extract.choice.density import is_prose
from annotator.extract.dom.elements import letters_of, words
from annotator.extract.metadata.facts import Facts
from annotator.extract.passages import ArticleDraft, Passage, Region, Rule
from annotator.model.data_file import toml_beside

FAR = 30  # passages, or steps up the page; a larger distance makes no difference
LEAST_TEXT = 16  # characters of a passage at which a choice may begin or end
LEAST_TITLE = 13  # letters of a line that is the title, or a part of it

# For the main region:
LEVELS = 5  # regions outwards from a passage that get points
FIRST_LOSS, LOSS = 0.5, 0.6  # the share of the points that is left one level further out
SENTENCE_POINTS = 3.0
MOST_LENGTH_POINTS = 3.0
LENGTH_UNIT = 100  # characters

_BY_TAG = {"article": 1.2, "main": 1.2} | dict.fromkeys(
    ("aside", "nav", "footer", "form", "header"), 0.3
)

Signature = tuple[str, str, str, str]

LONGEST_KEY = 600  # characters; longer texts are compared without folding

WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"[.!?…。！？][\"”’»')\]]{0,3}(?:\s|$)")
_END = re.compile(r"[.!?…。！？][\"”’»'“)\]*]{0,3}\s*$")
_END_LENGTH = 40

_LISTS = toml_beside(__package__, "word_families.toml")
STOP_WORDS = words(_LISTS["stop"])
LINE_FAMILIES = {family: words(text) for family, text in _LISTS["lines"].items()}

# Of class names, only three kinds are told apart; what they say in detail, such as `share` or
# `author`, did not help on sites that had not been seen.
AROUND, ARTICLE, BODY = 1, 2, 4
_OF_WORD: dict[str, int] = {}
for _kind, _name in ((AROUND, "around"), (ARTICLE, "article"), (BODY, "body")):
    for _word in _LISTS["names"][_name].split():
        _OF_WORD[_word] = _OF_WORD.get(_word, 0) | _kind
_OUTER = words("article post entry story page main blog rich content")
_INNER = words("body text content copy")


class PassageView(Struct, eq=False):
    """A passage with a text."""

    index: int  # among all passages of the page
    passage: Passage
    length: int
    link_share: float
    sentences: int
    ends_sentence: bool
    is_ruled: bool  # the rules chose it
    is_prose: bool
    parent: int  # the index of the region around its own
    key: str  # its letters, for comparison


def passage_views(passages: list[Passage]) -> list[PassageView]:
    """Return a view of each passage that is shown and has a text."""
    return [
        PassageView(
            index=index,
            passage=passage,
            length=len(text),
            link_share=passage.link_density,
            sentences=len(_SENTENCE.findall(text)),
            ends_sentence=_END.search(text[-_END_LENGTH:]) is not None,
            is_ruled=passage.is_kept,
            is_prose=is_prose(passage),
            parent=passage.region.parent.index if passage.region.parent else -1,
            key=key_of(text),
        )
        for index, passage in enumerate(passages)
        if not passage.region.hidden and (text := passage.text).strip()
    ]


def key_of(text: str) -> str:
    """Return the letters of a text, to compare it with others."""
    return letters_of(text.lower()) if len(text) < LONGEST_KEY else text


class Tally(Struct):
    """Totals over some passages."""

    passages: int = 0
    prose: int = 0
    characters: int = 0
    linked: int = 0
    ruled: int = 0  # characters of passages that the rules chose

    def add(self, view: PassageView) -> None:
        """Count a passage."""
        self.passages += 1
        self.prose += view.is_prose
        self.characters += view.length
        self.linked += view.passage.linked
        self.ruled += view.length * view.is_ruled


def _tallies() -> "defaultdict[Any, Tally]":
    return defaultdict(Tally)


class Extent(NamedTuple):
    """The positions of the first and last passage that the rules chose, and their share of text."""

    first: int
    last: int
    share: float


class PageView(Struct, frozen=True):
    """A page to score. A position is an index into `passages`."""

    draft: ArticleDraft
    containers: Sequence[Rule | None]  # by the index of a region: the rule that calls it residue
    passages: list[PassageView]
    main: Region
    title: str
    excerpt: str
    total: int  # characters
    paragraphs: int  # of prose
    title_at: int  # a position, or -1
    ruled: Extent
    depth_of_main: dict[int, int]  # steps up from the main region, by the index of a region
    repeats: Counter[str] = field(default_factory=Counter)
    siblings: dict[int, Tally] = field(default_factory=_tallies)  # by the index of the parent
    alike: dict[Signature, Tally] = field(default_factory=_tallies)
    since_prose: list[int] = []
    until_prose: list[int] = []
    characters_before: list[int] = []
    prose_before: list[int] = []


def view_page(draft: ArticleDraft, containers: Sequence[Rule | None], facts: Facts) -> PageView:
    """Return a page as the scorer sees it."""
    views = passage_views(draft.passages)
    total = sum(view.length for view in views)
    main = main_region(views, draft.regions)
    title = key_of(draft.title)
    page = PageView(
        draft=draft,
        containers=containers,
        passages=views,
        main=main,
        title=title,
        excerpt=key_of(facts.excerpt),
        total=max(1, total),
        paragraphs=sum(view.is_prose for view in views),
        title_at=_title_at(views, title),
        ruled=_extent(views, total),
        depth_of_main={region.index: depth for depth, region in enumerate(main.chain())},
        repeats=Counter(view.key for view in views),
        since_prose=_since_prose(views),
        until_prose=_since_prose(views[::-1])[::-1],
    )
    _tally(page)
    return page


def signature_of(passage: Passage) -> Signature:
    """Return the tags and names around a passage, which passages of the same kind share."""
    region, parent = passage.region, passage.region.parent
    return region.tag, region.names, parent.names if parent else "", parent.tag if parent else ""


def _tally(page: PageView) -> None:
    characters = prose = 0
    for view in page.passages:
        page.siblings[view.parent].add(view)
        page.alike[signature_of(view.passage)].add(view)
        page.characters_before.append(characters)
        page.prose_before.append(prose)
        characters += view.length
        prose += view.is_prose


def _extent(views: list[PassageView], total: int) -> Extent:
    ruled = [at for at, view in enumerate(views) if view.is_ruled and view.length >= LEAST_TEXT]
    if not ruled:
        return Extent(0, len(views), 0.0)
    return Extent(ruled[0], ruled[-1], sum(views[at].length for at in ruled) / max(1, total))


def _since_prose(views: list[PassageView]) -> list[int]:
    """Return for each passage its distance from the last prose before it, at most FAR."""
    distances, distance = [], FAR
    for view in views:
        distances.append(distance)
        distance = 1 if view.is_prose else min(FAR, distance + 1)
    return distances


def _title_at(views: list[PassageView], title: str) -> int:
    """Return the position of the title, -1 if there is none.

    It is the first `h1` with the words of the title, or else the last passage
    that is an `h1` or has those words.
    """
    title_at = -1
    for position, view in enumerate(views):
        is_first_rank = view.passage.region.tag == "h1"
        is_title = (
            bool(title)
            and len(view.key) >= LEAST_TITLE
            and (view.key in title or title in view.key)
        )
        if is_first_rank or is_title:
            title_at = position
            if is_first_rank and is_title:
                break
    return title_at


def main_region(passages: list[PassageView], regions: list[Region]) -> Region:
    """Return the main region of a page: the one that most of the prose points to.

    Each paragraph of prose gives points to the regions around it, fewer with
    each level outwards, as in Readability. The region with the most points is
    the main one; on a page without prose it is the outermost.
    """
    points: dict[int, float] = {}
    for view in passages:
        if not view.is_prose:
            continue
        text, length = view.passage.text, min(view.length / LENGTH_UNIT, MOST_LENGTH_POINTS)
        share = (
            1 + text.count(",") + text.count("，") + length + SENTENCE_POINTS * view.ends_sentence
        )
        inmost = view.passage.region.parent or regions[0]
        for level, region in enumerate(islice(inmost.chain(), LEVELS)):
            points[region.index] = points.get(region.index, 0.0) + share
            share *= LOSS if level else FIRST_LOSS
    best = max(points, key=lambda index: points[index] * _weight(regions[index]), default=0)
    return regions[best]


def _weight(region: Region) -> float:
    names = kinds_of(region.names)
    weight = (1 - region.link_density) * _BY_TAG.get(region.tag, 1.0)
    if names & BODY:
        return weight * 1.4
    weight *= 1.15 if names & ARTICLE else 1.0
    return weight * 0.6 if names & AROUND else weight


@lru_cache(maxsize=8192)
def kinds_of(names: str) -> int:
    """Return what class names say: AROUND, ARTICLE and BODY, one bit each.

    `article-body` and the like say BODY as well.
    """
    kinds = 0
    for name in names.split():
        before = ""
        for word in name.split("-"):
            kinds |= _OF_WORD.get(word, 0)
            if word in _INNER and before in _OUTER:
                kinds |= BODY
            before = word
    return kinds
