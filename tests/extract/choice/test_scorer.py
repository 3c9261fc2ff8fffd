"""The learned scorer: its file, its trees, its features and its verdicts."""

import json
from math import exp
from pkgutil import get_data

import pytest

from annotator.extract.blocks.walker import read_passages
from annotator.extract.choice import decide as decision
from annotator.extract.choice import readability, scorer
from annotator.extract.choice.containers import residue_containers
from annotator.extract.choice.decide import decide_by_rules
from annotator.extract.choice.density import measure
from annotator.extract.choice.rules import choose
from annotator.extract.choice.scorer import features
from annotator.extract.choice.scorer.decisions import (
    apply_probabilities,
    expected_f1,
)
from annotator.extract.choice.scorer.features import (
    SURE,
    Features,
    read_forest,
    score,
    uncertainty,
)
from annotator.extract.choice.scorer.page_view import AROUND, BODY, kinds_of, view_page
from annotator.extract.dom.parse import parse
from annotator.extract.metadata import Facts
from annotator.extract.passages import ArticleDraft, Rule
from annotator.extract.residue.repetitions import remove_kickers
from annotator.model.data_file import toml_beside

FEATURE_FAMILIES = toml_beside(features.__package__, "feature_names.toml")
FEATURES = tuple(name for names in FEATURE_FAMILIES.values() for name in names)

PARAGRAPH = (
    "The river had been rising for two days, and by the evening it stood at the door of the "
    "mill, where the miller, who had seen worse, went on with his supper and said so."
)
PAGE = f"""<html><head><title>The river</title></head><body>
<nav><a href="/a">News</a> <a href="/b">Weather</a></nav>
<article><h1>The river</h1>
<p>{PARAGRAPH}</p><p>{PARAGRAPH.replace("river", "stream")}</p>
<h2>After the flood</h2><p>{PARAGRAPH.replace("river", "lake")}</p>
<img src="https://river.example/a.png" alt="A mill by the river">
</article>
<ul><li><a href="/c">Ten mills that you must see</a></li><li><a href="/d">More</a></li></ul>
</body></html>"""


def read(page, title="The river"):
    tree = parse(page)
    passages, regions = read_passages(tree)
    measure(passages, regions)
    draft = ArticleDraft(passages, regions, title)
    containers = residue_containers(regions)
    choose(draft, frozenset(), containers)
    return draft, containers


def plain_forest():
    return json.loads(get_data(scorer.__name__, features.WEIGHTS))


def test_the_file_of_weights_says_where_they_come_from():
    provenance = plain_forest()["provenance"]
    assert "train_scorer.py" in provenance["learned_by"]
    assert sum(provenance["pages"].values()) > 500


def test_the_weights_were_learned_for_the_features_that_there_are():
    assert tuple(plain_forest()["provenance"]["features"]) == FEATURES


def test_every_feature_has_one_name_in_one_family():
    assert len(set(FEATURES)) == len(FEATURES) == sum(map(len, FEATURE_FAMILIES.values()))


def test_every_split_asks_for_a_feature_and_leads_to_two_nodes_behind_it():
    trees = plain_forest()
    for node, asked in enumerate(trees["feature"]):
        assert asked < len(FEATURES)
        assert asked < 0 or node < trees["left"][node] < len(trees["feature"]) - 1


