"""Three machines and one repository: random work, and syncs that are killed or cut off anywhere.

`python benchmarks torture_sync [--operations N] [--seed N] [--folder DIR]`. Machines mark, tag,
write notes, delete marks, add articles, move them to the bin, restore them, delete them for good,
and synchronise. One in two syncs is killed, at a random moment or before or after one of its
steps, with or without the git that it runs; or its repository disappears at one of its steps, or
refuses what is sent. In some a second program goes on marking meanwhile. At the end everything is
synchronised, and what all machines did is compared with what is there:

lost      a mark, tag, note or article that nobody deleted, or that was changed by a machine that
          could not know that another one deleted it
revived   a mark or article that is there, although the machine that deleted it knew all of it
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from annotator.errors import AnnotatorError
from annotator.store import Library
from annotator.store.incoming import IncomingFiles
from annotator.usecases.syncing.git import Git
from annotator.usecases.syncing.sync import set_up, sync
from torture_setting import make_article, make_mark, open_library, store

MACHINES = ("laptop", "desktop", "tablet")
FIRST_ARTICLES = 12
MOST_STEPS = 40  # of a sync, before or after which it is killed
LONGEST = 1.2  # seconds until a sync is killed
ONE_IN_TWO, ONE_IN_THREE = 1 / 2, 1 / 3
INTERNAL_ERROR = 70  # an exit code
WEIGHTS = {
    "mark": 20,
    "tag": 20,
    "note": 10,
    "delete a mark": 8,
    "add": 5,
    "bin": 6,
    "restore": 5,
    "empty": 3,
    "sync": 32,
}
FAULTS = {
    "none": 50,
    "killed at a moment": 15,
    "killed at a step": 20,
    "gone at a step": 10,
    "refused": 5,
}

Event = int
Seen = set[Event]


@dataclass
class Thing:
    """A mark or an article: what was done to it, and what those knew who deleted it."""

    article: str
    events: Seen = field(default_factory=set)
    unsure: Seen = field(default_factory=set)  # moved to the bin or back
    tags: dict[str, Event] = field(default_factory=dict)
    words: dict[str, Event] = field(default_factory=dict)
    deletions: list[tuple[Seen, Seen]] = field(default_factory=list)  # surely known, and maybe

    @property
    def must_be_gone(self) -> bool:
        """Whether somebody who surely knew everything deleted it."""
        return any(self.events | self.unsure <= sure for sure, _ in self.deletions)

    @property
    def must_be_there(self) -> bool:
        """Whether each who deleted it surely missed something that was done to it."""
        return all(self.events - maybe for _, maybe in self.deletions)


class World:
    """The machines, the repository between them, and everything that was done."""

    def __init__(self, folder: Path, seed: str) -> None:
        self.folder = folder
        self.chance = random.Random(seed)
        self.hub = folder / "hub.git"
        self.away = folder / "hub that is away"
        self.sure: dict[str, Seen] = {name: set() for name in (*MACHINES, "hub")}
        self.maybe: dict[str, Seen] = {name: set() for name in (*MACHINES, "hub")}
        self.articles: dict[str, Thing] = {}
        self.marks: dict[str, Thing] = {}
        self.count = 0
        self.done: Counter[str] = Counter()

    def begin(self) -> None:
        """Make the libraries and the repository."""
        self.git("init", "-q", "--bare", "-b", "main", str(self.hub))
        with self.library("laptop") as library:
            for _ in range(FIRST_ARTICLES):
                self.add("laptop", library)
        for name in MACHINES:
            with self.library(name) as library:
                set_up(library, str(self.hub))
            self.synchronise(name, "none")

    def library(self, machine: str) -> Library:
        """Open the library of a machine."""
        return open_library(self.folder / machine)

    def git(self, *arguments: str) -> str:
        """Run git, and return what it prints."""
        done = subprocess.run(["git", *arguments], capture_output=True, check=True)
        return done.stdout.decode()

    def event(self, machine: str) -> Event:
        """Return a new event that a machine knows."""
        self.count += 1
        self.sure[machine].add(self.count)
        self.maybe[machine].add(self.count)
        return self.count

    def step(self) -> None:
        """Let a random machine do something."""
        machine = self.chance.choice(MACHINES)
        what = self.chance.choices([*WEIGHTS], [*WEIGHTS.values()])[0]
        if what == "sync":
            fault = self.chance.choices([*FAULTS], [*FAULTS.values()])[0]
            self.synchronise(machine, fault)
            return
        with self.library(machine) as library, suppress(AnnotatorError):
            self.work(machine, library, what)
            self.done[what] += 1

    def work(self, machine: str, library: Library, what: str) -> None:
        """Do something to a library."""
        trashed, there = library.trashed(), [record.id for record in library.records()]
        if what == "add":
            self.add(machine, library)
        elif what in {"restore", "empty"} and trashed:
            article_id = self.chance.choice(trashed)
            if what == "restore":
                library.restore(article_id)
                self.articles[article_id].unsure.add(self.event(machine))
            else:
                library.delete(article_id)
                self.articles[article_id].deletions.append(self.known(machine))
        elif what == "bin" and there:
            article_id = self.chance.choice(there)
            library.trash(article_id)
            self.articles[article_id].unsure.add(self.event(machine))
        elif what not in {"restore", "empty", "bin"} and there:
            self.edit(machine, library, what, self.chance.choice(there))

    def edit(self, machine: str, library: Library, what: str, article_id: str) -> None:
        """Make, change or delete a mark of an article."""
        folder = library.article(article_id)
        marks = folder.annotations()
        if what == "mark" or not marks:
            mark = make_mark(folder.extraction().article, self.chance.randrange(10))
            library.put([mark])
            self.marks[mark.id] = Thing(article_id)
            self.note(machine, article_id, mark.id)
            return
        mark = self.chance.choice(marks)
        now = datetime.now(UTC)
        if what == "delete a mark":
            folder.remove([mark.id], now=now)
            self.marks[mark.id].deletions.append(self.known(machine))
            self.articles[article_id].events.add(self.event(machine))
            return
        word = f"{what}-{self.count + 1:05}"
        if what == "tag":
            folder.revise(mark.id, lambda m: replace(m, tags=(*m.tags, word), modified=now))
            self.marks[mark.id].tags[word] = self.note(machine, article_id, mark.id)
        else:
            folder.revise(
                mark.id, lambda m: replace(m, note=f"{m.note}\n{word}".strip(), modified=now)
            )
            self.marks[mark.id].words[word] = self.note(machine, article_id, mark.id)

    def note(self, machine: str, article_id: str, mark_id: str) -> Event:
        """Remember that something was done to a mark."""
        event = self.event(machine)
        self.articles[article_id].events.add(event)
        self.marks[mark_id].events.add(event)
        return event

    def add(self, machine: str, library: Library) -> None:
        """Add an article."""
        article = make_article(len(self.articles) + 1)
        store(library, article)
        self.articles[article.id] = Thing(article.id, {self.event(machine)})

    def known(self, machine: str) -> tuple[Seen, Seen]:
        """Return what a machine surely knows, and what it may know."""
        return {*self.sure[machine]}, {*self.maybe[machine]}

    def synchronise(self, machine: str, fault: str) -> bool:
        """Synchronise a machine, with a fault; return whether it said that this worked."""
        sure = {*self.sure[machine]}
        is_whole = self.chance.random() < ONE_IN_TWO
        acts: dict[str, Callable[[], object]] = {
            "killed at a step": lambda: _kill(os.getpid(), is_whole=is_whole),
            "gone at a step": lambda: self.hub.exists() and self.hub.rename(self.away),
        }
        with self._refusing() if fault == "refused" else nullcontext():
            code = self._in_child(machine, fault, acts.get(fault, lambda: None), is_whole=is_whole)
        worked = code == 0
        self.done[f"sync, {fault}" + (", worked" if worked else "")] += 1
        if code == INTERNAL_ERROR:
            print(f"  an internal error in a sync of {machine}, {fault}")
            self.done["internal errors"] += 1
        if self.away.exists():
            self.away.rename(self.hub)
        self.maybe[machine] |= self.maybe["hub"]
        self.maybe["hub"] |= self.maybe[machine]
        if worked:
            self.sure[machine] |= self.sure["hub"]
            self.sure["hub"] |= sure
        return worked

    def _in_child(
        self, machine: str, fault: str, act: Callable[[], object], *, is_whole: bool
    ) -> int:
        step, is_before = self.chance.randrange(MOST_STEPS), self.chance.random() < ONE_IN_TWO
        process = os.fork()
        if process == 0:
            _sync_in_child(self.folder / machine, step, act, is_before=is_before)
        if fault == "killed at a moment":
            time.sleep(self.chance.random() * LONGEST)
            _kill(process, is_whole=is_whole)
        if fault != "last" and self.chance.random() < ONE_IN_THREE:
            self.go_on_marking(machine)
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        config = ("-C", str(self.hub), "config")
        self.git(*config, "receive.hideRefs", "refs/heads")
        yield
        self.git(*config, "--unset", "receive.hideRefs")

    def go_on_marking(self, machine: str) -> None:
        """Make and change some marks while a sync runs."""
        with self.library(machine) as library:
            for _ in range(self.chance.randrange(1, 6)):
                with suppress(AnnotatorError):
                    self.work(machine, library, self.chance.choice(("mark", "tag", "note")))
                    self.done["at the same time"] += 1

    def finish(self) -> None:
        """Synchronise until nothing is left to do."""
        for _ in range(3):
            for name in MACHINES:
                if not self.synchronise(name, "last"):  # nobody works meanwhile
                    print(f"  the last sync of {name} failed")

    def judge(self) -> tuple[list[str], list[str], set[str]]:
        """Return what is lost, what is revived, and the trees of the machines."""
        lost, revived, trees = [], [], set()
        for name in MACHINES:
            trees.add(
                self.git("-C", str(self.folder / name / "library"), "rev-parse", "HEAD^{tree}")
            )
            with self.library(name) as library:
                library.bring_up_to_date()
                there = {record.id for record in library.records()}
                all_of = there | {*library.trashed()}
                marks = {
                    mark.id: mark for key in there for mark in library.article(key).annotations()
                }
                for notice in library.notices:
                    print(f"  {name} says: {notice}")
            lost += [f"{name}: article {key}" for key in self._lost_articles(all_of)]
            revived += [
                f"{name}: article {key}"
                for key, thing in self.articles.items()
                if thing.must_be_gone and key in all_of
            ]
            for key, thing in self.marks.items():
                if thing.article in there and not self.articles[thing.article].deletions:
                    lost += [f"{name}: {key} {what}" for what in _missing(thing, marks.get(key))]
                    if thing.must_be_gone and key in marks:
                        revived.append(f"{name}: mark {key}")
        return lost, revived, trees

    def _lost_articles(self, there: set[str]) -> Iterator[str]:
        for key, thing in self.articles.items():
            if key not in there and (not thing.deletions or thing.must_be_there):
                yield key


def _missing(thing: Thing, mark: object) -> Iterator[str]:
    """Yield what of a mark should be there and is not."""
    if mark is None:
        if not thing.deletions or thing.must_be_there:
            yield "the mark"
        return
    for tag in thing.tags:
        if tag not in mark.tags:  # type: ignore[attr-defined]
            yield tag
    for word in thing.words:
        if word not in mark.note:  # type: ignore[attr-defined]
            yield word


def _sync_in_child(folder: Path, step: int, act: Callable[[], object], *, is_before: bool) -> None:
    """Synchronise, do something at a step, and end the process."""
    steps = 0

    def counted(method: Callable[..., object]) -> Callable[..., object]:
        def called(*arguments: object, **options: object) -> object:
            nonlocal steps
            steps += 1
            if steps == step and is_before:
                act()
            try:
                return method(*arguments, **options)
            finally:
                if steps == step and not is_before:
                    act()

        return called

    for kind, name in ((Git, "run"), (IncomingFiles, "write"), (IncomingFiles, "move")):
        setattr(kind, name, counted(getattr(kind, name)))
    code = INTERNAL_ERROR
    try:
        with open_library(folder) as library:
            sync(library, now=datetime.now(UTC))
        code = 0
    except AnnotatorError as error:
        code = error.exit_code
    except BaseException:  # noqa: BLE001  whatever it is, the process ends
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(code)


def _kill(process: int, *, is_whole: bool) -> None:
    """Kill a process; with `is_whole`, also all that it has started."""
    for pid in (*(_descendants(process) if is_whole else ()), process):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _descendants(process: int) -> list[int]:
    parents: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = path.read_text().rpartition(")")[2].split()
            parents.setdefault(int(fields[1]), []).append(int(path.parent.name))
    known, waiting = [], [process]
    while waiting:
        children = parents.get(waiting.pop(), [])
        known += children
        waiting += children
    return known


def main() -> int:
    """Run everything, print what became of it, and return the exit code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--operations", type=int, default=1000)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--folder", type=Path)
    arguments = parser.parse_args()
    os.environ["GIT_CONFIG_NOSYSTEM"] = "1"
    start = time.monotonic()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        os.environ["HOME"] = folder
        world = World(Path(folder), arguments.seed)
        world.begin()
        for _ in range(arguments.operations):
            world.step()
        world.finish()
        lost, revived, trees = world.judge()
    for what, number in sorted(world.done.items()):
        print(f"{number:>7,} {what}")
    for problem in (*lost, *revived)[:20]:
        print(f"  {problem}")
    spent = time.monotonic() - start
    print(f"{arguments.operations:,} operations, {world.count:,} edits, {spent:.0f} s")
    print(f"lost {len(lost)}, revived {len(revived)}, different trees {len(trees)}")
    return 1 if lost or revived or len(trees) > 1 or world.done["internal errors"] else 0


if __name__ == "__main__":
    sys.exit(main())
