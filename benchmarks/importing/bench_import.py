"""Import files of all formats, and compare what is in the library with what is in the files.

    python benchmarks bench_import [FORMAT…] [--read] [--faults DIR]

The program runs as its users run it, `annotator import FILE --json --no-fetch`, each time with
a library of its own. With `--read`, only the reading of the files is tried, without a library:
that also compares colours and progress. `--bad` imports the bad files instead.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from annotator.errors import AnnotatorError
from annotator.importing.importers import read, recognise
from annotator.importing.item import ImportedItem, Skipped
from annotator.importing.source import SourceFile
from annotator.model.library_file import LibraryFile
from import_bad_files import BadFile, bad_files
from import_files import FORMS, path_of, truth_of
from import_judge import GotItem, Verdict, judge, of_article, of_item
from import_truth import Truth

LIMIT = 300  # seconds for a large file
BAD_LIMIT, BAD_MEMORY = 10, 500
COMMAND = (sys.executable, "-m", "annotator")


@dataclass(slots=True)
class Run:
    """A run of the program: its exit code, what it printed, and what it took."""

    code: int
    output: str
    errors: str
    seconds: float
    megabytes: float
    home: Path

    @property
    def report(self) -> dict[str, object]:
        """The report that it printed as JSON."""
        try:
            value = json.loads(self.output)
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}


def run(home: Path, *arguments: str, limit: float = LIMIT) -> Run:
    """Run the program with settings, state and library below `home`."""
    folders = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("DATA", "STATE", "CONFIG")}
    environment = {**os.environ, **folders, "XDG_CACHE_HOME": str(home / "cache"), "TZ": "UTC"}
    environment["HOME"] = str(home)
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        begun = time.monotonic()
        program = subprocess.Popen(
            [*COMMAND, *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
            cwd=home,
        )
        code, peak = _wait(program, limit)
        seconds = time.monotonic() - begun
        texts = []
        for stream in (output, errors):
            stream.seek(0)
            texts.append(stream.read().decode("utf-8", "replace"))
    return Run(code, texts[0], texts[1], seconds, peak, home)


def _wait(program: subprocess.Popen[bytes], limit: float) -> tuple[int, float]:
    """Wait for a program, and return its exit code and its most memory; end it if it is late."""
    deadline = time.monotonic() + limit
    most = 0.0
    while program.poll() is None:
        most = max(most, _megabytes(program.pid))
        if time.monotonic() > deadline:
            program.kill()
            program.wait()
        time.sleep(0.02)
    return program.returncode, most


def _megabytes(pid: int) -> float:
    """Return the most memory that a process and those it started have had, on Linux."""
    folder = Path("/proc", str(pid))
    try:
        status = (folder / "status").read_text("utf-8")
        children = (folder / "task" / str(pid) / "children").read_text("utf-8").split()
    except OSError:
        return 0.0
    peak = re.search(r"VmHWM:\s*(\d+)", status)
    own = int(peak[1]) / 1024 if peak else 0.0
    return own + sum(_megabytes(int(child)) for child in children)


def files_of(path: Path) -> list[Path]:
    """Return the files of a format: one, or all that are in its folder."""
    if path.is_file():
        return [path]
    return sorted(each for each in path.rglob("*") if each.is_file())


@dataclass(slots=True)
class Row:
    """A line of the table."""

    name: str
    truth: Truth
    verdict: Verdict
    exact: int | None = None
    changed: int | None = None
    orphaned: int | None = None
    seconds: float = 0.0
    megabytes: float = 0.0
    problem: str = ""
    formats: set[str] = field(default_factory=set)


def try_reading(name: str, path: Path, truth: Truth) -> Row:
    """Read a file without a library."""
    begun = time.process_time()
    found: list[GotItem] = []
    skipped: list[str] = []
    row = Row(name, truth, Verdict())
    for file in files_of(path):
        try:
            for match in recognise(SourceFile(file.name, file.read_bytes())):
                row.formats.add(match.importer.name)
                for each in read(match):
                    if isinstance(each, ImportedItem):
                        is_empty = not (each.url or each.highlights or each.text)
                        if is_empty:
                            skipped.append(f"{each.title} {' '.join(each.remarks)}")
                        else:
                            found.append(of_item(each))
                    elif isinstance(each, Skipped):
                        skipped.append(f"{each.what} {each.reason}")
        except AnnotatorError as error:
            row.problem = f"{error}"
        except Exception as error:  # noqa: BLE001 - it is what is looked for
            row.problem = f"CRASH {error!r}"
    row.verdict = judge(truth, _united(found), skipped)
    row.seconds = time.process_time() - begun
    return row


def _united(found: Sequence[GotItem]) -> list[GotItem]:
    """Join equal items, as the import does later."""
    known: dict[str, GotItem] = {}
    for item in found:
        key = item.url or f"{item.title}\0{item.authors}"
        first = known.setdefault(key, item)
        if first is not item:
            first.tags = [*first.tags, *item.tags]
            first.title = first.title or item.title
            new = [mark for mark in item.marks if mark not in first.marks]
            first.marks = [*first.marks, *new]
            first.note = first.note or item.note
    return list(known.values())


def try_importing(name: str, path: Path, truth: Truth) -> Row:
    """Import a file into a new library and look at it."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        files = [str(each) for each in files_of(path)]
        done = run(home, "import", *files, "--json", "--no-fetch")
        row = Row(name, truth, Verdict(), seconds=done.seconds, megabytes=done.megabytes)
        report = done.report
        if not report:
            row.problem = f"exit {done.code}: {(done.errors or done.output).strip()[-200:]}"
            return row
        row.exact, row.changed = _number(report, "exact"), _number(report, "changed")
        row.orphaned = _number(report, "not_found")
        told = [json.dumps(line, ensure_ascii=False) for line in _list(report, "lines")]
        stored = run(home, "export", "--format", "json", "--to", "-")
        try:
            articles = msgspec.json.decode(stored.output, type=LibraryFile).articles
        except msgspec.DecodeError as error:
            row.problem = f"export: {error} {stored.errors[-200:]}"
            return row
        row.verdict = judge(truth, map(of_article, articles), told)
        if done.code:
            row.problem = f"exit {done.code}"
    return row


