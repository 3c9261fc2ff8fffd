"""A page as the scorer sees it: its passages at a glance, and what holds for all of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from msgspec import Struct, field

from annotator.extract.content.scorer.container import main_region
from annotator.extract.content.scorer.passage_view import Glimpse, glimpses_of, key_of
from annotator.extract.html.dom import letters_of
from annotator.extract.metadata.facts import Facts
from annotator.extract.passages import Draft, Passage, Region, Rule

FAR = 30  # passages, or steps up the page: more makes no difference
LEAST_TEXT = 16  # characters of a passage that tells where a choice begins and ends
LEAST_TITLE = 13  # letters of a line that is the title, or a part of it

Signature = tuple[str, str, str, str]


class Tally(Struct):
    """How much of what some passages hold was chosen, and by whom."""

    passages: int = 0
    prose: int = 0
    characters: int = 0
    linked: int = 0
    ruled: int = 0

    def add(self, glimpse: Glimpse) -> None:
        """Count a passage."""
        self.passages += 1
        self.prose += glimpse.is_prose
        self.characters += glimpse.length
        self.linked += glimpse.passage.linked
        self.ruled += glimpse.length * glimpse.is_ruled


def _tallies() -> "defaultdict[Any, Tally]":
    return defaultdict(Tally)


class Reach(NamedTuple):
    """From where to where a choice goes, and how much of the page's text it holds."""

    first: int
    last: int
    share: float


class View(Struct, frozen=True):
    """A page to score; positions are those among its glimpses."""

    draft: Draft
    boxes: Sequence[Rule | None]
    glimpses: list[Glimpse]
    main: Region
    title: str
    excerpt: str
    told: str  # the text of the article as the page tells it to machines
    total: int  # characters
    paragraphs: int  # of prose
    title_at: int
    ruled: Reach
    depth_of_main: dict[int, int]  # steps up from the main region, by the index of a region
    repeats: Counter[str] = field(default_factory=Counter)
    siblings: dict[int, Tally] = field(default_factory=_tallies)  # by the index of the parent
    alike: dict[Signature, Tally] = field(default_factory=_tallies)
    since_prose: list[int] = []
    until_prose: list[int] = []
    characters_before: list[int] = []
    prose_before: list[int] = []


def look(draft: Draft, boxes: Sequence[Rule | None], facts: Facts) -> View:
    """Return a page as the scorer sees it."""
    glimpses = glimpses_of(draft.passages)
    total = sum(glimpse.length for glimpse in glimpses)
    main = main_region(glimpses, draft.regions)
    title = key_of(draft.title)
    view = View(
        draft=draft,
        boxes=boxes,
        glimpses=glimpses,
        main=main,
        title=title,
        excerpt=key_of(facts.excerpt),
        told=letters_of(facts.body.lower()),
        total=max(1, total),
        paragraphs=sum(glimpse.is_prose for glimpse in glimpses),
        title_at=_title_at(glimpses, title),
        ruled=_reach((g.is_ruled for g in glimpses), glimpses, total),
        depth_of_main={region.index: depth for depth, region in enumerate(main.chain())},
        repeats=Counter(glimpse.key for glimpse in glimpses),
        since_prose=_since_prose(glimpses),
        until_prose=_since_prose(glimpses[::-1])[::-1],
    )
    _tally(view)
    return view


def signature_of(passage: Passage) -> Signature:
    """Return what the region of a passage has in common with others of its kind."""
    region, parent = passage.region, passage.region.parent
    return region.tag, region.names, parent.names if parent else "", parent.tag if parent else ""


def _tally(view: View) -> None:
    characters = prose = 0
    for glimpse in view.glimpses:
        view.siblings[glimpse.parent].add(glimpse)
        view.alike[signature_of(glimpse.passage)].add(glimpse)
        view.characters_before.append(characters)
        view.prose_before.append(prose)
        characters += glimpse.length
        prose += glimpse.is_prose


def _reach(chosen: Iterable[bool], glimpses: list[Glimpse], total: int) -> Reach:
    found = [
        position
        for position, is_chosen in enumerate(chosen)
        if is_chosen and glimpses[position].length >= LEAST_TEXT
    ]
    if not found:
        return Reach(0, len(glimpses), 0.0)
    return Reach(found[0], found[-1], sum(glimpses[i].length for i in found) / max(1, total))


def _since_prose(glimpses: list[Glimpse]) -> list[int]:
    """Return for each passage how many back there was prose."""
    distances, distance = [], FAR
    for glimpse in glimpses:
        distances.append(distance)
        distance = 1 if glimpse.is_prose else min(FAR, distance + 1)
    return distances


def _title_at(glimpses: list[Glimpse], title: str) -> int:
    """Return where the title stands, -1 if nowhere.

    It is the first heading of the first rank that says it, or else the last
    line that is of the first rank or says it.
    """
    found = -1
    for position, glimpse in enumerate(glimpses):
        is_first_rank = glimpse.passage.region.tag == "h1"
        is_title = (
            bool(title)
            and len(glimpse.key) >= LEAST_TITLE
            and (glimpse.key in title or title in glimpse.key)
        )
        if is_first_rank or is_title:
            found = position
            if is_first_rank and is_title:
                break
    return found
