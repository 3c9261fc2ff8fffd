"""Runs the examples in the pages of docs, and writes what they print below them.

An example is a block of code in the language `console`: its lines that begin with `$ ` are run by
the shell, on a terminal of 80 columns, and what follows each is what it printed. The examples of a
page are one session, in a home folder with the library of `samples`. Comments of a line by
themselves direct it, and are not shown:

    <!-- library: samples -->   begin anew, with that library
    <!-- library: empty -->     begin anew, without articles
    <!-- run: COMMAND -->       run a command that readers need not see
"""

import os
import pty
import re
import shutil
import subprocess
import sys
import tempfile
import termios
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final

from documenting import ROOT
from documenting.stage import FILL, MINUTES

DOCS: Final = ROOT / "docs"
COLUMNS: Final = 80
MAX_LINES: Final = 24  # that a command may show; the rest is cut
PATIENCE: Final = 120  # seconds for a command

_STEP = re.compile(
    r"^<!-- (?P<what>library|run): (?P<words>.+?) -->$|"
    r"^(?P<open>(?P<indent> *)```console\n)(?P<body>.*?)^(?P=indent)```$",
    re.MULTILINE | re.DOTALL,
)
_GIT = """[user]
name = Ann Lee
email = ann@example.org
[init]
defaultBranch = main
"""
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_REDRAWN = re.compile(r"[^\n]*\r\x1b\[K")  # what a terminal no longer shows


class ExampleFailed(Exception):
    """A command that readers do not see, and that did not work."""


class Session:
    """A home folder, in which commands are run one after another, a minute apart."""

    def __init__(self, folder: Path) -> None:
        self._home = folder
        self._minutes = 0

    def run(self, line: str) -> tuple[int, str]:
        """Run a line of the shell, and return its exit code and what a terminal then shows."""
        environment = {
            "COLUMNS": str(COLUMNS),
            "HOME": str(self._home),
            "LC_ALL": "C.UTF-8",
            "NO_COLOR": "1",
            "PATH": os.pathsep.join((str(self._home / ".bin"), os.environ.get("PATH", ""))),
            "PYTHONPATH": str(ROOT),
            "TERM": "xterm",
            "TZ": "UTC",
            MINUTES: str(self._minutes),
        }
        self._minutes += 1
        code, shown = _on_a_terminal(line, environment, self._home)
        shown = shown.replace(sys.executable, "/usr/bin/python3")  # of every machine the same
        return code, shown.replace(str(self._home), "~")


