"""Anchor marks: at once where nothing changed, with a search where something did."""

from collections.abc import Sequence

from annotator.model import Anchored, Orphan, Span, Target


def anchor(target: Target, text: str) -> Anchored | Orphan:
    """Return the place of the passage of `target` in `text`; never raises.

    The fit is `exact` for the same words at the same place, `moved` for the same
    words elsewhere, and `changed` where a word, a number or a capital differs.
    Differences in quotation marks, dashes and spaces do not count. A place that
    is not certain gives an orphan with that place as its best guess.
    """
    if _is_unchanged(target, text):
        return Anchored(Span(target.position.start, target.position.end))
    from annotator.anchoring.scoring import search  # loads rapidfuzz

    return search(target, text)


def anchor_all(targets: Sequence[Target], text: str) -> tuple[Anchored | Orphan, ...]:
    """Return the place of each of `targets` in `text`, which is folded once for all."""
    return tuple(anchor(target, text) for target in targets)


def _is_unchanged(target: Target, text: str) -> bool:
    quote, position = target.quote, target.position
    start, end = position.start, position.end
    return (
        0 <= start < end
        and text[start:end] == quote.exact
        and text[max(0, start - len(quote.prefix)) : start] == quote.prefix
        and text[end : end + len(quote.suffix)] == quote.suffix
    )
