"""Fill gaps of a text: lines that belong to passages around them, though they read like a menu.

Short lines, links and labels say little by themselves. What the page made of the same kind as
kept passages, what is above kept text in a box of its own, and what a kept line announces
belongs to the text, whatever its words or the names around it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise, takewhile
from statistics import fmean

from annotator.extract.choice.containers import TEASERS
from annotator.extract.choice.density import is_prose
from annotator.extract.choice.scorer.decisions import LEAST_TO_STAY_OF_KIND
from annotator.extract.dom.elements import words
from annotator.extract.families import VETOES, hit_of_line, line_of
from annotator.extract.passages import ArticleDraft, Passage
from annotator.extract.residue.boxes import LEARNED
from annotator.extract.residue.endings import HEADING_OF_NOTHING

# The steps whose verdicts do not stand: not those on repetitions, or by a rule for the site.
JUDGES = words("rules scorer thread kind lines wording kickers endings")
FELLOWS = 2  # kept lines made alike must be more
MOST_PROSE = 0.2  # of the kept lines alike; paragraphs have no markup of their own
MOST_PROSE_OF_LIKELY, LIKELY_FELLOW = 0.4, 0.8  # the same above a likelihood of a line
MOST_LINKS = 0.5  # share of links in a line that its words took
LEAST_LEAD = 40  # characters of a line that announces a list of links
TIMES = 2  # as many of a kind are kept as removed by choice,
TIMES_OF_WORDING = 3  # and as removed by their wording
LONGEST = 160  # characters of a line above text
NEAR = 2  # passages, and regions, from a line to its text and to the box of both
LIKELY = 0.15  # likelihood of a line above text
LIKELY_WORDING = 0.6  # the same if its wording was judged
CONTAINERS = 3  # around a heading: its own, that of its anchor, that of its section
LIKELY_LINK = 0.5  # likelihood of a heading that is a link
LIKELY_LINKS = 0.25  # mean likelihood of headings that are links
LIKELY_SECTION = 0.6  # likelihood of the heading of a section
LIKELY_TEXT = 0.4  # likelihood of that text, and of such a heading above anything
MUCH_AMID = 0.1  # share of a page that was left out between parts of its text
LIKELY_AMID = 0.05  # likelihood of what comes back then
_ASKS = ("?", "？", "؟")
_OPENS = (":", "：")
_PICTURES = words("image embed rule")
_HEADED = words("quote code table footnote list_item")
_MISNAMED = words("tags share related author")
_NAMED = words("navigation tags")
_CARDS = re.compile(r"^box-(?:[\w-]+-)?(?:promos?|teasers?)(?![a-z])")  # whatever they lead to
_LEADS_AWAY = frozenset({TEASERS, "button-element", "more-articles"})


def fill_gaps(draft: ArticleDraft, *, is_article: bool) -> None:
    """Restore the lines within a text that belong to passages which were kept."""
    shown = [p for p in draft.passages if p.text.strip() and not p.region.hidden]
    lines = [passage for passage in shown if passage.block.kind not in _PICTURES]
    prose = [at for at, line in enumerate(lines) if line.is_kept and is_prose(line)]
    if not prose:
        return
    # What is between the parts of a page that is no article is mostly its own.
    for rule in RULES if is_article else (*RULES, _middle):
        for line in list(rule(lines, range(prose[0], prose[-1]))):
            if line.verdict and line.judge in JUDGES and line.verdict.step not in VETOES:
                line.verdict = None


def _fellows(lines: Sequence[Passage], amid: range) -> Iterator[Passage]:
    """Yield lines that were made like many kept ones that are short: figures, names, items."""
    kept = Counter(_markup(line) for line in lines if line.is_kept)
    prose = Counter(_markup(line) for line in lines if line.is_kept and is_prose(line))
    removed = Counter(_markup(line) for line in lines if not line.is_kept)
    for at, line in enumerate(lines):
        is_likely = line.likelihood >= LIKELY_FELLOW
        if at not in amid and not is_likely:
            continue
        if line.is_outside or (line.verdict and line.verdict.name == TEASERS):
            times = 1 if line.block.depth else TIMES
        elif _is_by_wording(line) and line.link_density < MOST_LINKS:
            times = TIMES if is_likely else TIMES_OF_WORDING
        else:
            continue
        markup = _markup(line)
        most = MOST_PROSE_OF_LIKELY if is_likely else MOST_PROSE
        is_short = line.block.depth > 0 or prose[markup] <= most * kept[markup]
        if is_short and kept[markup] > max(FELLOWS, times * removed[markup]):
            yield line


def _sections(lines: Sequence[Passage], amid: range) -> Iterator[Passage]:
    """Yield sections of links alone, if several: a wiki's lists of pages on its subjects."""
    kept = {_markup(line) for line in lines if line.is_kept and line.block.level}
    sections: list[list[Passage]] = [[]]
    for line in lines[amid.start :]:
        is_emptied = line.verdict is not None and line.verdict.name == HEADING_OF_NOTHING
        if is_emptied and line.likelihood >= LIKELY_SECTION and _markup(line) in kept:
            sections.append([line])
        elif sections[-1] and line.block.kind == "list_item" and line.is_outside:
            sections[-1].append(line)
        else:
            sections.append([])
    listed = [section for section in sections if len(section) > FELLOWS]
    yield from (line for section in listed if len(listed) > 1 for line in section)


