"""Does undo take back everything? Random edits of all kinds, undone, redone and undone again.

Each history makes random edits to a small library, with undo and redo in between: marks, notes,
tags, claims, links, bulk edits, articles, other revisions, the bin, tags and speakers over the
whole library, answers of the review. Then all are undone, and the library's JSON must be as it was
before; redone, it must be as it was after the edits. Histories are made in two ways:

- by the edits of the program and its history, as the screens call them;
- by keys on the screens themselves, in the real program.

What must differ, and is left out of the comparison: `modified`, `edits` and checksums, since an
undone value counts as newer, so that it wins on other machines; tombstones, and the marks in the
bin, since a mark whose making was undone was deleted; entries of the catalog without a value. On
the screens also the state of articles, since reading one is no edit and changes it, and what
cleaning again finds, which removes a paragraph: the revision that it makes stays.
"""

import argparse
import asyncio
import itertools
import json
import os
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from textual import _wait
from textual.pilot import Pilot
from textual.widgets import Input

from annotator.errors import AnnotatorError, Conflict, NotInLibrary
from annotator.model import Annotation, ArticleRecord, Link, Relation
from annotator.model.daily_round import ANSWERS
from annotator.settings import Settings
from annotator.store import Library
from annotator.tui.app import AnnotatorApp
from annotator.tui.frame.edits import EditQueue
from annotator.usecases.articles import article_edits, trash
from annotator.usecases.articles.article_edits import RevisionSwitch
from annotator.usecases.library.undo import History, Step
from annotator.usecases.marks import annotate, daily, links, mark_bin
from annotator.usecases.marks.annotate import Draft
from annotator.usecases.marks.mark_edit import creation
from annotator.usecases.tags import speakers, tag_library
from torture_setting import NOW, PARAGRAPHS, make_article, make_mark, open_library, store

ARTICLES = 4
EDITS = (4, 20)  # in a history
KEYS = (4, 14)  # presses that edit, in a history of keys
AT_ONCE = 20  # histories of keys in one run of the program
BACK = 0.15  # of the edits are undo or redo
SHORT, PAUSE = 0.003, 0.05  # seconds between two looks, and until a key has led to its edit
MOST_DIALOGS, MOST_TRIES = 20, 20
MOST_SAID = 300  # characters of a value that differs
NOT_UNDONE = {  # out of the way of stray keys
    "library.quit": ("f10",),
    "library.refresh": ("f11",),
    "library.refresh-all": ("f12",),
}
TAGS = ("energy", "energy/grid", "food", "war")
SPEAKERS = ("Ann Lee", "Bob")
RELATIONS: Sequence[Relation] = ("supports", "opposes", "same-as")
STATUSES = ("open", "disputed", "refuted", "supported")
COLOURS = ("red", "blue", "")
_SKIPPED = frozenset({"modified", "edits", "digest", "last_seen"})
OF_READING = frozenset({"state", "finished"})  # what is changed by reading an article
OF_CLEANING = frozenset({"revisions", "site_name"})  # a paragraph is removed by cleaning again
_REFUSED = (NotInLibrary, Conflict)

T = TypeVar("T")
Snapshot = Mapping[str, object]
Edit = Callable[[], Step] | None
Take = Callable[[], Awaitable[object]]


class StuckError(Exception):
    """Says which key did not lead to what it should."""


