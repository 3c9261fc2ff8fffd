"""What the reader said of passages, which goes before all rules."""

from annotator.extract.passages import Draft, Rule
from annotator.model.overrides import NO_OVERRIDES, Overrides, name_of, numbered

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
