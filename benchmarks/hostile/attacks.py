"""Every case of a collection of attacks through every door of the program that takes it.

    python benchmarks attacks FOLDER [--door NAME] [--case ID]

FOLDER has `manifest.json` with the cases, files, and `hostile_server.py`. A case passes if the
program does its work, or refuses with a message; it fails if the program crashes, takes too long
or too much memory, writes to the terminal what that would obey, loses what was in the library, or
does not do what the case expects. Prints a row for each door, and exits with 1 for a failure.
"""

import argparse
import gc
import importlib
import pkgutil
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import annotator
from annotator.anchoring import describe
from annotator.extract import extract
from annotator.model import PLAIN_TEXT, Annotation, Claim, Page, Span
from annotator.store import Library, new_id
from annotator.usecases.queries.saved_queries import save_query
from attack_doors import NOTE, SLOW_LIMIT, TEXT, Case, Door, Home, cases_of, data_of, doors, tools
from attack_run import Run
from hostile_library import NOW
from torture_typist import environment_of

LIMIT, MEMORY = 20.0, 1_000.0  # seconds, and megabytes
AT_ONCE = 8  # fetches, which wait for most of their time
SHOWN = 8  # failures of a door


@dataclass
class Row:
    """The figures of a door."""

    cases: int = 0
    passed: int = 0
    refused: int = 0
    failed: list[str] = field(default_factory=list)
    slowest: float = 0.0
    most: float = 0.0


def main() -> int:
    """Try every case at every door, and return the exit code."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("attacks", type=Path)
    parser.add_argument("--door", default="", help="words in its name")
    parser.add_argument("--case", help="only this one")
    options = parser.parse_args()
    attacks = options.attacks.resolve()
    cases = [case for case in cases_of(attacks) if options.case in (None, case["id"])]
    _load_everything()
    total = Row()
    print(f"{'door':36}{'cases':>7}{'passed':>8}{'refused':>9}{'failed':>8}{'most s':>8}{'MB':>6}")
    with tempfile.TemporaryDirectory(dir=_memory()) as folder, _serving(attacks) as server:
        home, template = _made(Path(folder), attacks), Path(folder) / "template"
        for case in cases:
            if case["kind"] == "fetch":
                case["input"] = server.url(case["input"])
        for door in doors():
            if options.door in door.name:
                shutil.rmtree(home.folder, ignore_errors=True)
                shutil.copytree(template, home.folder)
                row = _tried(door, home, template, cases)
                _print(door.name, row)
                total.cases, total.passed = total.cases + row.cases, total.passed + row.passed
                total.refused += row.refused
                total.failed += row.failed
                total.slowest = max(total.slowest, row.slowest)
                total.most = max(total.most, row.most)
    _print("all", Row(**{**vars(total), "failed": []}))
    print(f"{len(total.failed)} failed")
    return 1 if total.failed else 0


def _memory() -> str | None:
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


def _load_everything() -> None:
    """Import all modules, before the first of many processes that begin where this one is."""
    for module in pkgutil.walk_packages(annotator.__path__, "annotator."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    gc.freeze()


def _serving(attacks: Path) -> Any:  # noqa: ANN401 - a class of the collection
    return tools(attacks, "hostile_server").HostileServer()


def _tried(door: Door, home: Home, template: Path, cases: Sequence[Case]) -> Row:
    row, waiting = Row(), list[tuple[Case, Run]]()
    environment = environment_of(home.folder)
    if door.with_network:
        environment = {k: each for k, each in environment.items() if not k.endswith("_proxy")}
    for case in cases:
        limit = SLOW_LIMIT if case["kind"] == "fetch" else LIMIT  # it waits for a server
        if door.is_fresh:
            shutil.rmtree(home.folder, ignore_errors=True)
            shutil.copytree(template, home.folder)
        commands = door.put(home, case)
        if not commands:
            continue
        given = data_of(home.attacks, case) if door.given else b""
        waiting.append((case, Run(commands, environment, given=given, keys=door.keys, limit=limit)))
        if not door.with_network or len(waiting) == AT_ONCE:
            _note(door, row, waiting)
    _note(door, row, waiting)
    return row


def _note(door: Door, row: Row, waiting: list[tuple[Case, Run]]) -> None:
    """Wait for runs, and put what became of them into the row."""
    for case, run in waiting:
        result = run.result()
        wrong = result.fault or door.judge(case, result)
        if not wrong and result.megabytes > MEMORY:
            wrong = f"{result.megabytes:.0f} MB"
        row.cases += 1
        row.slowest, row.most = max(row.slowest, result.seconds), max(row.most, result.megabytes)
        if wrong:
            row.failed.append(f"{case['id']}: {wrong}")
        elif any(result.codes):
            row.refused += 1
        else:
            row.passed += 1
    waiting.clear()


def _print(name: str, row: Row) -> None:
    figures = f"{row.cases:>7}{row.passed:>8}{row.refused:>9}{len(row.failed):>8}"
    print(f"{name:36}{figures}{row.slowest:>8.1f}{row.most:>6.0f}", flush=True)
    for words in row.failed[:SHOWN]:
        print(f"! {words}", flush=True)


def _made(folder: Path, attacks: Path) -> Home:
    """Make a home with a library, and beside it a copy to begin with again."""
    home = folder / "home"
    page = Page("https://example.org/costs", TEXT, PLAIN_TEXT, fetched_at=NOW)
    extraction = extract(page)
    article = extraction.article
    with Library.open(home / "data/annotator", state=home / "state/annotator") as library:
        library.store(extraction, page, now=NOW)
        start = article.text.index("Costs fell")
        target = describe(article.text, Span(start, start + 26), revision=article.revision)
        claim = Claim(speaker="Ann")
        mark = Annotation(
            new_id(), article.id, target, "claim", ("costs",), NOTE, claim, (), NOW, NOW
        )
        library.put((mark,))
        save_query(library, "all", "has:note", now=NOW)
        assert library.article(article.id).annotations()
    made = Home(home, attacks, article.id)
    commands = [["list"], ["notes"], ["show", article.id], ["export", "--to", "notes"]]
    result = Run(commands, environment_of(home), limit=LIMIT).result()
    assert not result.fault, result
    shutil.copytree(home, folder / "template")
    return made


if __name__ == "__main__":
    sys.exit(main())
