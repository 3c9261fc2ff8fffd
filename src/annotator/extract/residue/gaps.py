"""Fill gaps of a text: lines that belong to passages around them, though they read like a menu.

Short lines, links and labels say little by themselves. What the page made of the same kind as
kept passages, what is above kept text in a box of its own, and what a kept line announces
belongs to the text, whatever its words or the names around it.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise

from annotator.extract.choice.density import is_prose
from annotator.extract.dom.elements import folded
from annotator.extract.families import policy_of
from annotator.extract.passages import ArticleDraft, Passage, Region
from annotator.extract.residue.learned_lines import LEARNED

FELLOWS = 3  # kept lines made alike
MOST_PROSE = 0.2  # of the kept lines alike; paragraphs have no markup of their own
MOST_LINKS = 0.5  # share of links in a line that its words took
LEAST_LEAD = 40  # characters of a line that announces a list of links, and of an excerpt
LIKELY_LEAD = 0.5  # likelihood of an excerpt
TIMES = 2  # as many of a kind are kept as removed by choice,
TIMES_OF_WORDING = 3  # and as removed by their wording
SHORT = 10  # characters added to the length of each line of a run
LONGEST = 160  # characters of a line above text
NEAR = 2  # passages, and regions, from a line to its text and to the box of both
LIKELY = 0.15  # likelihood of a line above text
LIKELY_WORDING = 0.6  # the same if its wording was judged
LIKELY_TEXT = 0.4  # likelihood of that text
_ASKS = ("?", "？", "؟")
_OPENS = (":", "：")
_PICTURES = frozenset({"image", "embed", "rule"})
_MISNAMED = frozenset({"tags", "share", "related", "author"})
_LEADS_AWAY = frozenset({"teasers", "button-element", "more-articles"})

Markup = tuple[str, str, str, str]


def fill_gaps(draft: ArticleDraft, excerpt: str, *, is_article: bool) -> None:
    """Restore the lines within a text that belong to passages which were kept.

    So does what the page gives as its excerpt, whatever its wording. What is between the
    parts of a page that is no article is mostly its own.
    """
    shown = [p for p in draft.passages if p.text.strip() and not p.region.hidden]
    lines = [passage for passage in shown if passage.block.kind not in _PICTURES]
    prose = [at for at, line in enumerate(lines) if line.is_kept and is_prose(line)]
    if not prose:
        return
    for rule in RULES if is_article else (*RULES, _runs):
        for line in list(rule(lines, range(prose[0], prose[-1]))):
            line.verdict = None
    for line in _standfirsts(lines, folded(excerpt)):
        line.verdict = None


def _standfirsts(lines: Sequence[Passage], wanted: str) -> Iterator[Passage]:
    """Yield what is the excerpt of the page, such as “Also: Raymond wins again; Aberdeen loses”."""
    for line in lines if len(wanted) >= LEAST_LEAD else ():
        rule = line.verdict
        if rule is None or line.likelihood < LIKELY_LEAD:
            continue
        is_by_words = rule.name == LEARNED or policy_of(rule.step).names_articles
        letters = folded(line.text) if is_by_words else ""
        is_long = len(letters) >= LEAST_LEAD
        if is_long and (wanted.startswith(letters) or letters.startswith(wanted)):
            yield line


def _fellows(lines: Sequence[Passage], amid: range) -> Iterator[Passage]:
    """Yield lines that were made like many kept ones that are short: figures, names, items."""
    kept: Counter[Markup] = Counter()
    prose: Counter[Markup] = Counter()
    removed: Counter[Markup] = Counter()
    for line in lines:
        (kept if line.is_kept else removed)[_markup(line)] += 1
        if line.is_kept and is_prose(line):
            prose[_markup(line)] += 1
    for at in amid:
        line, markup = lines[at], _markup(lines[at])
        if not (line.is_outside or _is_by_wording(line)) or kept[markup] < FELLOWS:
            continue
        is_item = line.block.kind == "list_item"
        times = (1 if is_item else TIMES) if line.is_outside else TIMES_OF_WORDING
        is_short = is_item or prose[markup] <= MOST_PROSE * kept[markup]
        is_own = line.is_outside or line.link_density < MOST_LINKS
        if is_short and is_own and kept[markup] > times * removed[markup]:
            yield line


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


def _labels(lines: Sequence[Passage], amid: range) -> Iterator[Passage]:
    """Yield lines that end with a colon above a kept passage."""
    for at in amid:
        line = lines[at]
        is_label = line.is_outside and line.text.rstrip().endswith(_OPENS)
        # "Image:" is the label of a credit.
        if is_label and lines[at + 1].is_kept and not _is_in_figure(line):
            yield line


def _terms(lines: Sequence[Passage], amid: range) -> Iterator[Passage]:
    """Yield terms of kept definitions, such as options of a command."""
    for at in amid:
        line, below = lines[at], lines[at + 1]
        is_term = line.region.tag == "dt" and below.is_kept and line.verdict is not None
        if is_term and any(region.tag == "dd" for region in below.region.chain()):
            yield line


def _heads(lines: Sequence[Passage], amid: range) -> Iterator[Passage]:
    """Yield headings and questions above kept text with which they have a box of their own."""
    for at in amid:
        line = lines[at]
        asks = line.block.kind == "heading" or line.text.rstrip().endswith(_ASKS)
        below = next((p for p in lines[at + 1 : at + 1 + NEAR] if p.is_kept), None)
        is_head = asks and line.verdict is not None and len(line.text) <= LONGEST
        if not is_head or not below or not is_prose(below) or below.likelihood < LIKELY_TEXT:
            continue
        if _is_by_wording(line):
            is_own = line.likelihood >= LIKELY_WORDING
        else:
            up, above = _steps(line, below), _steps(line, lines[at - 1])
            is_own = line.likelihood >= LIKELY and up <= NEAR and up < above and _is_misnamed(line)
        if is_own:
            yield line


def _runs(lines: Sequence[Passage], amid: range) -> Iterator[Passage]:
    """Yield short lines of runs that nothing but their likelihood left out: figures, features."""
    for is_kept, group in groupby(lines[amid.start : amid.stop], key=lambda line: line.is_kept):
        run = list(group)
        if is_kept or not all(line.is_outside for line in run):
            continue
        lengths = [len(line.text) + SHORT for line in run]
        total = sum(line.likelihood * size for line, size in zip(run, lengths, strict=True))
        if total >= LIKELY * sum(lengths):
            yield from (line for line in run if line.link_density < MOST_LINKS)


def _is_by_wording(line: Passage) -> bool:
    """Return whether words alone took a line: those of the judge, or of a maker of pictures."""
    rule = line.verdict
    return rule is not None and rule.name in {LEARNED, "credit"}


def _is_misnamed(line: Passage) -> bool:
    """Return whether a heading was taken by its box, or as what leads to other pages."""
    rule = line.verdict
    is_box = rule is not None and rule.step in _MISNAMED and rule.name.startswith("box-")
    return line.is_outside or is_box or (rule is not None and rule.name in _LEADS_AWAY)


def _is_in_figure(line: Passage) -> bool:
    return any(region.tag in {"figure", "figcaption"} for region in line.region.chain())


def _markup(line: Passage) -> Markup:
    region, holder = line.region, line.region.parent
    return region.tag, region.names, holder.tag if holder else "", holder.names if holder else ""


def _steps(line: Passage, other: Passage) -> int:
    """Return how many regions a line is below the smallest that it shares with another."""
    around = {region.index for region in other.region.chain()}
    chain: Iterator[Region] = line.region.chain()
    return next((steps for steps, region in enumerate(chain) if region.index in around), LONGEST)


RULES: tuple[Callable[[Sequence[Passage], range], Iterator[Passage]], ...] = (
    _fellows,
    _announced,
    _labels,
    _terms,
    _heads,
)
