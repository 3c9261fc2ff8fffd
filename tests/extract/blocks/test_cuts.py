"""Parts of blocks keep the marks of the text that is left."""

import pytest

from annotator.extract.blocks.cuts import without, without_label
from annotator.model import Block, Mark, Span


def test_a_mark_is_removed_with_its_text():
    block = Block("paragraph", "1. Words", marks=(Mark("superscript", Span(0, 2)),))
    assert without(block, [Span(0, 3)]) == Block("paragraph", "Words")


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("1. In a letter.", "In a letter."),
        ("[1] In a letter.", "In a letter."),
        ("1911 was dry.", "1911 was dry."),
    ],
)
def test_a_footnote_loses_only_its_label(text, rest):
    assert without_label(Block("footnote", text), "1").text == rest
