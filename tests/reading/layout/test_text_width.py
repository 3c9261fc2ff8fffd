import pytest
from hypothesis import given

from annotator.reading.layout.text_width import cell_width, columns, graphemes, is_narrow
from documents import texts


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("abc", ["a", "b", "c"]),
        ("e\u0301a", ["e\u0301", "a"]),
        ("🇺🇸🇫🇷🇩", ["🇺🇸", "🇫🇷", "🇩"]),
        ("👨‍👩‍👧x", ["👨‍👩‍👧", "x"]),
        ("👍🏽!", ["👍🏽", "!"]),
        ("क्षि", ["क्", "षि"]),
        ("\u1112\u1161\u11ab", ["\u1112\u1161\u11ab"]),
        ("ｶﾞ", ["ｶﾞ"]),
        ("a \u200eb", ["a", " ", "\u200eb"]),
        ("\u0301\n\u0301", ["\u0301", "\n", "\u0301"]),
        ("", []),
    ],
)
def test_graphemes_are_letters_as_readers_see_them(text, letters):
    assert [text[start:end] for start, end in graphemes(text)] == letters


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("abc", 3),
        ("漢字", 4),
        ("e\u0301", 1),
        ("👨‍👩‍👧", 2),
        ("🇺🇸", 2),
        ("❤\ufe0f", 2),
        ("\u0301", 0),
        ("한국", 4),
    ],
)
def test_widths_are_those_that_terminals_draw(text, width):
    assert cell_width(text) == width


def test_text_with_one_cell_per_code_point_is_narrow():
    assert is_narrow("“Plain” — Ελλάδα, Привет…")
    assert not is_narrow("漢")
    assert not is_narrow("e\u0301")
    assert not is_narrow("a\u00adb")


def test_an_accent_without_a_letter_is_drawn_on_a_circle():
    assert columns("\u0301", cell_width).shown == "\u25cc"
    assert columns("a \u0301 b", cell_width).shown == "a \u25cc b"


def test_a_direction_mark_alone_is_a_blank():
    assert columns("\u200e", cell_width).shown == "\xa0"


def test_a_joiner_between_other_characters_than_pictures_is_replaced():
    assert columns("क्\u200dष", cell_width).shown == "क्\u200cष"
    assert columns("👩\u200d🚀", cell_width).shown == "👩\u200d🚀"
    assert columns("👍\u200d🇺🇸", cell_width).shown == "👍\u200c🇺🇸"


@given(texts())
def test_columns_are_as_long_as_the_text_and_never_decrease(text):
    shown, found = columns(text, cell_width)
    assert len(shown) == len(text)
    assert len(found) == len(text) + 1
    assert found == sorted(found)
    assert found[0] == 0


@given(texts())
def test_graphemes_cover_the_text_without_gaps(text):
    assert "".join(text[start:end] for start, end in graphemes(text)) == text