def _announced(lines: Sequence[Passage], amid: range) -> Iterator[Passage]:
    """Yield the items of a list below a kept line that ends with a colon."""
    is_announced = False
    for at, (above, line) in enumerate(pairwise(lines[amid.start :]), amid.start):
        is_item = line.block.kind == "list_item"
        opens = above.is_kept and above.text.rstrip().endswith(_OPENS)
        # "More from us:" above links at the end announces other articles.
        is_own = not line.linked or at in amid or len(above.text) >= LEAST_LEAD
        is_announced = is_item and (is_announced or (opens and is_own))
        if is_announced and line.is_outside:
            yield line


def _heads(lines: Sequence[Passage], amid: range) -> Iterator[Passage]:
    """Yield what stands above kept text: terms, labels, and headings and questions."""
    known = {line.block.level for line in lines if line.is_kept}
    last = lines[amid.start]  # prose of the article
    for at in amid:
        line = lines[at]
        last = line if line.is_kept and is_prose(line) else last
        below = next((p for p in lines[at + 1 : at + 1 + NEAR] if p.is_kept), None)
        if line.is_kept or below is None or len(line.text) > LONGEST:
            continue
        is_right_above = line.is_outside and below is lines[at + 1]
        if (
            line.region.tag == "dt"
            or (is_right_above and (_is_label(line) or _is_headed(line, last, below, known)))
            or _is_in_own_box(line, lines[at - 1], below)
        ):
            yield line


def _links(lines: Sequence[Passage], amid: range) -> Iterator[Passage]:
    """Yield headings of one level that link to what the text below is about, as of ten schools.

    Some may be kept already. One that links to itself is the anchor of its section.
    """
    levels: defaultdict[int, list[Passage]] = defaultdict(list)
    kept = Counter(line.block.level for line in lines[amid.start :] if line.is_kept and line.linked)
    for line, below in pairwise(lines[amid.start :]):
        # The text may begin with facts, such as the number of reviews.
        is_made_for = is_prose(below) or below.block.kind in LEAST_TO_STAY_OF_KIND
        is_text = below.is_kept and (is_made_for or line.likelihood >= LIKELY_TEXT)
        if line.block.level and line.linked and line.is_outside and is_text:
            if _links_to_itself(line):
                yield line
            levels[line.block.level].append(line)
    for level, heads in levels.items():
        is_likely = fmean(head.likelihood for head in heads) >= LIKELY_LINKS
        if is_likely and len(heads) + kept[level] > FELLOWS:
            yield from heads


def _links_to_itself(heading: Passage) -> bool:
    element = heading.region.element
    if element is None:
        return False
    links = (*element.iterancestors("a"), *element.iter("a"))
    return any(link.get("href") == f"#{element.get('id')}" for link in links)


def _terms(lines: Sequence[Passage], amid: range) -> Iterator[Passage]:
    """Yield boxes in the text that explain terms of it: “HP: How many hits it can take”."""
    for _, around in groupby(lines[amid.start : amid.stop], key=lambda line: line.region.parent):
        box = [line for line in around if line.verdict and line.verdict.name.startswith("box-")]
        prose = [line.block for line in box if is_prose(line) and not line.linked]
        bold = [mark for block in prose for mark in block.marks[:1] if mark.kind == "strong"]
        if sum(mark.span.start == 0 for mark in bold) > max(FELLOWS, len(box) - 2):
            yield from box


