"""From probabilities to verdicts: what was learned has the second word, and some rules the last."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from annotator.extract.measure import is_prose
from annotator.extract.passages import Draft, Passage, Rule
from annotator.extract.scorer.scores import score
from annotator.extract.steps.guard import LEAST_LEFT, VETOES
from annotator.model.article import BlockKind

LEAST = 0.5  # probability of what is kept
# What gives an article its shape is missed more than a line too many is noticed.
LEAST_OF_KIND: dict[BlockKind, float] = {
    "heading": 0.4,
    "list_item": 0.42,
    "quote": 0.35,
    "image": 0.3,
    "code": 0.3,
    "table": 0.3,
    "footnote": 0.3,
    "embed": 0.1,
}

_UNLIKELY = Rule("outside", "unlikely", "It does not read like a part of the article.")


def judge_likelihood(
    draft: Draft, readable: frozenset[int], boxes: Sequence[Rule | None], *, excerpt: str = ""
) -> None:
    """Take from or add to what the rules chose, where what was learned from pages says so."""
    silence_alternatives(draft)
    judge_by(draft, score(draft, readable, boxes, excerpt=excerpt))


def judge_by(draft: Draft, likely: Mapping[int, float]) -> None:
    """Give verdicts by probabilities.

    Hidden text and residue that the rules are sure of stay away; a page of
    which hardly anything would be left stays as the rules have it.
    """
    kept = draft.kept
    verdicts = [
        _verdict(passage, likely.get(index)) for index, passage in enumerate(draft.passages)
    ]
    left = [p for p, verdict in zip(draft.passages, verdicts, strict=True) if verdict is None]
    if _prose(left) < LEAST_LEFT * _prose(kept):
        return
    for passage, verdict in zip(draft.passages, verdicts, strict=True):
        passage.verdict = verdict


def silence_alternatives(draft: Draft) -> None:
    """Leave images their alternative text as a label alone, for it is no line of the page."""
    for passage in draft.passages:
        block = passage.block
        if block.kind == "image" and block.text and block.text == block.alternative:
            passage.block = replace(block, text="")


def _verdict(passage: Passage, probability: float | None) -> Rule | None:
    if not passage.text or passage.region.hidden or _is_vetoed(passage.verdict):
        return passage.verdict
    if probability is None:
        return passage.verdict
    if probability >= LEAST_OF_KIND.get(passage.block.kind, LEAST):
        return None
    return passage.verdict or _UNLIKELY


def _is_vetoed(rule: Rule | None) -> bool:
    return rule is not None and rule.step in VETOES


def _prose(passages: list[Passage]) -> int:
    return sum(len(passage.text) for passage in passages if is_prose(passage))
