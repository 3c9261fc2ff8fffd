"""Cleaned text cannot harm a terminal, a file or a reader's eyes."""

import json
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.model import hidden_text
from annotator.model.hidden_text import MAX_COMBINING
from annotator.model.text import (
    MAX_LINE,
    MAX_TEXT,
    clean_line,
    clean_piece,
    clean_text,
    is_clean,
    is_latin,
    is_plain,
)

ATTACKS = Path(__file__).parents[2].parent / "shared" / "attacks" / "manifest.json"

FAMILY = "👩\u200d👩\u200d👧"
ACUTE = "\u0301"

# Characters that some rule is about, and a few that none is about.
TROUBLE = st.sampled_from(
    "\x00\x07\x08\t\n\x0b\x0c\r\x1b\x1c\x1e\x7f\x80\x85\x90\x98\x9b\x9c\x9d\x9f\xad"
    "\u034f\u061c\u115f\u180e\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202e\u2060\u2066"
    "\u3164\ufe0f\ufeff\uffa0\ufffb\ufffe\uffff\ue000\U000e0041\U0010ffff\ud800\udfff"
    "\u0301\u05b0[]P^_\\;:?0139mJK ab.é汉👩"
)
HOSTILE = st.text(TROUBLE, max_size=60) | st.text(max_size=60)
ANYTHING = st.one_of(
    HOSTILE, st.none(), st.integers(), st.floats(), st.binary(max_size=9), st.lists(st.none())
)

