"""Which marks of an open article wait for a review; told without any work if none changed."""

from collections.abc import Sequence
from functools import lru_cache

from annotator.model import Anchored, AnchoredMark, Article


def count_waiting(article: Article, placed: Sequence[AnchoredMark]) -> int:
    """Return how many marks lost their place, or stand on other words than they were made on."""
    return sum(_waits(each, article) for each in placed)


def _waits(placed: AnchoredMark, article: Article) -> bool:
    where = placed.place
    if not isinstance(where, Anchored):
        return True
    is_changed = where.fit == "changed"
    return is_changed and _is_reworded(placed.annotation.quote, where.span.of(article.text))


@lru_cache(maxsize=4096)  # marks are counted anew whenever one is made
def _is_reworded(then: str, now: str) -> bool:
    from annotator.diffing.words import words_of

    return words_of(then) != words_of(now)
