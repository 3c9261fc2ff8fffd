"""Disks that are full, or fail, at every step of every change."""

import errno
import os
import random
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from annotator.errors import AnnotatorError
from annotator.store import Library
from annotator.usecases.exporting.export import export_articles
from annotator.usecases.exporting.vault import Vault
from torture_setting import (
    NOW,
    Child,
    Outcome,
    counted,
    make_article,
    make_mark,
    open_library,
    store,
)

STEPS = ("open", "write", "fsync", "link", "mkdir", "rename", "replace")  # functions of the system
MAX_STEPS = 500  # no change takes as many
SMALL_BYTES = 512 * 1024  # of the file system that gets full
ARTICLE = make_article(1)

Change = Callable[[Library, Path], object]
State = tuple[object, ...]


def put(library: Library, _: Path) -> None:
    """Make a mark."""
    library.put(
        [replace(make_mark(ARTICLE, 4, note="n" * 3_000), id="01new", created=NOW, modified=NOW)]
    )


def revise(library: Library, _: Path) -> None:
    """Change a mark."""
    mark = library.article(ARTICLE.id).annotations()[0]
    library.article(ARTICLE.id).revise(mark.id, lambda now: replace(now, note="n" * 3_000))


def remove(library: Library, _: Path) -> None:
    """Remove a mark."""
    library.article(ARTICLE.id).remove([library.article(ARTICLE.id).annotations()[0].id], now=NOW)


def tag(library: Library, _: Path) -> None:
    """Tag the article."""
    library.article(ARTICLE.id).update(lambda now: replace(now, tags=("t" * 3_000,)))


def add(library: Library, _: Path) -> None:
    """Add an article."""
    store(library, make_article(2))


def refresh(library: Library, _: Path) -> None:
    """Store another revision."""
    store(library, make_article(1, edition=2), after=1)


def trash(library: Library, _: Path) -> None:
    """Move the article to the trash."""
    library.trash(ARTICLE.id)


def merge(library: Library, folder: Path) -> None:
    """Merge a backup."""
    library.maintenance.merge_backup(folder / "earlier.tar.zst")


def back_up_again(library: Library, folder: Path) -> None:
    """Write a backup."""
    library.maintenance.back_up(folder / "later.tar.zst")


def export(library: Library, folder: Path) -> None:
    """Export the article."""
    vault = Vault(folder / "export", folder / "export-state")
    report = export_articles(library, [ARTICLE.id], vault)
    if report.first_error:
        raise report.first_error


CHANGES: tuple[Change, ...] = (
    put,
    revise,
    remove,
    tag,
    add,
    refresh,
    trash,
    merge,
    back_up_again,
    export,
)


def full_at_each_step(folder: Path, _count: int, _chance: random.Random) -> Outcome:
    """Make the disk full at the first step of each change, at the second, and so on."""
    return _at_each_step(folder, errno.ENOSPC)


def failing_at_each_step(folder: Path, _count: int, _chance: random.Random) -> Outcome:
    """Make the disk fail at the first step of each change, at the second, and so on."""
    return _at_each_step(folder, errno.EIO)


