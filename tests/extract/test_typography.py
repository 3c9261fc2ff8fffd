"""Split words are repaired where nothing else can be meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.extract.blocks.spacing import OPENERS
from annotator.extract.finish import repair_block, repair_line
from annotator.model import Block, Mark, Span


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("A t first glance, it was nothing.", "At first glance, it was nothing."),
        ("T he river rose.", "The river rose."),
        ("“W hen it fell, we saw.", "“When it fell, we saw."),
        ("I n the beginning", "In the beginning"),
        ("A fter the war", "After the war"),
        ("O nce upon a time", "Once upon a time"),
        ("D er Fluss stieg.", "Der Fluss stieg."),
        ("L es prés étaient sous l’eau.", "Les prés étaient sous l’eau."),
        ("E l río creció.", "El río creció."),
        ("T H E E N D", "THEEND"),
        ("C O N T E N T S", "CONTENTS"),
    ],
)
def test_split_words_are_joined(broken, whole):
    assert repair_line(broken) == whole


@pytest.mark.parametrize(
    "line",
    [
        "A long time ago there was a mill.",
        "A round table stood in the hall.",
        "A part of it was lost.",
        "I am here.",
        "T cells attack what they do not know.",
        "X rays pass through it.",
        "E coli is harmless, mostly.",
        "U boats were seen in May.",
        "K pop is loud.",
        "A b c d e f",
        "A B C D E F",
        "x y z w v u",
        "B minor is a dark key.",
        "O captain! my captain!",
    ],
)
def test_two_possible_words_stay_two(line):
    assert repair_line(line) == line


def test_marks_move_when_a_word_is_joined():
    block = Block(
        "paragraph",
        "A t first glance",
        marks=(Mark("strong", Span(4, 9)), Mark("emphasis", Span(0, 3))),
    )
    mended = repair_block(block)
    assert [mark.span.of(mended.text) for mark in mended.marks] == ["first", "At"]


def test_code_and_tables_are_never_repaired():
    for kind in ("code", "table"):
        assert repair_block(Block(kind, "T he")).text == "T he"


@given(st.text(alphabet=st.sampled_from("ATtheWn “”bO xI"), max_size=40))
def test_repairing_twice_is_repairing_once(text):
    assert repair_line(repair_line(text)) == repair_line(text)


@given(st.text(max_size=80))
def test_repairing_only_removes_characters(text):
    assert repair_line(text).replace(" ", "") == text.replace(" ", "")


@given(st.sampled_from(sorted(OPENERS)), st.sampled_from(["", "“", "(", "¿"]))
def test_complete_openers_stay_as_they_are(word, sign):
    line = f"{sign}{word.capitalize()} it was."
    assert repair_line(line) == line
