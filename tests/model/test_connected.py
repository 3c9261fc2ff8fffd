"""What belongs together by links, over any number of others."""

from annotator.model import Link
from annotator.model.connected import Edge, edges_of, joined
from builders import make_annotation, make_article


def test_names_that_pairs_connect_have_the_first_of_them():
    pairs = [("c", "b"), ("e", "c"), ("b", "a")]
    assert joined("abcde", pairs) == {"a": "a", "b": "a", "c": "a", "d": "d", "e": "a"}


def test_two_groups_that_are_joined_late_are_one():
    pairs = [("a", "b"), ("c", "d"), ("d", "b")]
    assert joined("abcd", pairs) == dict.fromkeys("abcd", "a")


def test_pairs_in_a_circle_end():
    assert joined("abc", [("a", "b"), ("b", "c"), ("c", "a")]) == dict.fromkeys("abc", "a")


def test_without_pairs_each_name_stands_by_itself():
    assert joined("ab", []) == {"a": "a", "b": "b"}


def test_an_edge_of_evidence_leads_from_what_supports_to_what_is_supported():
    links = (
        Link("supports", "b", note="Clearly."),
        Link("opposes", "c", is_reversed=True),
        Link("same-as", "https://example.org/d"),
        Link("informs", "e"),
        Link("source-of", "f"),
    )
    mark = make_annotation(make_article("It rained."), "rained", id="a", links=links)
    assert list(edges_of(mark)) == [
        Edge("supports", "a", "b", "Clearly."),
        Edge("opposes", "c", "a", ""),
        Edge("same-as", "a", "https://example.org/d", ""),
    ]