def test_trees_reach_the_leaf_that_a_walk_over_the_file_does():
    plain = plain_forest()
    trees = read_forest(plain)
    draft, containers = read(PAGE)
    features = Features(view_page(draft, containers, Facts()))
    for position in range(3):
        row = features.at(position)
        leaves = [plain["value"][_leaf(plain, root, row)] for root in plain["roots"]]
        half, whole = sum(leaves[: len(leaves) // 2]), sum(leaves)
        odds = half if abs(half) > SURE else whole
        assert trees.probability(row) == pytest.approx(1 / (1 + exp(-odds)))


def _leaf(plain, node, row):
    while (asked := plain["feature"][node]) >= 0:
        node = plain["left"][node] + (row[asked] > plain["value"][node])
    return node


def test_a_passage_has_as_many_features_as_have_names():
    draft, containers = read(PAGE)
    page = view_page(draft, containers, Facts())
    features = Features(page)
    assert {len(features.at(position)) for position in range(len(page.passages))} == {len(FEATURES)}


def test_a_tree_compares_features_on_its_way_to_a_leaf():
    trees = read_forest(
        {"roots": [0], "feature": [1, -1, -1], "left": [1, 0, 0], "value": [0.5, -30, 30]}
    )
    odds = [trees.probability([9, value]) for value in (0.5, 0.6)]
    assert odds == pytest.approx([0, 1], abs=1e-9)


def test_paragraphs_are_likelier_than_links_to_other_pages():
    draft, containers = read(PAGE)
    likely = score(draft, containers, Facts())
    texts = {draft.passages[index].text: value for index, value in likely.items()}
    links = [value for text, value in texts.items() if "mills" in text]
    assert texts[PARAGRAPH] > 0.9
    assert all(value < 0.5 for value in links)


def test_a_page_without_text_has_no_scores():
    draft, containers = read("<body></body>", title="")
    assert score(draft, containers, Facts()) == {}


def test_the_number_of_scored_passages_is_bounded(monkeypatch):
    monkeypatch.setattr(features, "MOST_SCORED", 3)
    draft, containers = read(f"<article>{f'<p>{PARAGRAPH}</p>' * 9}</article>")
    likely = score(draft, containers, Facts())
    assert len(likely) == 3
    apply_probabilities(draft, likely)
    assert len(draft.kept) == 9


def test_certain_residue_stays_out_however_likely():
    draft, _ = read(PAGE)
    draft.passages[1].verdict = Rule("subscribe", "plea", "It asks for a subscription.")
    apply_probabilities(draft, dict.fromkeys(range(len(draft.passages)), 1.0))
    assert draft.passages[1].verdict is not None


def test_a_likely_passage_outside_is_added():
    draft, _ = read(PAGE)
    outside = next(i for i, p in enumerate(draft.passages) if p.verdict and "mills" in p.text)
    apply_probabilities(draft, dict.fromkeys(range(len(draft.passages)), 1.0))
    assert draft.passages[outside].is_kept


def test_an_unlikely_passage_is_removed_with_a_reason():
    draft, _ = read(PAGE)
    heading = next(i for i, p in enumerate(draft.passages) if p.text == "After the flood")
    apply_probabilities(draft, {heading: 0.1})
    assert draft.passages[heading].verdict.reason


def drafted(body, likely):
    """Return the passages of a page and those kept, with these probabilities in their order."""
    draft, _ = read(f"<title>The river</title><body>{body}")
    apply_probabilities(draft, dict(enumerate(likely)))
    return [passage.text for passage in draft.kept]


def test_unlikely_paragraphs_between_likely_ones_are_decided_together():
    paragraphs = [PARAGRAPH.replace("river", name) for name in ("sea", "lake", "pond", "well")]
    body = f"<article>{''.join(f'<p>{text}</p>' for text in paragraphs)}</article>"
    assert drafted(body, [0.9, 0.2, 0.06, 0.9]) == paragraphs
    assert drafted(body, [0.9, 0.02, 0.06, 0.9]) == [paragraphs[0], paragraphs[3]]
    assert drafted(body, [0.9, 0.9, 0.2, 0.1]) == paragraphs[:2]


@pytest.mark.parametrize(
    ("name", "is_kept"),
    [("ad-rail", True), ("sidebar", False), ("paywall", False), ("cookie-banner", False)],
)
def test_several_likely_paragraphs_in_boxes_of_one_name_are_text(name, is_kept):
    pieces = [PARAGRAPH.replace("river", word) for word in ("sea", "lake", "pond")]
    boxes = "".join(f'<div class="{name}"><p>{text}</p></div>' for text in pieces)
    texts = [PARAGRAPH.replace("river", word) for word in "abcdefghijklmn"]
    rest = "".join(f"<p>{text}</p>" for text in texts)
    kept = drafted(f"<article>{rest}{boxes}</article>", [*[0.9] * 14, 0.4, 0.4, 0.4])
    assert (pieces[0] in kept) == is_kept
    kept = drafted(f"<article>{rest}{boxes}</article>", [*[0.9] * 14, 0.4, 0.4, 0.2])
    assert pieces[0] not in kept


def test_nothing_changes_where_hardly_anything_would_be_left():
    draft, _ = read(PAGE)
    kept = draft.kept
    apply_probabilities(draft, dict.fromkeys(range(len(draft.passages)), 0.0))
    assert draft.kept == kept


def test_what_the_scorer_adds_stays_where_the_rules_do_better():
    draft, _ = read(PAGE)
    kept = draft.kept
    added = next(p for p in draft.passages if p.verdict and p.verdict.name == "not-the-article")
    at = draft.passages.index(added)
    apply_probabilities(draft, dict.fromkeys(range(len(draft.passages)), 0.0) | {at: 0.9})
    assert added.is_kept
    assert all(passage.is_kept for passage in kept)


def test_hidden_text_stays_hidden():
    draft, _ = read(PAGE.replace("<h2>", "<p hidden>A secret.</p><h2>"))
    hidden = next(i for i, p in enumerate(draft.passages) if p.text == "A secret.")
    apply_probabilities(draft, {hidden: 1.0})
    assert not draft.passages[hidden].is_kept


@pytest.mark.parametrize(
    ("names", "family"),
    [("article-body", BODY), ("entry-content main", BODY), ("related-posts", AROUND)],
)
def test_class_names_have_families(names, family):
    assert kinds_of(names) & family


def test_a_meaningless_name_has_no_family():
    assert kinds_of("css-x1y2 grid") == 0


def test_a_line_among_likely_items_of_its_list_stays():
    draft, _ = read(PAGE.replace("<h2>", f"<ul><li>{PARAGRAPH[:60]}</li><li>Next</li></ul><h2>"))
    likely = dict.fromkeys(range(len(draft.passages)), 0.95)
    item = next(i for i, p in enumerate(draft.passages) if p.text == "Next")
    apply_probabilities(draft, likely | {item: 0.05})
    assert draft.passages[item].is_kept


def test_a_link_among_likely_items_of_its_list_is_added():
    items = f'<li>{PARAGRAPH[:60]}</li><li><a href="/m">Mills</a></li><li>{PARAGRAPH[60:]}</li>'
    draft, _ = read(PAGE.replace("<h2>", f"<ul>{items}</ul><h2>"))
    link = next(i for i, p in enumerate(draft.passages) if p.text == "Mills")
    draft.passages[link].verdict = Rule("outside", "not-the-article", "It stands outside.")
    apply_probabilities(draft, dict.fromkeys(range(len(draft.passages)), 0.95) | {link: 0.05})
    assert draft.passages[link].is_kept


def test_a_short_line_above_the_text_stays_if_it_is_likely():
    draft, _ = read(PAGE.replace("<h1>", "<p>July 2009</p><h1>"))
    line = next(p for p in draft.passages if p.text == "July 2009")
    for likelihood, is_kept in ((0.9, True), (0.5, False)):
        line.likelihood, line.verdict = likelihood, None
        remove_kickers(draft)
        assert line.is_kept == is_kept


def test_a_heading_stays_with_the_text_under_it():
    draft, _ = read(PAGE)
    heading = next(i for i, p in enumerate(draft.passages) if p.text == "After the flood")
    apply_probabilities(draft, dict.fromkeys(range(len(draft.passages)), 0.95) | {heading: 0.06})
    assert draft.passages[heading].is_kept


def test_a_page_with_nothing_likely_is_entirely_uncertain():
    draft, _ = read(PAGE)
    assert uncertainty(draft, {}) == 1
    assert uncertainty(draft, dict.fromkeys(range(3), 1.0)) == 0


def test_readability_is_asked_where_the_scorer_is_uncertain(monkeypatch):
    asked = []
    ask = readability.readable_regions
    monkeypatch.setattr(
        readability,
        "readable_regions",
        lambda root, regions: asked.append(root) or ask(root, regions),
    )
    for most, times in ((1.0, 0), (-1.0, 1)):
        monkeypatch.setattr(decision, "MOST_UNCERTAINTY", most)
        tree = parse(PAGE)
        passages, regions = read_passages(tree)
        measure(passages, regions)
        draft = ArticleDraft(passages, regions, "The river")
        decide_by_rules(draft, tree.root, Facts())
        assert len(asked) == times
        assert PARAGRAPH in [passage.text for passage in draft.kept]


@pytest.mark.parametrize(("likely", "is_kept"), [(0.9, True), (0.4, False)])
def test_a_form_with_most_of_the_text_is_not_left_out(likely, is_kept):
    passages, regions = read_passages(parse(f"<body><p>Blankets.</p><p>{PARAGRAPH}</p></body>"))
    passages[1].verdict = Rule("navigation", "form-element", "Part of the frame.")
    apply_probabilities(ArticleDraft(passages, regions), {0: 0.6, 1: likely})
    assert passages[1].is_kept == is_kept


def test_what_verdicts_promise_is_the_f1_that_the_probabilities_expect():
    passages = read(PAGE)[0].passages
    certain = {at: float(passage.block.kind != "image") for at, passage in enumerate(passages)}
    kept = [None] * len(passages)
    assert expected_f1(passages, kept, certain) == pytest.approx(1)
    assert expected_f1(passages, kept, dict.fromkeys(certain, 0.5)) == pytest.approx(2 / 3)
    removed = [Rule("outside", "unlikely", "")] * len(passages)
    assert expected_f1(passages, removed, certain) == 0
    assert expected_f1(passages, kept, {}) == 0