def _emptied(lines: Sequence[Passage], amid: range) -> Iterator[Passage]:
    """Yield lists of short lines that are all that a kept heading has below it."""
    heads = [at for at in amid if lines[at].is_kept] + [amid.stop]
    for head, after in pairwise(heads):
        below, is_head = lines[head + 1 : after], lines[head].block.kind == "heading"
        is_alone = lines[after].block.kind == "heading" or after == amid.stop
        is_list = len(below) > FELLOWS and len({_markup(line) for line in below}) == 1
        if is_head and is_alone and is_list and all(line.is_outside for line in below):
            yield from below


def _is_headed(line: Passage, last: Passage, below: Passage, known: set[int]) -> bool:
    """Return whether a heading is made as others are, and near what is below it.

    A teaser's heading is a link, has a container of its own, or a level that no heading of the
    article has. A link alone between paragraphs of the text is the heading of those paragraphs.
    """
    is_text = is_prose(below) or (below.block.kind in _HEADED)
    if not line.block.level or not is_text or hit_of_line(line_of(line.text)) is not None:
        return False
    is_own = not line.linked or (line.likelihood >= LIKELY_LINK and is_prose(below))
    is_near = line.block.level in known and _steps(line, below) <= CONTAINERS
    are_siblings = last.region.parent is line.region.parent is below.region.parent
    return are_siblings or (is_near and is_own)


def _is_in_own_box(line: Passage, above: Passage, below: Passage) -> bool:
    """Return whether a heading or a question shares a box with its text alone."""
    asks = line.block.kind == "heading" or line.text.rstrip().endswith(_ASKS)
    if not asks or not is_prose(below) or below.likelihood < LIKELY_TEXT:
        return False
    if _is_by_wording(line):
        return line.likelihood >= LIKELY_WORDING
    up = _steps(line, below)
    is_own = up <= NEAR and up < _steps(line, above) and _is_misnamed(line)
    return is_own and line.likelihood >= LIKELY


def _is_label(line: Passage) -> bool:
    # "Image:" in a figure is the label of a credit.
    is_in_figure = any("fig" in region.tag for region in line.region.chain())
    return line.text.rstrip().endswith(_OPENS) and not is_in_figure


def _middle(lines: Sequence[Passage], amid: range) -> Iterator[Passage]:
    """Yield short lines that may be text, and all if it is much: a firm's services are cards."""
    known = {line.text for line in lines if line.is_kept}
    left_out = {
        line.text: line
        for line in reversed(lines[amid.start : amid.stop])  # the first of copies
        if line.text not in known and line.likelihood >= LIKELY_AMID and _may_be_card(line)
    }
    length, kept = (sum(map(len, texts)) for texts in (left_out, known))
    is_much = len(left_out) > FELLOWS and length >= MUCH_AMID * (length + kept)
    for line in left_out.values():
        is_line = line.is_outside and line.likelihood >= LIKELY and line.link_density < MOST_LINKS
        if is_much or is_line:
            yield line


def _may_be_card(line: Passage) -> bool:
    step, name = (line.verdict.step, line.verdict.name) if line.verdict else ("", "")
    is_box = (step in _NAMED and name.startswith("box-")) or _CARDS.search(name) is not None
    return line.is_outside or is_box or name == TEASERS


def _is_by_wording(line: Passage) -> bool:
    """Return whether words alone took a line: as the judge knows them, or of a photographer."""
    return line.verdict is not None and line.verdict.name in {LEARNED, "credit"}


def _is_misnamed(line: Passage) -> bool:
    """Return whether a heading was taken by its box, or as what leads to other pages."""
    step, name = (line.verdict.step, line.verdict.name) if line.verdict else ("", "")
    is_box = step in _MISNAMED and name.startswith("box-")
    return line.is_outside or is_box or name in _LEADS_AWAY


def _markup(line: Passage) -> tuple[str, ...]:
    region, holder = line.region, line.region.parent
    return region.tag, region.names, holder.tag if holder else "", holder.names if holder else ""


def _steps(line: Passage, other: Passage) -> int:
    """Return how many regions a line is below the smallest that it shares with another."""
    around = {region.index for region in other.region.chain()}
    return sum(1 for _ in takewhile(lambda box: box.index not in around, line.region.chain()))


RULES = (_sections, _announced, _links, _heads, _fellows, _emptied, _terms)
