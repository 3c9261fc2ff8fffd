"""Measure reading beside what else one could read with.

Each program runs on a terminal of its own, of 100 by 30 cells, and is driven by
keys. Figures are processor milliseconds of the whole program, medians over keys
and then over rounds; the programs of a round follow each other, so that a busy
machine slows all of them alike. Peers that are not installed are left out:
`--path` says where to look for them first. Needs Linux, whose /proc tells the times.
"""

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from reader_programs import FIRST, OURS, SMALLEST, Keys, Program, at_hand, environment, write_all
from reader_terminal import OTHER_SIZE, PRESSES, WARM_UP, Terminal, running

NAMES = (
    "first text",
    "interactive",
    "line",
    "page",
    "end",
    "mark",
    "mark kept",
    "resize",
    "memory MB",
)
BUDGETS = {"first text": 50.0, "line": 6.0, "page": 8.0, "mark": 6.0, "memory MB": 60.0}
BUDGETED_WORDS = 100_000
INTERACTIVE = 1.25  # times the smallest Textual app

Figures = dict[str, float]


class Case(NamedTuple):
    """A program with what it reads."""

    words: int
    marks: int
    program: Program


def main() -> None:
    """Run the cases in turn and print their medians."""
    options = _options()
    path = os.pathsep.join(filter(None, (options.path, os.environ["PATH"])))
    with tempfile.TemporaryDirectory() as folder:
        cases = _cases(options, path)
        for words in options.words:
            for marks in options.marks:
                (at := _folder(folder, words, marks)).mkdir()
                write_all(at, words, marks)
        results: dict[Case, list[Figures]] = {case: [] for case in cases}
        for number in range(options.rounds):
            for case, runs in results.items():
                words, marks, program = case
                print(number + 1, program.name, words, marks, file=sys.stderr, flush=True)
                fresh = Path(folder, "fresh")  # without the marks of the last round
                shutil.copytree(_folder(folder, words, marks), fresh)
                try:
                    runs.append(_measured(program, fresh, path))
                except (OSError, TimeoutError) as error:  # it ended, or shows nothing
                    print(f"{program.name} is left out: {error}", file=sys.stderr)
                shutil.rmtree(fresh)
    medians = {case: _median(runs) for case, runs in results.items() if runs}
    _print_table(medians)
    if options.json:
        rows = [
            {"words": case.words, "marks": case.marks, "program": case.program.name, **figures}
            for case, figures in medians.items()
        ]
        options.json.write_text(json.dumps({"rows": rows}, indent=1) + "\n", "utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--words", type=int, nargs="+", default=[1_000, 10_000, 100_000, 1_000_000])
    parser.add_argument("--marks", type=int, nargs="+", default=[0, 1_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--path", default="", help="where frogmouth and epy are installed")
    parser.add_argument("--json", type=Path, help="write the medians to this file, too")
    return parser.parse_args()


def _cases(options: argparse.Namespace, path: str) -> list[Case]:
    programs = at_hand(path)
    return [
        Case(words, marks, program)
        for words in options.words
        for marks in options.marks
        for program in programs
        if words <= program.most_words
        if program.name == OURS or marks == options.marks[0]
        if program.name != SMALLEST or words == options.words[0]
    ]


def _folder(folder: str, words: int, marks: int) -> Path:
    return Path(folder, f"{words}-{marks}")


def _measured(program: Program, folder: Path, path: str) -> Figures:
    surroundings, command = environment(folder, path), program.command(folder)
    if program.name == OURS:
        _leave_a_page(command, surroundings)
    with running(command, surroundings) as terminal:
        figures = {"first text": terminal.until(FIRST)}
        figures["interactive"] = _answered(terminal, program)
        keys = program.keys
        figures["line"] = terminal.median(keys.line)
        figures["page"] = terminal.median(keys.page)
        figures["end"] = terminal.median(keys.end, keys.home)
        figures["resize"] = terminal.resize(OTHER_SIZE)
        figures["memory MB"] = terminal.megabytes()
        if keys.mark:
            figures |= _marked(terminal, program.keys)
    return figures


def _marked(terminal: Terminal, keys: Keys) -> Figures:
    """Return what a mark takes to the frame that shows it, and until it is on the disk."""
    shown, kept = [], []
    terminal.press(keys.before_marks)
    for _ in range(PRESSES):
        shown.append(terminal.frame(keys.mark))
        terminal.press(keys.after_mark)
        kept.append(terminal.press(keys.mark))
        terminal.press(keys.after_mark)
    return {
        "mark": statistics.median(shown[WARM_UP:]),
        "mark kept": statistics.median(kept[WARM_UP:]),
    }


def _leave_a_page(command: list[str], surroundings: Mapping[str, str]) -> None:
    """Read the article once from its start, so that the next time is like most times."""
    with running(command, surroundings) as terminal:
        terminal.until(FIRST)
        terminal.rest()
        terminal.press(b"g")
        terminal.quit(b"q")


def _answered(terminal: Terminal, program: Program) -> float:
    """Return what was spent when the first key, pressed as the text appeared, was answered."""
    terminal.press(program.keys.line)
    return terminal.rest()


def _median(runs: list[Figures]) -> Figures:
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def _print_table(medians: Mapping[Case, Figures]) -> None:
    print("| words | marks | reader |", " | ".join(NAMES), "|")
    print("|--:|--:|---|", "|".join("--:" for _ in NAMES), "|")
    smallest = next(
        found["interactive"] for case, found in medians.items() if case.program.name == SMALLEST
    )
    for case, figures in medians.items():
        cells = [_cell(case, name, figures.get(name), smallest) for name in NAMES]
        words, marks, program = case
        print(f"| {words:,} | {marks:,} | {program.name} |", " | ".join(cells), "|")


def _cell(case: Case, name: str, figure: float | None, smallest: float) -> str:
    """Return a figure, with a sign if ours exceeds its budget."""
    if figure is None:
        return ""
    budget = INTERACTIVE * smallest if name == "interactive" else BUDGETS.get(name, figure)
    is_ours = case.program.name == OURS and case.words <= BUDGETED_WORDS
    return f"{figure:.1f}" + "!" * (is_ours and figure > budget)


if __name__ == "__main__":
    main()
