"""Pages on their way through cleaning: up to the choice of the rules, and from there to a text."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from annotator.extract.choose import choose
from annotator.extract.measure import measure, measure_chosen
from annotator.extract.metadata import read_metadata
from annotator.extract.parse import parse
from annotator.extract.passages import Draft, Rule
from annotator.extract.pipeline import clean
from annotator.extract.readable import readable_regions
from annotator.extract.scorer.features import Features
from annotator.extract.scorer.scores import positions_to_score
from annotator.extract.scorer.verdicts import judge_by, silence_alternatives
from annotator.extract.scorer.view import look
from annotator.extract.steps.boxes import residue_boxes
from annotator.extract.walk import read_passages
from annotator.model.article import Article
from scorer_corpora import Sample
from scorer_labels import TOKEN, Label, labels_of


@dataclass(slots=True)
class Page:
    """A page with its features and labels; `indices` are those of the passages to be scored."""

    sample: Sample
    draft: Draft
    indices: list[int]
    features: list[list[float]]
    labels: list[Label]
    lengths: list[int]  # tokens


def read_page(sample: Sample) -> Page:
    """Return a page as the rules have it, with the features of its passages."""
    tree = parse(sample.html, url=sample.url)
    facts = read_metadata(tree, sample.url)
    passages, regions = read_passages(tree)
    measure(passages, regions)
    draft = Draft(passages, regions, facts.title, facts.byline)
    readable = readable_regions(tree.root, regions)
    measure_chosen(passages, regions, readable)
    boxes: list[Rule | None] = list(residue_boxes(regions))
    choose(draft, readable, boxes)
    for region in regions:
        region.element = None  # the tree is not needed any more, and cannot be kept in a file
    silence_alternatives(draft)
    view = look(draft, readable, boxes, facts.excerpt)
    features = Features(view)
    positions = positions_to_score(view)
    labels = labels_of([glimpse.passage.text for glimpse in view.glimpses], sample.truth)
    texts = [view.glimpses[position].passage.text for position in positions]
    return Page(
        sample,
        draft,
        [view.glimpses[position].index for position in positions],
        [[float(value) for value in features.at(position)] for position in positions],
        [labels[position] for position in positions],
        [len(TOKEN.findall(text)) for text in texts],
    )


def text_of(page: Page, likely: Mapping[int, float] | None) -> str:
    """Return the text of a page's article; without probabilities as the rules have it."""
    passages = page.draft.passages
    before = [(passage.verdict, passage.block) for passage in passages]
    if likely is not None:
        judge_by(page.draft, likely)
    blocks = clean(page.draft).blocks
    for passage, (verdict, block) in zip(passages, before, strict=True):
        passage.verdict, passage.block = verdict, block
    page.draft.passages = passages  # cleaning parts some of them
    return replace(_EMPTY, blocks=blocks).text


_EMPTY = Article(id="", url="", title="")
