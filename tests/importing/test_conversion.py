"""Pieces of HTML in the files of other programs, as text."""

from annotator.importing.conversion import words_of


def test_paragraphs_and_line_breaks_are_lines():
    assert words_of("<p>One <b>word</b><br>and another.</p><p>A third.</p>") == (
        "One word\nand another.\nA third."
    )


def test_signs_are_read():
    assert words_of("<p>1 &lt; 2 &amp; 3</p>") == "1 < 2 & 3"