def _number(report: dict[str, object], name: str) -> int:
    value = report.get(name, 0)
    return value if isinstance(value, int) else -1


def _list(report: dict[str, object], name: str) -> list[object]:
    value = report.get(name, [])
    return value if isinstance(value, list) else []


def print_head() -> None:
    """Print the names of the columns."""
    print(
        f"{'format':26}{'rows':>6}{'items':>12}{'highlights':>12}{'exact':>7}{'chg':>5}"
        f"{'orph':>6}{'skipped':>9}{'wrong':>7}{'s':>7}{'MB':>6}"
    )


def print_row(row: Row) -> None:
    """Print a line of the table."""
    truth, verdict = row.truth, row.verdict
    marks = sum(len(item.highlights) for item in truth.items)
    items = f"{verdict.items}/{len(truth.items)}"
    highlights, skipped = f"{verdict.highlights}/{marks}", f"{verdict.skipped}/{len(truth.skipped)}"
    placed = "".join(
        f"{'' if value is None else value:>{size}}"
        for value, size in ((row.exact, 7), (row.changed, 5), (row.orphaned, 6))
    )
    print(
        f"{row.name:26}{truth.rows:6}{items:>12}{highlights:>12}{placed}{skipped:>9}"
        f"{len(verdict.wrong):7}{row.seconds:7.1f}{row.megabytes:6.0f}  {row.problem[:90]}"
    )


def write_faults(folder: Path, row: Row) -> None:
    """Write the faults of a format into a file, or remove the file if there are none."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{row.name}.md"
    path.unlink(missing_ok=True)
    if row.verdict.wrong or row.problem:
        head = f"# {row.name} {sorted(row.formats)} {row.problem}\n{dict(row.verdict.fields)}\n\n"
        path.write_text(head + "\n".join(row.verdict.wrong[:60]) + "\n", encoding="utf-8")


def try_bad(folder: Path) -> Iterator[tuple[BadFile, Run, int]]:
    """Import each bad file, and yield what came of it and how many articles are there."""
    for bad in bad_files(folder):
        home = folder / "home"
        home.mkdir()
        done = run(home, "import", str(bad.path), "--json", "--no-fetch", limit=3 * BAD_LIMIT)
        listed = run(home, "list", "--json")
        try:
            count = len(json.loads(listed.output))
        except (ValueError, TypeError):
            count = 0
        yield bad, done, count
        shutil.rmtree(home)


def problem_of(bad: BadFile, done: Run, count: int) -> str:
    """Return what is wrong with the outcome of a bad file, or nothing."""
    problems = []
    if done.code not in {0, 1, 2, 8} or "Traceback" in done.errors:
        problems.append(f"exit {done.code}")
    if done.seconds > BAD_LIMIT:
        problems.append(f"{done.seconds:.0f} s")
    if done.megabytes > BAD_MEMORY:
        problems.append(f"{done.megabytes:.0f} MB")
    if count < bad.least or (bad.most is not None and count > bad.most):
        problems.append(f"{count} items instead of {bad.least} to {bad.most}")
    if any(bad.path.parent.rglob("ran*")):
        problems.append("something was executed or written")
    if not (done.errors.strip() or done.output.strip()):
        problems.append("nothing was said")
    return ", ".join(problems)


def print_bad() -> None:
    """Import all bad files and print a line for each."""
    with tempfile.TemporaryDirectory() as folder:
        for bad, done, count in try_bad(Path(folder, "bad")):
            problem = problem_of(bad, done, count)
            said = " ".join((done.errors or done.output).split())[:80]
            print(
                f"{bad.name:34}{done.code:4}{count:5}{done.seconds:6.1f}{done.megabytes:6.0f}  "
                f"{'!! ' + problem if problem else said}"
            )


def main() -> None:
    """Try the formats that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("formats", nargs="*")
    parser.add_argument("--read", action="store_true", help="only read the files")
    parser.add_argument("--bad", action="store_true", help="import the bad files")
    parser.add_argument("--faults", type=Path, help="a folder for the faults of each format")
    options = parser.parse_args()
    if options.bad:
        print_bad()
        return
    attempt = try_reading if options.read else try_importing
    print_head()
    for name in options.formats or FORMS:
        row = attempt(name, path_of(name), truth_of(name))
        print_row(row)
        if options.faults:
            write_faults(options.faults, row)


if __name__ == "__main__":
    main()
