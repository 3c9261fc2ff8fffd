"""While the program puts letters in order, the terminal leaves that alone; at the end as before."""

import signal
import sys

import pytest

from terminals import Terminal

pytestmark = pytest.mark.slow

pytest.importorskip("bidi")

HEBREW = "כותרת\n\nראש העיר אמר (בכעס) שהמחיר ירד. איש לא שאל אותו מדוע הוא אמר זאת.\n"
DRAWN = ".דרי ריחמהש (סעכב) רמא ריעה שאר"
AS_SENT, IN_ORDER = "\x1b[8l", "\x1b[8h"
CRASHING = """
import sys
from annotator.cli import main
from annotator.tui.reader.screen import ReaderScreen
def fail(self): raise LookupError("nobody foresaw this")
ReaderScreen.action_claims = fail
sys.exit(main())
"""


@pytest.fixture
def article(home, run, tmp_path) -> str:
    (tmp_path / "hebrew.txt").write_text(HEBREW, "utf-8")
    run("config", "set", "bidi", "program")
    return run("add", "hebrew.txt").out.split("\t")[1]


def _reader(*arguments, **options) -> Terminal:
    return Terminal([sys.executable, *arguments], **options)


def test_its_own_order_is_off_while_the_program_runs_and_on_again_at_its_end(article):
    with _reader("-m", "annotator", "read", article) as terminal:
        terminal.sees(DRAWN)
        assert terminal.shown.rfind(AS_SENT) > terminal.shown.rfind(IN_ORDER)
        assert terminal.type("q").ended() == 0
        assert terminal.shown.count(IN_ORDER) == 1
        assert terminal.shown.rfind(IN_ORDER) > terminal.shown.rfind(AS_SENT)


def test_it_is_on_while_the_program_is_stopped(article):
    with _reader("-m", "annotator", "read", article, process_group=0) as terminal:
        terminal.sees(DRAWN)
        terminal.type("\x1a").until(IN_ORDER).until("\x1b[?1049l").has_stopped()
        terminal.child.send_signal(signal.SIGCONT)
        terminal.until(AS_SENT)
        assert terminal.type("q").ended() == 0
        assert terminal.shown.rfind(IN_ORDER) > terminal.shown.rfind(AS_SENT)


def test_it_is_on_again_after_a_crash(article):
    with _reader("-c", CRASHING, "read", article) as terminal:
        terminal.sees(DRAWN)
        assert terminal.type("C").ended() == 70
        assert terminal.shown.rfind(IN_ORDER) > terminal.shown.rfind(AS_SENT)


def test_without_the_setting_nothing_is_said_of_it(article, run):
    run("config", "set", "bidi", "")
    with _reader("-m", "annotator", "read", article) as terminal:
        terminal.sees("ראש העיר אמר")
        assert terminal.type("q").ended() == 0
        assert AS_SENT not in terminal.shown
        assert IN_ORDER not in terminal.shown


def test_both_orders_are_printed_to_choose_from(run):
    done = run("config", "set", "bidi", "program")
    assert "terminal: نص عربي (١٢٣) טקסט עברי (123) abc" in done.err
    assert "program:  abc (123) ירבע טסקט" in done.err
    assert "Choose the one whose line reads right here." in done.err


def test_lines_that_are_printed_keep_the_order_of_the_text(run, article):
    assert "ראש העיר אמר (בכעס) שהמחיר ירד." in run("read", "--plain", article).out
