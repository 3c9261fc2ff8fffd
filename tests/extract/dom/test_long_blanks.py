"""Long runs of blanks are found by looking at a sample of the characters."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.extract.dom.parse import fold_long_blanks

PIECES = st.lists(
    st.one_of(st.just("a"), st.integers(1, 25).map(" ".__mul__), st.just("\n\t"), st.just("\u3000"))
)


@given(PIECES, st.integers(2, 12))
def test_the_runs_are_those_that_a_pattern_finds(pieces, least):
    text = "".join(pieces)
    assert fold_long_blanks(text, least) == re.sub(rf"\s{{{least},}}", " ", text)


@pytest.mark.parametrize("count", [99, 100, 101, 1_000_000])
def test_a_run_is_replaced_from_its_first_blank_to_its_last(count):
    blanks = " " * count
    assert fold_long_blanks(f"a{blanks}b") == f"a{blanks if count < 100 else ' '}b"
