"""A desk of ten people who work on one story, each with a copy of the library.

`python benchmarks torture_desk [--people N] [--minutes N] [--pause SECONDS] [--by git|folder]`.
Each person is a process with a home, a name and a clock of its own, which is wrong by up to two
minutes. It makes marks, changes, deletes and restores them, tags the article, and exchanges its
library with the others now and then: over a bare repository with what `annotator sync` does, or
over a library in a folder. Every change of a field is written to a journal with the moment that
the library noted for it.

At the end all exchange until nothing comes, and the journals are compared with the library of
each: every change must be there, or have been followed by a later one of the same field, or by a
deletion that knew it; the author must be whoever the journal says; all libraries must have the
same bytes. Exits with 1 if not.
"""

import argparse
import json
import multiprocessing
import random
import signal
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from fcntl import LOCK_EX, flock
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, cast

from msgspec.structs import replace

from annotator.errors import AnnotatorError
from annotator.model import Annotation, ArticleRecord, Claim, Tombstone
from annotator.model.vocabulary import ReadState, Status
from annotator.store import ArticleCopy, Library
from annotator.store.format import mark_edits, merge
from torture_setting import PARAGRAPHS, make_article, make_mark, store

STORY = make_article(1)
NAMES = ("Ann", "Bo", "Cy", "Di", "Ed", "Fay", "Gus", "Hal", "Ida", "Jo")
KINDS = ("claim", "evidence", "question", "highlight")
STATUSES: tuple[Status, ...] = ("open", "checking", "refuted", "disputed")
STATES: tuple[ReadState, ...] = ("unread", "reading", "read")
TAGS = tuple(f"tag-{number}" for number in range(12))
CHANGES = ("change",) * 14
FEW = (*CHANGES, "make", "make", "make", "delete", "restore", "record")
MANY = (*CHANGES, "make", "delete", "delete", "restore", "record")
MARKS = 120  # from which on there are many
WRONG_CLOCK = 120  # seconds by which a clock is wrong at most
EDITS_BETWEEN = (5, 30)  # two exchanges
BUSY = 3  # attempts at an exchange while others exchange as well

# What the merge itself goes by: nothing else names the parts of a mark and of a record.
_OF_MARKS: Any = mark_edits._RULES  # noqa: SLF001
_OF_RECORDS: Any = merge._RULES  # noqa: SLF001
AGAIN = mark_edits._AGAIN  # noqa: SLF001

Exchange = Callable[[Library], object]
Written = Callable[[Mapping[str, object]], None]


class Change(NamedTuple):
    """A change of one field or thing: when the library says it was, its new value, and by whom."""

    at: str
    value: object
    author: str


class Deletion(NamedTuple):
    """A deletion of a mark, with the changes that it knew."""

    at: str
    known: Mapping[str, str]
    author: str


