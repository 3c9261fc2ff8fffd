"""The last word: no step may take most of an article away."""

from annotator.extract.content.density import is_prose
from annotator.extract.passages import Draft, Passage, Rule
from annotator.model.overrides import NO_OVERRIDES, Overrides, name_of, numbered

LEAST_LEFT = 0.35  # share of the prose that the steps must leave
# What nobody reads an article for; all else comes back.
VETOES = frozenset(
    {
        "meter",
        "sign_in",
        "subscribe",
        "donation",
        "newsletter",
        "share",
        "app",
        "ads",
        "cookie",
        "player",
        "feedback",
    }
)


def give_back(before: list[Passage]) -> None:
    """Give back what the steps took of `before` if they left too little of its prose.

    Walls, nags, advertisements and bars of buttons stay away whatever is left.
    """
    prose = [passage for passage in before if is_prose(passage)]
    total = sum(len(passage.text) for passage in prose)
    left = sum(len(passage.text) for passage in prose if passage.is_kept)
    if left >= LEAST_LEFT * total:
        return
    for passage in before:
        if passage.verdict is not None and passage.verdict.step not in VETOES:
            passage.verdict = None


TAKEN_AWAY = Rule("reader", "taken-away", "You took it out of the article.")


def obey(draft: Draft, choices: Overrides) -> None:
    """Keep the passages that the reader has put back, and take away those taken out."""
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
