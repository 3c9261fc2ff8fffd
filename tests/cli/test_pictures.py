"""Pictures in a terminal: kitty's protocol, sixels, and half blocks."""

import base64
import io
import os
import pty
import re
import subprocess
import sys
import termios
import zlib

import pytest
from PIL import Image

from annotator.tui.images.kitty import NUMBERS, PLACEHOLDER
from annotator.tui.images.picture import HALF_BLOCK
from serving import serve

PATIENCE = 60  # seconds for what takes two
QUESTION = "\x1b[c"
KITTY = "\x1bP>|kitty(0.41.1)\x1b\\\x1b[6;20;10t\x1b[?62;52;c"
SIXEL = "\x1bP>|XTerm(398)\x1b\\\x1b[6;20;10t\x1b[?1;0;16S\x1b[?64;4;22c"
NEITHER = "\x1b[?62;22c"
RED, BLUE = (200, 30, 30), (30, 30, 200)
CHUNK = re.compile(r"\x1b_G([^;\x1b]*);([^\x1b]*)\x1b\\")
FORGET = re.compile(r"\x1b_Ga=d,d=I,i=(\d+),q=2\x1b\\")
PAGE = b"""<!doctype html><html lang="en"><head><title>The harbour</title></head><body><article>
<h1>The harbour</h1>
<figure><img src="/flag.png" alt="A flag"><figcaption>The flag of the town.</figcaption></figure>
<p>The price of bread rose by a tenth within a year, the office for statistics said on Friday.</p>
<p>Bakers blame the price of flour, which rose by a third, and that of gas, which has doubled.</p>
<p>Nobody expects that it will fall again before the next harvest is in, in the late summer.</p>
</article></body></html>"""
SIZE = {"COLUMNS": "100", "LINES": "30"}  # which others may have set otherwise
FAILING = """
import sys
from annotator.cli import main
from annotator.tui.reader.screen import ReaderScreen
def fail(self, step): raise LookupError("nobody foresaw this")
ReaderScreen.action_history = fail
sys.exit(main())
"""


def flag() -> bytes:
    drawn = Image.new("RGB", (160, 80), RED)
    drawn.paste(BLUE, (0, 40, 160, 80))
    written = io.BytesIO()
    drawn.save(written, "PNG")
    return written.getvalue()


class Terminal:
    """A terminal of 100 by 30 cells with given capabilities, and its user."""

    def __init__(self, *command: str, answer: str, **environment: str) -> None:
        self._mine, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (30, 100))
        self._answer = answer
        self.shown, self._bytes, self._at = "", b"", 0
        self._child = subprocess.Popen(
            [sys.executable, *command],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=os.environ | SIZE | {"COLORTERM": "truecolor"} | environment,
        )
        os.close(theirs)

    def type(self, keys: str) -> None:
        os.write(self._mine, keys.encode())

    def until(self, words: str) -> str:
        """Read up to the end of `words`, and return the output so far."""
        before = self._at
        while words not in self.shown[before:]:
            piece = os.read(self._mine, 65536)
            if QUESTION.encode() in piece:
                os.write(self._mine, self._answer.encode())
            self._bytes += piece
            self.shown = self._bytes.decode("utf-8", "ignore")
        self._at = self.shown.index(words, before) + len(words)
        return self.shown[before : self._at]

    def go(self) -> None:
        os.close(self._mine)

    def wait(self) -> int:
        return self._child.wait(PATIENCE)

    def end(self) -> int:
        try:
            while piece := os.read(self._mine, 65536):
                self._bytes += piece
        except OSError:  # the other end of a terminal is gone
            os.close(self._mine)
        self.shown = self._bytes.decode("utf-8", "ignore")
        return self.wait()


@pytest.fixture
def harbour(run):
    """Save an article with a picture, and yield its id while its site is served."""
    with serve({"/": PAGE, "/flag.png": flag()}) as site:
        yield run("add", site.url("/")).out.split("\t")[1]


def images(shown: str) -> dict[str, Image.Image]:
    """Return the images sent by kitty's protocol, by their ids."""
    heads, data = {}, {}
    for command, piece in CHUNK.findall(shown):
        fields = dict(field.split("=") for field in command.split(","))
        if "i" in fields and piece:
            heads.setdefault(fields["i"], fields)
            data[fields["i"]] = data.get(fields["i"], "") + piece
            assert fields["q"] == "2"
            assert len(piece) <= 4096
    return {
        id_: Image.frombytes(
            "RGB",
            (int(heads[id_]["s"]), int(heads[id_]["v"])),
            zlib.decompress(base64.b64decode(each)),
        )
        for id_, each in data.items()
    }