class Person:
    """Somebody who works on their own library, and writes down what they change."""

    def __init__(self, library: Library, name: str, chance: random.Random, write: Written) -> None:
        self._library, self._name, self._chance, self._write = library, name, chance, write
        self._clock = timedelta(seconds=chance.uniform(-WRONG_CLOCK, WRONG_CLOCK))
        self._texts = 0

    @property
    def _now(self) -> datetime:
        return datetime.now(UTC) + self._clock

    def edit(self) -> None:
        """Make one change at random."""
        marks = self._library.article(STORY.id).annotations()
        if not marks:
            self._make()
            return
        match self._chance.choice(MANY if len(marks) > MARKS else FEW):
            case "make":
                self._make()
            case "delete":
                self._delete(self._chance.choice(marks).id)
            case "restore":
                self._restore()
            case "record":
                self._edit_record()
            case _:
                self._change(self._chance.choice(marks).id)

    def _make(self) -> None:
        mark = make_mark(STORY, self._chance.randrange(PARAGRAPHS), note=self._text())
        self._library.put([replace(mark, created=self._now, modified=self._now)])
        self._write({"made": mark.id, "author": self._name})

    def _change(self, mark_id: str) -> None:
        before: list[Annotation] = []

        def change(mark: Annotation) -> Annotation:
            before.append(mark)
            return self._changed(mark).at(self._now)

        after = self._library.article(STORY.id).revise(mark_id, change)
        self._note(mark_id, dict(before[0].edits), after)

    def _changed(self, mark: Annotation) -> Annotation:
        chance = self._chance
        match chance.choice(("note", "note", "add", "tag", "tag", "kind", "status", "speaker")):
            case "note":
                return replace(mark, note=self._text())
            case "add":
                return replace(mark, note=f"{mark.note}\n\n{self._text()}".strip())
            case "tag":
                tag = chance.choice(TAGS)
                others = tuple(name for name in mark.tags if name != tag)
                return replace(mark, tags=others if tag in mark.tags else (*others, tag))
            case "kind":
                return replace(mark, kind=chance.choice(KINDS))
            case "status":
                claim = replace(mark.claim or Claim(), status=chance.choice(STATUSES))
                return replace(mark, claim=claim)
            case _:
                claim = replace(mark.claim or Claim(), speaker=self._text())
                return replace(mark, claim=claim)

    def _delete(self, mark_id: str) -> None:
        article = self._library.article(STORY.id)
        article.remove([mark_id], now=self._now)
        tombstone = article.deleted_marks()[mark_id]
        self._write(
            {
                "deleted": mark_id,
                "author": self._name,
                "at": _text_of(tombstone.removed),
                "known": {name: _text_of(at) for name, at in tombstone.edits},
            }
        )

    def _restore(self) -> None:
        article = self._library.article(STORY.id)
        binned = [mark for mark in article.deleted_marks().values() if mark.mark]
        if binned:
            tombstone = self._chance.choice(binned)
            mark = cast("Annotation", tombstone.mark)
            self._library.put([mark.at(self._now)])
            marks = {each.id: each for each in article.annotations()}
            self._note(mark.id, dict(tombstone.edits), marks[mark.id])

    def _edit_record(self) -> None:
        before: list[ArticleRecord] = []

        def change(record: ArticleRecord) -> ArticleRecord:
            before.append(record)
            if self._chance.choice((True, False)):
                return replace(record, state=self._chance.choice(STATES), modified=self._now)
            tag = self._chance.choice(TAGS)
            others = tuple(name for name in record.tags if name != tag)
            tags = others if tag in record.tags else (*others, tag)
            return replace(record, tags=tags, modified=self._now)

        after = self._library.article(STORY.id).update(change)
        self._note(STORY.id, dict(before[0].edits), after)

    def _note(
        self, key: str, before: Mapping[str, datetime], after: Annotation | ArticleRecord
    ) -> None:
        """Write down what changed: the fields with another moment than before."""
        parts = parts_of(after)
        changed = {
            name: [_text_of(at), parts.get(name)]
            for name, at in after.edits
            if before.get(name) != at
        }
        if changed:
            self._write({"changed": key, "author": self._name, "parts": changed})

    def _text(self) -> str:
        self._texts += 1
        return f"{self._name} writes for the {self._texts}. time."


def parts_of(value: Annotation | ArticleRecord) -> dict[str, str]:
    """Return the fields and things of a value as the merge sees them, in words."""
    if isinstance(value, Annotation):
        parts = {**_OF_MARKS.fields(value), **_OF_MARKS.things(value), AGAIN: True}
    else:
        parts = {**_OF_RECORDS.fields(value), **_OF_RECORDS.things(value)}
    return {name: repr(part) for name, part in parts.items()}


