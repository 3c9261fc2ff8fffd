"""Where a mark is now: at once if nothing changed there, by a search if something did."""

from collections.abc import Sequence

from annotator.model import Anchored, Orphan, Span, Target


def anchor(target: Target, text: str) -> Anchored | Orphan:
    """Return where the passage of `target` is in `text`; never raises.

    The fit is `exact` for the same words at the same place, `moved` for the
    same words elsewhere, `changed` where a word, a figure or a capital
    differs. Other quotation marks, dashes and spaces are no difference. A
    place that is not certain is an orphan, with that place as a best guess.
    """
    if _stands_unchanged(target, text):
        return Anchored(_span_of(target))
    from annotator.anchoring.scoring import search

    return search(target, text)


def anchor_all(targets: Sequence[Target], text: str) -> tuple[Anchored | Orphan, ...]:
    """Return where each of `targets` is in `text`, which is folded once for all."""
    return tuple(anchor(target, text) for target in targets)


def _stands_unchanged(target: Target, text: str) -> bool:
    quote, position = target.quote, target.position
    start, end = position.start, position.end
    return (
        0 <= start < end
        and text[start:end] == quote.exact
        and text[max(0, start - len(quote.prefix)) : start] == quote.prefix
        and text[end : end + len(quote.suffix)] == quote.suffix
    )


def _span_of(target: Target) -> Span:
    return Span(target.position.start, target.position.end)
