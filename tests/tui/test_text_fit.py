"""Text in columns of cells."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from annotator.tui.lists.rows import pad, truncate, wrap

texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Mn", "Me", "Cf")))


@given(texts, st.integers(1, 40))
def test_truncated_text_is_never_wider(text, width):
    assert cell_len(truncate(text, width)) <= width


@given(texts, st.integers(1, 40), st.sampled_from(["left", "right"]))
def test_padded_text_is_exactly_as_wide(text, width, side):
    assert cell_len(pad(text, width, side)) == width


@given(texts, st.integers(2, 40), st.integers(1, 5))
def test_wrapped_lines_fit_and_are_not_too_many(text, width, lines):
    folded = wrap(text, width, lines=lines)
    assert len(folded) <= lines
    assert all(cell_len(line) <= width for line in folded)


@given(st.lists(st.text("abcdef", min_size=1, max_size=9), min_size=1), st.integers(10, 40))
def test_wrapping_loses_no_word(words, width):
    assert " ".join(wrap(" ".join(words), width, lines=1000)) == " ".join(words)


def test_truncated_text_has_an_ellipsis():
    assert truncate("A title that is long", 8) == "A title…"
    assert wrap("one two three four", 8, lines=2) == ("one two", "three f…")


def test_wide_letters_count_twice():
    assert truncate("糊が乾くまで", 7) == "糊が乾…"
    assert pad("糊", 4, "right") == "  糊"


def test_a_word_that_is_longer_than_a_line_is_broken():
    assert wrap("abcdefghij", 4, lines=9) == ("abcd", "efgh", "ij")