IN_NO_TEXT = re.compile(
    "[\x00-\x08\x09\x0b-\x1f\x7f-\x9f\xad\u200b\u2028-\u202e\u2060-\u206f\ufeff\ue000-\uf8ff"
    "\ud800-\udfff\ufffe\uffff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)


class TestEscapeSequences:
    @pytest.mark.parametrize(
        ("hostile", "clean"),
        [
            pytest.param("red \x1b[31mtext\x1b[0m", "red text", id="colour"),
            pytest.param("a\x1b[2J\x1b[Hb", "ab", id="clears the screen"),
            pytest.param("a\x1b[?1049hb", "ab", id="another screen"),
            pytest.param("a\x9b31mb", "ab", id="the eight-bit form"),
            pytest.param("a\x1b]0;a title\x07b", "ab", id="the window's title"),
            pytest.param("a\x1b]52;c;aGVsbG8=\x07b", "ab", id="the clipboard"),
            pytest.param("a\x9d52;c;aGVsbG8=\x9cb", "ab", id="the clipboard in eight bits"),
            pytest.param("\x1b]8;;http://x.example\x1b\\a link\x1b]8;;\x1b\\", "a link", id="link"),
            pytest.param("a\x1bPq#0;2;0;0;0\x1b\\b", "ab", id="a picture"),
            pytest.param("a\x1b_Gf=24;AAAA\x1b\\b", "ab", id="another kind of picture"),
            pytest.param("a\x1b^secret\x1b\\b", "ab", id="a private message"),
            pytest.param("a\x1bXsecret\x1b\\b", "ab", id="a start of string"),
            pytest.param("a\x1bcb", "ab", id="a reset"),
            pytest.param("a\x1b(0b", "ab", id="another character set"),
            pytest.param("a\x1b", "a", id="a lone escape"),
        ],
    )
    def test_go_whole_with_what_they_carry(self, hostile, clean):
        assert clean_text(hostile) == clean

    def test_that_never_end_lose_only_their_introducer(self):
        assert clean_text("before\x1b]0;the rest of the page") == "before0;the rest of the page"

    def test_never_reach_across_a_line(self):
        assert clean_text("one\x1b]0;two\nthree\x07four") == "one0;two\nthreefour"

    def test_inside_each_other_leave_nothing_that_acts(self):
        assert "\x1b" not in clean_text("\x1b\x1b[31m]0;x\x07\x1b[\x1b[0m31m")


class TestInvisibleCharacters:
    @pytest.mark.parametrize(
        "character",
        [
            pytest.param(character, id=f"U+{ord(character):04X}")
            for character in "\x00\x08\x0e\x1f\x7f\x80\x9f\xad\u034f\u115f\u1160\u17b4\u180e\u200b"
            "\u202a\u202e\u2060\u2066\u206f\u3164\ufeff\uffa0\ufff9\ufffb\ue000\uf8ff"
            "\U0001bca0\U0001d173\U000e0001\U000e007f\U000e0100\U000f0000\U0010fffd"
        ],
    )
    def test_vanish(self, character):
        assert clean_text(f"in{character}side") == "inside"

    @pytest.mark.parametrize(
        "character", ["\ud800", "\ufdd0", "\ufffe", "\uffff", "\U0001fffe", "\U000dffff"]
    )
    def test_that_are_no_characters_are_shown_as_unknown(self, character):
        assert clean_text(f"a{character}b") == "a\ufffdb"

    def test_leave_no_icon_of_a_font_behind(self):
        assert clean_line("\ue80b Share \uf099") == "Share"


class TestLineBreaks:
    @pytest.mark.parametrize(
        "ending", ["\r\n", "\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"]
    )
    def test_become_one_newline(self, ending):
        assert clean_text(f"one{ending}two") == "one\ntwo"

    def test_keep_an_empty_line_between_paragraphs(self):
        assert clean_text("one\r\n\r\ntwo") == "one\n\ntwo"

    def test_tabs_reach_the_next_stop(self):
        assert clean_text("\tif x:\n\t\ty\nab\tc") == "    if x:\n        y\nab  c"


class TestJoinersAndCombiningMarks:
    @pytest.mark.parametrize(
        "word",
        [
            pytest.param("می\u200cخواهم", id="Persian"),
            pytest.param("בְּרֵאשִׁית", id="Hebrew with its points"),
            pytest.param("क्\u200dष", id="Hindi"),
            pytest.param("ที่", id="Thai"),
            pytest.param("Việt Nam", id="Vietnamese"),
            pytest.param("糊が乾くまで。」", id="Japanese"),
            pytest.param("قَصْرُ الرَّيْحَان", id="Arabic with its vowels"),
            pytest.param(FAMILY, id="a family"),
            pytest.param("❤\ufe0f", id="a red heart"),
            pytest.param("[bold]not markup[/bold]", id="what looks like markup"),
            pytest.param("<b>&amp; *stars*", id="what looks like HTML and Markdown"),
        ],
    )
    def test_that_a_script_needs_survive(self, word):
        assert clean_text(word) == word

    def test_stand_at_most_twice_in_a_row(self):
        assert clean_text("a" + "\u200d" * 50 + "b") == "a\u200d\u200db"

    @pytest.mark.parametrize("before", ["", "word ", "line\n"])
    def test_begin_no_word(self, before):
        assert clean_text(f"{before}\u200d\ufe0fb") == f"{before}b"

    def test_begin_a_piece_that_was_cut_within_a_word(self):
        assert clean_piece("\u200cخواهم\x1b[31m \u200cb") == "\u200cخواهم b"
        assert clean_piece("abc", limit=2) == "ab"

    def test_are_stacked_no_higher_than_any_script_does(self):
        assert clean_text("e" + ACUTE * 300 + "x") == "e" + ACUTE * MAX_COMBINING + "x"


class TestLines:
    def test_hold_no_break_and_no_doubled_space(self):
        assert clean_line("  A title\r\n\tin two\u2003\u2003lines\u2028 ") == "A title in two lines"

    def test_lose_the_marks_that_turn_the_direction(self):
        assert clean_line("a\u200eb\u200fc\u061cd\u200ce") == "abcde"

    def test_that_are_too_long_end_in_an_ellipsis(self):
        line = clean_line("word " * 200)
        assert len(line) <= MAX_LINE
        assert line.endswith("word…")

    def test_are_cut_where_the_caller_says(self):
        assert clean_line("The Rain Readers", limit=9) == "The Rain…"

    def test_that_fit_are_left_whole(self):
        assert clean_line("x" * MAX_LINE) == "x" * MAX_LINE

    def test_are_not_cut_inside_a_joined_character(self):
        assert clean_line(f"ab{FAMILY}", limit=5) == "ab👩…"

    def test_of_white_space_do_not_hide_what_follows(self):
        assert clean_line(" " * 200 + "far") == "far"


class TestEveryInput:
    @given(ANYTHING)
    @settings(deadline=None)
    def test_is_answered_with_text_that_a_terminal_obeys_in_nothing(self, value):
        assert not IN_NO_TEXT.search(clean_text(value))
        assert not IN_NO_TEXT.search(clean_line(value))

    @given(HOSTILE)
    @settings(deadline=None, max_examples=500)
    def test_is_clean_once_it_has_been_cleaned(self, value):
        once = clean_text(value)
        assert clean_text(once) == once
        assert is_clean(once)

    @given(HOSTILE, st.integers(2, 40))
    @settings(deadline=None, max_examples=500)
    def test_on_a_line_is_clean_once_it_has_been_cleaned(self, value, limit):
        once = clean_line(value, limit=limit)
        assert clean_line(once, limit=limit) == once
        assert len(once) <= limit
        assert "\n" not in once

    @given(st.text(st.characters(categories=["L", "N", "P", "Zs"], max_codepoint=0x2FFF)))
    @settings(deadline=None)
    def test_of_letters_digits_and_punctuation_is_kept(self, value):
        fillers = "\u115f\u1160"  # letters in Unicode, but invisible
        assert clean_text(value) == "".join(c for c in value if c not in fillers)

    @given(HOSTILE)
    @settings(deadline=None)
    def test_can_be_written_as_utf_8(self, value):
        assert clean_text(value).encode("utf-8").decode("utf-8") == clean_text(value)

    @pytest.mark.parametrize("value", [None, 7, 1.5, b"bytes", ["list"], {"a": 1}])
    def test_that_is_no_text_is_empty(self, value):
        assert clean_text(value) == clean_line(value) == ""

    def test_that_needs_nothing_comes_back_as_it_is(self):
        plain = "Plain English, with “quotes” and a dash – so."
        assert clean_text(plain) == plain
        assert is_clean(plain)

    def test_is_told_from_what_needs_cleaning(self):
        assert not is_clean("a\u200bb")

    def test_is_cut_at_its_limit(self):
        assert clean_text("abcdef", limit=3) == "abc"
        assert len(clean_text("x" * (MAX_TEXT + 1))) == MAX_TEXT


class TestTime:
    """The time is linear: no payload can contain the start of another sequence."""

    INTRODUCERS = "\x1b\x90\x98\x9b\x9d\x9e\x9f"

    def test_no_payload_holds_an_introducer(self):
        payload = re.compile(hidden_text._STRING_BODY)
        assert all(payload.match(mark).end() == 0 for mark in self.INTRODUCERS)

    def test_every_repetition_in_an_escape_sequence_is_bounded(self):
        assert not set("*+") & set(hidden_text._ESCAPE_SEQUENCE.pattern)

    @pytest.mark.parametrize("unit", ["\x9d", "\x1b]", "\x1bP", "\x9b", "\x1b[0", "\u200d", ACUTE])
    def test_a_million_beginnings_without_an_end_are_cleaned(self, unit):
        assert len(clean_text("a" + unit * (1_000_000 // len(unit)))) <= 1_000_000


def _attacks(kind: str) -> list:
    if not ATTACKS.exists():
        reason = "the collection of attacks is not beside the repository"
        return [pytest.param("", "", marks=pytest.mark.skip(reason=reason), id="missing")]
    cases = json.loads(ATTACKS.read_text("ascii"))["cases"]
    return [
        pytest.param(case["input"], case["expected"]["equals"], id=case["id"])
        for case in cases
        if case["kind"] == kind
    ]


@pytest.mark.parametrize(("hostile", "clean"), _attacks("text"))
def test_a_collected_attack_on_a_text_fails(hostile, clean):
    assert clean_text(hostile) == clean


@pytest.mark.parametrize(("hostile", "clean"), _attacks("line"))
def test_a_collected_attack_on_a_line_fails(hostile, clean):
    assert clean_line(hostile) == clean


@pytest.mark.slow
def test_no_code_point_at_all_gets_past_the_rules():
    everything = "\n".join(f"x{chr(number)}x" for number in range(sys.maxunicode + 1))
    assert not IN_NO_TEXT.search(clean_text(everything, limit=len(everything)))


def test_plain_text_needs_no_cleaning():
    plain = [each for each in map(chr, range(0x10000)) if is_plain(each * 9)]
    assert len(plain) > 40_000
    # The NUL is what makes it look at each of them, and is gone then.
    assert [each for each in plain if clean_text(f"a{each * 9}b\0") != f"a{each * 9}b"] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It’s “quoted” – for 5 €, naïvely … → here", True),
        ("a tab\tand a bell\a", True),
        ("Москва", False),
        ("東京", False),
        ("soft\xadly", False),
    ],
)
def test_latin_text_is_told_from_other_scripts_and_rare_signs(text, expected):
    assert is_latin(text) == expected
