"""Two or three machines with wrong clocks, which change marks and records while offline."""

import random
import shutil
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple, cast

from msgspec.structs import replace

import torture_machines
from annotator.model import Annotation, ArticleRecord, Claim, Overrides
from annotator.model.vocabulary import ReadState, Status
from annotator.store import ArticleChange, Library
from torture_machines import ARTICLE, Synchronise
from torture_setting import (
    NOW,
    PARAGRAPHS,
    Outcome,
    make_mark,
    open_library,
    run_histories,
    store,
)

ROUNDS = (1, 6)  # of changes on all machines, each followed by a sync of two of them
CHANGES = (0, 4)  # on a machine in a round
ONE_WAY = 0.5  # of the syncs bring changes to one of the two machines only
HOURS = 72  # by which a clock is wrong at most
SET_BACK = 0.1  # of the changes come after somebody set the clock
STATES: tuple[ReadState, ...] = ("unread", "reading", "read", "archived")
TOUCHED = "touched"  # see `History`
KINDS = ("claim", "evidence", "question")
STATUSES: tuple[Status, ...] = ("open", "checking", "refuted", "disputed")
EDITS = ("note", "note", "add to note", "empty note", "tag", "tag", "kind", "status")
MARK_ACTIONS = ("make", "edit", "edit", "edit", "edit", "remove", "put back", "one step")
ONE_MARK = 0.5  # of the histories are those of one mark
RECORD_ACTIONS = ("tag", "tag", "state", "title", "choice", "choice")

Values = Mapping[str, object]
ANY_ACTION = (*MARK_ACTIONS, *RECORD_ACTIONS)
EDIT_OR_REMOVE = ("edit", "edit", "remove")


class Change(NamedTuple):
    """A change of one thing: its new value, and the changes that its machine had seen."""

    value: object
    seen: frozenset[int]


class History:
    """All changes so far, by the thing that they changed: a mark, its note, a tag, a field.

    Things of a mark begin with its id. The value of the mark itself is None if it was deleted,
    True if it was made or a text was added to its note, and `TOUCHED` if only other things were
    changed: a deletion that knows a later change of the same thing may win over that.
    """

    def __init__(self) -> None:
        self.changes: dict[str, dict[int, Change]] = {}
        self.count = 0

    def add(self, before: Values, after: Values, seen: frozenset[int]) -> frozenset[int]:
        """Note what differs between two states of a machine; return what it has seen now."""
        for thing, value in self._different(before, after).items():
            self.count += 1
            self.changes.setdefault(thing, {})[self.count] = Change(value, seen)
            seen |= {self.count}
        return seen

    def wanted(self, seen: frozenset[int], there: Values) -> dict[str, list[object]]:
        """Return the values that a machine may hold: those that no change it knows replaced.

        Things of marks that are not `there` have none, nor those that were last changed before
        somebody deleted the mark: then another version of it may be back.
        """
        wanted: dict[str, list[object]] = {}
        for thing, changes in self.changes.items():
            last, mark = self._last(thing, seen), _mark_of(thing)
            if not last:
                continue
            values = [changes[each].value for each in last]
            if thing == mark:
                wanted[thing] = [True] if True in values else [each and True for each in values]
            elif mark is None or (mark in there and not last <= self._discarded(mark, seen)):
                wanted[thing] = values
        return wanted

    def _different(self, before: Values, after: Values) -> Values:
        things = [each for each in before.keys() | after.keys() if _mark_of(each) in {None, each}]
        found = {each: after.get(each) for each in things if before.get(each) != after.get(each)}
        for mark in filter(_mark_of, things):
            own = {each for each in (*before, *after) if _mark_of(each) == mark} - {mark}
            if mark in found and mark in after:  # made again: all that it has not is gone
                own |= {each for each in self.changes if _mark_of(each) == mark} - {mark}
                found |= {each: after.get(each) for each in own}
            elif mark in after:
                changed = {each for each in own if before.get(each) != after.get(each)}
                found |= {each: after.get(each) for each in changed}
                if changed:
                    found[mark] = (
                        any(" note " in each and each in after for each in changed) or TOUCHED
                    )
        return found

    def _last(self, thing: str, seen: frozenset[int]) -> frozenset[int]:
        known = {key: each for key, each in self.changes[thing].items() if key in seen}
        replaced = frozenset[int]().union(*(each.seen for each in known.values()))
        return frozenset(known) - replaced

    def _discarded(self, mark: str, seen: frozenset[int]) -> frozenset[int]:
        deletions = (
            each.seen
            for key, each in self.changes[mark].items()
            if key in seen and each.value is None
        )
        return frozenset[int]().union(*deletions)


