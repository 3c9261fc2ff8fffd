"""An article that was read before is painted at once, and the terminal is restored."""

import signal
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from terminals import Terminal

pytestmark = pytest.mark.slow

BEFORE = "<the screens are loaded>"

TELLING = f"""
import os, sys
os.close(os.open(os.ttyname(0), os.O_RDWR))  # now it is the terminal of this session
class Telling:
    def find_spec(self, name, *_):
        if name == "textual":
            os.write(1, b"{BEFORE}")
            {{then}}
sys.meta_path.insert(0, Telling())
from annotator.cli import main
sys.exit(main())
"""
# A signal between the two would leave `signal.pause()` waiting for the next one.
WAITING = TELLING.format(then="import time\n            while True: time.sleep(0.02)")
CRASHING = TELLING.format(then="raise LookupError('nobody foresaw this')")
TELLING = TELLING.format(then="")


@pytest.fixture
def open_session(home):
    """Start the program on a terminal."""
    with ExitStack() as sessions:

        def started(program, *arguments, **options):
            command = [sys.executable, "-c", program, *map(str, arguments)]
            # `environ` is without what the C library has put into its own
            terminal = Terminal(command, start_new_session=True, **options)
            return sessions.enter_context(terminal)

        yield started


@pytest.fixture
def left(kept, open_session):
    """Return the id of an article that was read and closed at its start."""
    session = open_session(TELLING, "read", kept).until("Help").type(b"q")
    assert session.ended() == 0
    return kept


def test_the_text_is_there_before_the_screens_are_loaded(left, open_session):
    session = open_session(TELLING, "read", left[:6]).until(BEFORE)
    assert "control room" in session.shown.partition(BEFORE)[0]
    assert "q\x1b[0m" in session.shown  # the bottom line as well
    assert session.type(b"q").ended() == 0
    assert session.shown.count("\x1b[?1049h") == 1
    assert session.is_as_before


def test_an_article_that_was_never_read_is_not_painted_early(kept, open_session):
    session = open_session(TELLING, "read", kept).until(BEFORE)
    assert "control room" not in session.shown


def test_the_same_file_is_recognized(story, home, open_session):
    open_session(TELLING, "read", story).until("Help").type(b"q").ended()
    session = open_session(TELLING, "read", story).until(BEFORE)
    assert "control room" in session.shown
    assert session.type(b"q").ended() == 0
    story.write_text(story.read_text("utf-8").replace("control", "engine"), "utf-8")
    assert "control room" not in open_session(TELLING, "read", story).until(BEFORE).shown


def test_keys_pressed_meanwhile_arrive(left, open_session):
    session = open_session(TELLING, "read", left).until("control room").type(b"s")
    session.until("SENTENCE").type(b"q")
    assert session.ended() == 0
    assert session.is_as_before


@pytest.mark.parametrize(
    ("end", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]
)
def test_a_signal_before_the_screens_leaves_the_terminal_as_it_was(left, open_session, end, code):
    session = open_session(WAITING, "read", left).until(BEFORE)
    session.child.send_signal(end)
    assert session.ended() == code
    assert session.is_as_before
    assert "Traceback" not in session.shown


@pytest.mark.parametrize(("end", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_to_the_screens_leaves_the_terminal_as_it_was(left, open_session, end, code):
    session = open_session(TELLING, "read", left).until(BEFORE).until("\x1b[?2004h")
    session.type(b"s").until("SENTENCE")
    session.child.send_signal(end)
    assert session.ended() == code
    assert session.is_as_before


def test_control_c_before_the_screens_ends_the_program(left, open_session):
    session = open_session(WAITING, "read", left).until(BEFORE).type(b"\x03")
    assert session.ended() == 130
    assert session.is_as_before


def test_a_crash_before_the_screens_is_reported_on_the_normal_screen(left, open_session):
    session = open_session(CRASHING, "read", left).until(BEFORE)
    assert session.ended() == 70
    assert session.is_as_before
    assert "annotator crashed" in session.shown.rpartition("\x1b[?1049l")[2]


def test_a_terminal_of_another_size_is_not_shown_the_page(left, open_session):
    assert "grid" not in open_session(TELLING, "read", left, size=(24, 80)).until(BEFORE).shown


def test_a_page_is_not_shown_once_something_on_it_has_changed(left, run, open_session):
    assert run("mark", left, "It makes one hundredth of it now.").code == 0
    assert "grid" not in open_session(TELLING, "read", left).until(BEFORE).shown


def test_a_page_is_not_shown_in_other_settings(left, home, open_session):
    config = home / ".config" / "annotator"
    config.mkdir(parents=True)
    (config / "settings.toml").write_text('theme = "paper"\n', "utf-8")
    assert "grid" not in open_session(TELLING, "read", left).until(BEFORE).shown


def test_a_snapshot_with_more_than_text_and_colors_is_not_shown(left, home, open_session):
    (page,) = (home / ".local/state/annotator/libraries").glob(f"*/pages/{left}")
    _insert(page, "\x1b]52;c;QQ==\x07")
    assert "\x1b]52" not in open_session(TELLING, "read", left).until(BEFORE).shown


def _insert(page: Path, text: str) -> None:
    page.write_text(page.read_text("utf-8").replace("grid", f"grid{text}"), "utf-8")
