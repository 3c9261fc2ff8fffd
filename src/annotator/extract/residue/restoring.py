"""Restore what steps took too much of, and what the reader wants: the last steps of cleaning.

The notes that a kept passage refers to belong to it.

Each rule is right on nearly all pages; on the others it can remove the article
itself, for example where every paragraph of a policy speaks of cookies. So when
the rules leave too little of the prose that was chosen, all that they removed comes
back, except for the families that readers never miss (`VETOES`). The reader decides
last.
"""

from collections.abc import Iterator, Sequence

from annotator.extract.choice.density import is_prose
from annotator.extract.choice.scorer.decisions import LEAST_LEFT
from annotator.extract.families import VETOES, hit_of_line, line_of
from annotator.extract.passages import ArticleDraft, Passage, Rule
from annotator.extract.residue.endings import AFTER_THE_END
from annotator.model.overrides import NO_OVERRIDES, Overrides, name_of, numbered

TAKEN_AWAY = Rule("reader", "taken-away", "You removed it from the article.")


def keep_together(draft: ArticleDraft) -> None:
    """Restore the notes that kept passages refer to."""
    for note in _notes_referred_to(draft.passages):
        note.verdict = None


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