class Machine:
    """A machine with a clock that may be wrong."""

    def __init__(
        self, folder: Path, chance: random.Random, actions: Sequence[str] = ANY_ACTION
    ) -> None:
        self.folder = folder
        self._actions = actions
        self.seen: frozenset[int] = frozenset()
        self._chance = chance
        self._offset = timedelta()
        self._removed: list[Annotation] = []
        self._set_clock()

    def work(self, history: History, clock: datetime) -> datetime:
        """Make some changes; return the true time after them."""
        with open_library(self.folder) as library:
            for _ in range(self._chance.randint(*CHANGES)):
                clock += timedelta(seconds=self._chance.choice((0, 0, 1, 600)))
                if self._chance.random() < SET_BACK:
                    self._set_clock()
                before = values(library)
                self._change(library, clock + self._offset)
                self.seen = history.add(before, values(library), self.seen)
        return clock

    def _set_clock(self) -> None:
        self._offset = timedelta(minutes=self._chance.randint(-HOURS * 60, HOURS * 60))

    def _change(self, library: Library, now: datetime) -> None:
        pick, marks = self._chance.choice, library.article(ARTICLE.id).annotations()
        match pick(self._actions):
            case "make":
                mark = make_mark(ARTICLE, pick(range(PARAGRAPHS)), note=self._text())
                library.put([mark.at(now)])
            case "edit" if marks:
                library.article(ARTICLE.id).revise(
                    pick(marks).id, lambda mark: self._edited(mark, now)
                )
            case "remove" if marks:
                self._removed.append(pick(marks))
                library.article(ARTICLE.id).remove([self._removed[-1].id], now=now)
            case "put back" if self._removed:
                library.put([self._removed.pop()])
            case "one step" if len(marks) > 1:
                self._one_step(library, now)
            case "tag" | "state" | "title" | "choice" as what:
                library.article(ARTICLE.id).update(self._record_change(what, now))

    def _one_step(self, library: Library, now: datetime) -> None:
        def change(record: ArticleRecord, marks: Mapping[str, Annotation]) -> ArticleChange:
            edited, removed, *_ = marks.values()
            after = self._record_change("tag", now)(record)
            return ArticleChange(after, {edited.id: self._edited(edited, now), removed.id: None})

        library.article(ARTICLE.id).revise_many(change, now=now)

    def _edited(self, mark: Annotation, now: datetime) -> Annotation:
        pick, mark = self._chance.choice, mark.at(now)
        match pick(EDITS):
            case "note":
                return replace(mark, note=self._text())
            case "add to note":
                return replace(mark, note=f"{mark.note}\n\n{self._text()}".strip())
            case "empty note":
                return replace(mark, note="")
            case "tag":
                return replace(mark, tags=_toggled(mark.tags, pick("abc")))
            case "kind":
                return replace(mark, kind=pick(KINDS))
        return replace(mark, claim=replace(mark.claim or Claim(), status=pick(STATUSES)))

    def _text(self) -> str:
        return f"Text {self._chance.randrange(10**9)}."

    def _record_change(self, what: str, now: datetime) -> Callable[[ArticleRecord], ArticleRecord]:
        pick = self._chance.choice

        def change(record: ArticleRecord) -> ArticleRecord:
            after = replace(record, modified=now)
            match what:
                case "tag":
                    return replace(after, tags=_toggled(record.tags, pick("abc")))
                case "state":
                    return replace(after, state=pick(STATES))
                case "title":
                    return replace(after, title=f"Title {pick(range(1_000))}")
            choices = record.choices or Overrides()
            if pick((True, False)):
                choices = replace(choices, kept=_toggled(choices.kept, pick("kl")))
            else:
                choices = replace(choices, removed=_toggled(choices.removed, pick("rs")))
            return replace(after, choices=choices)

        return change


