"""Anchoring: find the passage of a mark again after the text has changed.

`describe` turns a passage into selectors; `anchor` and `anchor_all` turn
selectors back into a passage, or into an orphan if no place is certain.

    describe       a passage as W3C selectors: its words, context and position
    normalization  one spelling for quotation marks, dashes, spaces and case
    candidates     places that may be the passage
    similarity     the evidence for a place
    scoring        the best candidate, and whether it is good enough
    cut_quote      quotations that other programs cut from a text, without selectors
"""

from collections.abc import Sequence

from annotator.anchoring.describe import describe, describe_in
from annotator.model import Anchored, Orphan, Span, Target

__all__ = ["anchor", "anchor_all", "describe", "describe_in"]


def anchor(target: Target, text: str) -> Anchored | Orphan:
    """Return the place of the passage of `target` in `text`; never raises.

    The fit is `exact` for the same words at the same place, `moved` for the same
    words elsewhere, and `changed` where a word, a number or a capital differs.
    Differences in quotation marks, dashes and spaces do not count. A place that
    is not certain gives an orphan with that place as its best guess.
    """
    quote, start, end = target.quote, target.position.start, target.position.end
    if (
        0 <= start < end
        and text[start:end] == quote.exact
        and text[max(0, start - len(quote.prefix)) : start] == quote.prefix
        and text[end : end + len(quote.suffix)] == quote.suffix
    ):
        return Anchored(Span(start, end))  # nothing changed there
    from annotator.anchoring.scoring import search  # loads rapidfuzz

    return search(target, text)


def anchor_all(targets: Sequence[Target], text: str) -> tuple[Anchored | Orphan, ...]:
    """Return the place of each of `targets` in `text`, which is folded once for all."""
    return tuple(anchor(target, text) for target in targets)
