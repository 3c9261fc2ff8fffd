"""Two machines that change a whole library while offline, and a program that syncs its folder.

Articles are added, refreshed, marked, moved to the bin and deleted for good, queries saved and
tags coloured. Every text that somebody writes has a word of its own, which must be there at the
end unless a machine that had it removed it. At the end both libraries must be the same.
"""

import os
import random
import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from annotator.errors import LibraryError
from annotator.model import Annotation
from annotator.store import SAVED_QUERIES, TAG_COLOURS, Library
from torture_setting import (
    NOW,
    PARAGRAPHS,
    Outcome,
    make_article,
    make_mark,
    open_library,
    run_histories,
    store,
)

ARTICLES = (1, 2, 3)
EDITIONS = (0, 0, 1, 2, 3)
ROUNDS = (2, 6)  # of changes on both machines, each followed by a sync
CHANGES = (0, 8)  # on a machine in a round
OPENED = 0.3  # of the rounds a machine opens everything between its changes and the sync
MOST_SYNCS = 8  # at the end, by when nothing may change any more
STYLES = (
    "{stem}.sync-conflict-20260314-{number:06}-ABCDEFG.{suffix}",
    "{stem} (Ann's conflicted copy 2026-03-14 {number}).{suffix}",
    "{stem} (conflicted copy 2026-03-14 {number}).{suffix}",
    "{stem} {number}.{suffix}",
    "{stem}-LAPTOP{number}.{suffix}",
)

T = TypeVar("T")

Files = dict[str, bytes]


class SyncProgram:
    """A sync program: what changed on one machine goes to the other, and a change beats a removal.

    Of a file that both changed, one version stays, and the other gets the name of a conflict copy.
    """

    def __init__(self, folders: Sequence[Path], chance: random.Random) -> None:
        self._folders = folders
        self._chance = chance
        self._style = chance.choice(STYLES)
        self._last: Files = {}
        self._copies = 1

    def sync(self) -> bool:
        """Bring both folders to the same state; return whether anything changed."""
        one, other = map(_files_in, self._folders)
        for name in sorted(one.keys() | other.keys()):
            ours, theirs, before = (each.get(name) for each in (one, other, self._last))
            if ours != theirs:
                self._settle(name, ours, theirs, before)
        for folder in self._folders:
            _remove_empty_folders(folder)
        last, self._last = self._last, _files_in(self._folders[0])
        return last != self._last

    def _settle(
        self, name: str, ours: bytes | None, theirs: bytes | None, before: bytes | None
    ) -> None:
        if ours == before or ours is None:
            kept = theirs
        elif theirs == before or theirs is None:
            kept = ours
        else:
            self._copies += 1
            stem, _, suffix = name.rpartition(".")
            copy = self._style.format(stem=stem, suffix=suffix, number=self._copies)
            kept, other = self._chance.sample((ours, theirs), 2)
            self._write(copy, other)
        self._write(name, kept)

    def _write(self, name: str, data: bytes | None) -> None:
        for path in (folder / name for folder in self._folders):
            if data is None:
                path.unlink(missing_ok=True)
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary = path.with_name(f".incoming.{path.name}")
            temporary.write_bytes(data)
            os.replace(temporary, path)  # noqa: PTH105 - as sync programs do


