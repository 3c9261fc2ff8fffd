"""The choice of an article's passages: rules, then the scorer, then readability if needed.

readability-lxml costs as much as the rest of cleaning and usually adds nothing,
so it is asked only where the scorer is uncertain, which is a quarter of all pages.
Where the name of a box took much that may be text, the page is read once more without it.
"""

from collections.abc import Mapping
from statistics import fmean
from typing import NamedTuple

from annotator.extract.choice.containers import (
    LIKELY_WITHOUT,
    is_beside_the_article,
    misleading_name,
    named_bodies,
    residue_containers,
    suspects,
)
from annotator.extract.choice.density import measure_chosen
from annotator.extract.choice.rules import choose
from annotator.extract.choice.scorer.decisions import expected_f1, verdicts_by
from annotator.extract.choice.scorer.features import score, uncertainty
from annotator.extract.dom.elements import Element
from annotator.extract.metadata import Facts
from annotator.extract.passages import ArticleDraft, Passage, Region, Rule

MOST_UNCERTAINTY = 0.15  # share of the text
LEAST_GAIN = 0.02  # of the expected F1 without a name, at which the name is not believed
MOST_BESIDE = 0.5  # expected F1 with a sidebar's name; with more, the text is elsewhere


class Decision(NamedTuple):
    """The verdicts of the rules alone, and the probabilities of the scorer.

    A probability is that of the passage at an index of `ruled`, in the order of the page.
    """

    ruled: Mapping[Passage, Rule | None]
    likely: Mapping[int, float]


NO_DECISION = Decision({}, {})  # for a source that is not HTML, all of which is the article


def decide_by_rules(draft: ArticleDraft, root: Element | None, facts: Facts) -> Decision:
    """Set the verdicts of all passages by rules alone, and return what the scorer thinks of them.

    Where the scorer is uncertain, the rules choose once more, with the help of readability.
    """
    readable = frozenset[int]()
    likely = choose_and_score(draft, readable, facts)
    if root is not None and uncertainty(draft, likely) > MOST_UNCERTAINTY:
        readable = _readable_regions(root, draft.regions)
        likely |= choose_and_score(draft, readable, facts) if readable else {}
    likely = _better_without_a_name(draft, readable, likely, facts)
    return Decision({passage: passage.verdict for passage in draft.passages}, likely)


def _better_without_a_name(
    draft: ArticleDraft, readable: frozenset[int], likely: dict[int, float], facts: Facts
) -> dict[int, float]:
    """Read a page once more without the name that took much of it, if that promises more.

    Of a blog, the box of text and sidebar is the `sidebar-container`; of a list of programs
    with a description of each, the descriptions are as alike as teasers. Both
    readings say what they expect of either, since a name is evidence, too.
    """
    passages = draft.passages
    name = misleading_name(passages, likely)
    if not name:
        return likely
    ruled = [passage.verdict for passage in passages]
    first = verdicts_by(draft, likely)
    promised = expected_f1(passages, first, likely)
    if is_beside_the_article(name) and promised >= MOST_BESIDE:
        return likely
    again = likely | choose_and_score(draft, readable, facts, frozenset({name}))
    second = verdicts_by(draft, again)
    gains = (
        expected_f1(passages, second, likely) - promised,
        expected_f1(passages, second, again) - expected_f1(passages, first, again),
    )
    if fmean(gains) >= LEAST_GAIN:
        return again
    for passage, verdict in zip(passages, ruled, strict=True):
        passage.verdict = verdict
    return likely


def _readable_regions(root: Element, regions: list[Region]) -> frozenset[int]:
    # It takes 27 ms to load, which a command that extracts a single page rarely needs.
    from annotator.extract.choice.readability import readable_regions

    return readable_regions(root, regions)


def choose_and_score(
    draft: ArticleDraft,
    readable: frozenset[int],
    facts: Facts,
    doubted: frozenset[str] = frozenset(),
) -> dict[int, float]:
    """Let the rules choose, given the regions that readability keeps, and score the passages.

    Containers are not judged by names that are `doubted`.
    """
    measure_chosen(draft.passages, draft.regions, readable or named_bodies(draft.regions))
    containers = residue_containers(draft.regions, doubted)
    likely = _scored(draft, readable, containers, facts)
    named = suspects(draft.passages, containers)
    before = {name: suspect.likelihood(draft.passages, likely) for name, suspect in named.items()}
    # An article cut into containers that are named like sidebars or paywalls: the scorer reads
    # the page once more without the name, and believes it if it then takes the prose for text.
    tried = frozenset(name for name, mean in before.items() if mean >= named[name].possible)
    if not tried:
        return likely
    likely = _scored(draft, readable, residue_containers(draft.regions, doubted | tried), facts)
    misleading = frozenset(
        name
        for name in tried
        if before[name] >= named[name].likely
        or named[name].likelihood(draft.passages, likely) >= LIKELY_WITHOUT
    )
    if misleading == tried:
        return likely
    return _scored(draft, readable, residue_containers(draft.regions, doubted | misleading), facts)


def _scored(
    draft: ArticleDraft, readable: frozenset[int], containers: list[Rule | None], facts: Facts
) -> dict[int, float]:
    choose(draft, readable, containers)
    return score(draft, containers, facts)
