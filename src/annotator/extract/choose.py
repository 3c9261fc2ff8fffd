"""Which passages are the article."""

from annotator.extract.passages import Passage, Rule

_OUTSIDE = Rule("outside", "not-the-article", "It stands outside the article.")


def choose(passages: list[Passage], readable: frozenset[int]) -> None:
    """Give a verdict on every passage that is not of the article."""
    for passage in passages:
        if passage.region.hidden:
            passage.verdict = passage.region.hidden
        elif readable and passage.region.index not in readable:
            passage.verdict = _OUTSIDE