class Users:
    """The users of both machines, and what they wrote and removed."""

    def __init__(self, chance: random.Random) -> None:
        self.written: set[str] = set()
        self.removed: set[str] = set()
        self._chance = chance
        self._actions: Sequence[tuple[int, Callable[[Library, datetime], None]]] = (
            (4, self._add),
            (4, self._mark),
            (6, self._edit),
            (1, self._delete_mark),
            (2, self._tag_article),
            (2, self._trash),
            (2, self._restore),
            (1, self._delete_for_good),
            (2, self._set_value),
        )

    def act(self, library: Library, now: datetime) -> None:
        """Do one thing, if it can be done."""
        weights = [weight for weight, _ in self._actions]
        [(_, action)] = self._chance.choices(self._actions, weights)
        action(library, now)

    def _add(self, library: Library, _now: datetime) -> None:
        article = make_article(self._pick(ARTICLES), edition=self._pick(EDITIONS))
        store(library, article, after=len(self.written))

    def _mark(self, library: Library, now: datetime) -> None:
        for record in self._some(library.records()):
            article = make_article(int(record.title.rpartition(" ")[2]))
            mark = make_mark(article, self._pick(range(PARAGRAPHS - 1)), note=self._word())
            library.put([mark.at(now)])

    def _edit(self, library: Library, now: datetime) -> None:
        def change(mark: Annotation) -> Annotation:
            match self._pick(("note", "more", "tag", "kind")):
                case "note":
                    self.removed |= _words(mark.note)
                    return replace(mark.at(now), note=self._word())
                case "more":
                    return replace(mark.at(now), note=f"{mark.note}\n\n{self._word()}")
                case "tag":
                    return replace(mark.at(now), tags=tuple(self._some("ab")))
            return replace(mark.at(now), kind=self._pick(("claim", "evidence")))

        for mark in self._some(_marks(library)):
            library.article(mark.article_id).revise(mark.id, change)

    def _delete_mark(self, library: Library, now: datetime) -> None:
        for mark in self._some(_marks(library)):
            self.removed |= _words(mark.note)
            library.article(mark.article_id).remove([mark.id], now=now)

    def _tag_article(self, library: Library, now: datetime) -> None:
        tags = (self._pick("xyz"),)
        for record in self._some(library.records()):
            library.article(record.id).update(lambda it: replace(it, tags=tags, modified=now))

    def _trash(self, library: Library, _now: datetime) -> None:
        for record in self._some(library.records()):
            library.trash(record.id)

    def _restore(self, library: Library, _now: datetime) -> None:
        for article_id in self._some(library.trashed()):
            with suppress(LibraryError):  # it was added again
                library.restore(article_id)

    def _delete_for_good(self, library: Library, _now: datetime) -> None:
        for article_id in self._some(library.trashed()):
            self.removed |= _words_in((library.folder / "bin").glob(f"{article_id}*/*.json*"))
            library.delete(article_id)

    def _set_value(self, library: Library, now: datetime) -> None:
        name = self._pick("ab")
        if self._pick((True, False)):
            library.catalog.put(TAG_COLOURS, {name: f"#{len(self.written):06}"}, now=now)
            return
        self.removed |= _words(library.catalog.values(SAVED_QUERIES).get(name, ""))
        library.catalog.put(SAVED_QUERIES, {name: self._word()}, now=now)

    def _word(self) -> str:
        self.written.add(word := f"word{len(self.written)}x")
        return word

    def _pick(self, things: Sequence[T]) -> T:
        return self._chance.choice(things)

    def _some(self, things: Sequence[T]) -> list[T]:
        return [self._pick(things)] if things else []


def folders(folder: Path, count: int, chance: random.Random) -> Outcome:
    """Sync the whole folder of a library as five programs do."""
    return run_histories(folder, count, partial(_history, chance=chance))


def _history(place: Path, outcome: Outcome, *, chance: random.Random) -> None:
    machines = [place / "one", place / "other"]
    offsets = [timedelta(minutes=chance.randint(-3_000, 3_000)) for _ in machines]
    users, now = Users(chance), NOW
    for machine in machines:
        open_library(machine).close()
    with open_library(machines[0]) as library:
        for number in ARTICLES[:2]:  # both machines may add the third one
            store(library, make_article(number))
    program = SyncProgram([each / "library" for each in machines], chance)
    program.sync()
    for _ in range(chance.randint(*ROUNDS)):
        for machine, offset in zip(machines, offsets, strict=True):
            with open_library(machine) as library:
                for _ in range(chance.randint(*CHANGES)):
                    now += timedelta(seconds=1)
                    users.act(library, now + offset)
            if chance.random() < OPENED:
                _open_all(machine)
        program.sync()
    _judge(machines, users, program, outcome)


def _judge(machines: Sequence[Path], users: Users, program: SyncProgram, outcome: Outcome) -> None:
    contents = [_open_all(each) for each in machines]
    syncs = 0
    while program.sync():
        contents = [_open_all(each) for each in machines]
        syncs += 1
        if syncs == MOST_SYNCS:
            outcome.problems.append(f"{machines[0]}: files change at every sync")
            break
    if contents[0] != contents[1]:
        outcome.problems.append(f"{machines[0]}: the machines differ")
    there = _words(contents[0]) | _words_in(machines[0].glob("library/bin/*/annotations*.json"))
    outcome.lost += len(users.written - users.removed - there)
    outcome.others["words"] += len(users.written)


def _open_all(machine: Path) -> str:
    """Open everything in a library, as users do in time; return all of it as text."""
    with open_library(machine) as library:
        library.maintenance.tidy()
        articles = [(each, library.article(each.id).annotations()) for each in library.records()]
        sections = [library.catalog.values(each) for each in (SAVED_QUERIES, TAG_COLOURS)]
        return repr((articles, sections))


def _marks(library: Library) -> list[Annotation]:
    return [mark for each in library.records() for mark in library.article(each.id).annotations()]


def _words(text: str) -> set[str]:
    return set(re.findall(r"word\d+x", text))


def _words_in(paths: Iterable[Path]) -> set[str]:
    return {word for path in paths for word in _words(path.read_text(errors="replace"))}


def _files_in(folder: Path) -> Files:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def _remove_empty_folders(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            with suppress(OSError):
                path.rmdir()