class Editor:
    """Makes random edits to a library through the queue of the program."""

    def __init__(self, library: Library, chance: random.Random) -> None:
        self.library = library
        self.chance = chance
        self.edits = EditQueue(library, now=self.now)
        self.done: Counter[str] = Counter()
        self._seconds = 0
        self._kinds: Sequence[Callable[[], Edit]] = (
            self._mark,
            self._mark,
            self._tag_marks,
            self._note,
            self._kind,
            self._values,
            self._delete_marks,
            self._change,
            self._move,
            self._link,
            self._unlink,
            self._state,
            self._tag_articles,
            self._bin_articles,
            self._restore_articles,
            self._restore_marks,
            self._switch,
            self._merge_tags,
            self._move_tags,
            self._delete_tags,
            self._colour,
            self._speaker,
            self._answer,
        )

    def now(self) -> datetime:
        """Return a later time than before."""
        self._seconds += 1
        return NOW + timedelta(days=1, seconds=self._seconds)

    async def edit(self) -> None:
        """Make an edit, or undo or redo some."""
        if self.chance.random() < BACK:
            take = self.chance.choice((self.edits.undo, self.edits.redo))
            for _ in range(self.chance.randrange(1, 4)):
                await take()
            return
        make = self.chance.choice(self._kinds)
        edit = make()
        if edit is None:
            return
        try:
            step = await self.edits.change(edit)
        except _REFUSED:  # such as a tag that nothing has any more
            return
        self.done[step.name] += not step.is_empty

    @property
    def _records(self) -> Sequence[ArticleRecord]:
        return self.library.records()

    @property
    def _all_marks(self) -> list[Annotation]:
        return [
            mark
            for record in self._records
            for mark in self.library.article(record.id).annotations()
        ]

    def _some_marks(self) -> list[Annotation]:
        return self._some(self._all_marks)

    def _some(self, things: Sequence[T]) -> list[T]:
        number = self.chance.choice((1, 1, 1, 2, 3, 9))
        return self.chance.sample(list(things), min(number, len(things)))

    def _on_marks(self, edit: Callable[..., Step], *values: object, **options: object) -> Edit:
        marks = self._some_marks()
        if not marks:
            return None
        return partial(edit, self.library, marks, *values, now=self.now(), **options)

    def _mark(self) -> Edit:
        if not self._records:
            return None
        record = self.chance.choice(self._records)
        article = self.library.article(record.id).extraction().article
        span = article.span_of(self.chance.randrange(len(article.blocks)))
        draft = Draft("claim", tuple(self.chance.sample(TAGS, 1)))

        def make() -> Step:
            return creation(annotate.mark(self.library, article, span, draft, now=self.now()))

        return make

    def _tag_marks(self) -> Edit:
        add, remove = self.chance.sample(TAGS, 2)
        return self._on_marks(annotate.change, annotate.Changes(added=(add,), removed=(remove,)))

    def _note(self) -> Edit:
        note = self.chance.choice(("", "One.", "Two.\n\nMore."))
        return self._on_marks(annotate.change, annotate.Changes(note=note))

    def _kind(self) -> Edit:
        kind = self.chance.choice(("claim", "evidence"))
        return self._on_marks(annotate.change, annotate.Changes(kind=kind))

    def _values(self) -> Edit:
        field, value = self.chance.choice(
            [("status", each) for each in STATUSES] + [("speaker", each) for each in SPEAKERS]
        )
        return self._on_marks(annotate.change, annotate.Changes(values={field: value}))

    def _change(self) -> Edit:
        changes = annotate.Changes("question", "All at once.", {"verdict": "No."}, ("food",), ())
        return self._on_marks(annotate.change, changes)

    def _delete_marks(self) -> Edit:
        return self._on_marks(annotate.delete)

    def _move(self) -> Edit:
        marks = self._some_marks()[:1]
        if not marks:
            return None
        article = self.library.article(marks[0].article_id).extraction().article
        span = article.span_of(self.chance.randrange(len(article.blocks)))
        return partial(annotate.move, self.library, marks[0], article, span, now=self.now())

    def _link(self) -> Edit:
        marks = self._all_marks
        if len(marks) <= 1:
            return None
        one, other = self.chance.sample(marks, 2)
        relation = self.chance.choice(RELATIONS)
        target = self.chance.choice((other.id, "https://elsewhere.example/"))
        link = Link(relation, target, "", self.chance.choice((True, False)))
        return partial(links.add_link, self.library, one, link, now=self.now())

    def _unlink(self) -> Edit:
        for mark in self._all_marks:
            found = links.links_of(self.library, mark)
            if found:
                linked = self.chance.choice(found)
                return partial(links.remove_link, self.library, mark, linked, now=self.now())
        return None

    def _on_articles(self, edit: Callable[..., Step], *values: object, **options: object) -> Edit:
        records = self._some(self._records)
        return partial(edit, self.library, records, *values, **options) if records else None

    def _state(self) -> Edit:
        state = self.chance.choice(("read", "unread", "archived"))
        return self._on_articles(article_edits.set_state_of, state, now=self.now())

    def _tag_articles(self) -> Edit:
        add, remove = self.chance.sample(TAGS, 2)
        return self._on_articles(article_edits.retag, add=[add], remove=[remove], now=self.now())

    def _bin_articles(self) -> Edit:
        return self._on_articles(article_edits.move_to_bin)

    def _restore_articles(self) -> Edit:
        records = [each.record for each in trash.trashed(self.library) if each.record]
        chosen = self._some(records)
        return partial(article_edits.restore_from_bin, self.library, chosen) if chosen else None

    def _restore_marks(self) -> Edit:
        marks = self._some(mark_bin.binned_marks(self.library, now=self.now()))
        restore = partial(mark_bin.restore_marks, self.library, marks, now=self.now())
        return restore if marks else None

    def _switch(self) -> Edit:
        several = [record for record in self._records if len(record.revisions) > 1]
        if not several:
            return None
        record = self.chance.choice(several)
        after = self.chance.choice(record.revisions)
        switch = RevisionSwitch("Restore passage", record.id, record.revision, after, "words")
        return None if switch.is_empty else partial(switch.redo, self.library, now=self.now())

    def _merge_tags(self) -> Edit:
        one, other = self.chance.sample(TAGS, 2)
        return partial(tag_library.merge_tags, self.library, [one], other, now=self.now())

    def _move_tags(self) -> Edit:
        one, other = self.chance.sample(TAGS, 2)
        return partial(tag_library.move_tags, self.library, [one], other, now=self.now())

    def _delete_tags(self) -> Edit:
        name = self.chance.choice(TAGS)
        return partial(tag_library.delete_tags, self.library, [name], now=self.now())

    def _colour(self) -> Edit:
        name, colour = self.chance.choice(TAGS), self.chance.choice(COLOURS)
        return partial(tag_library.colour_tags, self.library, [name], colour, now=self.now())

    def _speaker(self) -> Edit:
        one, other = self.chance.sample(SPEAKERS, 2)
        return partial(speakers.merge_speakers, self.library, [one], other, now=self.now())

    def _answer(self) -> Edit:
        marks = self._some_marks()
        if not marks:
            return None
        given = self.chance.choice(ANSWERS)
        return partial(daily.answer, self.library, marks[0], given, now=self.now())


