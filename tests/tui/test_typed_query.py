"""Queries as they are typed: the part that is understood so far, and a hint about the rest."""

import pytest

from annotator.model.query import EVERYTHING, Field, Not, Words
from annotator.tui.widgets.typed_query import read_typed


def test_the_last_value_of_a_filter_may_be_unfinished():
    query, error = read_typed("status:dis tag:")
    assert query == Field("status", "disputed")
    assert "Unknown value" in error.message
    assert read_typed("-status:dis") == (Not(Field("status", "disputed")), None)


def test_a_part_that_is_not_finished_is_left_out_and_told():
    query, error = read_typed("river tag:")
    assert query == Words("river")
    assert "needs a value" in error.message


@pytest.mark.parametrize("word", ["word ", "tag: ", "(", "status:x "])
@pytest.mark.parametrize("count", [200, 2000, 30_000])
def test_a_text_that_was_pasted_is_refused_as_a_whole(word, count):
    query, error = read_typed(word * count)
    assert query == EVERYTHING
    assert error is not None
