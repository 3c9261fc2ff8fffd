"""Which passages are residue by the shape of their line, and where that is certain."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from annotator.extract.measure import is_prose
from annotator.extract.passages import Passage, Rule
from annotator.extract.steps import FAMILIES
from annotator.extract.steps.appeal import appeal_rule, listed_appeal_rule, reports
from annotator.extract.steps.shapes import Place, line_of

MOST_OF_A_LIST = 0.6  # share of a list's items that must be residue for any of them to go
LINK = 0.8  # share of an item that makes it a link

# What no list of steps or things to do would tell its reader.
_NO_STEP = frozenset({"credits", "footer"})
_LINES = frozenset({"paragraph", "heading", "list_item", "quote", "footnote"})


@dataclass(frozen=True, slots=True)
class Hit:
    """A shape that a line fits."""

    rule: Rule
    place: Place


def judge_lines(passages: list[Passage]) -> None:
    """Give a verdict on the kept passages whose line has the shape of residue."""
    kept = [passage for passage in passages if passage.is_kept]
    hits = [_hit_of(passage) for passage in kept]
    lists = dict(_lists(kept, hits))
    for index, hit in enumerate(hits):
        if hit and _is_certain(index, hit, kept, hits) and lists.get(index, True):
            kept[index].verdict = hit.rule


def _hit_of(passage: Passage) -> Hit | None:
    if passage.block.kind not in _LINES:
        return None
    line = line_of(passage.text)
    if not line:
        return None
    return hit_of_line(line) or _appeal(passage)


def _appeal(passage: Passage) -> Hit | None:
    is_listed = passage.block.depth > 0
    rule = (listed_appeal_rule if is_listed else appeal_rule)(passage.text)
    return Hit(rule, "apart") if rule else None


@lru_cache(maxsize=4096)
def hit_of_line(line: str) -> Hit | None:
    """Return the first shape of all families that a line fits."""
    for family in FAMILIES:
        for shape in family.shapes:
            if shape.pattern.fullmatch(line):
                return Hit(Rule(family.step, shape.name, shape.reason), shape.place)
    return None


def _is_certain(index: int, hit: Hit, kept: list[Passage], hits: list[Hit | None]) -> bool:
    """Tell whether a line that fits a shape is residue where it stands."""
    if hit.place == "always":
        return True
    passage = kept[index]
    follows = _is_prose_at(index + 1, kept, hits)
    if passage.block.kind == "heading" and follows:
        return False
    if hit.place == "edge":
        return not (follows and _is_prose_at(index - 1, kept, hits))
    is_sentence = hit.place == "label" and _is_sentence(passage)
    return passage.block.ordinal is None and not is_sentence and not reports(passage.text)


def _is_sentence(passage: Passage) -> bool:
    return passage.text.rstrip().endswith((".", "。", "!", "?")) and passage.link_density < LINK


def _is_prose_at(index: int, kept: list[Passage], hits: list[Hit | None]) -> bool:
    return 0 <= index < len(kept) and hits[index] is None and is_prose(kept[index])


def _lists(kept: list[Passage], hits: list[Hit | None]) -> Iterator[tuple[int, bool]]:
    """Yield for each item of a list whether so much of the list is residue that it may go."""
    for is_item, group in groupby(range(len(kept)), key=lambda index: kept[index].block.depth > 0):
        if not is_item:
            continue
        items = list(group)
        residue = sum(1 for item in items if hits[item] or kept[item].link_density > LINK)
        for item in items:
            hit = hits[item]
            is_certain = hit is not None and (hit.place == "always" or hit.rule.step in _NO_STEP)
            yield item, is_certain or residue >= MOST_OF_A_LIST * len(items)