class Stage:
    """Makes sessions, for as long as it is open."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._homes: dict[str, Path] = {}

    @classmethod
    @contextmanager
    def opened(cls) -> Iterator["Stage"]:
        """Make the homes that sessions begin with, and remove all of them at the end."""
        short = "/tmp" if Path("/tmp").is_dir() else None  # noqa: S108 - as long on all machines
        with tempfile.TemporaryDirectory(prefix="a", dir=short) as name:
            stage = cls(Path(name).resolve())
            for library in ("empty", "samples"):
                stage._homes[library] = home = stage._folder / library
                _furnish(home)
            code, shown = Session(stage._homes["samples"]).run(f"annotator {FILL}")
            if code:
                raise ExampleFailed(shown)
            yield stage

    @contextmanager
    def session(self, library: str = "samples") -> Iterator[Session]:
        """Give a session with that library, which is removed afterwards."""
        folder = Path(tempfile.mkdtemp(prefix="h", dir=self._folder))
        try:
            shutil.copytree(self._homes[library], folder, symlinks=True, dirs_exist_ok=True)
            yield Session(folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def played(self, text: str) -> str:
        """Return the text of a page with what its examples print now."""
        written, at = [], 0
        library, session = "samples", None
        with ExitStack() as sessions:
            for step in _STEP.finditer(text):
                if step["what"] == "library":
                    library, session = step["words"], None
                    continue
                session = session or sessions.enter_context(self.session(library))
                if step["what"] == "run":
                    code, shown = session.run(step["words"])
                    if code:
                        raise ExampleFailed(f"{step['words']}\n{shown}")
                else:
                    written += [text[at : step.start("body")], _played(step, session)]
                    at = step.end("body")
        return "".join((*written, text[at:]))


def pages_with_examples() -> Iterator[Path]:
    """Yield the pages of docs that have examples to run."""
    for path in sorted(DOCS.rglob("*.md")):
        if "```console\n" in path.read_text("utf-8"):
            yield path


def play_all() -> Mapping[Path, str]:
    """Return the pages with examples as they should be now."""
    paths = [*pages_with_examples()]
    with Stage.opened() as stage, ThreadPoolExecutor(os.cpu_count()) as pool:
        texts = pool.map(stage.played, [path.read_text("utf-8") for path in paths])
        return dict(zip(paths, texts, strict=True))


def with_outputs_of(before: str, text: str) -> str:
    """Return a page with the outputs that it had before, of examples that are the same."""
    known = {tuple(commands_of(step["body"])): step["body"] for step in examples(before)}
    written, at = [], 0
    for step in examples(text):
        body = known.get(tuple(commands_of(step["body"])), step["body"])
        written += [text[at : step.start("body")], body]
        at = step.end("body")
    return "".join((*written, text[at:]))


def without_outputs(text: str) -> str:
    """Return a page with the commands of its examples alone."""
    return _STEP.sub(lambda step: "\n".join(commands_of(step["body"] or "")), text)


def examples(text: str) -> Iterator[re.Match[str]]:
    """Yield the examples of a page, with `body`: their commands and what these printed."""
    return (step for step in _STEP.finditer(text) if step["open"])


def commands_of(body: str) -> Iterator[str]:
    """Yield the commands of an example, in one or several lines."""
    lines = iter(body.splitlines())
    for line in lines:
        if line.startswith("$ "):
            command = line
            while command.endswith("\\"):
                command += f"\n{next(lines)}"
            yield command


def _played(step: re.Match[str], session: Session) -> str:
    indent = step["indent"]
    parts = []
    for command in commands_of("\n".join(map(str.strip, step["body"].splitlines()))):
        _, shown = session.run(command.removeprefix("$ ").replace("\n> ", "\n"))
        lines = [line.rstrip() for line in shown.rstrip().splitlines()]
        if len(lines) > MAX_LINES:
            lines = [*lines[: MAX_LINES - 1], "…"]
        parts += [command, *lines]
    return "".join(f"{indent}{line}\n" if line else "\n" for line in "\n".join(parts).splitlines())


def _furnish(home: Path) -> None:
    """Make a home folder with the command, and a name for git."""
    (home / ".bin").mkdir(parents=True)
    command = home / ".bin" / "annotator"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m documenting.stage "$@"\n', "utf-8")
    command.chmod(0o755)
    (home / ".gitconfig").write_text(_GIT, "utf-8")


def _on_a_terminal(line: str, environment: Mapping[str, str], folder: Path) -> tuple[int, str]:
    """Run a line, and return its exit code and what it left on the terminal.

    What goes past a pipe comes before what comes out of it, whichever was quicker.
    """
    pairs = [pty.openpty() for _ in range(2 if "|" in line else 1)]
    for _, theirs in pairs:
        termios.tcsetwinsize(theirs, (30, COLUMNS))
    child = subprocess.Popen(  # noqa: S602 - an example is a line of the shell
        line,
        shell=True,
        cwd=folder,
        env={**environment},
        stdin=subprocess.DEVNULL,
        stdout=pairs[0][1],
        stderr=pairs[-1][1],
    )
    for _, theirs in pairs:
        os.close(theirs)
    with ThreadPoolExecutor() as pool:
        output, *errors = pool.map(_shown_on, [mine for mine, _ in pairs])
    return child.wait(PATIENCE), "".join((*errors, output))


def _shown_on(terminal: int) -> str:
    """Return what a terminal shows when its other end is closed."""
    data = b""
    with os.fdopen(terminal, "rb", buffering=0) as file, suppress(OSError):  # as it is closed
        while piece := file.read(65_536):
            data += piece
    return _ESCAPES.sub("", _REDRAWN.sub("", data.decode().replace("\r\n", "\n")))
