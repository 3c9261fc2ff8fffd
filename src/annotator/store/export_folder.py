"""A folder of exported files, which are never overwritten once the user has edited them."""

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
from annotator.store.access import WriteLock, folder_key
from annotator.store.os_errors import explain, quoted

ExportOutcome = Literal["new", "updated", "unchanged", "kept"]

MAX_STEM = 200  # bytes; with a number and the suffix it stays below the 255 of most systems
MAX_CLASHES = 1_000  # names tried for one file
MAX_DEPTH = 4  # levels of folders searched for a file that was moved
MAX_ENTRIES = 50_000  # names looked at in that search; a folder with more is not for notes
HEAD = 16_384  # bytes that are searched for the id of the article

_FIRST_SUFFIX = ".md"  # of the only format in early versions: its folder of memories has no suffix
_NEW_FILE = 0o666  # minus the umask: an export is an ordinary document of the user
_PERMISSIONS = 0o777


class ExportResult(Struct, frozen=True):
    """The path of an export, and the outcome; `kept` is a file that the user edited."""

    path: Path
    outcome: ExportOutcome


class Memory(Struct, frozen=True):
    """The last path of an export, and the SHA-256 of the contents that we wrote.

    There are two while a new version replaces an old one: a power cut may leave either.
    """

    path: str = ""
    digests: tuple[str, ...] = ()


class ExportFolder:
    """A folder to which files of one format are exported.

    `suffix` is that of its files. `identity_of` returns the id in the beginning of a
    file's text, or an empty string. The folder `state` remembers what was written.
    """

    def __init__(
        self, folder: Path, *, suffix: str, identity_of: Callable[[str], str], state: Path
    ) -> None:
        self._folder = Path(os.path.realpath(folder))
        self._suffix = suffix
        self._identity_of = identity_of
        own = "" if suffix == _FIRST_SUFFIX else suffix
        self._memories = state / "exports" / f"{folder_key(self._folder)}{own}"
        self._lock = WriteLock(self._memories / "export.lock")
        self._is_prepared = False

    def write(self, identity: str, stem: str, text: str) -> ExportResult:
        """Write the export of `identity`, an id that `identity_of` finds in `text`.

        An earlier export is replaced, wherever it was moved to, unless the user edited
        it. A new one is named `stem`, with a number if the name is taken. Raises
        `ExportError`.
        """
        data = text.encode("utf-8", "replace")
        with self._lock.held(), _explained(self._folder):
            if not self._is_prepared:
                self._is_prepared = True
                self._folder.mkdir(parents=True, exist_ok=True)
                files.remove_leftovers(self._folder)
            memory = self._remembered(identity)
            path = self._find(identity, memory)
            if path is None:
                return self._create(identity, _checked_stem(stem), data)
            return self._update(identity, path, data, memory=memory)

    def _find(self, identity: str, memory: Memory) -> Path | None:
        remembered = self._folder / memory.path
        if memory.path and self._identity_in(remembered) == identity:
            return remembered
        path = self._files_by_identity.get(identity)
        return path if path and self._identity_in(path) == identity else None

    @cached_property
    def _files_by_identity(self) -> dict[str, Path]:
        """The exported files in the folder and below it, searched for when a file was moved."""
        found: dict[str, Path] = {}
        for path in _visible_files(self._folder):
            if path.name.lower().endswith(self._suffix):
                found.setdefault(self._identity_in(path), path)
        found.pop("", None)
        return found

    def _identity_in(self, path: Path) -> str:
        """Return the id in a file; empty if there is none, or no regular file."""
        try:
            return self._identity_of(files.read(path, at_most=HEAD)[0].decode("utf-8", "replace"))
        except OSError:
            return ""

    def _create(self, identity: str, stem: str, data: bytes) -> ExportResult:
        for path in self._free_paths(stem):
            self._remember(identity, path, (_digest(data),))
            try:
                files.create(path, data, mode=_NEW_FILE)
            except FileExistsError:  # another program was faster
                continue
            return ExportResult(path, "new")
        raise ExportError(f"Too many files are named {quoted(stem)}.", "Move some of them away.")

    def _update(self, identity: str, path: Path, data: bytes, *, memory: Memory) -> ExportResult:
        before, fingerprint = files.read(path)
        if before == data:
            self._remember(identity, path, (_digest(data),))
            return ExportResult(path, "unchanged")
        if _digest(before) not in memory.digests:
            return ExportResult(path, "kept")
        self._remember(identity, path, (_digest(before), _digest(data)))
        if files.fingerprint(path) != fingerprint:  # it was edited this very moment
            return ExportResult(path, "kept")
        files.replace(path, data, mode=path.stat().st_mode & _PERMISSIONS)
        return ExportResult(path, "updated")

    def _free_paths(self, stem: str) -> Iterator[Path]:
        numbered = (f"{stem} ({number})" for number in range(2, MAX_CLASHES))
        for name in (stem, *numbered):
            path = self._folder / f"{name}{self._suffix}"
            if not os.path.lexists(path):
                yield path

    def _remembered(self, identity: str) -> Memory:
        try:
            return decode(files.read(self._memory_path(identity))[0], Memory)
        except (OSError, ValueError):  # then a file that differs counts as edited
            return Memory()

    def _remember(self, identity: str, path: Path, digests: tuple[str, ...]) -> None:
        memory = Memory(str(path.relative_to(self._folder)), digests)
        if memory != self._remembered(identity):
            files.replace(self._memory_path(identity), encode(memory))

    def _memory_path(self, identity: str) -> Path:
        return self._memories / f"{_digest(identity.encode('utf-8', 'replace'))}.json"


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ExportError(*explain(error, folder, action="written")) from error


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
    left = MAX_ENTRIES
    for path, folders, names in os.walk(folder):  # follows no symbolic link
        here = Path(path)
        is_deepest = len(here.relative_to(folder).parts) >= MAX_DEPTH
        folders[:] = [] if is_deepest else sorted(name for name in folders if name[0] != ".")
        left -= len(names)
        if left < 0:
            return
        yield from (here / name for name in sorted(names) if name[0] != ".")
