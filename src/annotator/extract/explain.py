"""Explanations: why each passage of a page belongs to its article, or does not."""

from collections.abc import Iterator, Sequence

from annotator.extract.passages import Passage, Rule
from annotator.extract.pipeline import clean, read
from annotator.extract.steps import BY_READER
from annotator.model.extraction import PassageDecision
from annotator.model.multipart import split
from annotator.model.overrides import NO_OVERRIDES, Overrides
from annotator.model.page import Page
from annotator.model.site_rules import SiteRule

_CHOSEN = Rule("choose", "chosen", "Inside the article, by the structure of the page.")
_LIKELY = Rule("score", "likely", "Reads like part of the article.")
_PUT_BACK = Rule("reader", "put-back", "You restored it.")


def explain(
    page: Page,
    *,
    choices: Overrides = NO_OVERRIDES,
    rules: Sequence[SiteRule] = (),
    repeated: Sequence[str] = (),
) -> tuple[PassageDecision, ...]:
    """Return the decision about each passage of a page, in the page's order.

    The decisions are those of `extract` with the same choices, rules and repeated lines.
    """
    parts, _ = split(page)
    return tuple(
        decision for part in parts for decision in _decisions(part, choices, rules, repeated)
    )


def _decisions(
    page: Page, choices: Overrides, rules: Sequence[SiteRule], repeated: Sequence[str]
) -> Iterator[PassageDecision]:
    cleaning = read(page, rules).cleaning
    cleaning.choices, cleaning.repeated = choices, frozenset(repeated)
    clean(cleaning)
    ruled, likely = cleaning.decision
    chances = dict(zip(ruled, map(likely.get, range(len(ruled))), strict=True))
    for passage in cleaning.draft.passages:
        if not passage.text.strip():
            continue
        rule = passage.verdict or _reason_to_keep(passage, ruled.get(passage))
        chance = chances.get(passage)
        yield PassageDecision(
            is_kept=passage.is_kept,
            step=rule.step,
            rule=rule.name,
            reason=rule.reason,
            score=None if chance is None else round(chance, 3),
            kind=passage.block.kind,
            text=passage.text,
        )


def _reason_to_keep(passage: Passage, ruled: Rule | None) -> Rule:
    """Return the rule that kept a passage; `ruled` is the verdict of the rules alone."""
    if passage.judge == BY_READER:
        return _PUT_BACK
    return _CHOSEN if ruled is None else _LIKELY
