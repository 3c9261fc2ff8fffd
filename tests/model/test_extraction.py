"""Boxes of removed passages, and the largest one that may be text of the article."""

import pytest

from annotator.model import Removal
from annotator.model.extraction import box_around, boxes
from builders import make_article, make_extraction

ARTICLE = make_article("It rained.\n\nThen it stopped.")


def removed(text, before, *, step="comments", rule="box-comment", may_be_text=False):
    return Removal(step, rule, "In a box.", text, before, may_be_text=may_be_text)


REMOVALS = (
    removed("Menu", 0, step="navigation", rule="nav-element"),
    removed("First post.", 1),
    removed("Second post.", 1),
    removed("Third post.", 2),
    removed("Unlikely.", 2, step="outside", rule="unlikely"),
    removed("Outside.", 2, step="outside", rule="not-the-article"),
)


def test_a_box_is_what_one_rule_removed_from_one_place():
    assert [*boxes(REMOVALS)] == [range(1), range(1, 3), range(3, 4), range(4, 6)]
    assert box_around(REMOVALS, 2) == range(1, 3)
    assert box_around(REMOVALS, 5) == range(4, 6)


@pytest.mark.parametrize(("access", "first"), [("partial", 2), ("full", None)])
def test_the_largest_loss_is_where_most_of_what_may_be_text_begins(access, first):
    removals = (
        removed("A post that is rather short.", 0, may_be_text=True),
        removed("A title", 1),
        removed("A post that is a little longer.", 1, may_be_text=True),
        removed("And another.", 1, may_be_text=True),
        removed("A menu that is longer than all of the posts of this page together are.", 2),
    )
    extraction = make_extraction(ARTICLE, access=access, removals=removals)
    assert extraction.largest_loss == first


def test_nothing_is_lost_where_nothing_may_be_text():
    extraction = make_extraction(ARTICLE, access="partial", removals=REMOVALS)
    assert extraction.largest_loss is None
