"""From the command line to the screens and back."""

import os
import signal
import subprocess
import sys
from collections import Counter

import pytest

from terminals import Terminal
from typist_session import Typist
from waiting import wait_until

pytestmark = pytest.mark.slow

PATH = os.pathsep.join(sys.path)

CRASHING = """
import sys
from annotator.cli import main
from annotator.tui.library.screen import LibraryScreen
from annotator.tui.terminal.driver import PatientDriver
def fail(self, *_):
    words = "The mayor called it a triumph."
    raise LookupError("nobody foresaw this")
{} = fail
sys.exit(main())
"""

STOPPED = """
import os, queue, signal, sys, threading
from annotator.cli import main
put = queue.Queue._put
def stopped(self, item):
    put(self, item)
    if "grid" in str(item) and threading.current_thread() is threading.main_thread():
        queue.Queue._put = put
        os.kill(os.getpid(), signal.SIGTSTP)
queue.Queue._put = stopped
sys.exit(main())
"""

EDITOR = """#!/bin/sh
trap 'kill $!; exit 3' TERM
echo open >"$0.log"
sleep 600 & wait
"""

PIPED = r"A piped title\n\nThere is not much of it.\n"
ON_A_TERMINAL = """
import os, pty, sys
sys.exit(os.waitstatus_to_exitcode(pty.spawn(["sh", "-c", sys.argv[1]])))
"""


@pytest.fixture
def screens(home):
    """Run the program on a terminal, type keys when some words appear, and return its end."""

    def run_screens(command, *, shows, keys):
        with Terminal([sys.executable, *command], stderr=subprocess.PIPE) as terminal:
            code = terminal.until(shows).type(keys).ended()
            return code, terminal.shown, terminal.child.communicate()[1].decode()

    return run_screens


def test_without_a_command_the_library_opens(screens, kept):
    code, shown, err = screens(["-m", "annotator"], shows="grid", keys=b"q")
    assert (code, err) == (0, "")
    assert "\x1b[?1049h" in shown


