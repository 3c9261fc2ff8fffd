"""From probabilities to verdicts: what was learned has the second word, and some rules the last."""

from collections import defaultdict
from collections.abc import Mapping

from msgspec.structs import replace

from annotator.extract.content.density import is_prose
from annotator.extract.passages import Draft, Passage, Rule
from annotator.extract.residue.family import line_of
from annotator.extract.residue.lines import hit_of_line
from annotator.extract.residue.safety_net import LEAST_LEFT, VETOES
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


LEAST_OF_A_LIST = 0.3  # mean probability of a list all of whose items are kept, as one item is
LEAST_BELOW = 0.8  # probability of the prose under a heading or deck that stays
LEAST_OF_A_LEAD = 0.2
LEADS = 12  # passages above the text among which its deck stands
LEAST_OF_A_HEADING = 0.05
SHORT = 10  # characters that every item counts for, beside its own
_OUTSIDE = "outside"  # the step whose verdicts judge a passage alone
KEPT = 0.5  # a probability that keeps whatever the rules chose


def in_company(draft: Draft, likely: Mapping[int, float]) -> dict[int, float]:
    """Return the probabilities with those of short lines raised by what stands beside them."""
    raised = dict(likely)
    raised.update(dict.fromkeys(_leads(draft.passages, likely), KEPT))
    for items in _lists(draft.passages, likely):
        lengths = [len(draft.passages[index].text) + SHORT for index in items]
        total = sum(likely[i] * length for i, length in zip(items, lengths, strict=True))
        if total >= LEAST_OF_A_LIST * sum(lengths):
            raised.update({index: max(KEPT, likely[index]) for index in items})
    for index, (heading, below) in enumerate(zip(draft.passages, draft.passages[1:], strict=False)):
        is_above_text = _is_above_text(heading, below) and likely.get(index + 1, 0) > LEAST_BELOW
        if is_above_text and likely.get(index, 0) >= LEAST_OF_A_HEADING:
            raised[index] = max(KEPT, likely[index])
    return raised


def is_item(passage: Passage) -> bool:
    """Tell whether a passage is an item of a list, or continues one, or is a term defined."""
    return passage.block.depth > 0 or passage.region.tag == "dt"


def _leads(passages: list[Passage], likely: Mapping[int, float]) -> list[int]:
    """Return the sentences right above the text that the rules chose and trees are not sure of."""
    prose = (i for i, value in likely.items() if value > LEAST_BELOW and is_prose(passages[i]))
    first = min((index for index in prose if passages[index].is_kept), default=0)
    return [
        index
        for index in range(max(0, first - LEADS), first)
        if LEAST_OF_A_LEAD <= likely.get(index, 0) < KEPT and _is_lead(passages[index])
    ]


def _is_lead(passage: Passage) -> bool:
    return passage.is_kept and not passage.linked and is_prose(passage)


def _lists(passages: list[Passage], likely: Mapping[int, float]) -> list[list[int]]:
    """Return what may be kept of each list and quotation, as far as it has a probability.

    Of a list that is also what the rules left out for itself, such as links
    among items that hold none.
    """
    lists: dict[int, list[int]] = defaultdict(list)
    quotations: list[list[int]] = []
    last = -2  # no passage stands right behind it
    for index in sorted(likely):
        passage = passages[index]
        if passage.is_kept and passage.block.quote_depth:
            if index != last + 1:
                quotations.append([])
            quotations[-1].append(index)
            last = index
        elif is_item(passage) and passage.region.parent and _may_stay(passage):
            lists[passage.region.parent.index].append(index)
    return [*lists.values(), *quotations]


def _may_stay(passage: Passage) -> bool:
    return passage.verdict is None or passage.verdict.step == _OUTSIDE


def _is_above_text(heading: Passage, below: Passage) -> bool:
    is_heading = heading.block.kind == "heading" and heading.is_kept
    return is_heading and below.is_kept and is_prose(below)
