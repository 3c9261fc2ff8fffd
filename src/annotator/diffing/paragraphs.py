"""Differences between two versions of an article: paragraphs added, removed, reworded, moved.

Equal blocks are aligned first. In each gap between them, a new block is matched
with the most similar old one that has at least half of its words in the same order.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Literal

from rapidfuzz.distance import Indel

from annotator.anchoring.normalization import fold_passage
from annotator.diffing.words import words_of
from annotator.model import Article, Span

ParagraphKind = Literal["added", "removed", "reworded", "moved"]

REWORDED = 0.5  # share of the words of two paragraphs that both have, in the same order
LOOK_AHEAD = 30  # old paragraphs of a gap that a new one is compared with


@dataclass(frozen=True, slots=True)
class ParagraphChange:
    """A block that changed, with its span in each version that has it."""

    kind: ParagraphKind
    then: Span | None = None
    now: Span | None = None


@dataclass(frozen=True, slots=True)
class ArticleDiff:
    """The changes between two versions of an article, in the order of the newer one."""

    changes: tuple[ParagraphChange, ...] = ()
    same: int = 0

    @property
    def is_another_text(self) -> bool:
        """Whether no paragraph of the older version is left."""
        return not self.same and all(change.kind in {"added", "removed"} for change in self.changes)

    def count(self, kind: ParagraphKind) -> int:
        """Return how many blocks are of that kind."""
        return sum(change.kind == kind for change in self.changes)


def compare_articles(then: Article, now: Article) -> ArticleDiff:
    """Return the blocks with text that differ between two versions, and the number of the others.

    Differences in quotation marks, dashes and spaces do not count.
    """
    old, new = _blocks(then), _blocks(now)
    steps = Indel.opcodes([block.key for block in old], [block.key for block in new])
    runs = (
        list(run)
        for is_same, run in groupby(steps, key=lambda step: step.tag == "equal")
        if not is_same
    )
    gaps = [
        _Gap(old[run[0].src_start : run[-1].src_end], new[run[0].dest_start : run[-1].dest_end])
        for run in runs
    ]
    moved = _moved(gaps)
    origins = frozenset(moved.values())
    changes = tuple(change for gap in gaps for change in _changes(gap, moved, origins))
    return ArticleDiff(changes, same=len(old) - sum(len(gap.old) for gap in gaps))


@dataclass(frozen=True)
class _Block:
    key: str
    span: Span

    @cached_property
    def words(self) -> list[str]:
        return words_of(self.key)


@dataclass(frozen=True, slots=True)
class _Gap:
    """The blocks between two that are the same in both versions."""

    old: list[_Block]
    new: list[_Block]


def _blocks(article: Article) -> list[_Block]:
    return [
        _Block(fold_passage(block.text).cased.strip(), article.span_of(index))
        for index, block in enumerate(article.blocks)
        if block.text.strip()
    ]


def _moved(gaps: Sequence[_Gap]) -> dict[Span, Span]:
    """Return the old span of each moved block by its new span."""
    gone: defaultdict[str, list[Span]] = defaultdict(list)
    for gap in gaps:
        for block in gap.old:
            gone[block.key].append(block.span)
    return {
        block.span: gone[block.key].pop(0)
        for gap in gaps
        for block in gap.new
        if gone.get(block.key)
    }


def _changes(
    gap: _Gap, moved: dict[Span, Span], origins: frozenset[Span]
) -> Iterator[ParagraphChange]:
    old = [block for block in gap.old if block.span not in origins]
    at = 0
    for block in gap.new:
        if block.span in moved:
            yield ParagraphChange("moved", moved[block.span], block.span)
            continue
        reworded = _reworded_from(block, old[at : at + LOOK_AHEAD])
        if reworded is None:
            yield ParagraphChange("added", now=block.span)
            continue
        yield from (
            ParagraphChange("removed", then=removed.span) for removed in old[at : at + reworded]
        )
        yield ParagraphChange("reworded", old[at + reworded].span, block.span)
        at += reworded + 1
    yield from (ParagraphChange("removed", then=removed.span) for removed in old[at:])


def _reworded_from(block: _Block, old: Sequence[_Block]) -> int | None:
    """Return the index of the block in `old` that became `block`, if one is similar enough."""
    similarity = [
        Indel.normalized_similarity(removed.words, block.words, score_cutoff=REWORDED)
        for removed in old
    ]
    best = max(similarity, default=0.0)
    return similarity.index(best) if best >= REWORDED else None
