"""Whether the terminal is as it was before, however the screens end.

`python benchmarks torture_terminal [--only WORDS]` opens screens on a terminal and ends them by
keys, signals, a closed window and crashes in many places, after resizing and stopping them, with
terminals and locales of all kinds; and runs the program without a terminal. Prints a row for each,
and exits with 1 if the terminal was changed, an exit code is wrong, or an error has no message.
Needs Linux.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

from torture_typist import environment_of
from typist_library import write_library
from typist_session import HANG, HangError, Typist

CRASHED = 70
RESIZES, STOPS = 200, 60
PAUSE = 0.1  # seconds
PLACES = {  # the command, and the keys that lead there
    "library": ("", b""),
    "filter": ("", b"/costs"),
    "help": ("", b"?"),
    "reader": ("read", b"sj"),
    "note": ("read", b"s1aA note"),
    "panel": ("read", b"H"),
}
CRASHES = {  # methods that fail, and a key that calls each
    "tui.app:AnnotatorApp.action_help": b"?",
    "tui.dialogs.help:HelpScreen.parts": b"?",
    "tui.dialogs.command_palette:show_palette": b":",
    "tui.tags.screen:TagsScreen.on_mount": b"T",
    "tui.claims.screen:ClaimsScreen._load": b"C",
    "tui.library.screen:LibraryScreen.compose": b"",
    "tui.frame.list_screen:ListHead.render_line": b"",
    "tui.terminal.driver:PatientDriver.process_message": b"j",
}
ENVIRONMENTS: Sequence[Mapping[str, str]] = (
    *({"TERM": name} for name in ("xterm", "linux", "vt100", "screen", "tmux-256color", "none")),
    {"LANG": "C", "LC_ALL": "C"},
    {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"NO_COLOR": "1"},
    {"COLUMNS": "0", "LINES": "none"},
)
WITHOUT = {  # lines for a shell, and the exit codes that they may have
    "no keyboard": ("setsid {annotator} read {article} </dev/null", (0,)),
    "dumb": ("TERM=dumb {annotator} </dev/null", (0,)),
    "no output": ("{annotator} list >&-", (0,)),
    "no streams": ("{annotator} list <&- >&- 2>&-", (0,)),
    "full disk": ("{annotator} list >/dev/full", (1,)),
    "closed pipe": ("({annotator} show {article}; echo $? >&2) | true", (0,)),
    "locale C": ("LC_ALL=C PYTHONUTF8=0 PYTHONCOERCECLOCALE=0 {annotator} show {article}", (0,)),
}


class Ending(NamedTuple):
    """An end of the screens: what is done, and the exit code that the program must have."""

    name: str
    do: Callable[[Typist], str]
    code: int


class Case(NamedTuple):
    """A row: its name, what is typed where, what happens then, and in which surroundings."""

    name: str
    command: str
    keys: bytes
    ending: Ending
    environment: Mapping[str, str] = {}


def endings() -> Iterator[Ending]:
    """Yield the ways to end the screens."""
    yield Ending("quit by key", lambda typist: typist.end("key"), 0)
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT):
        yield Ending(number.name, partial(_signalled, number), 128 + number)
    yield Ending("closed window", lambda typist: typist.end("window"), 128 + signal.SIGHUP)
    yield Ending("stop and continue", _stopped, 0)
    yield Ending("stops", _stopped_often, 0)
    yield Ending("resizes", _resized, 0)


def cases() -> Iterator[Case]:
    """Yield all rows that need a terminal."""
    for ending in endings():
        for name, (command, keys) in PLACES.items():
            yield Case(f"{ending.name}: {name}", command, keys, ending)
    for method, keys in CRASHES.items():
        environment = {"TYPIST_CRASH": f"annotator.{method}"}
        crash = Ending("crash", _crashed, CRASHED)
        yield Case(f"crash in {method.rpartition(':')[2]}", "", keys, crash, environment)
    for surroundings in ENVIRONMENTS:
        named = " ".join(f"{name}={value}" for name, value in surroundings.items())
        yield Case(named, "read", b"sj", next(endings()), surroundings)


def _signalled(number: int, typist: Typist) -> str:
    typist.child.send_signal(number)
    return _ended(typist)


def _stopped(typist: Typist) -> str:
    wrong = typist.suspend()
    typist.press(b"j")
    typist.settle()
    return wrong or typist.end("key")


def _stopped_often(typist: Typist) -> str:
    """Stop by force and otherwise, whatever the program does just then."""
    wrong = ""
    for number in range(STOPS):
        typist.press(b"j")
        time.sleep(number % 7 / 1000)
        if number % 3:
            wrong = wrong or typist.suspend()
        else:
            typist.child.send_signal(signal.SIGSTOP)
            typist.child.send_signal(signal.SIGCONT)
            time.sleep(PAUSE)  # one that comes after the next stop would take that back
    return wrong or _stopped(typist)


def _resized(typist: Typist) -> str:
    for number in range(RESIZES):
        typist.resize(1 + number % 60, 1 + number * 7 % 200)
    typist.press(b"j")
    typist.settle()
    return typist.end("key")


def _crashed(typist: Typist) -> str:
    wrong = _ended(typist)
    return "" if wrong == f"exit code {CRASHED}" else wrong or "it did not crash"


def _ended(typist: Typist) -> str:
    try:
        typist.child.wait(HANG * 4)
    except subprocess.TimeoutExpired:
        raise HangError("it does not end") from None
    return typist.wrong_at_the_end()


def main() -> int:
    """Try all, and return the exit code."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--only", default="", help="words in the name of a row")
    options = parser.parse_args()
    failed = tried = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        ids = write_library(folder / "data/annotator", folder / "state/annotator")
        rows = [(case.name, partial(_try, case, folder, ids[0])) for case in cases()]
        rows += [(name, partial(_try_without, name, folder, ids[0])) for name in WITHOUT]
        for name, attempt in rows:
            if options.only in name:
                begun = time.monotonic()
                wrong = attempt()
                tried, failed = tried + 1, failed + bool(wrong)
                spent = time.monotonic() - begun
                print(f"{name[:60]:62}{spent:>6.1f} s  {wrong or 'as it was'}", flush=True)
    print(f"{tried} tried, {failed} failed")
    return 1 if failed else 0


