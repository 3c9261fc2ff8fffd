"""Properties that all YAML parsers read in the same way."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.export.markdown.front_matter import front_matter, note_tag
from annotator.model.text import clean_line


def read(text):
    """Return the properties of a front matter whose values are JSON, which is YAML."""
    first, *lines, last, rest = text.split("\n")
    assert (first, last, rest) == ("---", "---", "")
    return {name: json.loads(value) for name, _, value in (line.partition(": ") for line in lines)}


@given(st.dictionaries(st.sampled_from(["title", "source", "author"]), st.text(max_size=60)))
def test_every_value_is_parsed_back_from_one_line(properties):
    cleaned = {name: clean_line(value, limit=2000) for name, value in properties.items()}
    assert read(front_matter(properties)) == {name: line for name, line in cleaned.items() if line}


@pytest.mark.parametrize(
    "title",
    ["a: b", "x\nadmin: true", "a #b", "yes", "2024-01-01", "*a", "&a", "|", "<<", "---", "'", '"'],
)
def test_a_title_is_parsed_as_nothing_else(title):
    assert read(front_matter({"title": title})) == {"title": clean_line(title)}


def test_a_list_is_parsed_as_a_list():
    assert read(front_matter({"tags": ["a", "b: c"]})) == {"tags": ["a", "b: c"]}


def test_empty_properties_are_left_out():
    assert read(front_matter({"title": "a", "source": " ", "tags": [], "kinds": ["\n"]})) == {
        "title": "a"
    }


def test_the_order_stays():
    assert list(read(front_matter({"b": "1", "a": "2"}))) == ["b", "a"]


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("energy/grid", "energy/grid"),
        ("to do!", "to-do"),
        ("2024", "_2024"),
        ("2024/05", "_2024/05"),
        ("日本", "日本"),
        ("a](b)", "a-b"),
        ("???", ""),
    ],
)
def test_a_tag_is_spelled_as_in_notes(tag, expected):
    assert note_tag(tag) == expected