def fill(library: Library, chance: random.Random) -> None:
    """Add articles with two revisions, marks, tags and colours."""
    for number in range(ARTICLES):
        article = make_article(number)
        store(library, make_article(number, edition=1))
        store(library, article, after=60)
        places = chance.sample(range(PARAGRAPHS - 1), chance.randrange(0, 5))
        marks = [
            make_mark(article, at, note=chance.choice(("", "A note.")), tags=(chance.choice(TAGS),))
            for at in places
        ]
        library.put(marks)
    tag_library.colour_tags(library, ["energy"], "blue", now=NOW)
    for record in library.records()[:2]:
        article_edits.retag(library, [record], add=chance.sample(TAGS, 2), remove=(), now=NOW)


def snapshot(library: Library, skipped: AbstractSet[str] = _SKIPPED) -> Snapshot:
    """Return the library's JSON, without what must differ: fields, and others."""
    found: dict[str, object] = {}
    for path in sorted(library.folder.glob("articles/*/*/annotations.json")):
        found[f"articles/{path.parent.name}"] = _tables(path, skipped)
    for path in sorted(library.folder.glob("bin/*/annotations.json")):
        found[f"bin/{path.parent.name}"] = _tables(path, skipped)
    for path in sorted(library.folder.glob("catalog/*.json")):
        entries = json.loads(path.read_bytes()).items()
        values = {key: each["value"] for key, each in entries if each["value"] is not None}
        if values:
            found[path.stem] = values
    return found


def differences(one: object, other: object, where: str = "") -> Iterator[str]:
    """Yield what differs between two snapshots, in words."""
    if one == other:
        return
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for name in sorted(one.keys() | other.keys()):
            yield from differences(one.get(name), other.get(name), f"{where}/{name}")
    else:
        yield f"{where}: {json.dumps(one)[:MOST_SAID]} → {json.dumps(other)[:MOST_SAID]}"


async def run_edits(folder: Path, seeds: range, done: Counter[str]) -> list[str]:
    """Make a history of edits, and return what undo and redo did not restore."""
    (seed,) = seeds
    chance = random.Random(seed)
    with open_library(folder) as library:
        fill(library, chance)
        editor = Editor(library, chance)
        before = snapshot(library)
        for _ in range(chance.randint(*EDITS)):
            await editor.edit()
        while await editor.edits.redo():
            pass
        after = snapshot(library)
        done.update(editor.done)
        takes, look = (editor.edits.undo, editor.edits.redo), partial(snapshot, library)
        problems = await _there_and_back(takes, look, before, after)
    return [f"history {seed}, {each}" for each in problems]


