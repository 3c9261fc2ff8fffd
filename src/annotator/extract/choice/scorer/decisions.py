"""Verdicts from probabilities: smoothed over context, with the last word left to some rules."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from annotator.extract.choice.containers import DIALOG, LIKELY_BESIDE, is_beside_the_article
from annotator.extract.choice.density import is_prose
from annotator.extract.families import VETOES, hit_of_line, line_of, policy_of
from annotator.extract.passages import ArticleDraft, Passage, Rule
from annotator.model.article import BlockKind
from annotator.model.extraction import OUTSIDE

# The least probability at which a passage is added that the rules left out.
LEAST_TO_ADD = 0.5
LEAST_TO_ADD_OF_KIND: dict[BlockKind, float] = {
    "heading": 0.6,  # it may be that of a box beside the text
    "list_item": 0.42,
    "quote": 0.35,
    "code": 0.3,
    "table": 0.3,
    "footnote": 0.3,
    "embed": 0.1,
}
# The least probability at which a passage stays that the rules chose. It is lower for
# whatever gives an article its shape: readers miss that more than they notice a line too many.
LEAST_TO_STAY = 0.32
LEAST_TO_STAY_OF_KIND: dict[BlockKind, float] = {
    "heading": 0.17,
    "image": 0.03,  # corpora leave captions out that readers want
    "list_item": 0.3,
    "quote": 0.3,
    "code": 0.2,
    "table": 0.2,
    "footnote": 0.2,
}

# For smoothing over context:
LEAST_OF_A_LIST = 0.3  # mean probability of a list of which all items are kept
LEAST_BELOW = 0.8  # probability of the prose under a heading or deck that is kept
LEAST_OF_A_LEAD = 0.2
LEADS = 12  # passages above the text among which its deck may be
LEAST_OF_A_HEADING = 0.05
SHORT = 10  # characters added to the length of each item, so that the shortest count, too
CERTAIN = 0.5  # a probability at which whatever the rules chose stays

# For passages that stay together:
LEAST_OF_A_RUN = 0.08  # mean probability of unlikely passages between those that are kept
LEAST_IN_BOXES = 0.3  # probability of a paragraph in boxes of one name, with
LEAST_BOXED = 80  # characters, and
PARAGRAPHS_IN_BOXES = 3  # such paragraphs, at which the name is not believed

LEAST_LEFT = 0.35  # share of the prose that steps of cleaning must leave
LONGEST_LABEL = 80  # characters of a line outside the article that may get a better reason

UNLIKELY = Rule(OUTSIDE, "unlikely", "It does not read like part of the article.")


def apply_probabilities(draft: ArticleDraft, likely: Mapping[int, float]) -> None:
    """Add to the choice of the rules, or take from it, by the probabilities of passages.

    Hidden text and certain residue stay away, unless that is where most of the
    text is. If hardly anything would be left, nothing is changed.
    """
    for passage, verdict in zip(draft.passages, verdicts_by(draft, likely), strict=True):
        passage.verdict = verdict


def verdicts_by(draft: ArticleDraft, likely: Mapping[int, float]) -> list[Rule | None]:
    """Return the verdicts that `apply_probabilities` gives, and set the passages' likelihoods."""
    kept = draft.kept
    for index, passage in enumerate(draft.passages):
        passage.likelihood = likely.get(index, 0.0)
    likely = smoothed_by_context(draft, likely)
    is_bound = not _holds_the_text(draft)
    verdicts = [
        _verdict(passage, likely.get(index), is_bound=is_bound)
        for index, passage in enumerate(draft.passages)
    ]
    for together in (_runs, _prose_in_boxes):
        for index in list(together(draft.passages, verdicts)):
            verdicts[index] = None
    # A page unlike all that were learned from, such as a glossary: the rules do better, but what
    # the scorer adds stays, such as an essay beside a long guide.
    pairs = list(zip(draft.passages, verdicts, strict=True))
    if _prose([p for p, verdict in pairs if verdict is None]) >= LEAST_LEFT * _prose(kept):
        return verdicts
    return [verdict and passage.verdict for passage, verdict in pairs]


