"""Running the program with a home folder of its own, in this process or in another."""

import os
import subprocess
import sys
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from annotator.cli import main
from serving import serve
from terminals import Terminal
from waiting import PATIENCE

STORY = """The grid at night

The national grid ran without coal for the first time in a century, its operator said on Monday.

“It’s a milestone,” said Ann Lee, who runs the control room — and she had waited for it.

Coal made two thirds of the power as late as 1990. It makes one hundredth of it now.
"""

PAGE = b"""<!doctype html><html lang="en"><head><title>Bread costs more</title>
<meta property="og:site_name" content="The Baker"></head><body><article><h1>Bread costs more</h1>
<p>The price of bread rose by a tenth within a year, the office for statistics said on Friday.</p>
<p>Bakers blame the price of flour, which rose by a third, and that of gas, which has doubled.</p>
<p>Nobody expects that it will fall again before the next harvest is in, in the late summer.</p>
</article></body></html>"""


@dataclass(frozen=True)
class Done:
    """The exit code and the output of a run."""

    code: int
    out: str
    err: str


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Give the program a home folder of its own and the environment of a plain terminal."""
    for name in list(os.environ):
        if name.startswith(("XDG_", "ANNOTATOR_")) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    (tmp_path / "home").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


@pytest.fixture
def run(home, cleaned_here, monkeypatch, capsys):
    """Run the command line in this process."""

    def run_main(*arguments, stdin=b""):
        monkeypatch.setattr(sys, "argv", ["annotator", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(stdin), "utf-8"))
        capsys.readouterr()
        code = main()
        return Done(code, *capsys.readouterr())

    return run_main


@pytest.fixture
def interruptible(home):
    """Start the program in a process that Ctrl-C reaches, and return the process."""

    def start(*arguments):
        pipe = subprocess.PIPE
        command = [sys.executable, "-m", "annotator", *map(str, arguments)]
        return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe)

    return start


@pytest.fixture
def process(home):
    """Run the command line in another process."""

    def run_process(*arguments, stdin=b"", **environment):
        done = subprocess.run(
            [sys.executable, "-m", "annotator", *map(str, arguments)],
            input=stdin,
            env=os.environ | environment,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run_process


@pytest.fixture
def terminal(home):
    """Run the command line on a terminal; `out` is without erased progress, `err` is everything."""

    def run_on_terminal(*arguments, columns=80, **environment):
        command = [sys.executable, "-m", "annotator", *map(str, arguments)]
        environment = os.environ | {"COLUMNS": str(columns)} | environment
        with Terminal(command, environment=environment, stdin=subprocess.DEVNULL) as terminal:
            code, shown = terminal.ended(), terminal.shown.replace("\r\n", "\n")
        return Done(code, _left_on_screen(shown), shown)

    return run_on_terminal


@pytest.fixture
def site():
    """Serve the story about bread at /bread."""
    with serve({"/bread": PAGE}) as served:
        yield served


@pytest.fixture
def story(home) -> Path:
    """Write a text about the grid to a file."""
    path = home / "story.txt"
    path.write_text(STORY, "utf-8")
    return path


@pytest.fixture
def kept(run, story) -> str:
    """Add the text about the grid to the library, and return its id."""
    done = run("add", story)
    assert done.code == 0, done.err
    return done.out.split("\t")[1]


def _left_on_screen(shown: str) -> str:
    """Return the output without progress lines that were erased."""
    return "\n".join(line.rpartition("\r\x1b[K")[2] for line in shown.split("\n"))
