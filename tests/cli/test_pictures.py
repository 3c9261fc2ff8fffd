"""Pictures in a terminal: kitty's protocol, sixels, and half blocks."""

import base64
import io
import os
import re
import signal
import sys
import zlib
from contextlib import ExitStack

import pytest
from PIL import Image

from annotator.tui.reader.images import HALF_BLOCK, NUMBERS, PLACEHOLDER
from serving import serve
from terminals import Terminal
from waiting import PATIENCE

pytestmark = pytest.mark.slow

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
from annotator.tui.app import AnnotatorApp
def fail(self, step): raise LookupError("nobody foresaw this")
AnnotatorApp.action_history = fail
sys.exit(main())
"""


def flag() -> bytes:
    drawn = Image.new("RGB", (160, 80), RED)
    drawn.paste(BLUE, (0, 40, 160, 80))
    written = io.BytesIO()
    drawn.save(written, "PNG")
    return written.getvalue()


@pytest.fixture
def read():
    """Read an article on a terminal that answers as one with given capabilities."""
    with ExitStack() as terminals:

        def started(article, *, answer, program=("-m", "annotator"), **environment):
            terminal = Terminal(
                [sys.executable, *program, "read", article],
                environment=os.environ | SIZE | {"COLORTERM": "truecolor"} | environment,
                answers={QUESTION: answer},
            )
            return terminals.enter_context(terminal).until("late summer")

        yield started


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


def test_kitty_gets_the_picture_and_its_placeholder_characters(read, harbour):
    terminal = read(harbour, answer=KITTY)
    terminal.type("Z")
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
    assert terminal.ended() == 0
    last = terminal.shown.rindex("\x1b[?1049l")
    assert id_ in FORGET.findall(terminal.shown[:last])


def test_a_hidden_picture_is_deleted_from_the_terminal(read, harbour):
    terminal = read(harbour, answer=KITTY)
    terminal.type("Z")
    terminal.until(PLACEHOLDER)
    terminal.type("Z")
    terminal.until("\x1b_Ga=d")
    terminal.type("q")
    assert terminal.ended() == 0


def test_a_program_that_fails_leaves_no_picture_behind(read, harbour):
    terminal = read(harbour, answer=KITTY, program=("-c", FAILING))
    terminal.type("Z")
    terminal.until(PLACEHOLDER)
    terminal.type("u")
    assert terminal.ended() == 70
    last = terminal.shown.rindex("\x1b[?1049l")
    assert set(FORGET.findall(terminal.shown[:last])) == set(images(terminal.shown))


def test_a_sixel_terminal_gets_sixels_at_the_place_of_the_picture(read, harbour):
    terminal = read(harbour, answer=SIXEL)
    terminal.type("Z")
    shown = terminal.until('\x1bP0;0;0q"1;1;160;78').latest
    assert HALF_BLOCK * 16 in shown
    assert re.search(r"\x1b7\x1b\[\d+;\d+H\x1bP0;0;0q", shown)
    drawn = shown[shown.rindex("\x1bP") :] + terminal.until("\x1b\\\x1b8").latest
    colours = re.compile(r"#\d+;2;\d+;\d+;\d+")
    assert colours.search(drawn)
    assert not colours.search(re.sub(r"^[^#]*(?:#\d+;2;\d+;\d+;\d+)+", "", drawn))  # named first
    assert "-\x1b\\" not in drawn  # no start of a line below the last
    terminal.type("?")
    terminal.until("Sentence mode")
    terminal.type("\x1b")
    terminal.until('\x1bP0;0;0q"1;1;160;78')
    terminal.type("q")
    assert terminal.ended() == 0


@pytest.mark.parametrize("answer", [NEITHER, ""])
def test_a_terminal_that_draws_neither_gets_half_blocks(read, harbour, answer):
    terminal = read(harbour, answer=answer)
    terminal.type("Z")
    shown = terminal.until(HALF_BLOCK * 72).latest
    assert "\x1b_G" not in shown
    assert "\x1bP" not in shown
    terminal.type("q")
    assert terminal.ended() == 0


def test_a_terminal_that_goes_away_ends_the_program(read, harbour):
    terminal = read(harbour, answer=KITTY)
    terminal.hang_up()
    assert terminal.child.wait(PATIENCE) == 128 + signal.SIGHUP


def test_settings_override_what_the_terminal_reports(read, harbour, home):
    settings = home / ".config" / "annotator" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('pictures = "blocks"\n', "utf-8")
    terminal = read(harbour, answer=KITTY)
    terminal.type("Z")
    terminal.until(HALF_BLOCK)
    terminal.type("q")
    assert terminal.ended() == 0
    assert QUESTION not in terminal.shown


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"NO_COLOR": "1"}, "Pictures need colours"),
        ({"TERM": "xterm-16color", "COLORTERM": ""}, "too few colours"),
    ],
)
def test_with_few_colors_a_picture_stays_a_placeholder(read, harbour, environment, words):
    terminal = read(harbour, answer=NEITHER, **environment)
    terminal.type("Z")
    terminal.until(words)
    terminal.type("q")
    assert terminal.ended() == 0
    assert HALF_BLOCK not in terminal.shown
