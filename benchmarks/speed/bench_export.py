"""Time and memory of exports to a folder of many notes.

`python benchmarks bench_export [ARTICLES] [MARKS PER ARTICLE] [--folder DIR]`. The
budgets are for 10,000 articles with 10 marks each. A folder with a library that was made
before is used again.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import NamedTuple

from msgspec.structs import replace

from annotator.store import Library
from bench_cli import environment_of, fill

RUNS = 5
MARK_MS = 300  # processor time of the whole command
UNCHANGED_S = 2


class Spent(NamedTuple):
    """The time and memory of a command."""

    wall_s: float
    cpu_s: float
    megabytes: float


def main() -> None:
    """Print what each export takes."""
    parser = argparse.ArgumentParser(description="Measure exports.")
    parser.add_argument("articles", nargs="?", type=int, default=10_000)
    parser.add_argument("marks", nargs="?", type=int, default=10)
    parser.add_argument("--folder", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.folder or Path(temporary)
        if not (folder / "library").exists():
            fill(folder, arguments.articles, arguments.marks)
        vault = folder / f"vault-{time.time_ns()}"
        _print("all, for the first time", [_export(folder, vault)])
        _print("all, nothing changed", [_export(folder, vault)])
        time.sleep(3)  # files that were written just now are read again
        _export(folder, vault)
        unchanged = [_export(folder, vault) for _ in range(RUNS)]
        _print("all, nothing changed", unchanged)
        changed = []
        for number in range(RUNS):
            article = _change_a_mark(folder, number)
            time.sleep(3)
            changed.append(_export(folder, vault, article))
        _print("one article, one mark changed", changed)
        changed = []
        for number in range(RUNS):
            _change_a_mark(folder, number)
            changed.append(_export(folder, vault))
        _print("all, one mark changed", changed)
    print(f"Budgets: one changed mark {MARK_MS} ms cpu, nothing changed {UNCHANGED_S} s.")


def _export(folder: Path, vault: Path, *words: str) -> Spent:
    command = [sys.executable, "-m", "annotator", "export", *words, "--to", str(vault)]
    start = time.monotonic()
    child = subprocess.Popen(
        command,
        env=environment_of(folder, "library"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{command} ended with {child.returncode}")
    cpu = usage.ru_utime + usage.ru_stime
    return Spent(time.monotonic() - start, cpu, usage.ru_maxrss / 1024)


def _change_a_mark(folder: Path, number: int) -> str:
    """Change the note of a mark, and return the id of its article."""
    with Library.open(folder / "library", state=folder / "state") as library:
        article_id = sorted(library.fingerprints())[number]
        mark = library.article(article_id).annotations()[0]
        note = f"Changed at {datetime.now(UTC)}."
        library.article(article_id).revise(mark.id, lambda current: replace(current, note=note))
    return article_id


def _print(name: str, spent: list[Spent]) -> None:
    wall, cpu, megabytes = (median(each) for each in zip(*spent, strict=True))
    print(f"{name:32}{wall:8.2f} s{cpu * 1000:10.0f} ms cpu{megabytes:8.0f} MB", flush=True)


if __name__ == "__main__":
    main()
