"""Check what the rules removed: they cannot take most of an article, and the reader decides last.

Each rule is right on nearly all pages; on the others it can remove the article
itself, for example where every paragraph of a policy speaks of cookies. So
when the rules leave too little of the prose that was chosen, all that they
removed comes back, except for the families that readers never miss (`VETOES`).
"""

from annotator.extract.choice.density import is_prose
from annotator.extract.choice.scorer.decisions import LEAST_LEFT
from annotator.extract.families import VETOES
from annotator.extract.passages import ArticleDraft, Passage, Rule
from annotator.model.overrides import NO_OVERRIDES, Overrides, name_of, numbered

TAKEN_AWAY = Rule("reader", "taken-away", "You removed it from the article.")


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
