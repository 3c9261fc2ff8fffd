"""Text that cleaning may have lost: removed prose that can belong to the article after all.

Cleaning removes much prose from nearly every page: comments, teasers, notices.
So a removed paragraph counts only if the scorer does not rule it out, and less
has to speak for it in the container of the text than elsewhere.
"""

from collections.abc import Iterator

from annotator.extract.choice.density import is_prose, width_of
from annotator.extract.families.family import line_of
from annotator.extract.families.line_patterns import hit_of_line
from annotator.extract.passages import ArticleDraft, Passage
from annotator.extract.residue.endings import NEXT_ARTICLE
from annotator.extract.residue.lines import is_site_line
from annotator.model.text import clean_line

MUCH = 0.3  # share of the text that may belong to the article
POSSIBLE = 0.3  # likelihood of a paragraph anywhere
POSSIBLE_WITHIN = 0.05  # likelihood of a paragraph in the container of the text

# Steps that remove what readers do not miss, or what they or the page chose.
_NOT_LOST = frozenset({"comments", "repeated", "site", "reader", "hidden"})


def signs_of_lost_text(draft: ArticleDraft) -> Iterator[str]:
    """Yield evidence that cleaning removed much of the article, if it did."""
    lost = _lost(draft)
    if not lost:
        return
    removed = sum(map(width_of, {passage.text for passage in lost}))  # teasers repeat theirs
    kept = sum(width_of(passage.text) for passage in draft.kept)
    if removed < MUCH * (removed + kept) or not kept:
        return
    share = round(100 * removed / (removed + kept))
    first = clean_line(lost[0].text, limit=120)
    yield f"Cleaning removed {share} % of what may be the text of the article, such as “{first}”"


def _lost(draft: ArticleDraft) -> list[Passage]:
    removed = [p for p in draft.passages if p.likelihood >= POSSIBLE_WITHIN and _is_lost(p)]
    if not removed:
        return []
    container = _container(draft)
    return [
        passage
        for passage in removed
        if passage.likelihood >= POSSIBLE
        or any(region.index == container for region in passage.region.chain())
    ]


def _is_lost(passage: Passage) -> bool:
    verdict = passage.verdict
    if verdict is None or verdict == NEXT_ARTICLE or verdict.step in _NOT_LOST:
        return False
    if passage.region.hidden:
        return False
    is_unknown = is_prose(passage) and hit_of_line(line_of(passage.text)) is None
    return is_unknown and not is_site_line(passage.text)


def _container(draft: ArticleDraft) -> int:
    """Return the index of the smallest region with all prose of the article, -1 without prose."""
    chains = [
        {region.index for region in passage.region.chain()}
        for passage in draft.kept
        if is_prose(passage)
    ]
    return max(set.intersection(*chains)) if chains else -1
