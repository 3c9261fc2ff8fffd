"""Which passages are residue by the shape of their line, and where that is certain."""

import re
from functools import cache, lru_cache
from itertools import groupby
from typing import NamedTuple

from msgspec.structs import replace

from annotator.extract.cleanup.typography import part
from annotator.extract.content.density import MOST_LINKS, is_prose
from annotator.extract.passages import Draft, Passage, Rule
from annotator.extract.patterns import later
from annotator.extract.residue.families import FAMILIES
from annotator.extract.residue.family import Family, Place, Shape, line_of
from annotator.extract.residue.keyword_rules import appeal_of, is_foreign, quotes, reports
from annotator.extract.residue.pattern_index import Choices
from annotator.model.span import Span

MOST_OF_A_LIST = 0.6  # share of a list's items that must be residue for any of them to go
DECKS = 2  # paragraphs that may stand above a byline
SURE = 0.9  # likelihood of an item that is of the text, though it is a date or a name
MOST_TALK = 3  # whole paragraphs that turn to the reader about the site
LINK = 0.8  # share of an item that makes it a link

# What no list of steps or things to do would tell its reader.
_NO_STEP = frozenset({"credits", "footer", "tags"})
LEAST_TEXT = 25  # characters under a heading
LEAST_SHOUT = 4  # words in capitals
LEAST_ROW = 40  # characters of several links in a row
LONGEST_RIGHTS = 1_200

# A sentence may begin with the word, and a picture's maker with the sign: text follows those.
_RIGHTS = later(
    r"\s*(?:copyright:?\s*)?(?:©(?!\s*provided by)|\(c\) ?(?:19|20)\d\d)|"
    r"\s*copyright:?\s*(?:(?:19|20)\d\d\b|by\b)",
    re.IGNORECASE,
)
_RIGHTS_RULE = Rule("footer", "rights", "It states rights in the text, and is no part of it.")
_LINKS_RULE = Rule("related", "row-of-links", "It holds nothing but links to other articles.")
_BUTTONS = frozenset({"ads", "app", "donation", "newsletter", "share", "sign_in", "subscribe"})
# Families whose lines hold the words of others: titles, names, companies.
_OPEN = frozenset({"related", "author", "credits", "footer", "navigation", "tags", "live_blog"})
# Families whose words are those of articles, too, amid the text, unless they speak of the page.
_AT_THE_EDGES = frozenset({"ads", "disclaimer", "feedback"})
_SOFT = frozenset({"edge", "margin"})
_QUOTED = later(r"\s*[\"“„«「].*[\"”“»」]\W*")
_LINES = frozenset({"paragraph", "heading", "list_item", "quote", "footnote"})


class Hit(NamedTuple):
    """A shape that a line fits."""

    rule: Rule
    place: Place
    is_label: bool = False
    is_exact: bool = False


def judge_lines(passages: list[Passage]) -> None:
    """Give a verdict on the kept passages whose line has the shape of residue."""
    kept = [passage for passage in passages if passage.is_kept]
    hits = [_hit_of(p, is_listed=_is_listed(kept, index)) for index, p in enumerate(kept)]
    page = _Page(kept, hits)
    certain = {i: hit for i, hit in enumerate(page.hits) if hit and page.is_certain(i, hit)}
    spared = _steps(kept, certain) | page.talk()
    for index, hit in certain.items():
        if index not in spared:
            kept[index].verdict = hit.rule


def part_lines(draft: Draft) -> None:
    """Make passages of their own of lines that are residue wherever they stand.

    Some pages part a wall or a counter from the text by no more than a line break.
    """
    parted: list[Passage] = []
    for passage in draft.passages:
        cuts = _cuts(passage) if passage.is_kept and passage.block.kind == "paragraph" else []
        if cuts:
            parted += [replace(passage, block=part(passage.block, cut)) for cut in cuts]
        else:
            parted.append(passage)
    draft.passages = parted


def _cuts(passage: Passage) -> list[Span]:
    """Return the lines of a paragraph, others than residue together; nothing without residue."""
    if "\n" not in passage.text:
        return []
    cuts: list[Span] = []
    residue: list[bool] = []
    start = 0
    for line in passage.text.split("\n"):
        hit = hit_of_line(line_of(line)) if line.strip() else None
        is_residue = hit is not None and hit.place == "always"
        if cuts and not is_residue and not residue[-1]:
            cuts[-1] = Span(cuts[-1].start, start + len(line))
        else:
            cuts.append(Span(start, start + len(line)))
            residue.append(is_residue)
        start += len(line) + 1
    return cuts if any(residue) else []


