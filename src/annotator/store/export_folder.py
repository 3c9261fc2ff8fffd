"""A folder of exported files, none of which is ever written over once a person has edited it."""

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Literal

from msgspec import Struct

from annotator.codec import decode, encode
from annotator.errors import ExportError
from annotator.store import files
from annotator.store.access import WriteLock, digest_of
from annotator.store.os_errors import explained, quoted

MAX_STEM = 200  # bytes; with a number and the suffix it stays under the 255 of most systems
CLASHES = 1_000  # names tried for one file
DEPTH = 4  # folders deep in which a moved file is looked for
MANY = 50_000  # entries looked through for it; a folder with more is not a folder of notes
HEAD = 16_384  # bytes in which the id of the article must come

_FIRST_SUFFIX = ".md"  # of the only format when exports were first remembered
_NEW_FILE = 0o666  # less the umask: an export is the person's own document
_PERMISSIONS = 0o777


class Written(Struct, frozen=True):
    """Where an export is, and what became of it; `kept` is a file that the person edited."""

    path: Path
    outcome: Literal["new", "updated", "unchanged", "kept"]


class Memory(Struct, frozen=True):
    """Where an export was last put, and the digests of what may be there if nobody edited it.

    There are two while a new version takes the place of an old one: whichever a
    power cut leaves is ours.
    """

    path: str = ""
    digests: tuple[str, ...] = ()


class ExportFolder:
    """A folder that files of one format are exported to, opened again for each export.

    `suffix` ends the names of its files. `identity_of` returns the id that the
    beginning of a file's text gives, or an empty string. What was written is
    remembered in the folder `state`.
    """

    def __init__(
        self, folder: Path, *, suffix: str, identity_of: Callable[[str], str], state: Path
    ) -> None:
        self._folder = Path(os.path.realpath(folder))
        self._suffix = suffix
        self._identity_of = identity_of
        own = "" if suffix == _FIRST_SUFFIX else suffix
        self._memories = state / "exports" / f"{digest_of(self._folder)}{own}"
        self._lock = WriteLock(self._memories / "export.lock")
        self._is_prepared = False

    def write(self, identity: str, stem: str, text: str) -> Written:
        """Write the export of `identity`, an id that `identity_of` finds in `text`.

        An earlier export is replaced wherever it was moved to, unless the person
        edited it. A new one is called `stem`, with a number if the name is taken.
        """
        data = text.encode("utf-8", "replace")
        with self._lock.held(), _in_words(self._folder):
            self._prepare()
            memory = self._remembered(identity)
            path = self._find(identity, memory)
            if path is None:
                return self._create(identity, _checked_stem(stem), data)
            return self._renew(identity, path, data, memory=memory)

    def _prepare(self) -> None:
        if not self._is_prepared:
            self._is_prepared = True
            self._folder.mkdir(parents=True, exist_ok=True)
            files.sweep(self._folder)

    def _find(self, identity: str, memory: Memory) -> Path | None:
        remembered = self._folder / memory.path
        if memory.path and self._identity_in(remembered) == identity:
            return remembered
        path = self._files_by_identity.get(identity)
        return path if path and self._identity_in(path) == identity else None

    @cached_property
    def _files_by_identity(self) -> dict[str, Path]:
        """The exported files in the folder and below, looked for when a file was moved."""
        found: dict[str, Path] = {}
        for path in _visible_files(self._folder):
            if path.name.lower().endswith(self._suffix):
                found.setdefault(self._identity_in(path), path)
        found.pop("", None)
        return found

    def _identity_in(self, path: Path) -> str:
        """Return the id in a file; nothing if it has none, or is not a regular file."""
        try:
            return self._identity_of(files.read(path, at_most=HEAD)[0].decode("utf-8", "replace"))
        except OSError:
            return ""

    def _create(self, identity: str, stem: str, data: bytes) -> Written:
        for path in self._names(stem):
            self._remember(identity, path, (_digest(data),))
            try:
                files.create(path, data, mode=_NEW_FILE)
            except FileExistsError:  # another program was quicker
                continue
            return Written(path, "new")
        raise ExportError(f"Too many files are called {quoted(stem)}.", "Move some of them away.")

    def _renew(self, identity: str, path: Path, data: bytes, *, memory: Memory) -> Written:
        before, signature = files.read(path)
        if before == data:
            self._remember(identity, path, (_digest(data),))
            return Written(path, "unchanged")
        if _digest(before) not in memory.digests:
            return Written(path, "kept")
        self._remember(identity, path, (_digest(before), _digest(data)))
        if files.signature(path) != signature:  # it was edited this very moment
            return Written(path, "kept")
        files.replace(path, data, mode=path.stat().st_mode & _PERMISSIONS)
        return Written(path, "updated")

    def _names(self, stem: str) -> Iterator[Path]:
        yield from filter(
            _is_free, (self._folder / f"{name}{self._suffix}" for name in _numbered(stem))
        )

    def _remembered(self, identity: str) -> Memory:
        try:
            return decode(files.read(self._memory_path(identity))[0], Memory)
        except (OSError, ValueError):  # without a memory, what differs counts as edited
            return Memory()

    def _remember(self, identity: str, path: Path, digests: tuple[str, ...]) -> None:
        memory = Memory(str(path.relative_to(self._folder)), digests)
        if memory != self._remembered(identity):
            files.replace(self._memory_path(identity), encode(memory))

    def _memory_path(self, identity: str) -> Path:
        return self._memories / f"{_digest(identity.encode('utf-8', 'replace'))}.json"


@contextmanager
def _in_words(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ExportError(*explained(error, folder, deed="written")) from error


def _numbered(stem: str) -> Iterator[str]:
    yield stem
    yield from (f"{stem} ({number})" for number in range(2, CLASHES))


def _is_free(path: Path) -> bool:
    return not os.path.lexists(path)


def _checked_stem(stem: str) -> str:
    encoded = stem.encode("utf-8", "replace")
    is_safe = stem == encoded.decode() and not re.search(r"[/\\\x00-\x1f]", stem)
    if not is_safe or not stem.strip(". ") or stem.startswith(".") or len(encoded) > MAX_STEM:
        message = f"{quoted(stem)} cannot be the name of a file."
        raise ExportError(message, "Give it a shorter one, without slashes and leading dots.")
    return stem


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _visible_files(folder: Path) -> Iterator[Path]:
    left = MANY
    for path, folders, names in os.walk(folder):  # follows no symbolic link
        here = Path(path)
        is_deepest = len(here.relative_to(folder).parts) >= DEPTH
        folders[:] = [] if is_deepest else sorted(name for name in folders if name[0] != ".")
        left -= len(names)
        if left < 0:
            return
        yield from (here / name for name in sorted(names) if name[0] != ".")
