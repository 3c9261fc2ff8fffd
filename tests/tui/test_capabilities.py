"""Answers of terminals to queries, amid keyboard input."""

import pytest

from annotator.tui.terminal.capabilities import TerminalQuery

KITTY = "\x1bP>|kitty(0.41.1)\x1b\\\x1b[6;18;9t\x1b[?62;52;c"
XTERM = "\x1bP>|XTerm(398)\x1b\\\x1b[6;19;9t\x1b[?1;0;256S\x1b[?64;1;2;4;6;9;15;22c"
TMUX = "\x1bP>|tmux 3.5a\x1b\\\x1b[?1;2;4c"


def heard(*typed):
    question = TerminalQuery()
    return "".join(map(question.hear, typed)), question.answers


def test_kitty_reports_its_name_and_the_size_of_cells():
    typed, answers = heard(KITTY)
    assert typed == ""
    assert answers.result().has_kitty
    assert not answers.result().has_sixel
    assert answers.result().cell == (9, 18)


def test_xterm_reports_sixels_and_their_colours():
    answers = heard(XTERM)[1].result()
    assert answers.has_sixel
    assert not answers.has_kitty
    assert answers.colours == 256


def test_tmux_answers_for_itself():
    answers = heard(TMUX)[1].result()
    assert answers.has_sixel
    assert not answers.has_kitty


@pytest.mark.parametrize(
    ("name", "has_kitty"),
    [
        ("kitty(0.28.0)", True),
        ("kitty(0.27.1)", False),
        ("kitty(1.0.0)", True),
        ("ghostty 1.2.0", True),
        ("WezTerm 20240203", False),
        ("Konsole 24.02", False),
    ],
)
def test_placeholders_are_recognised_by_the_name_of_the_terminal(name, has_kitty):
    assert heard(f"\x1bP>|{name}\x1b\\\x1b[?62c")[1].result().has_kitty is has_kitty


def test_the_answer_with_the_attributes_is_the_last():
    answers = heard("\x1b[?1;2c")[1].result()
    assert (answers.name, answers.cell, answers.has_sixel) == ("", None, False)


def test_an_attribute_that_contains_a_four_does_not_mean_sixels():
    assert not heard("\x1b[?64;22;42c")[1].result().has_sixel


@pytest.mark.parametrize("cut", range(1, len(XTERM)))
def test_answers_in_pieces_are_not_taken_for_keys(cut):
    typed, answers = heard("j" + XTERM[:cut], XTERM[cut:] + "k")
    assert typed == "jk"
    assert answers.result().has_sixel


@pytest.mark.parametrize(
    "typed", ["j", "\x1b", "\x1b[A", "\x1b[<0;10;10M", "\x1bb", "é", "\x1b[?2026;2$y", "\x1bOP"]
)
def test_keys_before_and_after_an_answer_come_through(typed):
    assert heard(typed, XTERM, typed)[0] == typed * 2


def test_an_escape_is_a_key_when_no_answer_is_awaited():
    question = TerminalQuery()
    question.is_awaited = False
    assert question.hear("\x1b") == "\x1b"


def test_a_late_answer_is_not_taken_for_a_key():
    assert heard(XTERM, "j", XTERM)[0] == "j"
