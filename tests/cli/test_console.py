"""Sentences for people, on the lines of a terminal."""

import pytest

from annotator.cli.output.console import _in_lines, strong


@pytest.mark.parametrize(
    ("pieces", "width", "lines"),
    [
        (("one two three",), 8, "one two\nthree"),
        (("  an indent ", strong("and pieces")), 10, "  an\nindent and\npieces"),
        (("abcdefghijkl no room",), 6, "abcdefghijkl\nno\nroom"),
        (("値段が 上がった と言う",), 14, "値段が\n上がった\nと言う"),  # two columns each
        (("値段が 上がった と言う",), 15, "値段が 上がった\nと言う"),
    ],
)
def test_lines_end_between_words_at_the_last_column(pieces, width, lines):
    told = _in_lines(pieces, width)
    assert "".join(piece if isinstance(piece, str) else piece.text for piece in told) == lines
