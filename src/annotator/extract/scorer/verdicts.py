"""From probabilities to verdicts: what was learned has the second word, and some rules the last."""

from collections.abc import Mapping

from msgspec.structs import replace

from annotator.extract.measure import is_prose
from annotator.extract.passages import Draft, Passage, Rule
from annotator.extract.residue.family import line_of
from annotator.extract.residue.lines import hit_of_line
from annotator.extract.residue.safety_net import LEAST_LEFT, VETOES
from annotator.extract.scorer.company import in_company, is_item
from annotator.model.article import BlockKind

TO_COME = 0.5  # the least probability of what the rules left out, to be kept all the same
TO_STAY = 0.32  # of what they chose
# What gives an article its shape is missed more than a line too many is noticed.
TO_COME_OF_KIND: dict[BlockKind, float] = {
    "heading": 0.6,  # of a deck, or of what stands beside the text
    "list_item": 0.42,
    "quote": 0.35,
    "code": 0.3,
    "table": 0.3,
    "footnote": 0.3,
    "embed": 0.1,
}
TO_STAY_OF_KIND: dict[BlockKind, float] = {
    "heading": 0.17,
    "image": 0.03,  # corpora leave captions out that readers want
    "list_item": 0.3,
    "quote": 0.3,
    "code": 0.2,
    "table": 0.2,
    "footnote": 0.2,
}

LONGEST_LABEL = 80  # characters of a line outside that a rule is looked for

_UNLIKELY = Rule("outside", "unlikely", "It does not read like a part of the article.")


def judge_by(draft: Draft, likely: Mapping[int, float]) -> None:
    """Take from or add to what the rules chose, by probabilities.

    Hidden text and residue that the rules are sure of stay away; a page of
    which hardly anything would be left stays as the rules have it.
    """
    kept = draft.kept
    for index, passage in enumerate(draft.passages):
        passage.likelihood = likely.get(index, 0.0)
    likely = in_company(draft, likely)
    verdicts = [
        _verdict(passage, likely.get(index)) for index, passage in enumerate(draft.passages)
    ]
    left = [p for p, verdict in zip(draft.passages, verdicts, strict=True) if verdict is None]
    if _prose(left) < LEAST_LEFT * _prose(kept):
        return
    for passage, verdict in zip(draft.passages, verdicts, strict=True):
        passage.verdict = verdict


def silence_alternatives(draft: Draft) -> None:
    """Leave images their alternative text as a label alone, for it is no line of the page."""
    for passage in draft.passages:
        block = passage.block
        if block.kind == "image" and block.text and block.text == block.alternative:
            passage.block = replace(block, text="")


def _verdict(passage: Passage, probability: float | None) -> Rule | None:
    if probability is None or passage.region.hidden or _is_for_rules(passage):
        return passage.verdict
    kind = "list_item" if is_item(passage) else passage.block.kind
    if passage.verdict is not None:
        if probability >= TO_COME_OF_KIND.get(kind, TO_COME):
            return None
        return _reason_outside(passage, passage.verdict)
    if probability >= TO_STAY_OF_KIND.get(kind, TO_STAY):
        return None
    return _reason(passage, _UNLIKELY)


def _reason_outside(passage: Passage, verdict: Rule) -> Rule:
    """Return what a line outside the article is, if that is more than outside.

    A link to sign in that is no more than a part of the site's frame is no wall.
    """
    if verdict.step != _UNLIKELY.step or len(passage.text) > LONGEST_LABEL:
        return verdict
    rule = _reason(passage, verdict)
    return verdict if rule.step in VETOES else rule


def _reason(passage: Passage, otherwise: Rule) -> Rule:
    """Return the rule whose shape an unlikely line has, for it says more to a reader."""
    line = line_of(passage.text)
    hit = hit_of_line(line) if line else None
    return hit.rule if hit else otherwise


def _is_for_rules(passage: Passage) -> bool:
    """Tell whether the rules have the last word on a passage.

    They have on what they are sure to be residue, but not on posts of social
    networks, which often stand in boxes named like those that share.
    """
    rule, is_embed = passage.verdict, passage.block.kind == "embed"
    if rule is None:
        return is_embed
    return not is_embed and (rule.step in VETOES or rule.name.endswith("-element"))


def _prose(passages: list[Passage]) -> int:
    return sum(len(passage.text) for passage in passages if is_prose(passage))
