"""Restore what steps took too much of, and what the reader wants: the last steps of cleaning.

The heading above a kept passage and the notes that it refers to belong to it.

Each rule is right on nearly all pages; on the others it can remove the article
itself, for example where every paragraph of a policy speaks of cookies. So when
the rules leave too little of the prose that was chosen, all that they removed comes
back, except for the families that readers never miss (`VETOES`). The reader decides
last.
"""

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from annotator.extract.choice.density import is_prose
from annotator.extract.choice.scorer.decisions import LEAST_LEFT
from annotator.extract.families import VETOES, hit_of_line, line_of
from annotator.extract.passages import ArticleDraft, Passage, Rule
from annotator.extract.residue.endings import AFTER_THE_END
from annotator.model.article import BlockKind
from annotator.model.overrides import NO_OVERRIDES, Overrides, name_of, numbered

LIKELY_HEADING = 0.5  # likelihood of a heading that is a link
CONTAINERS = 3  # around a heading: its own, that of its anchor, that of its section
_PICTURES: frozenset[BlockKind] = frozenset({"image", "embed"})
_HEADED: frozenset[BlockKind] = frozenset({"quote", "code", "table", "footnote", "list_item"})

TAKEN_AWAY = Rule("reader", "taken-away", "You removed it from the article.")


def keep_together(draft: ArticleDraft) -> None:
    """Restore the notes and headings that were judged apart from what they belong to."""
    for note in _notes_referred_to(draft.passages):
        note.verdict = None
    for heading in _headings_of_kept(draft.passages):
        heading.verdict = None


def _notes_referred_to(passages: Sequence[Passage]) -> Iterator[Passage]:
    """Yield the notes, with all their paragraphs, that kept passages refer to."""
    wanted = {
        mark.href
        for passage in passages
        if passage.is_kept
        for mark in passage.block.marks
        if mark.kind == "footnote_reference"
    }
    belongs = False
    for passage in passages if wanted else ():
        if passage.block.kind == "footnote":
            label = passage.block.label
            belongs = label in wanted if label else belongs
            if belongs and (_is_outside(passage) or passage.verdict == AFTER_THE_END):
                yield passage


def _headings_of_kept(passages: Sequence[Passage]) -> Iterator[Passage]:
    """Yield the headings within the text that are right above kept passages, as others are.

    A teaser's heading is a link, has a container of its own, or a level that no
    heading of the article has. A link alone between paragraphs of the text is
    the heading of those paragraphs.
    """
    levels = {p.block.level for p in passages if p.is_kept and p.block.kind == "heading"}
    last: Passage | None = None  # prose of the article
    for passage, below in pairwise(p for p in passages if p.block.kind not in _PICTURES):
        last = passage if passage.is_kept and is_prose(passage) else last
        if last is None or not passage.block.level or not _is_outside(passage):
            continue
        if not below.is_kept or not (is_prose(below) or below.block.kind in _HEADED):
            continue
        # A heading as others of the article are, in a container that also holds what is below it.
        is_link = any(mark.kind == "link" for mark in passage.block.marks)
        holders = islice(passage.region.chain(), 1, 1 + CONTAINERS)
        around_below = {region.index for region in below.region.chain()}
        is_beside = any(holder.index in around_below for holder in holders)
        parents = {id(one.region.parent) for one in (last, passage, below)}
        are_siblings = len(parents) == 1
        # The names of what a list ranks are links, as are those of teasers, which read otherwise.
        is_own = not is_link or (passage.likelihood >= LIKELY_HEADING and is_prose(below))
        if are_siblings or (is_beside and is_own and passage.block.level in levels):
            yield passage


def _is_outside(passage: Passage) -> bool:
    """Return whether a passage was left out by itself, and not as residue that a pattern knows."""
    if not passage.is_outside:
        return False
    line = line_of(passage.text)
    return not line or hit_of_line(line) is None


def give_back(before: list[Passage]) -> None:
    """Give back what the rules removed of `before` if they left too little of its prose.

    Walls, prompts, advertisements and share buttons stay away whatever is left.
    """
    prose = [passage for passage in before if is_prose(passage)]
    total = sum(len(passage.text) for passage in prose)
    left = sum(len(passage.text) for passage in prose if passage.is_kept)
    if left >= LEAST_LEFT * total:
        return
    for passage in before:
        if passage.verdict is not None and passage.verdict.step not in VETOES:
            passage.verdict = None


def apply_overrides(draft: ArticleDraft, choices: Overrides) -> None:
    """Keep the passages that the reader has restored, and remove those that they removed."""
    if choices == NO_OVERRIDES:
        return
    kept, removed = frozenset(choices.kept), frozenset(choices.removed)
    numbers = numbered(passage.block for passage in draft.passages)
    for passage, number in zip(draft.passages, numbers, strict=True):
        name = name_of(*number)
        if name in kept:
            passage.verdict = None
        elif name in removed:
            passage.verdict = TAKEN_AWAY