class _Page:
    """The kept passages, what shapes they fit, and where the text begins and ends."""

    def __init__(self, kept: list[Passage], hits: list[Hit | None]) -> None:
        self.kept = kept
        self.hits = hits
        pairs = zip(kept, hits, strict=True)
        self.prose = [hit is None and is_prose(passage) for passage, hit in pairs]
        places = [index for index, is_text in enumerate(self.prose) if is_text]
        self.begun = places[DECKS] if len(places) > DECKS else len(self.kept)
        self.ended = places[-1] if places else 0

    def is_certain(self, index: int, hit: Hit) -> bool:
        """Tell whether a line that fits a shape is residue where it stands."""
        if hit.place == "always":
            return True
        passage = self.kept[index]
        follows = self.is_prose_at(index + 1)
        if passage.block.kind == "heading" and self.has_text_at(index + 1):
            return False
        if hit.is_label and _is_sentence(passage):
            return False
        if hit.place == "margin":
            is_told = hit.rule.step == "footer" and reports(passage.text)
            is_text = is_told or (passage.block.depth and passage.likelihood >= SURE)
            return not is_text and not self.begun <= index <= self.ended
        if hit.place == "edge":
            return not (follows and self.is_prose_at(index - 1))
        is_title = hit.rule.step == "related" and not _is_sentence(passage)
        return passage.block.ordinal is None and (is_title or not reports(passage.text))

    def talk(self) -> frozenset[int]:
        """Return the prompts amid the text of a page that is made of such, as a policy is."""
        found = [
            index
            for index, hit in enumerate(self.hits)
            if hit and hit.place == "apart" and index < self.ended and is_prose(self.kept[index])
        ]
        return frozenset(found if len(found) > MOST_TALK else ())

    def has_text_at(self, index: int) -> bool:
        """Tell whether there is a passage that a heading can stand above."""
        if index >= len(self.kept) or self.hits[index]:
            return False
        passage = self.kept[index]
        is_label = len(passage.text) < LEAST_TEXT or passage.block.kind in {"heading", "image"}
        return not is_label and passage.link_density < MOST_LINKS

    def is_prose_at(self, index: int) -> bool:
        """Tell whether there is a passage of prose."""
        return 0 <= index < len(self.prose) and self.prose[index]


def _is_listed(kept: list[Passage], index: int) -> bool:
    """Tell whether a passage is an item of a list of several."""
    neighbours = kept[max(0, index - 1) : index + 2]
    return kept[index].block.depth > 0 and sum(one.block.depth > 0 for one in neighbours) > 1


def _hit_of(passage: Passage, *, is_listed: bool) -> Hit | None:
    if passage.block.kind == "image":
        return None if passage.text else _button(passage)
    if passage.block.kind not in _LINES or len(passage.text) > LONGEST_RIGHTS:
        return None
    if _RIGHTS.match(passage.text) and not reports(passage.text):
        return Hit(_RIGHTS_RULE, "always")
    line = line_of(passage.text)
    if not line or _QUOTED.fullmatch(passage.text):
        return None
    hit = _believed(hit_of_line(line), passage.text)
    if hit and hit.place not in _SOFT and not is_listed:
        return hit
    return _appeal(passage.text, is_listed=is_listed) or hit or _link_hit(passage)


def _believed(hit: Hit | None, text: str) -> Hit | None:
    """Return a hit unless words in the line are none that such lines consist of."""
    if hit is None or hit.is_exact or hit.rule.step in _OPEN:
        return hit
    return None if quotes(text) or is_foreign(text, hit.rule.step) else hit


def _link_hit(passage: Passage) -> Hit | None:
    """Return what a paragraph of nothing but links is: several of them, or one that shouts."""
    if passage.block.kind != "paragraph" or passage.link_density < LINK:
        return None
    links = sum(1 for mark in passage.block.marks if mark.kind == "link")
    is_shouting = passage.text.isupper() and len(passage.text.split()) >= LEAST_SHOUT
    is_row = links > 1 and len(passage.text) >= LEAST_ROW
    return Hit(_LINKS_RULE, "apart") if is_shouting or is_row else None


def _button(picture: Passage) -> Hit | None:
    """Return the shape that the alternative text of a picture fits: some are buttons."""
    hit = hit_of_line(line_of(picture.block.alternative))
    return hit if hit and hit.rule.step in _BUTTONS else None


def _appeal(text: str, *, is_listed: bool) -> Hit | None:
    appeal = appeal_of(text, is_listed=is_listed)
    if appeal is None:
        return None
    is_vague = appeal.rule.step in _AT_THE_EDGES and not appeal.is_of_page
    place: Place = "margin" if is_vague else "apart"
    return Hit(appeal.rule, "always" if is_listed else place, appeal.is_label)


@lru_cache(maxsize=4096)
def hit_of_line(line: str) -> Hit | None:
    """Return the first shape of all families that a line fits."""
    return _shapes().of(line)


@cache
def _shapes() -> Choices[Hit]:
    return Choices(
        (shape.pattern, _hit(family, shape)) for family in FAMILIES for shape in family.shapes
    )


def _hit(family: Family, shape: Shape) -> Hit:
    rule = Rule(family.step, shape.name, shape.reason)
    return Hit(rule, shape.place, shape.is_label, shape.is_exact)


def _is_sentence(passage: Passage) -> bool:
    return passage.text.rstrip().endswith((".", "。", "!", "?")) and passage.link_density < LINK


def _steps(kept: list[Passage], certain: dict[int, Hit]) -> frozenset[int]:
    """Return the items that stay because most of their list is no residue."""
    spared: set[int] = set()
    for is_item, group in groupby(range(len(kept)), key=lambda index: kept[index].block.depth > 0):
        items = list(group) if is_item else []
        residue = sum(1 for item in items if item in certain or kept[item].link_density > LINK)
        if residue < MOST_OF_A_LIST * len(items):
            spared.update(item for item in items if item in certain and _may_be_step(certain[item]))
    return frozenset(spared)


def _may_be_step(hit: Hit) -> bool:
    return hit.place != "always" and hit.rule.step not in _NO_STEP
