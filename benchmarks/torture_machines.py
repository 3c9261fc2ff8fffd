"""Two machines that change one article while offline, and a program that syncs their files."""

import os
import random
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from annotator.model import Annotation
from annotator.store import Library
from torture_setting import (
    NOW,
    PARAGRAPHS,
    Outcome,
    file_of,
    make_article,
    make_mark,
    open_library,
    run_histories,
    store,
)

ROUNDS = (1, 4)  # of changes on both machines, each followed by a sync
CHANGES = (0, 5)  # on a machine in a round
UNDONE = 0.2  # of the removals
ARTICLE = make_article(1)
NAMES = (
    "annotations.sync-conflict-20260314-{:06}-ABCDEFG.json",
    "annotations (conflicted copy 2026-03-14 {}).json",
    "annotations {}.json",
    "annotations-LAPTOP{}.json",
)


@dataclass
class History:
    """The last change of each mark and its time, which must survive."""

    chance: random.Random
    second: int = 0
    last: dict[str, tuple[datetime, str | None]] = field(default_factory=dict)

    def change(self, library: Library) -> None:
        """Make, change, remove or put back a mark on a machine."""
        self.second += 1
        now = NOW + timedelta(seconds=self.second)
        marks = library.annotations(ARTICLE.id)
        action = self.chance.choice(("make", "change", "remove", "change", "remove"))
        if action == "make" or not marks:
            self._put(library, make_mark(ARTICLE, self.chance.randrange(PARAGRAPHS)), now)
        elif action == "change":
            self._put(library, self.chance.choice(marks), now)
        else:
            self._remove(library, self.chance.choice(marks), now)

    def wanted(self) -> dict[str, str]:
        """Return the notes of the marks that should be there."""
        return {key: note for key, (_, note) in self.last.items() if note is not None}

    def _put(self, library: Library, mark: Annotation, now: datetime) -> None:
        mark = replace(mark, note=f"Changed at {self.second}.", modified=now)
        library.put([mark])
        self.last[mark.id] = (now, mark.note)

    def _remove(self, library: Library, mark: Annotation, now: datetime) -> None:
        library.remove(ARTICLE.id, [mark.id], now=now)
        self.last[mark.id] = (now, None)
        if self.chance.random() < UNDONE:
            self.second += 1
            self._put(library, mark, now + timedelta(seconds=1))


def copies(folder: Path, count: int, chance: random.Random) -> Outcome:
    """Sync as programs do that keep the newer file and rename the other to a conflict copy."""
    return run_histories(folder, count, partial(_history, chance=chance, synchronise=_synchronise))


def git(folder: Path, count: int, chance: random.Random) -> Outcome:
    """Commit on both machines and merge, including conflict markers."""
    if shutil.which("git") is None:
        outcome = Outcome()
        outcome.others["skipped: git is not installed"] = 1
        return outcome
    return run_histories(folder, count, partial(_history, chance=chance, synchronise=_merge))


Synchronise = Callable[[Path, Path, random.Random, Outcome], None]


def _history(
    place: Path, outcome: Outcome, *, chance: random.Random, synchronise: Synchronise
) -> None:
    first, second = place / "first", place / "second"
    with open_library(first) as library:
        store(library, ARTICLE)
    shutil.copytree(first, second)
    history = History(chance)
    for _ in range(chance.randint(*ROUNDS)):
        for machine in (first, second):
            with open_library(machine) as library:
                for _ in range(chance.randint(*CHANGES)):
                    history.change(library)
        synchronise(first, second, chance, outcome)
        for machine in (first, second):
            _judge(machine, history.wanted(), outcome)


def _judge(machine: Path, wanted: dict[str, str], outcome: Outcome) -> None:
    with open_library(machine) as library:
        found = {mark.id: mark.note for mark in library.annotations(ARTICLE.id)}
    outcome.lost += sum(found.get(key) != note for key, note in wanted.items())
    back = len(found.keys() - wanted.keys())
    outcome.silent += back
    outcome.others["deletions that came back"] += back


def _synchronise(first: Path, second: Path, chance: random.Random, outcome: Outcome) -> None:
    """Give both machines the newer file, and the older one under another name."""
    paths = [_file(each) for each in (first, second)]
    data = [path.read_bytes() for path in paths]
    if data[0] == data[1]:
        return
    newer = chance.randrange(2)
    name = chance.choice(NAMES).format(chance.randrange(100_000, 1_000_000))
    outcome.others["copies"] += 1
    for path in paths:
        _replace(path, data[newer])
        _replace(path.with_name(name), data[1 - newer])


def _merge(first: Path, second: Path, _chance: random.Random, outcome: Outcome) -> None:
    """Merge the second machine's file into the first's as git does, and give both the result."""
    repository = first.parent / "git"
    repository.mkdir()
    run = _git(repository)
    run("init", "-q", "-b", "main")
    tracked = repository / "annotations.json"
    base = first.parent / "base.json"
    for branch, data in (
        ("main", base.read_bytes() if base.exists() else b"{}\n"),
        ("theirs", _file(second).read_bytes()),
        ("ours", _file(first).read_bytes()),
    ):
        run("checkout", "-q", *(["-b", branch, "main"] if branch != "main" else ["-B", "main"]))
        tracked.write_bytes(data)
        run("add", ".")
        run("commit", "-q", "--allow-empty", "-m", branch)
    is_clean = run("merge", "-q", "-m", "merge", "theirs") == 0
    outcome.others["merged clean" if is_clean else "conflicts"] += 1
    for machine in (first, second):
        _replace(_file(machine), tracked.read_bytes())
        _file(machine).with_name("annotations.json.bak").unlink(missing_ok=True)
    with open_library(first) as library:
        library.annotations(ARTICLE.id)
        base.write_bytes(file_of(library, ARTICLE).read_bytes())
    _replace(_file(second), base.read_bytes())
    shutil.rmtree(repository)


def _git(repository: Path) -> Callable[..., int]:
    author = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]

    def run(*arguments: str) -> int:
        command = ["git", "-C", str(repository), *author, *arguments]
        return subprocess.run(command, capture_output=True, check=False).returncode

    return run


def _file(machine: Path) -> Path:
    return machine / "library" / "articles" / ARTICLE.id[:2] / ARTICLE.id / "annotations.json"


def _replace(path: Path, data: bytes) -> None:
    temporary = path.with_name("incoming")
    temporary.write_bytes(data)
    os.replace(temporary, path)  # noqa: PTH105 - as sync programs do