def expected_f1(
    passages: Sequence[Passage], verdicts: Sequence[Rule | None], likely: Mapping[int, float]
) -> float:
    """Return the F1 that these verdicts promise, if the probabilities are right."""
    right = kept = wanted = 0.0
    for index, (passage, verdict) in enumerate(zip(passages, verdicts, strict=True)):
        if passage.block.kind == "image" or passage.region.hidden:
            continue
        expected = len(passage.text) * likely.get(index, 0.0)
        wanted += expected
        if verdict is None:
            right += expected
            kept += len(passage.text)
    return 2 * right / (kept + wanted) if wanted else 0.0


def smoothed_by_context(draft: ArticleDraft, likely: Mapping[int, float]) -> dict[int, float]:
    """Return the probabilities with those of short lines raised by their context.

    A short line says little by itself. Among passages that are likely in the
    article, an item of a list, a line of a quotation, a heading or a deck is
    raised to CERTAIN, so that a list does not lose its shortest item and a
    section does not lose its heading.
    """
    raised = dict(likely)
    # A deck in a header says little by itself.
    raised.update(dict.fromkeys(_leads(draft.passages, likely), CERTAIN))
    for items in _lists(draft.passages, likely):
        lengths = [len(draft.passages[index].text) + SHORT for index in items]
        # A list of ingredients with a short one, or a quotation with the name below it.
        total = sum(likely[i] * length for i, length in zip(items, lengths, strict=True))
        if total >= LEAST_OF_A_LIST * sum(lengths):
            raised.update({index: max(CERTAIN, likely[index]) for index in items})
    for index, (heading, below) in enumerate(zip(draft.passages, draft.passages[1:], strict=False)):
        is_heading = heading.block.kind == "heading" and heading.is_kept
        is_text_below = likely.get(index + 1, 0) > LEAST_BELOW and below.is_kept and is_prose(below)
        if is_heading and is_text_below and likely.get(index, 0) >= LEAST_OF_A_HEADING:
            raised[index] = max(CERTAIN, likely[index])
    return raised


def _holds_the_text(draft: ArticleDraft) -> bool:
    """Return whether certain residue, such as a form, has more of the expected text than is kept.

    It does on hardly a page: on that of a product, say, whose description is in its form.
    """
    kept = held = 0.0
    for passage in draft.passages:
        expected = len(passage.text) * passage.likelihood
        if passage.is_kept:
            kept += expected
        elif passage.verdict == DIALOG or passage.likelihood < CERTAIN:
            continue  # the terms of a shop are long
        elif _is_left_to_rules(passage) and is_prose(passage):
            held += expected
    return held > kept


def _verdict(passage: Passage, probability: float | None, *, is_bound: bool) -> Rule | None:
    """Return the verdict of a passage; some of the rules have the last word if `is_bound`."""
    # Text far from the choice was not scored, and hidden text stays hidden.
    if probability is None or passage.region.hidden or (is_bound and _is_left_to_rules(passage)):
        return passage.verdict
    # A paragraph within a list is part of its item, though its block is none.
    kind = "list_item" if _is_item(passage) else passage.block.kind
    if passage.verdict is not None:
        least = LEAST_TO_ADD_OF_KIND.get(kind, LEAST_TO_ADD)
        if probability >= max(least, _least_beside(passage.verdict)):
            return None
        # Being outside the article says little; a label there may be a line of a family. A
        # sign-in link in the frame of the site is not a wall, so families that veto are not taken.
        is_label = passage.is_outside and len(passage.text) <= LONGEST_LABEL
        rule = _reason(passage, passage.verdict) if is_label else passage.verdict
        return passage.verdict if rule.step in VETOES and is_label else rule
    if probability >= LEAST_TO_STAY_OF_KIND.get(kind, LEAST_TO_STAY):
        return None
    return _reason(passage, UNLIKELY)


def _least_beside(rule: Rule) -> float:
    """Return the least probability of a sidebar that is text; those of blogs are prose, too."""
    is_beside = rule.name.startswith("box-") and is_beside_the_article(rule.name)
    return LIKELY_BESIDE if is_beside else 0.0


