"""Text, links and prose: totals for each region, and whether a passage is prose."""

import re
from collections.abc import Sequence

from annotator.extract.passages import Passage, Region
from annotator.model.text import is_latin

PROSE_LENGTH = 60  # characters; labels and headlines are rarely as long
MOST_LINKS = 0.4  # share of links in a paragraph; lists of links have more
WIDE_PROSE_LENGTH = 25  # in scripts that write a word with one or two characters
LEAST_HEADLINE = 15  # characters
LINK = 0.9  # share of its characters that makes a line a link

_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_NO_PROSE = frozenset({"code", "table", "image", "heading"})
_SENTENCE_END = re.compile(r"[.!?…。！？;·»”\"](?:\s|[\"'”’»)\]]|\d|\Z)")


def measure(passages: list[Passage], regions: list[Region]) -> None:
    """Set the totals of all regions, from the innermost outwards."""
    for passage in passages:
        _count(passage.region, passage)
    for region in reversed(regions):
        if region.parent is not None and region.passages:
            _add(region.parent, region)


def measure_chosen(passages: list[Passage], regions: list[Region], chosen: frozenset[int]) -> None:
    """Set how many characters of prose each region has within the chosen regions."""
    for region in regions:
        region.chosen = 0
    if not chosen:
        return
    for passage in passages:
        if passage.region.index in chosen and is_prose(passage):
            passage.region.chosen += len(passage.text)
    for region in reversed(regions):
        if region.parent is not None:
            region.parent.chosen += region.chosen


def is_prose(passage: Passage) -> bool:
    """Return whether a passage is long enough for prose, has sentences, and is not mostly links."""
    judged, block = passage.judged, passage.block
    if judged is None or judged[0] is not block:  # cached: a dozen steps ask for each passage
        # A bibliography or a menu is mostly links, however long its lines are.
        may_be = block.kind not in _NO_PROSE and passage.link_density <= MOST_LINKS
        judged = passage.judged = block, may_be and reads_as_prose(block.text)
    return judged[1]


def first_prose(passages: Sequence[Passage]) -> int:
    """Return the index of the first prose of the article, 0 without any."""
    return next((at for at, p in enumerate(passages) if p.is_kept and is_prose(p)), 0)


def reads_as_prose(text: str) -> bool:
    """Return whether a text is long enough for prose and has the end of a sentence."""
    return width_of(text) >= PROSE_LENGTH and bool(_SENTENCE_END.search(text))


def width_of(text: str) -> float:
    """Return the number of Latin characters that would say as much as a text."""
    return len(text) * (PROSE_LENGTH / WIDE_PROSE_LENGTH if is_wide(text[:200]) else 1)


def is_wide(text: str) -> bool:
    """Return whether a text is in a script that writes a word with one or two characters."""
    return not is_latin(text) and _WIDE.search(text) is not None


def _count(region: Region, passage: Passage) -> None:
    region.characters += len(passage.text)
    region.linked += passage.linked
    region.passages += 1
    # A question whose answer a script unfolds is a link as well, but leads nowhere.
    leads = any(mark.kind == "link" for mark in passage.block.marks)
    is_line = len(passage.text) >= LEAST_HEADLINE and passage.link_density >= LINK
    region.headlines += is_line and leads
    if is_prose(passage):
        region.prose += len(passage.text)
        region.paragraphs += 1


def _add(outer: Region, inner: Region) -> None:
    outer.characters += inner.characters
    outer.linked += inner.linked
    outer.passages += inner.passages
    outer.prose += inner.prose
    outer.paragraphs += inner.paragraphs
    outer.headlines += inner.headlines
