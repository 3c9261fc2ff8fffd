"""Every case of collections of attacks through every door of the program that takes it.

    python benchmarks attacks FOLDER… [--door NAME] [--case ID]

A FOLDER is a collection, or has collections in it. A collection is a folder with `manifest.json`,
which the README of the benchmarks describes; a server and a module that makes the bytes of its
cases may be beside it. A case passes if the program does its work, or refuses with a message; it
fails if the program crashes, takes too long or too much memory, writes to the terminal what that
would obey, loses what was in the library, or does not do what the case expects. Prints a row for
each door, and exits with 1 for a failure.
"""

import argparse
import gc
import importlib
import pkgutil
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import annotator
from annotator.anchoring import describe
from annotator.extract import extract
from annotator.model import PLAIN_TEXT, Annotation, Claim, Page, Span
from annotator.store import Library, new_id
from annotator.usecases.queries.saved_queries import save_query
from attack_doors import (
    MANIFEST,
    NOTE,
    SLOW_LIMIT,
    TEXT,
    Case,
    Door,
    Home,
    cases_of,
    data_of,
    doors,
    tools,
)
from attack_files import harmful_files
from attack_run import Run
from attack_values import FUNCTIONS, wrong_value
from hostile_library import NOW
from torture_typist import environment_of

LIMIT, MEMORY = 20.0, 1_000.0  # seconds, and megabytes
FILE_LIMIT = 100.0  # seconds: a book may take 90
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
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--door", default="", help="words in its name")
    parser.add_argument("--case", help="only this one")
    options = parser.parse_args()
    attacks = [*_collections(options.folders)]
    if not attacks:
        parser.error("No manifest.json is in these folders, or in the folders there.")
    _load_everything()
    total = Row()
    for collection in attacks:
        print(f"{collection.name}:")
        _run(collection, options.door, options.case, total)
    _print("all", Row(**{**vars(total), "failed": []}))
    print(f"{len(total.failed)} failed")
    return 1 if total.failed else 0


def _collections(folders: Sequence[Path]) -> Iterator[Path]:
    """Yield the collections that are in folders, or are these folders themselves."""
    for folder in folders:
        for place in (folder, *sorted(folder.glob("*/"))):
            if (place / MANIFEST).is_file():
                yield place.resolve()


def _run(attacks: Path, door_name: str, case_id: str | None, total: Row) -> None:
    """Try the cases of a collection at every door, and add what became of them to the total."""
    cases = [case for case in cases_of(attacks) if case_id in (None, case["id"])]
    print(f"{'door':36}{'cases':>7}{'passed':>8}{'refused':>9}{'failed':>8}{'most s':>8}{'MB':>6}")
    with tempfile.TemporaryDirectory(dir=_memory()) as folder, _serving(attacks) as server:
        home, template = _made(Path(folder), attacks), Path(folder) / "template"
        waiting = [case for case in cases if case["kind"] == "fetch"]
        for case in waiting if server else ():
            case["input"] = server.url(case["input"])
        if waiting and not server:
            cases = [case for case in cases if case["kind"] != "fetch"]
            print(f"{len(waiting)} cases need a server, which the collection does not have")
        for kind in FUNCTIONS:
            if door_name in f"value of {kind}":
                _add(total, f"value of {kind}", _valued(kind, cases))
        for door in doors():
            if door_name in door.name:
                shutil.rmtree(home.folder, ignore_errors=True)
                shutil.copytree(template, home.folder)
                harm = harmful_files(door.files) if door.files else iter(cases)
                wanted = (case for case in harm if case_id in (None, case["id"]))
                _add(total, door.name, _tried(door, home, template, wanted))


def _add(total: Row, name: str, row: Row) -> None:
    """Print a row, and add it to the total."""
    if not row.cases:
        return
    _print(name, row)
    total.cases, total.passed = total.cases + row.cases, total.passed + row.passed
    total.refused, total.failed = total.refused + row.refused, total.failed + row.failed
    total.slowest, total.most = max(total.slowest, row.slowest), max(total.most, row.most)


def _valued(kind: str, cases: Sequence[Case]) -> Row:
    """Return what a function makes of the cases of a kind."""
    row = Row()
    for case in cases:
        if case["kind"] == kind and "input" in case:
            begun = time.monotonic()
            wrong, is_refused = wrong_value(kind, case["input"], case["expected"])
            row.slowest = max(row.slowest, time.monotonic() - begun)
            row.cases += 1
            row.failed += [f"{case['id']}: {wrong}"] if wrong else []
            row.refused += is_refused and not wrong
            row.passed += not is_refused and not wrong
    return row


def _memory() -> str | None:
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


def _load_everything() -> None:
    """Import all modules, before the first of many processes that begin where this one is."""
    for module in pkgutil.walk_packages(annotator.__path__, "annotator."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    gc.freeze()


def _serving(attacks: Path) -> Any:  # noqa: ANN401 - a class of the collection
    """Return the server of a collection, to be entered; it gives None if there is no server."""
    has_server = (attacks / "hostile_server.py").is_file()
    return tools(attacks, "hostile_server").HostileServer() if has_server else nullcontext()


def _tried(door: Door, home: Home, template: Path, cases: Iterable[Case]) -> Row:
    row, waiting = Row(), list[tuple[Case, Run]]()
    environment = environment_of(home.folder)
    if door.with_network:
        environment = {k: each for k, each in environment.items() if not k.endswith("_proxy")}
    environment |= {"PATH": f"{home.folder}/bin:{environment['PATH']}", "WAYLAND_DISPLAY": "x"}
    for case in cases:
        limit = SLOW_LIMIT if door.with_network else LIMIT  # it waits for a server
        limit = FILE_LIMIT if door.files else limit
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
