"""Text can be read on terminals of sixteen colours, in the usual ones of VGA."""

import re
import sys

import pytest
from textual.color import Color

from annotator.tui.theming import READABLE, contrast
from terminals import Terminal

pytestmark = pytest.mark.slow

VGA = {
    "black": "#000000",
    "red": "#aa0000",
    "green": "#00aa00",
    "brown": "#aa5500",
    "blue": "#0000aa",
    "magenta": "#aa00aa",
    "cyan": "#00aaaa",
    "white": "#aaaaaa",
    "brightblack": "#555555",
    "brightred": "#ff5555",
    "brightgreen": "#55ff55",
    "brightbrown": "#ffff55",
    "brightblue": "#5555ff",
    "brightmagenta": "#ff55ff",
    "bfightmagenta": "#ff55ff",  # so in pyte
    "brightcyan": "#55ffff",
    "brightwhite": "#ffffff",
}
STOPS = (
    ("", "1 article"),
    ("/grid", "“grid”"),
    ("\r\r", "milestone"),
    ("sj1jj2", "● evidence"),
    ("/it", "matches"),
    ("\r", "of 7"),
    ("\t", "│ "),
    ("\t", "of 7"),
    ("t", "Type a tag"),
    ("en", "○ en"),
)


@pytest.mark.parametrize("theme", ["night", "paper"])
def test_all_text_can_be_read_in_sixteen_colours(kept, home, monkeypatch, theme):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLORFGBG", "0;15" if theme == "paper" else "15;0")
    with Terminal([sys.executable, "-m", "annotator"]) as terminal:
        for keys, words in STOPS:
            terminal.type(keys).sees(words)
            text = [cell for row in _in_dialog(terminal.cells) for cell in row if _is_text(cell)]
            faint = [cell.data for cell in text if _contrast(cell) < READABLE]
            assert (len(text) > 9, faint) == (True, []), keys


def _in_dialog(rows):
    """Return the rows in the frame of a dialog, or else all: what is behind it may be faint."""
    frames = [[x for x, cell in enumerate(row) if cell.data == "│"] for row in rows]
    framed = [row[ends[0] : ends[1]] for row, ends in zip(rows, frames, strict=True) if ends[1:]]
    return framed or rows


def _is_text(cell) -> bool:
    return bool(cell.data.strip()) and not re.match("[─-▋▍-▏░-▟]", cell.data)


def _contrast(cell) -> float:
    ink, paper = (Color.parse(VGA[name]) for name in (cell.fg, cell.bg))
    return contrast(ink, paper)
