"""A typist who presses random keys, faster than anyone can read, in every screen and dialog.

`python benchmarks torture_typist [SESSIONS] [--keys N] [--seed N]`. Each session has a
library of its own and ends by a key, a signal or a closed window; between bursts of keys the
terminal changes its size, the mouse clicks and turns its wheel, a megabyte is pasted, and the
program is stopped and continued. With `--other`, another program changes the library meanwhile.
Prints a row for each session
and exits with 1 for a crash, an error in the log, a hang of five seconds, or a terminal that was
not left as it was found. The same seed types the same keys. Needs Linux.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from typist_keys import MEGABYTE, bursts, mouse
from typist_library import write_library
from typist_session import HangError, Typist

ENDS = ("key", "SIGHUP", "SIGTERM", "window")
SIZES = ((5, 20), (60, 200))  # rows and columns
BETWEEN = {"": 80, "resize": 6, "storm": 4, "stop": 2, "mouse": 7, "megabyte": 1}  # in 100 bursts
IN_THE_BIN = "exit code 5"  # of an article to read: the other program was faster
RESIZES = {"resize": 1, "storm": 30}
_FRAME = re.compile(r"(?:[^/\s]+/)*[^/\s]+\.py:\d+ in \w+")  # of a traceback in a box
_BOX = "╭│╰"


@dataclass
class Told:
    """What became of a session."""

    keys: int = 0
    starts: int = 0
    resizes: int = 0
    stops: int = 0
    places: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)


def main() -> int:
    """Run the sessions one after another, and return the exit code."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("sessions", nargs="?", type=int, default=10)
    parser.add_argument("--keys", type=int, default=1_000, help="in each session")
    parser.add_argument("--seed", type=int, default=1, help="of the first session")
    parser.add_argument("--other", action="store_true", help="let another program change it, too")
    parser.add_argument("--folder", help="for the files; one in memory is fastest")
    options = parser.parse_args()
    print(f"{'seed':>6}{'keys':>8}{'starts':>8}{'resizes':>9}{'stops':>7}{'places':>8}{'s':>6}")
    all_places, problems, keys = Counter[str](), 0, 0
    for seed in range(options.seed, options.seed + options.sessions):
        start = time.monotonic()
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            session = Session(Path(folder), seed, has_other=options.other)
            session.run(options.keys)
            told = session.told
        figures = f"{told.keys:>8,}{told.starts:>8}{told.resizes:>9}{told.stops:>7}"
        spent = time.monotonic() - start
        print(f"{seed:>6}{figures}{len(told.places):>8}{spent:>6.0f}", flush=True)
        for problem in told.problems:
            print(f"! seed {seed}: {problem}", flush=True)
        all_places += told.places
        problems, keys = problems + len(told.problems), keys + told.keys
    print("\nkeys handled with this screen and focus:")
    for place, count in all_places.most_common():
        print(f"{place:50}{count:>8,}")
    print(f"{options.sessions:,} sessions, {keys:,} keys, {problems} problems")
    return 1 if problems else 0


class Session:
    """A library, and a typist in it."""

    def __init__(self, folder: Path, seed: int, *, has_other: bool = False) -> None:
        self.told = Told()
        self._other: subprocess.Popen[bytes] | None = None
        self.typist: Typist | None = None
        self._folder, self._chance = folder, Random(seed)
        self._environment = environment_of(folder)
        self._end = ENDS[seed % len(ENDS)]
        state = folder / "state" / "annotator"
        self._log = state / "annotator.log"
        data = folder / "data" / "annotator"
        self._ids = write_library(data, state)
        if has_other:
            other = str(Path(__file__).with_name("typist_other.py"))
            command = [sys.executable, other, str(data), str(state), str(seed)]
            with (folder / "other").open("wb") as errors:
                self._other = subprocess.Popen(command, stderr=errors, env=self._environment)

    def run(self, count: int) -> None:
        """Type so many keys, and end."""
        try:
            self._type(count)
        except HangError as error:
            self.told.problems.append(f"hangs after {self.told.keys} keys: {error}")
        finally:
            if self.typist is not None:
                self.typist.close()
            if self._other is not None:
                if self._other.poll() is not None:
                    words = (self._folder / "other").read_text("utf-8", "replace")
                    self.told.problems.append(f"the other program ended:\n{words}")
                self._other.kill()
                self._other.wait()
        if self._log.exists():
            self.told.problems.append(f"the log says:\n{_gist(self._log.read_text('utf-8'))}")

    def _type(self, count: int) -> None:
        for burst in bursts(self._chance, count):
            is_running = self.typist is not None and self.typist.is_running
            typist = self.typist if self.typist is not None and is_running else self._restart()
            self._between(typist)
            for key in burst.keys:
                typist.press(key)
                time.sleep(burst.gap)
            self.told.keys += len(burst.keys)
            typist.settle()
        if self.typist is not None:
            running = self.typist.is_running
            wrong = self.typist.end(self._end) if running else self.typist.wrong_at_the_end()
            self.told.problems += filter(None, [wrong])

    def _restart(self) -> Typist:
        """Start the program in the library, or in one of its articles."""
        if self.typist is not None:
            wrong = self.typist.wrong_at_the_end()
            if wrong and not (self._other and wrong == IN_THE_BIN):
                self.told.problems.append(f"ended after {self.told.keys} keys: {wrong}")
            self.typist.close()
        article = self._chance.choice((None, self._chance.choice(self._ids)))
        arguments = ["read", article] if article else []
        typist = Typist(arguments, self._environment, self._folder, self.told.places)
        self.typist = typist
        self.told.starts += 1
        typist.wait_for_start()
        return typist

    def _between(self, typist: Typist) -> None:
        """Do now and then what terminals do besides passing keys."""
        (happens,) = self._chance.choices([*BETWEEN], [*BETWEEN.values()])
        if happens == "stop":
            self.told.stops += 1
            self.told.problems += filter(None, [typist.suspend()])
        if happens == "megabyte":
            typist.press(MEGABYTE)
        elif happens == "mouse":
            typist.press(b"".join(mouse(self._chance)))
        for _ in range(RESIZES.get(happens, 0)):
            (rows, columns), (most_rows, most_columns) = SIZES
            size = (
                self._chance.randint(rows, most_rows),
                self._chance.randint(columns, most_columns),
            )
            typist.resize(*size)
            self.told.resizes += 1


def _gist(log: str) -> str:
    """Return the frames of tracebacks, and the lines that are not in their boxes."""
    lines = (line.strip() for line in log.splitlines())
    found = (_FRAME.findall(line) if line[:1] in _BOX else [line] for line in lines if line)
    return "\n".join(words for each in found for words in each)


def environment_of(folder: Path) -> dict[str, str]:
    """Return surroundings in which nothing leaves the folder, and no page is fetched."""
    homes = {
        f"XDG_{kind}_HOME": str(folder / kind.lower())
        for kind in ("DATA", "STATE", "CACHE", "CONFIG", "DOCUMENTS")
    }
    nowhere = {f"{kind}_proxy": "http://127.0.0.1:9" for kind in ("http", "https", "all")}
    tools = {"EDITOR": "true", "BROWSER": "true", "TERM": "xterm-256color", "LANG": "C.UTF-8"}
    source = str(Path(__file__).parents[2] / "src")
    path = {"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": source}
    return {**homes, **nowhere, **tools, **path}


if __name__ == "__main__":
    sys.exit(main())