def _text_of(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


# The ways in which the libraries come together


def through_git(library: Library, *, hub: Path) -> object:
    """Do what `annotator sync` does, over a bare repository; return what came."""
    from annotator.usecases.syncing import sync  # not there where nothing is synchronised

    if not library.has_repository:
        sync.set_up(library, str(hub))
    return sync.sync(library, now=datetime.now(UTC)).came.articles


def through_a_folder(library: Library, *, hub: Path) -> object:
    """Merge the library with one in a folder, both ways; return whether anything came."""
    hub.mkdir(exist_ok=True)
    with (
        (hub / "lock").open("w") as lock,
        Library.open(hub / "data", state=hub / "state") as common,
    ):
        flock(lock, LOCK_EX)
        came = sum(library.absorb(_copy(common, record)) for record in common.records())
        for record in library.records():
            common.absorb(_copy(library, record))
        return bool(came)


def _copy(library: Library, record: ArticleRecord) -> ArticleCopy:
    article = library.article(record.id)
    marks = {mark.id: mark for mark in article.annotations()}
    texts = [article.extraction(revision) for revision in article.record().revisions]
    return ArticleCopy(article.record(), marks, article.deleted_marks(), texts)


WAYS = {"git": through_git, "folder": through_a_folder}


def _exchanged(exchange: Exchange, library: Library) -> object:
    """Exchange, again if others were always faster."""
    for _ in range(BUSY):
        with suppress(AnnotatorError):
            return exchange(library)
        time.sleep(random.uniform(0.2, 2))
    return exchange(library)


# The desk


@contextmanager
def opened(home: Path, name: str) -> Iterator[Library]:
    """Open the library in somebody's home."""
    folders = {"state": home / "state", "cache": home / "cache"}
    with Library.open(home / "library", **folders, author=lambda: name) as library:
        yield library


def work(home: Path, name: str, exchange: Exchange, arguments: argparse.Namespace) -> None:
    """Work for as long as the arguments say, in a process of one's own."""
    chance = random.Random(f"{arguments.seed} {name}")
    end = time.monotonic() + 60 * arguments.minutes
    figures: Counter[str] = Counter()
    with opened(home, name) as library, (home / "journal").open("w") as journal:

        def write(event: Mapping[str, object]) -> None:
            journal.write(f"{json.dumps(event)}\n")
            journal.flush()

        person = Person(library, name, chance, write)
        while time.monotonic() < end:
            for _ in range(chance.randint(*EDITS_BETWEEN)):
                person.edit()
                time.sleep(chance.uniform(0, 2 * arguments.pause))
                if time.monotonic() > end:
                    break
            began = time.monotonic()
            try:
                figures["came"] += bool(_exchanged(exchange, library))
            except AnnotatorError:  # the others were always faster, so it is for the next time
                figures["given up"] += 1
            figures["exchanges"] += 1
            figures["ms"] += round(1000 * (time.monotonic() - began))
    (home / "figures").write_text(json.dumps(figures))


def settle(homes: Mapping[str, Path], exchange: Exchange) -> int:
    """Exchange one after another until nothing comes to anybody; return the number of rounds."""
    for number in range(1, 10):
        came = 0
        for name, home in homes.items():
            with opened(home, name) as library:
                came += bool(_exchanged(exchange, library))
        if not came:
            return number
    return 0


def files_of(home: Path) -> dict[str, bytes]:
    """Return the files of a library that all machines share."""
    folder = home / "library"
    paths = (path for top in ("articles", "bin", "catalog") for path in (folder / top).rglob("*"))
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in paths
        if path.is_file() and not path.name.endswith((".bak", ".merged"))
    }


# What must be there


class Journals:
    """All that was changed, by the marks and the article, from the journals of all."""

    def __init__(self, homes: Sequence[Path]) -> None:
        self.makers: dict[str, str] = {}
        self.changes: defaultdict[str, defaultdict[str, list[Change]]]
        self.changes = defaultdict(lambda: defaultdict(list))
        self.deletions: defaultdict[str, list[Deletion]] = defaultdict(list)
        for home in homes:
            for line in (home / "journal").read_text().splitlines():
                self._add(json.loads(line))

    def _add(self, event: Mapping[str, Any]) -> None:
        author = event["author"]
        if "made" in event:
            self.makers[event["made"]] = author
        elif "deleted" in event:
            deletion = Deletion(event["at"], event["known"], author)
            self.deletions[event["deleted"]].append(deletion)
        else:
            for name, (at, value) in event["parts"].items():
                self.changes[event["changed"]][name].append(Change(at, value, author))

    def check(self, library: Library, tell: Callable[[str], None]) -> Counter[str]:
        """Count what became of all changes in a library."""
        figures: Counter[str] = Counter()
        article = library.article(STORY.id)
        marks = {mark.id: mark for mark in article.annotations()}
        tombstones = article.deleted_marks()
        for key, maker in self.makers.items():
            figures["edits"] += 1
            if key in marks:
                figures["there"] += 1
                wrong = marks[key].author != maker
                figures["wrong author"] += wrong
                if wrong:
                    tell(f"{key} was made by {maker}, and is by {marks[key].author}")
                self._check_parts(key, marks[key], figures, tell)
                if self._is_revived(key):
                    figures["revived"] += 1
                    tell(f"{key} was deleted, and is there")
            elif key in tombstones:
                figures["superseded"] += 1
                self._check_deleted(key, tombstones[key], figures, tell)
            else:
                figures["lost"] += 1
                tell(f"{key} of {maker} is nowhere")
        figures["unknown"] += len((marks.keys() | tombstones.keys()) - self.makers.keys())
        self._check_parts(STORY.id, article.record(), figures, tell)
        figures["edits"] += sum(map(len, self.deletions.values()))
        figures["deletions"] += sum(map(len, self.deletions.values()))
        figures["marks"], figures["in the bin"] = len(marks), len(tombstones)
        return figures

    def _check_parts(
        self,
        key: str,
        of: Annotation | ArticleRecord,
        figures: Counter[str],
        tell: Callable[[str], None],
    ) -> None:
        parts, edits = parts_of(of), {name: _text_of(at) for name, at in of.edits}
        editors = dict(of.editors) if isinstance(of, Annotation) else {}
        for name, changes in self.changes[key].items():
            at, value = edits.get(name), parts.get(name)
            latest = max(change.at for change in changes)
            last = [change for change in changes if change.at == latest]
            same = [change for change in last if change.value == value]
            is_forgotten = at is None and ":" in name  # a removal, after many others
            figures["edits"] += len(changes)
            figures["superseded"] += len(changes) - 1
            if not same or not (at == latest or is_forgotten):
                figures["lost"] += 1
                tell(f"{key} {name} is {value} of {at} in place of {last}")
                continue
            figures["there"] += 1
            figures["at one time"] += len(last) > 1
            if isinstance(of, Annotation) and not is_forgotten:
                author = editors.get(name, of.author)
                if author not in {change.author for change in same}:
                    figures["wrong author"] += 1
                    tell(f"{key} {name} is by {author} in place of {same}")

    def _check_deleted(
        self, key: str, tombstone: Tombstone, figures: Counter[str], tell: Callable[[str], None]
    ) -> None:
        deletions = self.deletions[key]
        for name, changes in self.changes[key].items():
            figures["edits"] += len(changes)
            for change in changes:
                is_known = any(deletion.known.get(name, "") >= change.at for deletion in deletions)
                figures["superseded" if is_known else "lost"] += 1
                if not is_known:
                    tell(f"{key} was deleted by none who knew {name} of {change}")
        at = _text_of(tombstone.removed)
        authors = {deletion.author for deletion in deletions if deletion.at == at}
        if tombstone.author not in authors:
            figures["wrong author"] += 1
            tell(f"{key} was deleted by {authors} at {at}, and names {tombstone.author}")

    def _is_revived(self, key: str) -> bool:
        """Whether a deletion knew all changes of a mark that is there all the same."""
        times = [
            (name, change.at) for name, changes in self.changes[key].items() for change in changes
        ]
        return any(
            all(deletion.known.get(name, "") >= at for name, at in times)
            for deletion in self.deletions[key]
        )


