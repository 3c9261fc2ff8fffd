"""What is done sooner than readability does it is the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readability.readability import clean as library_clean

from annotator.extract.readable import MAX_GAP, clean

TEXTS = st.lists(st.sampled_from(["a", "b c", " ", "  ", "\n", "\t", "\r", "\xa0", "\u3000", ","]))


@given(TEXTS)
def test_blanks_are_folded_as_the_library_folds_them(pieces):
    text = "".join(pieces)
    assert clean(text) == library_clean(text)


@pytest.mark.parametrize("blank", [" ", "\n", "\xa0"])
@pytest.mark.parametrize("count", [MAX_GAP, MAX_GAP + 1, 3 * MAX_GAP])
def test_so_are_endless_blanks(blank, count):
    text = f"a{blank * count}b {blank * 3}c"
    assert clean(text) == library_clean(text)