def _runs(passages: Sequence[Passage], verdicts: Sequence[Rule | None]) -> Iterator[int]:
    """Yield the unlikely passages between kept ones that have prose and are not that unlikely.

    One paragraph amid an article is no reason for a hole: a page of release notes, or a
    quotation in another language, has many that are all a little unlikely.
    """
    runs = [list(run) for _, run in groupby(_shown(passages), key=lambda at: verdicts[at])]
    for before, run, after in zip(runs, runs[1:], runs[2:], strict=False):
        is_between = verdicts[before[0]] is None and verdicts[after[0]] is None
        if verdicts[run[0]] is not UNLIKELY or not is_between:
            continue
        lengths = [len(passages[at].text) + SHORT for at in run]
        total = sum(
            passages[at].likelihood * length for at, length in zip(run, lengths, strict=True)
        )
        if total >= LEAST_OF_A_RUN * sum(lengths) and any(is_prose(passages[at]) for at in run):
            yield from run


def _prose_in_boxes(passages: Sequence[Passage], verdicts: Sequence[Rule | None]) -> Iterator[int]:
    """Yield the likely prose in boxes of one name, if it is more than a paragraph or two.

    A theme has its text in `teasers`, a news site in boxes named after the advertisements
    beside them. A notice of consent is prose, too, and comments read like text: those names
    are believed.
    """
    boxes: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for index in _shown(passages):
        passage, rule = passages[index], verdicts[index]
        if rule is None or not rule.name.startswith("box-") or len(passage.text) < LEAST_BOXED:
            continue
        policy = policy_of(rule.step)
        least = LIKELY_BESIDE if policy.is_wall else max(LEAST_IN_BOXES, _least_beside(rule))
        is_believed = policy.asks_consent or policy.may_be_page or passage.likelihood < least
        if not is_believed and is_prose(passage):
            boxes[rule.step, rule.name].append(index)
    for indices in boxes.values():
        if len(indices) >= PARAGRAPHS_IN_BOXES:
            yield from indices


def _shown(passages: Sequence[Passage]) -> list[int]:
    return [at for at, p in enumerate(passages) if p.text.strip() and not p.region.hidden]


def _reason(passage: Passage, otherwise: Rule) -> Rule:
    """Return the residue rule that fits an unlikely line: it says more to a reader."""
    line = line_of(passage.text)
    hit = hit_of_line(line) if line else None
    return hit.rule if hit else otherwise


def _is_left_to_rules(passage: Passage) -> bool:
    """Return whether the rules have the last word: on certain residue, but not on embeds.

    Embedded posts are often in containers that are named like share bars.
    """
    rule, is_embed = passage.verdict, passage.block.kind == "embed"
    if rule is None:
        return is_embed
    return not is_embed and (rule.step in VETOES or rule.name.endswith("-element"))


def _prose(passages: list[Passage]) -> int:
    return sum(len(passage.text) for passage in passages if is_prose(passage))


def _is_item(passage: Passage) -> bool:
    """Return whether a passage is an item of a list, continues one, or is a defined term."""
    return passage.block.depth > 0 or passage.region.tag == "dt"


def _leads(passages: list[Passage], likely: Mapping[int, float]) -> list[int]:
    """Return the uncertain sentences right above the text that the rules chose."""
    kept = [i for i, p in enumerate(passages) if p.is_kept and is_prose(p)]
    first = next((index for index in kept if likely.get(index, 0) > LEAST_BELOW), 0)
    return [
        index
        for index in kept
        if first - LEADS <= index < first and not passages[index].linked
        if LEAST_OF_A_LEAD <= likely.get(index, 0) < CERTAIN
    ]


def _lists(passages: list[Passage], likely: Mapping[int, float]) -> list[list[int]]:
    """Return the indices of the passages of each list and each quotation.

    A list includes items that the rules left out one by one, such as a link
    among items without links.
    """
    lists: dict[int, list[int]] = defaultdict(list)
    quotations: list[list[int]] = []
    last = -2  # no passage follows it
    for index in sorted(likely):
        passage = passages[index]
        if passage.is_kept and passage.block.quote_depth:
            if index != last + 1:
                quotations.append([])
            quotations[-1].append(index)
            last = index
            continue
        may_stay = passage.is_kept or passage.is_outside
        if _is_item(passage) and passage.region.parent and may_stay:
            lists[passage.region.parent.index].append(index)
    return [*lists.values(), *quotations]