async def run_keys(folder: Path, seeds: range, done: Counter[str]) -> list[str]:
    """Make histories by keys in one run of the program.

    Return what undo and redo, by their keys, did not restore.
    """
    chance, problems = random.Random(seeds.start), []
    with open_library(folder) as library:
        fill(library, chance)
        look = partial(snapshot, library, skipped=_SKIPPED | OF_READING | OF_CLEANING)
        times = (NOW + timedelta(days=1, seconds=second) for second in itertools.count())
        settings = Settings(keys=NOT_UNDONE)
        app = AnnotatorApp(library, settings, state=folder / "state", now=lambda: next(times))
        async with app.run_test(size=(64, 16), notifications=True) as pilot:
            edits = app.context.edits
            await _idle(app, pilot, PAUSE)
            for seed in seeds:
                chance.seed(seed)
                edits.history = History()
                before = look()
                try:
                    for _ in range(chance.randint(*KEYS)):
                        await pilot.press(*chance.choice(KEY_SEQUENCES[type(app.screen).__name__]))
                        await _idle(app, pilot)
                    await _idle(app, pilot, PAUSE)
                    takes = partial(_press, app, pilot, "u"), partial(_press, app, pilot, "U")
                    while await takes[1]():
                        pass
                    after = look()
                    done.update(step.name for step in edits.history.done)
                    found = await _there_and_back(takes, look, before, after)
                except StuckError as error:
                    found = [str(error)]
                problems += [f"keys {seed}, {words}" for words in found]
    return problems


async def _press(app: AnnotatorApp, pilot: Pilot[None], key: str) -> object:
    """Undo or redo a step by its key, and return it; None if there is none."""
    history, waiting = app.context.edits.history, None
    for _ in range(MOST_TRIES):  # a key may be meant for what is being opened
        step = history.next_undo if key == "u" else history.next_redo
        if (waiting is not None and step is not waiting) or step is None:
            return waiting
        waiting = step
        await pilot.press(key)
        await _idle(app, pilot)
    said = " ".join(toast.message for toast in app._notifications)  # noqa: SLF001
    raise StuckError(f"{key} does nothing on {type(app.screen).__name__}, which says: {said}")


# From each screen: keys that edit, and keys that lead to another screen, from which `q` leads back.
KEY_SEQUENCES: Mapping[str, Sequence[Sequence[str]]] = {
    "LibraryScreen": (
        ["d"],
        ["j", "d"],
        ["z"],
        ["Z"],
        ["j", "x"],
        ["V", "d"],
        ["V", "z", "escape"],
        ["v", "v", "x"],
        ["t", *"food", "enter"],
        ["v", "v", "t", *"war", "enter"],
        ["C"],
        ["C"],
        ["enter"],
        ["enter"],
        ["T"],
        ["T"],
        ["B"],
        ["B"],
        ["D"],
        ["u"],
        ["U"],
    ),
    "ClaimsScreen": (
        ["d", "c"],
        ["j", "d", "r"],
        ["V", "d", "s", "escape"],
        ["v", "v", "2", "escape"],
        ["x"],
        ["G", "x"],
        ["v", "v", "x"],
        ["V", "x"],
        ["t", *"food", "enter"],
        ["V", "t", *"grid", "enter", "escape"],
        ["p", *"Ann", "enter"],
        ["V", "p", *"Bob", "enter", "escape"],
        ["a", *"Note", "ctrl+s"],
        ["e", *"Said", "ctrl+s"],
        ["l", *"https://elsewhere.example/", "enter"],
        ["j", "l", "tab", "down", "enter"],
        ["slash", *"status:open", "enter"],
        ["slash", *"energy", "enter"],
        ["escape"],
        ["w", "t"],
        ["w", "u"],
        ["greater_than_sign"],
        ["A"],
        ["T"],
        ["D"],
        ["enter"],
        ["enter"],
        ["u"],
        ["U"],
        ["q"],
        ["q"],
    ),
    "ReaderScreen": (
        ["s", "j", "enter", "escape"],
        ["s", "j", "j", "2", "escape"],
        ["c", "w", "v", "e", "e", "enter", "escape", "escape"],
        ["right_square_bracket", "x"],
        ["right_square_bracket", "e", *"Said", "ctrl+s"],
        ["right_square_bracket", "l", *"https://elsewhere.example/", "enter"],
        ["right_square_bracket", "full_stop", "h", "h", "enter"],
        ["s", "x", "escape"],
        ["s", "t", *"food", "enter", "escape"],
        ["s", "a", *"Why", "ctrl+s", "escape"],
        ["s", "r", "escape"],
        ["s", "j", "minus", "escape"],
        ["tab", "j", "x", "escape"],
        ["tab", "t", *"war", "enter", "escape"],
        ["C"],
        ["u"],
        ["U"],
        ["q"],
        ["q"],
    ),
    "TagsScreen": (
        ["e", "end", *"x", "enter"],
        ["j", "e", "ctrl+u", *"power", "enter"],
        ["j", "J", *"war", "enter"],
        ["v", "v", "J", *"food", "enter"],
        ["j", "full_stop", *"energy", "enter"],
        ["j", "x"],
        ["x", "y"],
        ["colon", *"colour", "enter", "down", "enter"],
        ["V", "colon", *"colour", "enter", "down", "down", "enter"],
        ["tab"],
        ["enter"],
        ["u"],
        ["U"],
        ["q"],
        ["q"],
    ),
    "BinScreen": (
        ["plus"],
        ["j", "plus"],
        ["V", "plus"],
        ["v", "v", "plus"],
        ["u"],
        ["U"],
        ["q"],
        ["q"],
    ),
    "DailyScreen": (
        ["n"],
        ["r"],
        ["z"],
        ["d", "o"],
        ["d", "d"],
        ["x"],
        ["t", *"food", "enter"],
        ["D"],
        ["u"],
        ["U"],
        ["q"],
        ["q"],
    ),
    "EvidenceScreen": (
        ["l", *"https://elsewhere.example/", "enter"],
        ["j", "x"],
        ["A"],
        ["u"],
        ["q"],
        ["q"],
    ),
}