def test_the_tour_comes_back_to_a_library_that_is_still_empty(run, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with Terminal([sys.executable, "-m", "annotator"]) as terminal:
        terminal.sees("Your library is empty.")
        terminal.type("Q").sees("Tour, 1 of")
        assert [*tmp_path.glob("annotator-tour-*")]
        terminal.type(" ").sees("Tour, 2 of")
        terminal.type("s").sees("Tour, 3 of")
        terminal.type("\r").sees("Tour, 4 of")
        terminal.type("q").sees("Your library is empty.")
        assert terminal.type("q").ended() == 0
    assert [*tmp_path.glob("annotator-tour-*")] == []
    assert run("list").out == ""


def test_the_tour_needs_a_terminal(run):
    done = run("tour")
    assert (done.code, done.err.count("\n")) == (2, 2)
    assert "The tour needs a terminal." in done.err


def test_read_opens_the_article_and_one_key_quits(screens, kept):
    code, shown, err = screens(["-m", "annotator", "read", kept], shows="milestone", keys=b"q")
    assert (code, err) == (0, "")
    assert "grid" in shown


@pytest.mark.parametrize(
    ("where", "shows"),
    [("LibraryScreen.compose", "\x1b[?1049l"), ("PatientDriver.process_message", "grid")],
    ids=["when it begins", "in the thread that reads the keyboard"],
)
def test_a_crash_of_the_screens_is_reported_on_one_line_and_logged(
    screens, kept, home, where, shows
):
    code, shown, err = screens(["-c", CRASHING.format(where)], shows=shows, keys=b"j")
    assert code == 70
    assert "Traceback" not in shown
    log = home / ".local" / "state" / "annotator" / "annotator.log"
    assert err.startswith("Error: annotator crashed")
    assert err.count("\n") == 1
    assert "x1b" not in err
    written = log.read_text("utf-8")
    assert "nobody foresaw this" in err
    assert "in fail" in written
    assert "LookupError: nobody foresaw this" in written
    assert "mayor" not in written  # the values of variables may be texts of articles


def test_an_article_from_a_pipe_is_read_with_the_keyboard(screens, home):
    piped = f"stty rows 30 cols 100; printf {PIPED!r} | {sys.executable} -m annotator read -"
    code, _, _ = screens(["-c", ON_A_TERMINAL, piped], shows="much of it", keys=b"q")
    assert code == 0


def test_the_program_is_stopped_in_the_middle_of_a_write_or_by_a_key_and_goes_on(kept):
    command = [sys.executable, "-c", STOPPED]
    with Terminal(command, stderr=None, process_group=0) as terminal:
        for keys in ("", "\x1a"):  # stopped by itself, and by Ctrl+Z
            terminal.type(keys).until("\x1b[?1049l")
            terminal.has_stopped()
            terminal.child.send_signal(signal.SIGCONT)
            terminal.until("grid")
        assert terminal.type("q").ended() == 0


def test_a_terminal_is_left_as_it_was_when_stopped_resized_and_closed(home, kept, tmp_path):
    reached = Counter()
    session = Typist(["read", kept], os.environ | {"PYTHONPATH": PATH}, tmp_path, reached)
    try:
        session.wait_for_start()
        session.press(b"sj1Hj")
        assert session.suspend() == ""
        for number in range(30):
            session.resize(5 + number, 20 + 6 * number)
        session.press(b"k")
        session.settle()
        assert reached["ReaderScreen/Listing"]
        session.end("window")
        assert session.child.returncode == 128 + signal.SIGHUP
    finally:
        session.close()


class Onlooker(Typist):
    """A typist who keeps what is written since the last look."""

    written = b""

    def _note(self, piece):
        self.written += piece
        super()._note(piece)


def test_a_program_that_was_stopped_paints_its_screen_again(home, kept, tmp_path):
    environment = os.environ | {"PYTHONPATH": PATH}
    session = Onlooker(["read", kept], environment, tmp_path, Counter())
    try:
        session.wait_for_start()
        session.press(b"Hj\x1a")
        wait_until(lambda: b"No shell" in session.written)  # it is the first of its session
        session.settle()
        session.child.send_signal(signal.SIGSTOP)  # by force: it cannot restore the terminal
        session.child.send_signal(signal.SIGCONT)
        session.settle()
        session.written = b""
        assert session.suspend() == ""
        session.press(b"j")
        wait_until(lambda: b"milestone" in session.written)
        session.settle()
        assert session.end("key") == ""
    finally:
        session.close()


def test_a_key_that_stops_the_terminal_does_not_keep_the_program_from_ending(kept):
    with Terminal([sys.executable, "-m", "annotator", "read", kept]) as terminal:
        terminal.until("grid").type("\x11")
        wait_until(lambda: terminal.type("\x13").child.poll() is not None)  # Ctrl+S
        assert terminal.child.returncode == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_program_while_a_note_is_in_the_editor(kept, home, number):
    editor = home / "editor"
    editor.write_text(EDITOR)
    editor.chmod(0o700)
    environment = {**os.environ, "VISUAL": "", "EDITOR": str(editor)}
    with Terminal(
        [sys.executable, "-m", "annotator", "read", kept], environment=environment
    ) as terminal:
        terminal.until("grid").type("s\r")  # marks the first sentence
        terminal.until("Note").type("a")
        terminal.until("open in $EDITOR").type("\x14")
        wait_until((home / "editor.log").exists)
        terminal.child.send_signal(number)
        assert terminal.ended() == 128 + number
        assert terminal.is_as_before


KEPT = {
    "a note": ("a", "open in $EDITOR", "the mayor said so"),
    "details": ("e", "Claim details", "the mayor said so"),
    "a tag": ("t", "Tags of this mark", "harbour"),
}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize(("key", "title", "words"), KEPT.values(), ids=KEPT)
def test_what_was_typed_when_a_signal_ended_the_program_is_there_again(
    kept, home, key, title, words, number
):
    typed = home / ".local" / "state" / "annotator"
    command = [sys.executable, "-m", "annotator", "read", kept]
    with Terminal(command) as terminal:
        terminal.until("grid").type("s\r")  # marks the first sentence
        terminal.until("Note").type(key)
        terminal.until(title).type(words)
        terminal.until(words).child.send_signal(number)
        assert terminal.ended() == 128 + number
        assert terminal.is_as_before
    assert [*typed.glob("libraries/*/typed.json")]
    with Terminal(command) as terminal:
        terminal.until("grid").type("s").until("Note").type(key)
        terminal.until(title).until(words).until("before the program was ended")
        terminal.type("\x1b").type("\x1b" if key != "t" else "")
        wait_until(lambda: not [*typed.glob("libraries/*/typed.json")])


SAVING_EDITOR = """#!/bin/sh
echo "said by the mayor" >"$1"
echo open >"$0.log"
exec sleep 600
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_what_was_saved_in_an_editor_when_a_signal_ended_the_program_is_there_again(
    kept, home, number
):
    editor = home / "editor"
    editor.write_text(SAVING_EDITOR)
    editor.chmod(0o700)
    environment = {**os.environ, "VISUAL": "", "EDITOR": str(editor)}
    command = [sys.executable, "-m", "annotator", "read", kept]
    with Terminal(command, environment=environment) as terminal:
        terminal.until("grid").type("s\r").until("Note").type("a")
        terminal.until("open in $EDITOR").type("\x14")
        wait_until((home / "editor.log").exists)
        terminal.child.send_signal(number)
        assert terminal.ended() == 128 + number
    with Terminal(command) as terminal:
        terminal.until("grid").type("s").until("Note").type("a")
        terminal.until("said by the mayor")
