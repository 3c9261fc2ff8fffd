"""What a machine remembers of a library, in small files of its state folder that may be lost.

Reading positions, named places, addresses that could not be added, files of folders that were
seen, sites that are rendered, what was typed when the program was ended, the last changes of the
command line, and the first frames of articles. They are not in the library, which may be shared:
another network may have an address that this one does not have, and another machine no browser.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from operator import attrgetter
from pathlib import Path
from typing import Generic, TypeVar
from uuid import uuid4

from msgspec import Raw, Struct
from msgspec.structs import replace

from annotator.codec import decode, encode
from annotator.model.library_file import Place, Position
from annotator.model.text import clean_line
from annotator.store.access import WriteLock
from annotator.store.disk import files
from annotator.store.disk.os_errors import explained

T = TypeVar("T")

MOST_FAILURES = 500  # addresses; one more makes the oldest go
MOST_TYPED = 20  # dialogs; one more makes the oldest go
MOST_CHANGES = 20  # of the command line
MOST_BYTES = 8_000_000  # of changes: some thousand marks, as they were before and after
MOST_APART = 200_000_000  # of a larger change, which has a file of its own: a whole import
MAX_FRAMES = 400  # some 4 MB; the oldest are removed first
REMOVED_AT_ONCE = 40  # frames, so that the folder is searched only now and then

_MAX_REASON = 500  # characters


class StateFile(Generic[T]):
    """A file at `path` with a value of type `kind`, which is `empty` without the file.

    All threads and programs may read it; who changes it holds `lock`. For example:

        counts = StateFile(path, dict[str, int], empty={}, lock=lock)
        counts.change(lambda known: known | {"opened": known.get("opened", 0) + 1})
    """

    def __init__(self, path: Path, kind: type[T], *, empty: T, lock: WriteLock) -> None:
        self._path = path
        self._kind = kind
        self._empty = empty
        self._lock = lock

    def all(self) -> T:
        """Return the value; the empty one if the file cannot be read."""
        try:
            return decode(files.read(self._path)[0], self._kind)
        except (OSError, ValueError):
            return self._empty

    def change(self, change: Callable[[T], T]) -> tuple[T, T]:
        """Change the value under the lock; return it as it was before, and as it is after.

        The file of an empty value is removed. Raises `LibraryError` if it cannot be written.
        """
        with self._lock.held(), explained(self._path, action="written"):
            before = self.all()
            after = change(before)
            if after == self._empty:
                self._path.unlink(missing_ok=True)
            elif after != before:
                files.replace(self._path, encode(after))
        return before, after


class Positions(StateFile[dict[str, Position]]):
    """The reading positions of one library, by article."""

    def __init__(self, state: Path, *, lock: WriteLock) -> None:
        super().__init__(state / "positions.json", dict[str, Position], empty={}, lock=lock)

    def get(self, article_id: str) -> Position | None:
        """Return the reading position of an article, or None if it was never opened."""
        return self.all().get(article_id)

    def save(self, article_id: str, position: Position) -> None:
        """Save the reading position of an article; how far its reader got never shrinks."""

        def saved(known: dict[str, Position]) -> dict[str, Position]:
            before = known.get(article_id, position)
            furthest = max(before.reached, position.reached)
            return known | {article_id: replace(position, furthest=furthest)}

        self.change(saved)


class NamedPlaces(StateFile[dict[str, dict[str, Place]]]):
    """The named places of one library: by article, then by their letter."""

    def __init__(self, state: Path, *, lock: WriteLock) -> None:
        super().__init__(state / "places.json", dict[str, dict[str, Place]], empty={}, lock=lock)

    def save(self, article_id: str, letter: str, place: Place, *, is_only: bool) -> None:
        """Save a place; with `is_only` no other article keeps one of that letter."""

        def saved(known: dict[str, dict[str, Place]]) -> dict[str, dict[str, Place]]:
            places = {key: dict(named) for key, named in known.items()}
            for named in places.values() if is_only else ():
                named.pop(letter, None)
            places.setdefault(article_id, {})[letter] = place
            return {key: named for key, named in places.items() if named}

        self.change(saved)


class TypedText(Struct, frozen=True):
    """What was typed in the fields of a dialog, by their names."""

    dialog: str
    texts: dict[str, str]


class TypedTexts(StateFile[tuple[TypedText, ...]]):
    """What was typed in dialogs that were open when the program was ended."""

    def __init__(self, state: Path, *, lock: WriteLock) -> None:
        super().__init__(state / "typed.json", tuple[TypedText, ...], empty=(), lock=lock)

    def of(self, dialog: str) -> Mapping[str, str]:
        """Return what was typed in a dialog; nothing if it was closed."""
        return next((kept.texts for kept in self.all() if kept.dialog == dialog), {})

    def keep(self, dialog: str, texts: Mapping[str, str]) -> None:
        """Keep the texts of a dialog, in place of earlier ones; without any, it is forgotten."""

        def kept(known: tuple[TypedText, ...]) -> tuple[TypedText, ...]:
            others = [typed for typed in known if typed.dialog != dialog]
            new = [TypedText(dialog, dict(texts))] if texts else []
            return tuple([*others, *new][-MOST_TYPED:])

        self.change(kept)


class FailedAddress(Struct, frozen=True):
    """An address that could not be added: why, when first and last, and after how many tries.

    `may_pass` is false if trying again is no use, as for a page that is gone. `tags` and
    `all_parts` are what it was to be added with.
    """

    address: str
    reason: str
    hint: str
    may_pass: bool
    first: datetime
    last: datetime
    tries: int = 1
    tags: tuple[str, ...] = ()
    all_parts: bool = False


class Failures(StateFile[tuple[FailedAddress, ...]]):
    """The addresses that could not be added to one library, the oldest first."""

    def __init__(self, state: Path, *, lock: WriteLock) -> None:
        super().__init__(state / "failures.json", tuple[FailedAddress, ...], empty=(), lock=lock)

    def remember(self, failed: FailedAddress) -> None:
        """Remember an address; one that failed before keeps the time when it first did."""

        def remembered(known: tuple[FailedAddress, ...]) -> tuple[FailedAddress, ...]:
            by_address = {other.address: other for other in known}
            before = by_address.pop(failed.address, None)
            by_address[failed.address] = replace(
                failed,
                reason=clean_line(failed.reason, limit=_MAX_REASON),
                hint=clean_line(failed.hint, limit=_MAX_REASON),
                first=before.first if before else failed.first,
                tries=before.tries + 1 if before else 1,
                tags=tuple(dict.fromkeys((*(before.tags if before else ()), *failed.tags))),
            )
            return _latest_failures(tuple(by_address.values()))

        self.change(remembered)

    def forget(self, addresses: Sequence[str]) -> int:
        """Forget addresses, and return how many of them were remembered."""
        if not self._path.exists():  # as for nearly everybody: no lock
            return 0
        before, after = self.change(
            lambda known: tuple(failed for failed in known if failed.address not in addresses)
        )
        return len(before) - len(after)


def _latest_failures(failures: tuple[FailedAddress, ...]) -> tuple[FailedAddress, ...]:
    """Leave out the oldest of too many, and first those that are of no use to try again."""
    surplus = len(failures) - MOST_FAILURES
    if surplus <= 0:
        return failures
    gone = {failed.address for failed in sorted(failures, key=attrgetter("may_pass"))[:surplus]}
    return tuple(failed for failed in failures if failed.address not in gone)


class JournalEntry(Struct, frozen=True):
    """A change with its steps as JSON, those of a large one in a file of its own.

    One that was too large for that has none.
    """

    name: str
    steps: tuple[Raw, ...] = ()
    file: str = ""
    size: int = 0  # of that file


class Journal(StateFile[list[JournalEntry]]):
    """The last changes to one library, the newest last."""

    def __init__(self, state: Path, *, lock: WriteLock) -> None:
        super().__init__(state / "undo.json", list[JournalEntry], empty=[], lock=lock)
        self._apart = state / "undo"

    def add(self, change: JournalEntry) -> None:
        """Add a change."""

        def added(changes: list[JournalEntry]) -> list[JournalEntry]:
            both = [*changes, self._fitting(change)][-MOST_CHANGES:]
            return self._tidied(_within_bounds(both))

        self.change(added)

    def drop(self, change: JournalEntry) -> None:
        """Drop the newest change, if it is still this one."""
        self.change(
            lambda changes: self._tidied(changes[:-1] if changes[-1:] == [change] else changes)
        )

    def steps(self, change: JournalEntry) -> tuple[Raw, ...]:
        """Return the steps of a change; none if it was too large, or its file is lost."""
        if not change.file:
            return change.steps
        try:
            return decode(files.read(self._apart / Path(change.file).name)[0], tuple[Raw, ...])
        except (OSError, ValueError):
            return ()

    def _fitting(self, change: JournalEntry) -> JournalEntry:
        size = sum(map(len, change.steps))
        if size <= MOST_BYTES:
            return change
        if size > MOST_APART:
            return JournalEntry(change.name)
        files.make_folder(self._apart)
        name = f"{uuid4().hex}.json"
        files.replace(self._apart / name, encode(change.steps))
        return JournalEntry(change.name, file=name, size=size)

    def _tidied(self, changes: list[JournalEntry]) -> list[JournalEntry]:
        """Return the changes, after removing the files of those that are not among them."""
        if self._apart.is_dir():
            names = {change.file for change in changes}
            for path in self._apart.iterdir():
                if path.name not in names:
                    path.unlink(missing_ok=True)
        return changes


def _within_bounds(changes: list[JournalEntry]) -> list[JournalEntry]:
    sizes = [sum(map(len, change.steps)) for change in changes]
    first = 0
    apart = [change.size for change in changes]
    while sum(sizes[first:]) > MOST_BYTES or sum(apart[first:]) > MOST_APART:
        first += 1
    return changes[first:]


class FirstFrames:
    """A folder of small files in the state folder. Losing one does no harm."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def save(self, name: str, data: bytes) -> None:
        """Save a file under that name; do nothing if it cannot be written."""
        with suppress(OSError):
            files.make_folder(self._folder)
            files.replace(self._folder / name, data)
            self._remove_oldest()

    def _remove_oldest(self) -> None:
        frames = list(self._folder.iterdir())
        if len(frames) <= MAX_FRAMES:
            return
        frames.sort(key=lambda path: path.stat().st_mtime_ns)
        for path in frames[: len(frames) - MAX_FRAMES + REMOVED_AT_ONCE]:
            path.unlink(missing_ok=True)