def test_kitty_gets_the_picture_and_its_placeholder_characters(harbour):
    terminal = Terminal("-m", "annotator", "read", harbour, answer=KITTY)
    terminal.until("late summer")
    terminal.type("p")
    terminal.until(PLACEHOLDER + NUMBERS[3] + NUMBERS[15])
    ((id_, image),) = images(terminal.shown).items()
    assert image.size == (160, 80)
    assert (image.getpixel((80, 10)), image.getpixel((80, 70))) == (RED, BLUE)
    number = int(id_)
    ink = f"38;2;{number >> 16};{number >> 8 & 255};{number & 255}"
    assert ink in terminal.shown
    assert f"\x1b_Ga=p,U=1,i={id_},c=16,r=4,q=2\x1b\\" in terminal.shown
    assert HALF_BLOCK not in terminal.shown
    assert FORGET.search(terminal.shown) is None
    terminal.type("q")
    assert terminal.end() == 0
    last = terminal.shown.rindex("\x1b[?1049l")
    assert id_ in FORGET.findall(terminal.shown[:last])


def test_a_hidden_picture_is_deleted_from_the_terminal(harbour):
    terminal = Terminal("-m", "annotator", "read", harbour, answer=KITTY)
    terminal.until("late summer")
    terminal.type("p")
    terminal.until(PLACEHOLDER)
    terminal.type("p")
    terminal.until("\x1b_Ga=d")
    terminal.type("q")
    assert terminal.end() == 0


def test_a_program_that_fails_leaves_no_picture_behind(harbour):
    terminal = Terminal("-c", FAILING, "read", harbour, answer=KITTY)
    terminal.until("late summer")
    terminal.type("p")
    terminal.until(PLACEHOLDER)
    terminal.type("u")
    assert terminal.end() == 70
    last = terminal.shown.rindex("\x1b[?1049l")
    assert set(FORGET.findall(terminal.shown[:last])) == set(images(terminal.shown))


def test_a_sixel_terminal_gets_sixels_at_the_place_of_the_picture(harbour):
    terminal = Terminal("-m", "annotator", "read", harbour, answer=SIXEL)
    terminal.until("late summer")
    terminal.type("p")
    shown = terminal.until('\x1bP0;0;0q"1;1;160;78')
    assert HALF_BLOCK * 16 in shown
    assert re.search(r"\x1b7\x1b\[\d+;\d+H\x1bP0;0;0q", shown)
    drawn = shown[shown.rindex("\x1bP") :] + terminal.until("\x1b\\\x1b8")
    colours = re.compile(r"#\d+;2;\d+;\d+;\d+")
    assert colours.search(drawn)
    assert not colours.search(re.sub(r"^[^#]*(?:#\d+;2;\d+;\d+;\d+)+", "", drawn))  # named first
    assert "-\x1b\\" not in drawn  # no start of a line below the last
    terminal.type("?")
    terminal.until("Line down")
    terminal.type("\x1b")
    terminal.until('\x1bP0;0;0q"1;1;160;78')
    terminal.type("q")
    assert terminal.end() == 0


@pytest.mark.parametrize("answer", [NEITHER, ""])
def test_a_terminal_that_draws_neither_gets_half_blocks(harbour, answer):
    terminal = Terminal("-m", "annotator", "read", harbour, answer=answer)
    terminal.until("late summer")
    terminal.type("p")
    shown = terminal.until(HALF_BLOCK * 72)
    assert "\x1b_G" not in shown
    assert "\x1bP" not in shown
    terminal.type("q")
    assert terminal.end() == 0


def test_a_terminal_that_goes_away_ends_the_program(harbour):
    terminal = Terminal("-m", "annotator", "read", harbour, answer=KITTY)
    terminal.until("late summer")
    terminal.go()
    terminal.wait()


def test_settings_override_what_the_terminal_reports(harbour, home):
    settings = home / ".config" / "annotator" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('pictures = "blocks"\n', "utf-8")
    terminal = Terminal("-m", "annotator", "read", harbour, answer=KITTY)
    terminal.until("late summer")
    terminal.type("p")
    terminal.until(HALF_BLOCK)
    terminal.type("q")
    assert terminal.end() == 0
    assert QUESTION not in terminal.shown


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"NO_COLOR": "1"}, "Pictures need colours"),
        ({"TERM": "xterm-16color", "COLORTERM": ""}, "too few colours"),
    ],
)
def test_with_few_colors_a_picture_stays_a_placeholder(harbour, environment, words):
    terminal = Terminal("-m", "annotator", "read", harbour, answer=NEITHER, **environment)
    terminal.until("late summer")
    terminal.type("p")
    terminal.until(words)
    terminal.type("q")
    assert terminal.end() == 0
    assert HALF_BLOCK not in terminal.shown