def _try(case: Case, folder: Path, article: str) -> str:
    environment = {**environment_of(folder), **case.environment}
    arguments = [case.command, article] if case.command else []
    typist = Typist(arguments, environment, folder, Counter())
    try:
        typist.wait_for_start()
        typist.press(case.keys)
        if case.ending.code != CRASHED:
            typist.settle()
        wrong = [_known(case.ending.do(typist), case.ending.code)]
        if typist.child.returncode != case.ending.code:
            wrong.append(f"exit code {typist.child.returncode}, not {case.ending.code}")
        return " ".join(filter(None, wrong))
    except HangError as error:
        return f"hangs: {error}"
    finally:
        typist.close()


def _known(wrong: str, code: int) -> str:
    """Return what is wrong besides an exit code that is meant."""
    return wrong.removesuffix(f"exit code {code}").strip()


def _try_without(name: str, folder: Path, article: str) -> str:
    """Run a line of the shell; return what is wrong."""
    line, codes = WITHOUT[name]
    annotator = f"{sys.executable} -m annotator"
    done = subprocess.run(
        ["sh", "-c", line.format(annotator=annotator, article=article)],
        env={**os.environ, **environment_of(folder)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=HANG * 4,
        check=False,
    )
    told = done.stderr.decode("utf-8", "replace")
    if "Traceback" in told or "Exception ignored" in told:
        return f"a traceback: {told[-200:]!r}"
    if done.returncode not in codes:
        return f"exit code {done.returncode}: {told[-200:]!r}"
    return "" if not done.returncode or told else "an error without a message"


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        sys.exit(main())
