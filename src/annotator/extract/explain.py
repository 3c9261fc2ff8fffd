"""Explanations: why each passage of a page belongs to its article, or does not."""

from collections.abc import Sequence

from annotator.extract.passages import Passage, Rule
from annotator.extract.pipeline import Reading, clean, read
from annotator.extract.residue.safety_net import apply_overrides
from annotator.model.extraction import PassageDecision
from annotator.model.multipart import split
from annotator.model.overrides import NO_OVERRIDES, Overrides
from annotator.model.page import Page
from annotator.model.site_rules import SiteRule

_CHOSEN = Rule("choose", "chosen", "Inside the article, by the structure of the page.")
_LIKELY = Rule("score", "likely", "Reads like part of the article.")
_PUT_BACK = Rule("reader", "put-back", "You restored it.")


def explain(
    page: Page, *, choices: Overrides = NO_OVERRIDES, rules: Sequence[SiteRule] = ()
) -> tuple[PassageDecision, ...]:
    """Return the decision about each passage of a page, in the page's order.

    The decisions are those of `extract` with the same choices and rules.
    """
    parts, _ = split(page)
    return tuple(judgement for part in parts for judgement in _judged(part, choices, rules))


def _judged(
    page: Page, choices: Overrides, rules: Sequence[SiteRule]
) -> tuple[PassageDecision, ...]:
    reading = read(page, rules)
    clean(reading.draft)
    judged = {passage: passage.verdict for passage in reading.draft.passages}
    apply_overrides(reading.draft, choices)
    return tuple(
        _judgement(reading, passage, judged[passage])
        for passage in reading.draft.passages
        if passage.text.strip()
    )


def _judgement(reading: Reading, passage: Passage, judged: Rule | None) -> PassageDecision:
    likely = reading.decision.likely.get(passage)
    rule = passage.verdict or _keeper(reading, passage, judged)
    score = None if likely is None else round(likely, 3)
    return PassageDecision(
        passage.is_kept,
        rule.step,
        rule.name,
        rule.reason,
        score,
        passage.block.kind,
        passage.text,
    )


def _keeper(reading: Reading, passage: Passage, judged: Rule | None) -> Rule:
    """Return the rule that kept a passage."""
    if judged is not None:
        return _PUT_BACK
    return _CHOSEN if reading.decision.ruled.get(passage) is None else _LIKELY