def limited(folder: Path, count: int, _chance: random.Random) -> Outcome:
    """Limit the size of files, in steps up to the size of the largest."""
    outcome = Outcome()
    for change in CHANGES:
        before, after, largest = _prepared(folder / change.__name__, change)
        sizes = max(2, count // len(CHANGES))
        for number in range(sizes):
            limit = largest * number // sizes
            place = folder / f"{change.__name__}-{number}"
            shutil.copytree(folder / change.__name__ / "pristine", place)
            with counted(outcome, f"{change.__name__}, {limit} bytes"):
                said = _in_child(place, change, limit)
                outcome.add(_judged(place, said, before, after))
            shutil.rmtree(place)
    return outcome


def small(folder: Path, count: int, chance: random.Random) -> Outcome:
    """Make changes on a small file system until it is full; only root can mount one."""
    outcome = Outcome()
    mounted = folder / "mounted"
    mounted.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={SMALL_BYTES}", "tmpfs", str(mounted)]
    if subprocess.run(["mount", *options], capture_output=True, check=False).returncode:
        outcome.others["skipped: only root can mount a file system"] = 1
        return outcome
    try:
        for number in range(count):
            with counted(outcome, f"small {number}"):
                _fill_up(mounted, chance, outcome)
            for path in mounted.iterdir():
                shutil.rmtree(path) if path.is_dir() else path.unlink()
    finally:
        subprocess.run(["umount", str(mounted)], check=False)
    return outcome


def _fill_up(folder: Path, chance: random.Random, outcome: Outcome) -> None:
    wanted: dict[str, str] = {}
    with open_library(folder) as library:
        store(library, ARTICLE)
        (folder / "ballast").write_bytes(bytes(chance.randrange(SMALL_BYTES // 2)))
        try:
            while True:
                mark = make_mark(ARTICLE, 2, note="n" * chance.randrange(20_000))
                library.put([mark])
                wanted[mark.id] = mark.note
        except AnnotatorError as error:
            outcome.others["reported as full" if "disk space" in str(error) else str(error)] += 1
    with open_library(folder) as library:
        found = {mark.id: mark.note for mark in library.article(ARTICLE.id).annotations()}
        outcome.lost += sum(found.get(key) != note for key, note in wanted.items())
        outcome.problems += library.notices


def _at_each_step(folder: Path, number: int) -> Outcome:
    outcome = Outcome()
    for change in CHANGES:
        before, after, _ = _prepared(folder / change.__name__, change)
        for step in range(1, MAX_STEPS):
            place = folder / f"{change.__name__}-{step}"
            shutil.copytree(folder / change.__name__ / "pristine", place)
            with (
                counted(outcome, f"{change.__name__}, step {step}"),
                open_library(place) as library,
                _failing(step, number) as fault,
            ):
                said = _said(change, library, place)
            outcome.add(_judged(place, said, before, after))
            shutil.rmtree(place)
            if not fault.is_met:
                break
    return outcome


def _judged(place: Path, said: str, before: State, after: State) -> Outcome:
    """Check that a change was either made, or refused with a reason."""
    outcome = Outcome()
    with open_library(place) as library:
        found = _state(library)
        notices = [notice for notice in library.notices if "was merged into" not in notice]
    if found not in (before, after) or (not said and found != after):
        outcome.lost += 1
        outcome.problems.append(f"{place.name}: {said or 'done'}, and the state is neither")
    outcome.others["refused with a reason" if said else "done all the same"] += 1
    leftovers = [path for path in place.rglob(".annotator-*") if path.suffix == ".tmp"]
    outcome.problems += [f"{place.name}: {notice}" for notice in notices]
    outcome.problems += [f"{place.name}: left {path.name}" for path in leftovers]
    return outcome


def _said(change: Change, library: Library, place: Path) -> str:
    try:
        change(library, place)
    except AnnotatorError as error:
        return str(error)
    return ""


def _in_child(place: Path, change: Change, limit: int) -> str:
    def work(say: Callable[[str], None]) -> None:
        with open_library(place) as library:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
            say(_said(change, library, place) or "done")

    lines, code = Child(work).wait()
    if code or not lines:
        raise RuntimeError(f"the program ended with {code}")
    return "" if lines[-1] == "done" else lines[-1]


def _prepared(folder: Path, change: Change) -> tuple[State, State, int]:
    """Create a library; return its states before and after, and the size of its largest file."""
    pristine = folder / "pristine"
    with open_library(pristine) as library:
        store(library, ARTICLE)
        library.put([make_mark(ARTICLE, 1)])
        library.maintenance.back_up(pristine / "earlier.tar.zst")
        library.put([make_mark(ARTICLE, 2), make_mark(ARTICLE, 3)])
        before = _state(library)
    shutil.copytree(pristine, folder / "done")
    with open_library(folder / "done") as library:
        change(library, folder / "done")
        after = _state(library)
    sizes = [path.stat().st_size for path in (folder / "done").rglob("*") if path.is_file()]
    return before, after, max(sizes)


def _state(library: Library) -> State:
    records = {record.id: record for record in library.records()}
    marks = {each: library.article(each).annotations() for each in records}
    texts = {each: library.article(each).extraction().article.text for each in records}
    return records, marks, texts, library.trashed()


class _Fault:
    def __init__(self, step: int, number: int) -> None:
        self._rest = step
        self._number = number

    @property
    def is_met(self) -> bool:
        return self._rest <= 0

    def wrapped(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def failing(*arguments: Any, **keywords: Any) -> Any:  # noqa: ANN401 - those of the system's functions
            if function is not _OPEN or arguments[1] & os.O_CREAT:
                self._rest -= 1
                if self._rest == 0:
                    raise OSError(self._number, os.strerror(self._number))
            return function(*arguments, **keywords)

        return failing


_OPEN = os.open


@contextmanager
def _failing(step: int, number: int) -> Iterator[_Fault]:
    """Make the system refuse to write at that step, once."""
    fault = _Fault(step, number)
    originals = {name: getattr(os, name) for name in STEPS}
    for name, function in originals.items():
        setattr(os, name, fault.wrapped(function))
    try:
        yield fault
    finally:
        for name, function in originals.items():
            setattr(os, name, function)
