"""Texts are compared by their letters, and class names are read as words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.extract.dom.elements import folded, letters_of, words_of


@given(st.text())
def test_letters_are_those_that_a_pattern_finds(text):
    assert letters_of(text) == "".join(re.findall(r"\w+", text))
    assert folded(text) == re.sub(r"[\W_]+", "", text).casefold()


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ("relatedPosts item_2", "related-posts item-2"),
        ("post--body__text\n\tcol-md6", "post-body-text  col-md-6"),
        ("überSchrift h1", "-ber-schrift h-1"),
        ("", ""),
    ],
)
def test_class_names_are_words(names, words):
    assert words_of(names) == words


@given(st.text("aAzZ09 -_\n\t:é"))
def test_class_names_of_any_alphabet_are_read_alike(names):
    assert f"{words_of(names)} -" == words_of(f"{names} é")
