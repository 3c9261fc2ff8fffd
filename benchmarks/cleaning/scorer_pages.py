"""Pages halfway through extraction: after the choice of the rules, and from there to a text.

The rules choose twice, as in `annotator.extract.choice.decide`: by themselves,
and from the regions that readability-lxml keeps. Both choices are learned from;
a text has the second where the first leaves too much uncertainty.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from annotator.extract.choice.containers import named_bodies, residue_containers
from annotator.extract.choice.decide import MOST_UNCERTAINTY
from annotator.extract.choice.density import measure_chosen
from annotator.extract.choice.readability import readable_regions
from annotator.extract.choice.rules import choose
from annotator.extract.choice.scorer.decisions import apply_probabilities
from annotator.extract.choice.scorer.features import Features, positions_to_score, uncertainty
from annotator.extract.choice.scorer.page_view import view_page
from annotator.extract.kinds.threads import Thread, keep_posts
from annotator.extract.metadata import Facts
from annotator.extract.passages import ArticleDraft, Rule
from annotator.extract.pipeline import clean, open_page
from annotator.extract.steps import Cleaning
from annotator.model.article import Article
from annotator.model.document import Page as PageSource
from scorer_corpora import Sample
from scorer_labels import TOKEN, Label, labels_of


@dataclass(slots=True)
class Take:
    """A choice of the rules; `indices` are those of the passages to be scored."""

    verdicts: list[Rule | None]
    indices: list[int]
    features: list[list[float]]
    labels: list[Label]
    lengths: list[int]  # tokens


@dataclass(slots=True)
class Page:
    """A page with two choices of the rules: without and with readability."""

    sample: Sample
    draft: ArticleDraft
    facts: Facts
    thread: Thread | None
    readable: frozenset[int]  # the regions that readability-lxml keeps
    hidden: list[Rule | None]  # of each region, before the rules choose
    takes: tuple[Take, ...]


Guess = tuple[Sequence[float], ...]  # probabilities of the scored passages of each take


def read_page(sample: Sample) -> Page:
    """Return a page with the choices of the rules and the features of its passages."""
    tree, cleaning = open_page(PageSource(sample.url, sample.html))
    draft, facts = cleaning.draft, cleaning.facts
    readable = readable_regions(tree.root, draft.regions)
    hidden = [region.hidden for region in draft.regions]
    takes = tuple(_take(draft, each, facts, sample) for each in (frozenset[int](), readable))
    for region in draft.regions:
        region.element = None  # the tree is no longer needed, and cannot be pickled
    return Page(sample, draft, facts, cleaning.thread, readable, hidden, takes)


def _take(draft: ArticleDraft, readable: frozenset[int], facts: Facts, sample: Sample) -> Take:
    measure_chosen(draft.passages, draft.regions, readable or named_bodies(draft.regions))
    containers = residue_containers(draft.regions)
    choose(draft, readable, containers)
    viewed = view_page(draft, containers, facts)
    features = Features(viewed)
    positions = positions_to_score(viewed)
    labels = labels_of([view.passage.text for view in viewed.passages], sample.truth)
    texts = [viewed.passages[position].passage.text for position in positions]
    return Take(
        [passage.verdict for passage in draft.passages],
        [viewed.passages[position].index for position in positions],
        [[float(value) for value in features.at(position)] for position in positions],
        [labels[position] for position in positions],
        [len(TOKEN.findall(text)) for text in texts],
    )


def text_of(page: Page, guess: Guess | None) -> str:
    """Return the text of a page's article; by the rules alone if there are no probabilities."""
    passages = page.draft.passages
    before = [passage.block for passage in passages]
    take: Take = page.takes[-1]
    likely: Mapping[int, float] = {}
    if guess is not None:
        take, likely = _decided(page, guess)
    for passage, verdict in zip(passages, take.verdicts, strict=True):
        passage.verdict = verdict
    if guess is not None:
        apply_probabilities(page.draft, likely)
    keep_posts(page.draft, page.thread)
    blocks = clean(Cleaning(page.draft)).blocks
    page.draft.passages = passages  # cleaning splits some of them
    for passage, block in zip(passages, before, strict=True):
        passage.block = block
    return replace(_EMPTY, blocks=blocks).text


def _decided(page: Page, guess: Guess) -> tuple[Take, Mapping[int, float]]:
    """Return the choice that counts, and the probabilities for it."""
    first, second = page.takes
    likely = dict(zip(first.indices, guess[0], strict=True))
    if uncertainty(page.draft, likely) <= MOST_UNCERTAINTY:
        return first, likely
    return second, likely | dict(zip(second.indices, guess[1], strict=True))


_EMPTY = Article(id="", url="", title="")
