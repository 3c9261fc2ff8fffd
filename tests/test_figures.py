"""The page of figures and its chart say what was measured, and nothing else."""

import json
import re
from datetime import date

import pytest
from lxml import etree

from documenting import figures

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def kept():
    return json.loads(figures.KEPT.read_text("utf-8"))


def test_the_page_and_the_chart_are_written_from_what_is_kept():
    assert figures.PAGE.read_text("utf-8") == figures.page(), "run: make docs"
    assert figures.CHART.read_text("utf-8") == figures.chart(), "run: make docs"


@pytest.mark.parametrize("name", ["cleaning", "anchoring", "conflicts", "reader"])
def test_every_measure_has_its_day_and_machine_on_the_page(name, kept):
    part = kept[name]
    assert date.fromisoformat(part["measured"]) >= date(2026, 11, 30)
    assert f"Measured on {part['measured']}, Python {part['python']}" in figures.page()
    assert part["rows"]


def test_other_programs_are_named_with_their_versions(kept):
    page = figures.page()
    others = {row["cleaner"]: row["version"] for row in kept["cleaning"]["rows"]}
    assert set(others) > {"annotator", "trafilatura", "readability-lxml", "Readability.js"}
    for name, version in others.items():
        assert f"{name} {version}".strip() in page
    assert re.search(r"Hypothesis client \d", page)


def test_the_best_of_each_row_is_bold_whoever_it_is(kept):
    rows = kept["cleaning"]["rows"]
    corpus = next(row["corpus"] for row in rows if row["corpus"] == "readability")
    own = [row for row in rows if row["corpus"] == corpus]
    best = max(own, key=lambda row: row["bare_f1"])
    line = next(line for line in figures.page().splitlines() if line.startswith(f"| {corpus} |"))
    assert best["cleaner"] != "annotator"  # on the corpus of another program it is better
    assert line.count("**") == 2
    assert f"**{best['bare_f1']:.3f}**".replace("**0", "**") in line


def test_the_chart_is_a_picture_for_light_and_dark_that_loads_nothing():
    chart = figures.chart()
    root = etree.fromstring(chart.encode())
    assert root.get("role") == "img"
    assert root.get("aria-label")
    assert "prefers-color-scheme:dark" in chart
    assert not re.search(r"href|url\(|<script|@import", chart)


def test_each_bar_of_the_chart_is_as_long_as_its_value():
    root = etree.fromstring(figures.chart().encode())
    bars = [
        (int(bar.get("y")), int(bar.get("width")))
        for bar in root.iter(f"{SVG}rect")
        if bar.get("x")
    ]
    words = {
        int(text.get("y")) - 13: text.text
        for text in root.iter(f"{SVG}text")
        if text.get("class") is None
    }
    ours, other = [
        (width, float(words[top].split()[0])) for top, width in bars if words[top].endswith("%")
    ][:2]
    assert ours[0] / other[0] == pytest.approx(ours[1] / other[1], abs=0.02)
