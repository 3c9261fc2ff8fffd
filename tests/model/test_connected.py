"""What belongs together by links, over any number of others."""

from annotator.model.connected import joined


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
