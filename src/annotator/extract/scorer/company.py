"""What stands together stays together: a list, a quotation and its source, a heading and its text.

Short lines tell trees little. Where the rules chose a line and its company is
likely to be of the article, the line is taken for as likely as one can be that is kept.
"""

from collections import defaultdict
from collections.abc import Mapping

from annotator.extract.measure import is_prose
from annotator.extract.passages import Draft, Passage

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
