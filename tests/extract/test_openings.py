"""Rules kept by what a text begins with: they find what asking all of them would."""

import re
from pathlib import Path

import pytest

from annotator.extract.content.density import measure
from annotator.extract.html.parse import parse
from annotator.extract.html.walker import read_passages
from annotator.extract.patterns import later
from annotator.extract.residue.containers import box_rule
from annotator.extract.residue.families import FAMILIES
from annotator.extract.residue.family import line_of
from annotator.extract.residue.lines import hit_of_line
from annotator.extract.residue.pattern_index import Choices, choices_of, openings_of

SAMPLES = sorted((Path(__file__).parents[2] / "sample_articles").glob("*.html"))


@pytest.fixture(scope="module")
def pages():
    found = [read_passages(parse(path.read_text(encoding="utf-8"))) for path in SAMPLES]
    for passages, regions in found:
        measure(passages, regions)
    return found


def test_lines_of_pages_have_the_first_shape_that_fits_them(pages):
    shapes = [(re.compile(s.pattern), f.step, s.name) for f in FAMILIES for s in f.shapes]
    lines = {line_of(passage.text) for passages, _ in pages for passage in passages}
    hits = 0
    for line in lines:
        first = next(((step, name) for fits, step, name in shapes if fits.fullmatch(line)), None)
        hit = hit_of_line(line)
        assert (hit and (hit.rule.step, hit.rule.name)) == first, line
        hits += hit is not None
    assert hits > 50


def test_boxes_of_pages_are_of_the_first_family_that_names_them(pages):
    families = [
        (re.compile(rf"(?<![\w-])(?:{family.names})(?![\w-])"), family.step)
        for family in FAMILIES
        if family.names
    ]
    boxes = {region.names: region for _, regions in pages for region in regions if region.names}
    found = 0
    for names, region in boxes.items():
        rule = box_rule(region)
        if rule is not None and rule.name.startswith("box-"):
            assert rule.step == next(step for named, step in families if named.search(names))
            found += 1
    assert found > 30


def test_choices_within_brackets_stay_together():
    assert list(choices_of(r"a(?:b|c)|[|]d|e\|f")) == ["a(?:b|c)", "[|]d", r"e\|f"]


@pytest.mark.parametrize(
    ("choice", "openings"),
    [
        ("sign in", {"sign"}),
        ("(?:please )?log in", {"plea", "log "}),
        ("(?:log|sign)-?(?:in|up)", {"log-", "logi", "logu", "sign"}),
        (r"ads?\b.{0,9}", {"ad", "ads"}),
        ("(?:ab)+c", {"ab"}),
        (r"\d left", {f"{digit} le" for digit in range(10)}),
        (".{1,9}left", {""}),
        (r"[^\W\d_]+", {""}),
        (r"x(?:a(?=q)|(b))c\b", {"xac", "xbc"}),
        (r"^\.\ta", {"."}),
    ],
)
def test_a_choice_begins_with_some_letters(choice, openings):
    assert openings_of(choice) == openings


def test_signs_that_are_not_known_are_refused():
    with pytest.raises(ValueError, match="No rule"):
        openings_of("(?P<name>a)")


def test_the_first_of_the_patterns_that_fit_counts():
    choices = Choices([("sign (?:in|up)", 1), ("sign .*|log in", 2), (".{0,9}left", 3)])
    texts = ("sign in", "sign off", "log in", "none left", "nothing")
    assert [choices.of(text) for text in texts] == [1, 2, 2, 3, None]


def test_a_pattern_is_compiled_when_it_is_asked():
    broken = later("[")
    with pytest.raises(re.error):
        broken.search("a")
    assert later("A", re.IGNORECASE).findall("aAb") == ["a", "A"]
