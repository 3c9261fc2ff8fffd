"""Text that cleaning may have lost: how much it is, and where it was.

Cleaning removes much from nearly every page: menus, teasers, notices. A passage that the
scorer takes for text with some probability counts by that probability, so that many
doubtful paragraphs weigh as much as a few likely ones: the posts of a thread, say. Less
is needed in the middle of the text, where there is hardly anything else, and tables and code
count there in full, as do short lines and headings: a twentieth of the text, ten lines or
thirty links make it partial. Fewer are only reported, as are likely lines below the text, and
those that a rule on wording removed. What the article has elsewhere does not count.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from annotator.extract.choice.containers import TEASERS
from annotator.extract.choice.density import is_prose, width_of
from annotator.extract.choice.rules import prices_of
from annotator.extract.choice.scorer.decisions import UNLIKELY
from annotator.extract.families import VETOES, hit_of_line, line_of, policy_of
from annotator.extract.kinds.alike import FORUM_ADDRESS
from annotator.extract.kinds.threads import BESIDE_THE_POSTS
from annotator.extract.passages import ArticleDraft, Passage
from annotator.extract.residue.boxes import LEARNED
from annotator.extract.residue.endings import AUTHOR_NOTE, NEXT_ARTICLE
from annotator.extract.residue.learned_lines import wording_score
from annotator.extract.residue.line_scorer import LIKELY as LIKELY_OF_SITE
from annotator.extract.residue.line_scorer import line_score
from annotator.extract.residue.lines import is_site_line
from annotator.model.text import clean_line

MUCH = 0.05  # share of the text that is expected among what was removed, anywhere
MUCH_AMID = 0.03  # the same, between parts of the text that were kept
MUCH_OF_OFFER = 0.15  # the same of a page that is no article, however likely each passage is
MUCH_HIDDEN = 0.2  # share of the text between kept parts that the page itself hides
LEAST = 300  # Latin characters; a caption or a note on the author is no loss
POSSIBLE = 0.15  # likelihood of a passage that may be text
MOST_LINKS = 0.5  # share of links in it
LIKELY_END = 0.5  # likelihood of the last line of a text that is not a paragraph
# Likelihoods at which a removed line may be text:
POSSIBLE_LINE = 0.1  # in the middle of the text
LIKELY_BELOW = 0.2  # below the text, on a page that is no article
LIKELY_LINE = 0.3  # below an article, a link below any text, or in a box in the middle
LIKELY_BY = {"wording": 0.5, "endings": 0.5, "lines": 0.7}  # removed by one of these steps
LIKELY_LAST = 0.8  # below the text, and removed by its wording
SURE = 0.02  # more, times the square of the log-odds that it is a line of the site
MANY_LINES = 10  # such lines, which make a text partial
MANY_LINKS = 30  # the same if most of them are links, and MUCH
LEAST_OF_MANY = 0.02  # share of the text that so many lines are at least
LONG_LINE = 40  # Latin characters; shorter ones are reported only in the middle of the text
LEAST_LINES = 40  # Latin characters of all lines that are reported, unless words took one
QUOTED = 3  # of these lines
TEASED = 1.5  # times the kept text in teasers or posts, at which they may be the text
MOST_NUMBERS = 0.15  # share of the words of a line; one with more is a tally

# Steps that remove what readers do not miss, or what they or the page chose.
_NOT_LOST = frozenset({"repeated", "site", "reader", "hidden"})
_NO_TEXT = frozenset({NEXT_ARTICLE, AUTHOR_NOTE, BESIDE_THE_POSTS})  # signatures of members
_BEHIND_TABS = frozenset({"hidden-attribute", "hidden-class", "hidden-style"})
_DATA = frozenset({"code", "table"})
_PLACES = ("above the text", "in the middle of the text", "below the text")


def may_be_text(passage: Passage) -> bool:
    """Return whether a removed passage may belong to the article."""
    return passage.likelihood >= POSSIBLE and _is_removed_text(passage)


def signs_of_lost_text(draft: ArticleDraft, url: str = "") -> Iterator[str]:
    """Yield evidence that the article lacks much of its text, though the page has it."""
    prose = [index for index, p in enumerate(draft.passages) if p.is_kept and is_prose(p)]
    kept = sum(width_of(p.text) for p in draft.kept if p.block.kind != "image")
    if not prose or not kept:
        return
    amid = range(prose[0], prose[-1])
    lost: list[_Loss] = []
    hidden: list[Passage] = []
    doubtful = _doubtful_lines(draft, amid.stop)
    own = [line for line in doubtful if line.link_density < MOST_LINKS]
    lines, linked = (sum(width_of(line.text) for line in some) for some in (own, doubtful))
    is_many = len(own) >= MANY_LINES and _share(lines, kept) >= LEAST_OF_MANY
    is_many = is_many or (len(doubtful) >= MANY_LINKS and _share(linked, kept) >= MUCH)
    known = {passage.text for passage in draft.kept}
    for index, passage in enumerate(draft.passages):
        place = 0 if index < amid.start else 1 if index in amid else 2
        is_above = draft.is_thread and place == 0  # what the forum says above its posts
        if passage.verdict is None or passage.text in known or is_above:
            continue
        known.add(passage.text)  # teasers repeat theirs
        is_data = place == 1 and passage.block.kind in _DATA
        if place == 1 and passage.verdict.name in _BEHIND_TABS and is_prose(passage):
            hidden.append(passage)
        elif (is_data or passage.likelihood >= POSSIBLE) and _is_removed_text(passage):
            width = width_of(passage.text)
            # A paragraph that the rules chose counts whole, though the scorer doubted it.
            is_whole = is_data or (passage.verdict == UNLIKELY and is_prose(passage))
            lost.append(_Loss(place, passage, width, width * (is_whole or passage.likelihood)))
    expected = sum(loss.expected for loss in lost)
    between = sum(loss.expected for loss in lost if loss.place == 1)
    is_much = _share(expected, kept) >= MUCH or _share(between, kept) >= MUCH_AMID
    if is_much and sum(loss.width for loss in lost) >= LEAST:
        yield _in_words(lost, kept)
    elif _in_boxes_alike(draft, url) >= max(LEAST, TEASED * kept):
        yield "Cleaning removed more text as teasers or comments than it kept."
    elif is_many or (lines >= LEAST and _share(lines, kept) >= MUCH):
        yield from remarks_on_lines(draft)
    behind = _share(sum(width_of(passage.text) for passage in hidden), kept)
    if behind >= MUCH_HIDDEN:
        share, first = round(100 * behind), clean_line(hidden[0].text, limit=120)
        yield f"The page hides {share} % of its text, as behind tabs or buttons: “{first}”"


def signs_of_lost_offer(draft: ArticleDraft) -> Iterator[str]:
    """Yield evidence that a page which is no article lacks much of what may be its text."""
    kept = {p.text for p in draft.kept if p.block.kind != "image"}
    lost = {p.text for p in draft.passages if p.text not in kept and _may_be_offer(p)}
    share = _share(*(sum(map(width_of, texts)) or 1 for texts in (lost, kept)))
    if share >= MUCH_OF_OFFER and lost:
        first = clean_line(max(lost, key=width_of), limit=120)
        yield f"Cleaning removed {round(100 * share)} % of what may be the text, such as “{first}”"


def _may_be_offer(passage: Passage) -> bool:
    rule = passage.verdict
    if rule is None or rule.step in VETOES or rule.name.endswith("-element"):
        return False
    return passage.likelihood >= POSSIBLE_LINE and _is_removed_text(passage)


def _in_boxes_alike(draft: ArticleDraft, url: str) -> float:
    """Return how much prose was taken for teasers, or for comments at the address of a forum."""
    is_forum = FORUM_ADDRESS.search(url.partition("//")[2]) is not None
    removed = [(p.verdict, p.text) for p in draft.passages if p.verdict and is_prose(p)]
    posts = {text for rule, text in removed if is_forum and policy_of(rule.step).may_be_page}
    texts = posts | {text for rule, text in removed if rule.name == TEASERS}
    return sum(map(width_of, texts))


def remarks_on_lines(draft: ArticleDraft) -> Iterator[str]:
    """Yield a sentence on the lines in or below the text that may belong to it, if any."""
    said = " ".join(passage.text for passage in draft.kept)
    for price in (price for price in prices_of(draft) if price.text not in said):
        yield f"Cleaning left out what it may cost: “{clean_line(price.text, limit=80)}”"
    lines = _doubtful_lines(draft, len(draft.passages))
    is_by_wording = any(line.judge == "wording" for line in lines)  # in the middle, and likely
    if is_by_wording or sum(width_of(line.text) for line in lines) >= LEAST_LINES:
        longest = sorted(lines, key=lambda line: -width_of(line.text))[:QUOTED]
        said = "”, “".join(clean_line(p.text, limit=120) for p in lines if p in longest)
        many = "a line" if len(lines) == 1 else f"{len(lines)} lines"
        yield f"Cleaning removed {many} that may belong to the text: “{said}”"


def _doubtful_lines(draft: ArticleDraft, end: int) -> list[Passage]:
    """Return the removed passages from the first kept prose on that may be text."""
    prose = [index for index, p in enumerate(draft.passages) if p.is_kept and is_prose(p)]
    if not prose or draft.is_thread:
        return []
    known = {draft.title, *(passage.text for passage in draft.kept)}
    # A wiki's page ends with lists, each below a heading.
    likely = (at for at, p in enumerate(draft.passages) if p.is_kept and p.likelihood >= LIKELY_END)
    last = max([prose[-1], *likely])
    own = {
        draft.passages[at].text: draft.passages[at]
        for at in range(prose[0], max(end, last))
        if _may_be_line(draft.passages[at], is_amid=at < last, is_article=draft.is_article)
    }
    return [line for text, line in own.items() if text not in known]


def _may_be_line(passage: Passage, *, is_amid: bool, is_article: bool) -> bool:
    verdict, likelihood = passage.verdict, passage.likelihood
    if verdict is None or verdict.step in _NOT_LOST or _is_tally(passage):
        return False
    is_long = width_of(passage.text) >= LONG_LINE
    is_link = passage.link_density >= MOST_LINKS
    if passage.is_outside:
        # A long heading that is a link is of a teaser, or of a film; a short one may be a name.
        is_teaser = is_link and is_long and passage.block.kind == "heading"
        below = LIKELY_LINE if is_link or is_article else LIKELY_BELOW
        is_possible = likelihood >= (POSSIBLE_LINE if is_amid and not is_teaser else below)
        return is_possible and (is_amid or is_long) and not _is_residue(passage.text)
    if passage.judge in LIKELY_BY:
        # The score of lines is often wrong about text, the patterns of prompts hardly ever. A
        # note on the author is no loss.
        policy = policy_of(verdict.step)
        is_title = policy.names_articles and verdict.name != LEARNED
        is_prompt = passage.judge == "lines" and (policy.veto or is_title)
        least = LIKELY_BY[passage.judge]
        if passage.judge == "wording":
            # Amid the text, short lines count, too; those that are hardly text need be likelier.
            sure = SURE * max(0.0, wording_score(passage.text)) ** 2
            least = least + sure if is_amid else max(least + sure, LIKELY_LAST)
            is_long = is_long or is_amid
        return is_long and likelihood >= least and not is_prompt and verdict != AUTHOR_NOTE
    is_box = verdict.name.startswith("box-") and likelihood >= LIKELY_LINE and not is_link
    is_text = likelihood >= POSSIBLE_LINE or not (is_link and is_article)
    is_card = verdict.name == TEASERS and is_text
    return is_amid and is_long and (is_card or (is_box and verdict.step not in VETOES))


class _Loss(NamedTuple):
    """A removed passage that may be text, and how much text it is expected to be."""

    place: int  # of `_PLACES`
    passage: Passage
    width: float
    expected: float


def _is_removed_text(passage: Passage) -> bool:
    verdict = passage.verdict
    if verdict is None or verdict in _NO_TEXT or verdict.step in _NOT_LOST:
        return False
    if passage.region.hidden or passage.link_density >= MOST_LINKS or _is_tally(passage):
        return False
    if policy_of(verdict.step).asks_consent:  # a notice is prose, and often longer than the text
        return False
    return not _is_residue(passage.text)


def _is_residue(text: str) -> bool:
    """Return whether a text is residue by its wording."""
    is_known = hit_of_line(line_of(text)) is not None or is_site_line(text)
    return is_known or line_score(text) > LIKELY_OF_SITE


def _is_tally(passage: Passage) -> bool:
    """Return whether a passage is a picture, or a row of labels and numbers such as of reviews."""
    if passage.block.kind in _DATA or is_prose(passage):
        return False
    words = passage.text.split()
    numbers = sum(1 for word in words if any(map(str.isdigit, word)))
    return passage.block.kind == "image" or numbers > MOST_NUMBERS * len(words)


def _in_words(lost: Sequence[_Loss], kept: float) -> str:
    """Return how much was removed, where most of it was, and how that begins."""
    weights: Counter[int] = Counter()
    for loss in lost:
        weights[loss.place] += round(loss.expected)
    where = max(weights, key=weights.__getitem__)
    longest = max((loss for loss in lost if loss.place == where), key=lambda loss: loss.expected)
    share, words = _share(sum(loss.width for loss in lost), kept), longest.passage.text
    return (
        f"Cleaning removed {round(100 * share)} % of what may be the text of the article, "
        f"most of it {_PLACES[where]}, such as “{clean_line(words, limit=120)}”"
    )


def _share(part: float, rest: float) -> float:
    return part / (part + rest)