class Sync(NamedTuple):
    """The ways to synchronise two machines, and the check of what they have then."""

    history: History
    synchronise: Synchronise
    chance: random.Random
    outcome: Outcome

    def between(self, one: Machine, other: Machine) -> None:
        """Synchronise two machines."""
        self.synchronise(one.folder, other.folder, self.chance)
        one.seen = other.seen = one.seen | other.seen
        if self._checked(one) != self._checked(other):
            self.outcome.problems.append(f"{one.folder}: after a sync the machines differ")

    def towards(self, one: Machine, other: Machine) -> None:
        """Bring to a machine what another one has, which does not get anything itself yet."""
        sent = shutil.copytree(one.folder, one.folder.with_name("sent"))
        self.synchronise(sent, other.folder, self.chance)
        shutil.rmtree(sent)
        other.seen |= one.seen
        self._checked(other)

    def _checked(self, machine: Machine) -> Values:
        """Count what a machine lacks and what it has wrongly; return what it has."""
        self.outcome.others["syncs"] += 1
        with open_library(machine.folder) as library:
            found = values(library)
        for thing, possible in self.history.wanted(machine.seen, found).items():
            there = found.get(thing)
            self.outcome.lost += there not in possible and there is None
            self.outcome.silent += there not in possible and there is not None
        return found


def conflict_copies(folder: Path, count: int, chance: random.Random) -> Outcome:
    """Let a sync program keep one file, and make a conflict copy of the other one."""
    run = partial(_history, chance=chance, synchronise=torture_machines.exchange_files)
    return run_histories(folder, count, run)


def restored_copies(folder: Path, count: int, chance: random.Random) -> Outcome:
    """Import on each machine what the other has exported."""
    run = partial(_history, chance=chance, synchronise=torture_machines.absorb_each_other)
    return run_histories(folder, count, run)


def git(folder: Path, count: int, chance: random.Random) -> Outcome:
    """Commit on both machines and merge, including conflict markers."""
    if shutil.which("git") is None:
        outcome = Outcome()
        outcome.others["skipped: git is not installed"] = 1
        return outcome
    run = partial(_history, chance=chance, synchronise=torture_machines.merge_by_git)
    return run_histories(folder, count, run)


def values(library: Library) -> dict[str, object]:
    """Return what a library holds of the article, thing by thing."""
    record = library.article(ARTICLE.id).record()
    choices, marks = record.choices or Overrides(), library.article(ARTICLE.id).annotations()
    return {
        "state": record.state,
        "title": record.title,
        **{key: each for mark in marks for key, each in _values_of_mark(mark).items()},
        **dict.fromkeys((f"tag {each}" for each in record.tags), True),
        **dict.fromkeys((f"choice {each}" for each in choices.kept), "kept"),
        **dict.fromkeys((f"choice {each}" for each in choices.removed), "removed"),
    }


def _values_of_mark(mark: Annotation) -> dict[str, object]:
    claim = mark.claim or Claim()
    return {
        mark.id: True,
        f"{mark.id} kind": mark.kind,
        f"{mark.id} claim": mark.claim is not None,
        f"{mark.id} status": claim.status,
        **{f"{mark.id} note {each}": True for each in mark.note.split("\n\n") if each},
        **{f"{mark.id} tag {each}": True for each in mark.tags},
    }


def _mark_of(thing: str) -> str | None:
    """Return the id of the mark that a thing belongs to; None if it is one of the article."""
    first = thing.partition(" ")[0]
    return first if first[0].isdigit() else None


def _history(
    place: Path, outcome: Outcome, *, chance: random.Random, synchronise: Synchronise
) -> None:
    has_one_mark = chance.random() < ONE_MARK
    actions = EDIT_OR_REMOVE if has_one_mark else ANY_ACTION
    names = [str(each) for each in range(chance.choice((2, 3, 3)))]
    machines = [Machine(place / name, chance, actions) for name in names]
    with open_library(machines[0].folder) as library:
        store(library, ARTICLE)
        if has_one_mark:
            library.put([make_mark(ARTICLE, 0).at(NOW)])
    for each in machines[1:]:
        shutil.copytree(machines[0].folder, each.folder)
    history, clock = History(), NOW
    sync = Sync(history, synchronise, chance, outcome)
    for _ in range(chance.randint(*ROUNDS)):
        for each in machines:
            clock = each.work(history, clock)
        way = sync.towards if chance.random() < ONE_WAY else sync.between
        way(*chance.sample(machines, 2))
    for _ in machines[1:]:  # until all have everything
        for each in machines[1:]:
            sync.between(machines[0], each)
    outcome.others["changes"] += history.count


def _toggled(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    rest = tuple(each for each in names if each != name)
    return rest if len(rest) < len(names) else cast("tuple[str, ...]", (*rest, name))