async def _idle(app: AnnotatorApp, pilot: Pilot[None], pause: float = SHORT) -> None:
    """Wait until every edit is written, and close what is none of the screens."""
    for _ in range(MOST_DIALOGS):
        await asyncio.sleep(pause)
        while app.key_queue.is_busy or not app.context.edits.is_idle:  # noqa: ASYNC110 - no event
            await asyncio.sleep(SHORT)
        if type(app.screen).__name__ in KEY_SEQUENCES and not isinstance(app.focused, Input):
            return
        await pilot.press("escape")
    raise StuckError(f"{type(app.screen).__name__} stays open")


async def _there_and_back(
    takes: tuple[Take, Take], look: Callable[[], Snapshot], before: Snapshot, after: Snapshot
) -> list[str]:
    """Undo all, redo all, and undo all; return where the library is not as it was."""
    undo, redo = takes
    ways = (("undone", undo, before), ("redone", redo, after), ("undone again", undo, before))
    problems = []
    for name, take, wanted in ways:
        try:
            while await take():
                pass
        except AnnotatorError as error:
            problems.append(f"{name}: {error}")
        problems += [f"{name}: {words}" for words in differences(wanted, look())]
    return problems


def _tables(path: Path, skipped: AbstractSet[str]) -> object:
    tables = json.loads(path.read_bytes())
    tables.pop("tombstones", None)
    return _without(tables, skipped)


def _without(value: object, skipped: AbstractSet[str]) -> object:
    if isinstance(value, dict):
        return {key: _without(item, skipped) for key, item in value.items() if key not in skipped}
    return [_without(item, skipped) for item in value] if isinstance(value, list) else value


def _unsynced(fd: object) -> None:
    """Do not wait for the disk."""


async def main() -> int:
    """Run the histories, and print what was not restored."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=200, help="histories of edits")
    parser.add_argument("--keys", type=int, default=10, help="histories of keys on the screens")
    parser.add_argument("--seed", type=int, default=0, help="of the first history")
    given = parser.parse_args()
    os.fsync = _unsynced  # power is not cut here
    _wait.SLEEP_GRANULARITY = 0.0  # each key follows the one before at once
    runs = [(run_edits, given.edits, 1), (run_keys, given.keys, AT_ONCE)]
    problems: list[str] = []
    for run, number, at_once in runs:
        done: Counter[str] = Counter()
        last = given.seed + number
        for seed in range(given.seed, last, at_once):
            with tempfile.TemporaryDirectory() as folder:
                seeds = range(seed, min(seed + at_once, last))
                found = await run(Path(folder), seeds, done)
            for words in found:
                print(words, flush=True)
            problems += found
            print(f"{seeds.stop - given.seed:,} histories", file=sys.stderr, flush=True)
        made = ", ".join(f"{count:,} {name.lower()}" for name, count in done.most_common())
        print(f"{run.__name__}: {number:,} histories, {done.total():,} steps: {made}", flush=True)
    print(f"{len(problems)} differences")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
