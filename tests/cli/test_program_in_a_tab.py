"""The program as a tab of a browser shows it: without a terminal, over two pipes.

It speaks packets of a kind, a length and bytes: D for what is drawn or typed, M for the rest.
"""

import json
import os
import re
import signal
import subprocess
import sys
import threading
from contextlib import suppress

import pytest

from annotator.fastpath.start import DRIVER_VARIABLE, TAB_DRIVER
from waiting import PATIENCE, wait_until

pytestmark = pytest.mark.slow

_SEQUENCES = re.compile(r"\x1b(?:\[[<=>?]?[\d;:]*[ -/]*[@-~]|[P\]].*?(?:\x1b\\|\x07)|.)", re.DOTALL)


class Tab:
    """A program with the server's end of its pipes."""

    def __init__(self, *arguments):
        environment = os.environ | {DRIVER_VARIABLE: TAB_DRIVER, "COLUMNS": "100", "ROWS": "30"}
        self.child = subprocess.Popen(
            [sys.executable, "-m", "annotator", *arguments],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        self.drawn, self.told = "", []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        out = self.child.stdout
        assert out.readline() == b"__GANGLION__\n"
        while kind := out.read(1):
            data = out.read(int.from_bytes(out.read(4), "big")).decode()
            if kind == b"M":
                self.told.append(json.loads(data))
            else:
                self.drawn += _SEQUENCES.sub("", data)

    def send(self, kind, data):
        data = data.encode()
        self.child.stdin.write(kind + len(data).to_bytes(4, "big") + data)
        self.child.stdin.flush()

    def type(self, *keys):
        for key in keys:
            self.send(b"D", key)

    def sees(self, words):
        wait_until(lambda: words in self.drawn, saw=lambda: self.drawn[-800:])
        self.drawn = ""

    def end(self):
        with suppress(ProcessLookupError):
            os.killpg(self.child.pid, signal.SIGKILL)
        self.child.wait(PATIENCE)
        self._reader.join(PATIENCE)
        for pipe in (self.child.stdin, self.child.stdout, self.child.stderr):
            with suppress(BrokenPipeError):
                pipe.close()

    def ended(self):
        code = self.child.wait(PATIENCE)
        self._reader.join(PATIENCE)
        return code, self.child.stderr.read()


@pytest.fixture
def open_tab(process, kept):
    tabs = []

    def start(*arguments):
        tabs.append(Tab(*arguments))
        tabs[-1].sees("The grid at night")
        return tabs[-1]

    yield start
    for tab in tabs:
        tab.end()


def test_the_library_opens_in_a_tab_and_a_key_ends_it(open_tab):
    tab = open_tab()
    tab.type("\r")
    tab.sees("ran without coal")
    tab.type("q")
    tab.sees("Quit")
    tab.type("q")
    assert tab.ended() == (0, b"")
    assert tab.told == [{"type": "exit"}]


def test_a_passage_is_marked_in_a_tab(open_tab, process):
    tab = open_tab()
    tab.type("\r")
    tab.sees("ran without coal")
    tab.type("s", "\r")
    wait_until(lambda: process("notes", "--json").out.count('"quote"') == 1)
    assert json.loads(process("notes", "--json").out)[0]["quote"].startswith("The national grid")


def test_an_address_is_opened_by_the_browser_of_the_tab(open_tab, site, process):
    process("add", site.url("/bread"))
    tab = open_tab()
    tab.type("o")
    wait_until(lambda: tab.told)
    assert tab.told == [{"type": "open_url", "url": site.url("/bread"), "new_tab": True}]


def test_what_needs_a_terminal_says_so_in_a_tab(open_tab):
    tab = open_tab()
    tab.type("\x1a")
    tab.sees("No shell can go on")
    tab.type(":", "tour", "\r")
    tab.sees("The tour needs a terminal")
    tab.type("\r")
    tab.sees("ran without coal")
    tab.type("s", "\r", "a", "Draft")
    tab.sees("Draft")
    tab.type("\x14")
    tab.sees("editor can’t be opened here")


def typing(open_tab):
    tab = open_tab()
    tab.type("\r")
    tab.sees("ran without coal")
    tab.type("s", "\r", "a", "Unfinished")
    tab.sees("Unfinished")
    return tab


@pytest.mark.parametrize("end", ["closed", "no server", "a signal"])
def test_what_was_typed_is_kept_when_the_tab_is_gone(open_tab, end):
    tab = typing(open_tab)
    if end == "closed":
        tab.send(b"M", json.dumps({"type": "quit"}))
    elif end == "no server":
        tab.child.stdin.close()
    else:
        tab.child.send_signal(signal.SIGTERM)
    code, told = tab.ended()
    assert (code, told) == (128 + signal.SIGTERM if end == "a signal" else 0, b"")
    again = open_tab()
    again.type("\r")
    again.sees("ran without coal")
    again.type("s", "a")
    again.sees("Unfinished")
