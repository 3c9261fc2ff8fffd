"""Queries as values."""

from annotator.model.query import leaves
from annotator.model.query_parser import parse


def test_the_parts_without_parts_of_a_query_are_found_however_deep_they_are():
    plain = [*leaves(parse("tag:tax kind:claim wind"))]
    assert len(plain) == 3
    assert [*leaves(parse("-(tag:tax OR -(kind:claim wind))"))] == plain


def test_the_parts_that_a_query_asks_for_are_without_what_it_excludes():
    query = parse("tax -wind (coal OR -(gas oil))")
    assert [leaf.text for leaf in leaves(query, with_excluded=False)] == ["tax", "coal"]