def main() -> int:
    """Let all work, compare their libraries with their journals, and return the exit code."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as name:
        return _run(Path(name), arguments)


def _run(folder: Path, arguments: argparse.Namespace) -> int:
    homes = {name: folder / name for name in NAMES[: arguments.people]}
    exchange = partial(WAYS[arguments.by], hub=folder / "hub.git")
    for number, (name, home) in enumerate(homes.items()):
        home.mkdir()
        with opened(home, name) as library:
            if not number:
                store(library, STORY)
            exchange(library)
    began = time.monotonic()
    processes = [
        multiprocessing.Process(target=work, args=(home, name, exchange, arguments))
        for name, home in homes.items()
    ]
    for process in processes:
        process.start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # they get it too, and their journals count
    for process in processes:
        process.join()
    spent = time.monotonic() - began
    rounds = settle(homes, exchange)
    told: list[str] = []
    journals = Journals([*homes.values()])
    with opened(homes[NAMES[0]], NAMES[0]) as library:
        figures = journals.check(library, told.append)
    trees = [files_of(home) for home in homes.values()]
    if arguments.by == "folder":  # a copy of an article has its text without its page
        trees = [
            {path: data for path, data in tree.items() if "/revisions/" not in path}
            for tree in trees
        ]
    differing = sorted({path for tree in trees for path, _ in tree.items() ^ trees[0].items()})
    told += [f"{path} is not the same everywhere" for path in differing]
    failed = sum(process.exitcode != 0 for process in processes)
    exchanged = Counter[str]()
    for home in homes.values():
        if (home / "figures").exists():
            exchanged.update(json.loads((home / "figures").read_text()))
    print(f"{arguments.people} people, {spent / 60:.1f} minutes, over {arguments.by}")
    print(", ".join(f"{count:,} {what}" for what, count in figures.items()))
    each = exchanged["ms"] / max(1, exchanged["exchanges"]) / 1000
    print(
        f"{exchanged['exchanges']:,} exchanges, {exchanged['came']:,} of them brought something, "
        f"{exchanged['given up']:,} given up, {each:.2f} s each; "
        f"alike after {rounds} rounds; {len(differing)} files differ, {failed} processes failed"
    )
    for line in told[:20]:
        print(f"! {line}")
    return int(bool(told or failed or not rounds or figures["unknown"]))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Let ten people work on one story.")
    parser.add_argument("--people", type=int, default=len(NAMES), help="at most ten")
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--pause", type=float, default=1, help="seconds between edits, on average")
    parser.add_argument("--by", choices=WAYS, default="git", help="how the libraries come together")
    parser.add_argument("--seed", default="7")
    parser.add_argument("--folder", metavar="DIR", help="where the libraries are created")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
