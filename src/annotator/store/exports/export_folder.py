"""A folder of exported files that their user may edit, rename and move.

What was left in each file is remembered in the state folder, in a small SQLite file for
each folder of exports: where the file is, its digest, from what it was made (its *stamp*),
and whatever the exporter needs to merge the next version (its *memory*). A file is found
again by the identity in its text, wherever it was moved; the identities are remembered
with the fingerprints of the files, so that ten thousand files are not opened again. So are
the *parts* of files that the user edited, since a part may have been moved to another file.
"""

import codecs
import hashlib
import os
import re
import sqlite3
import stat
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import ExitStack, closing, contextmanager, suppress
from functools import cached_property
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import Literal, NamedTuple, Self

from msgspec import Struct

from annotator.codec import decode, encode
from annotator.errors import ExportError
from annotator.store.access import WriteLock, folder_key
from annotator.store.disk import files
from annotator.store.disk.os_errors import explain, quoted
from annotator.store.machine.state_database import open_state_database

ExportOutcome = Literal["new", "updated", "unchanged", "kept"]

MAX_STEM = 200  # bytes; with a number and the suffix it stays below the 255 of most systems
MAX_CLASHES = 1_000  # names tried for one file
MAX_DEPTH = 16  # levels of folders
MAX_ENTRIES = 500_000  # names looked at; a folder with more is not for notes
MOST_BYTES = 16 << 20  # of a file that are searched for parts of another
HEAD = 16_384  # bytes that are searched for the identity of a file

_NEW_FILE = 0o666  # minus the umask: an export is an ordinary document of the user
_PERMISSIONS = 0o777
_WRITABLE = 0o222
_OUT = "../"  # begins a path that leads out of the folder
_AT_ONCE = 500  # names in one question to SQLite
TABLES_VERSION = 3  # of the tables; files of other versions are deleted

# files     all files as they were when they were looked at last
# exports   what was left in a file, and where; as small as can be, since all are read each time
# memories  what the next merge needs
# parts     of files that the user edited
TABLES = """
CREATE TABLE IF NOT EXISTS files (
    path TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, identity TEXT NOT NULL,
    digest BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS exports (
    identity TEXT PRIMARY KEY, path TEXT NOT NULL, digest BLOB NOT NULL, stamp TEXT NOT NULL,
    links TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS memories (
    identity TEXT PRIMARY KEY, memory BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS parts (
    name TEXT, path TEXT, PRIMARY KEY (name, path)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS parts_by_path ON parts (path);
"""
_FILES = """
SELECT f.path, f.fingerprint, f.identity, f.digest, e.stamp, e.links FROM files f
LEFT JOIN exports e ON e.identity = f.identity AND e.path = f.path AND e.digest = f.digest
"""


class ExportResult(Struct, frozen=True):
    """The place of an export, and the outcome; `before` and `after` are the texts of the file."""

    place: str  # not a path: to make ten thousand takes longer than to look at the files
    outcome: ExportOutcome
    before: str = ""
    after: str = ""

    @property
    def path(self) -> Path:
        """The place as a path."""
        return Path(self.place)

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.place.rpartition("/")[2]


class Contents(Struct, frozen=True):
    """The new contents of a file: its text, the stamp of its source, and a memory for merges.

    `is_merged` says that the text holds what the user wrote in the file. `links` has the
    names of the files that it links to, by their identities.
    """

    text: str
    stamp: str = ""
    memory: bytes = b""
    is_merged: bool = False
    links: Mapping[str, str] = {}

    @property
    def data(self) -> bytes:
        """The bytes of the file."""
        return self.text.encode("utf-8", "replace")


class ExportedFile(Struct, frozen=True):
    """A file as it is now. `memory` is what was remembered when it was written, if anything."""

    path: Path
    text: str
    fingerprint: files.Fingerprint
    mode: int = _NEW_FILE
    is_edited: bool = False
    memory: bytes | None = None


class _File(NamedTuple):
    """A file of the folder; without a stamp it is not as it was left, or was not exported."""

    path: str
    fingerprint: str
    identity: str
    digest: bytes
    stamp: str | None = None
    links: str | None = None


class ExportFolder:
    """A folder to which files of one format are exported; use it as a context manager.

    `suffix` is that of its files. `identity_of` returns the identity in the beginning of
    a file's text, or an empty string, `parts_of` the names of the parts that a file has.
    `state` is the folder of the program's state. A file that is missing in the folder is found
    elsewhere in the vault of Obsidian around it; its path then leads out of the folder. With
    `writes` false nothing is written, and results say what would be. All methods raise
    `ExportError`. One thread uses it. For example:

        with ExportFolder(notes, suffix=".md", identity_of=identity_of, state=state) as folder:
            if not folder.is_left("5d41", stamp="3"):
                contents = Contents(text, stamp="3")
                folder.write("5d41", contents, stem="The grid", file=folder.find("5d41"))
    """

    def __init__(
        self,
        folder: Path,
        *,
        suffix: str,
        identity_of: Callable[[str], str],
        parts_of: Callable[[str], Iterable[str]] = lambda _: (),
        state: Path,
        writes: bool = True,
    ) -> None:
        self._folder = Path(os.path.realpath(folder))
        self._base = f"{self._folder}/"
        self._suffix = suffix
        self._identity_of = identity_of
        self._parts_of = parts_of
        self._writes = writes
        self._state = state / "exports" / f"{folder_key(self._folder)}{suffix}.db"
        self._lock = WriteLock(self._state.with_suffix(".lock"))
        self._closing = ExitStack()
        self._paths: dict[str, list[str]] = {}
        self._left: dict[str, tuple[str, str]] = {}  # stamps and links of what is as it was left
        self._seen: Sequence[str] = ()
        self._planned: dict[str, Path] = {}
        self._tried: dict[Path, bytes] = {}  # what a trial would have written by now

    def __enter__(self) -> Self:
        self._closing.enter_context(self._lock.held())
        try:
            with _explained(self._folder):
                if self._writes:
                    self._folder.mkdir(parents=True, exist_ok=True)
                    files.remove_leftovers(self._folder)
                database = open_state_database(
                    self._state, TABLES, version=TABLES_VERSION, isolation="IMMEDIATE"
                )
                self._database = self._closing.enter_context(closing(database))
                self._look()
        except BaseException:
            self._closing.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.close()

    def is_left(self, identity: str, stamp: str, *, coming: AbstractSet[str] = frozenset()) -> bool:
        """Return whether a file was made from `stamp`, and is exactly as it was left.

        It is not if a file to which it links was renamed, or was missing and is `coming`.
        """
        left_stamp, links = self._left.get(identity, (None, ""))
        if left_stamp != stamp or len(self._paths[identity]) != 1:
            return False
        linked = decode(links.encode(), dict[str, str]) if links else {}
        return all(
            self.name_of(linked_id) == name and (name or linked_id not in coming)
            for linked_id, name in linked.items()
        )

    def place_of(self, identity: str) -> str:
        """Return where the file of an export is; empty if it is not in one place."""
        paths = self._paths.get(identity, ())
        return os.path.normpath(f"{self._base}{paths[0]}") if len(paths) == 1 else ""

    @property
    def identities(self) -> Sequence[str]:
        """The identities of all files, in no order."""
        return tuple(self._paths)

    def name_of(self, identity: str) -> str:
        """Return the name by which other files link to a file; empty if there is none.

        That is its name without the suffix, after its folders if there are two of that name.
        Of several files of one identity it is the one that was exported.
        """
        planned = self._planned.get(identity)
        path = planned.relative_to(self._folder).as_posix() if planned else None
        paths = [path] if path else self._paths.get(identity, [])
        if len(paths) > 1:
            row = self._database.execute(
                "SELECT path FROM exports WHERE identity = ?", (identity,)
            ).fetchone()
            paths = [known for known in paths if row and known == row[0]]
        if not paths:
            return ""
        stem = _stem(paths[0])
        is_unique = self._stems[stem.casefold()] <= (0 if planned else 1)
        way = paths[0][: -len(self._suffix)]
        return stem if is_unique else way.replace(_OUT, "")

    def plan(self, identity: str, stem: str) -> None:
        """Reserve a name for a file that is still to be written, unless there is one."""
        if identity not in self._paths and identity not in self._planned:
            self._planned[identity] = next(self._free_paths(_checked_stem(stem)))

    def elsewhere(self, identity: str, parts: Sequence[str]) -> Mapping[str, str]:
        """Return the paths of other files to which the user moved parts of a file, by part."""
        own, elsewhere = self._paths.get(identity, ()), {}
        for start in range(0, len(parts), _AT_ONCE):
            asked = parts[start : start + _AT_ONCE]
            marks = ", ".join("?" * len(asked))
            rows = self._database.execute(
                f"SELECT name, path FROM parts WHERE name IN ({marks})",  # noqa: S608 - only marks
                asked,
            )
            elsewhere.update({name: path for name, path in rows if path not in own})
        return elsewhere

    def has_identity(self, path: str) -> bool:
        """Return whether the file at `path`, from the folder, says what it belongs to."""
        return any(path in paths for paths in self._paths.values())

    def find(self, identity: str) -> ExportedFile | None:
        """Return the file of an export, or None if there is none.

        Raises `ExportError` for two files of one identity: either may be the user's.
        """
        paths = self._paths.get(identity, ())
        if len(paths) > 1:
            raise ExportError(
                f"Two files belong to one article: {quoted(paths[0])} and {quoted(paths[1])}.",
                "Delete one of them, or its annotator_id. Both were left as they are.",
            )
        if not paths:
            return None
        return self.at(paths[0], identity)

    def at(self, place: str, identity: str = "") -> ExportedFile:
        """Return the file at a place in the folder, which may be the export of `identity`."""
        path = Path(os.path.normpath(self._folder / place))
        with _explained(path):
            data, fingerprint = files.read(_target(path))
            mode = path.stat().st_mode & _PERMISSIONS
        row = self._database.execute(
            "SELECT e.digest, m.memory FROM exports e JOIN memories m USING (identity) "
            "WHERE e.identity = ?",
            (identity,),
        ).fetchone()
        left, memory = row or (None, None)
        tried = self._tried.get(path)
        data = tried or data
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            raise ExportError(
                f"{quoted(place)} is not UTF-8, and was left as it is.",
                "Save it as UTF-8 in your editor.",
            ) from None
        is_edited = tried is None and left != _digest(data)
        return ExportedFile(path, text, fingerprint, mode, is_edited, memory)

    def write(
        self, identity: str, contents: Contents, *, stem: str, file: ExportedFile | None
    ) -> ExportResult:
        """Bring the `file` that was found up to date, or write a new one named `stem`.

        A number is added to the name if it is taken. A file that was edited is kept if
        the contents are not merged with it, or if it was edited this very moment. A file of
        no identity is one of the user's, of which nothing is remembered.
        """
        if file is None:
            return self._create(identity, contents, _checked_stem(stem))
        is_same = contents.text == file.text
        if not is_same and file.is_edited and not contents.is_merged:
            return ExportResult(str(file.path), "kept", file.text, file.text)
        if not is_same and not file.mode & _WRITABLE:
            raise ExportError(
                f"{quoted(file.path.name)} is read-only, and was left as it is.",
                "Make it writable to bring it up to date.",
            )
        if self._writes:
            if not is_same:
                if files.fingerprint(file.path) != file.fingerprint:
                    return ExportResult(str(file.path), "kept", file.text, file.text)
                with _explained(file.path):
                    files.replace(_target(file.path), contents.data, mode=file.mode)
            if identity:
                self._remember(identity, file.path, contents)
        elif not is_same:
            self._tried[file.path] = contents.data
        outcome: ExportOutcome = "unchanged" if is_same else "updated"
        return ExportResult(str(file.path), outcome, file.text, contents.text)

    def _create(self, identity: str, contents: Contents, stem: str) -> ExportResult:
        planned = self._planned.pop(identity, None)
        for path in chain([planned] if planned else [], self._free_paths(stem)):
            if self._writes:
                with _explained(path):
                    try:
                        files.create(path, contents.data, mode=_NEW_FILE)
                    except FileExistsError:  # another program was faster
                        continue
                self._remember(identity, path, contents)
                self._stems[path.stem.casefold()] += 1
            else:
                self._planned[identity] = path
            return ExportResult(str(path), "new", "", contents.text)
        raise AssertionError  # the names end with an error

    def _look(self) -> None:
        """Find all files with an identity, opening only those that are new or have changed."""
        known = {row[0]: _File._make(row) for row in self._database.execute(_FILES)}
        paths, seen, news, edited = defaultdict(list), [], [], {}
        for path, fingerprint in self._files():
            file = known.pop(path, None)
            if file is None or not fingerprint or fingerprint != file.fingerprint:
                data = b""  # of anything but a regular file
                with suppress(OSError):
                    data = files.read(_target(self._folder / path), at_most=MOST_BYTES)[0]
                file = self._read(path, fingerprint, data, file)
                news.append(file)
                if file.stamp is None:  # else it has the parts that it had
                    edited[path] = set(self._parts_of(_decoded(data)))
            seen.append(path)
            if file.identity:
                paths[file.identity].append(path)
            if file.stamp is not None:
                self._left[file.identity] = (file.stamp, file.links or "")
        for identity, places in paths.items():  # a copy elsewhere in the vault is the user's
            inside = [path for path in places if not path.startswith(_OUT)]
            paths[identity] = inside or places
        self._paths, self._seen = dict(paths), seen
        if known or news:
            self._remember_files(news, gone=known, edited=edited)

    def _files(self) -> Iterator[tuple[str, str]]:
        """Yield the files of the folder, then those of the vault around it, all from the folder."""
        yield from _files(self._folder, self._suffix)
        vault = vault_of(self._folder)
        if vault is not None and vault != self._folder:
            way = f"{os.path.relpath(vault, self._folder)}/"
            own = self._folder.relative_to(vault).as_posix()
            for path, fingerprint in _files(vault, self._suffix, without=own):
                yield f"{way}{path}", fingerprint

    def _read(self, path: str, fingerprint: str, data: bytes, before: _File | None) -> _File:
        """Return what is to be known of a file that is new or may have changed."""
        digest = _digest(data)
        if before is not None and before.digest == digest:
            identity = before.identity
        else:
            identity = self._identity_of(_decoded(data[:HEAD]))
        row = self._database.execute(
            "SELECT stamp, links FROM exports WHERE identity = ? AND path = ? AND digest = ?",
            (identity, path, digest),
        ).fetchone()
        return _File(path, fingerprint, identity, digest, *(row or ()))

    def _remember_files(
        self, news: Iterable[_File], *, gone: Iterable[str], edited: Mapping[str, AbstractSet[str]]
    ) -> None:
        with self._database:
            self._database.executemany(
                "DELETE FROM files WHERE path = ?", ((path,) for path in gone)
            )
            self._database.executemany(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", (file[:4] for file in news)
            )
            self._database.executemany(
                "DELETE FROM parts WHERE path = ?", ((path,) for path in (*gone, *edited))
            )
            self._database.executemany(
                "INSERT INTO parts VALUES (?, ?)",
                ((name, path) for path, names in edited.items() for name in names),
            )

    @cached_property
    def _stems(self) -> Counter[str]:
        """The number of files with each name, whatever their folders."""
        return Counter(_stem(path).casefold() for path in self._seen)

    def _remember(self, identity: str, path: Path, contents: Contents) -> None:
        fingerprint, digest = files.fingerprint(path), _digest(contents.data)
        place = os.path.relpath(path, self._folder)
        links = encode(contents.links).decode() if contents.links else ""
        file = (place, files.settled(fingerprint) if fingerprint else "", identity, digest)
        left = (identity, place, digest, contents.stamp, links)
        with self._database:
            self._database.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", file)
            self._database.execute("INSERT OR REPLACE INTO exports VALUES (?, ?, ?, ?, ?)", left)
            self._database.execute(
                "INSERT OR REPLACE INTO memories VALUES (?, ?)", (identity, contents.memory)
            )
        self._paths[identity] = [place]
        self._left[identity] = (contents.stamp, links)

    def _free_paths(self, stem: str) -> Iterator[Path]:
        planned = set(self._planned.values())
        numbered = (f"{stem} ({number})" for number in range(2, MAX_CLASHES))
        for name in chain([stem], numbered):
            path = self._folder / f"{name}{self._suffix}"
            if path not in planned and not os.path.lexists(path):
                yield path
        raise ExportError(f"Too many files are named {quoted(stem)}.", "Move some of them away.")


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ExportError(*explain(error, folder, action="written")) from error
    except sqlite3.Error as error:
        raise ExportError(
            f"The memory of exports cannot be used: {error}.",
            "See whether the disk is full, and try again.",
        ) from error


def _checked_stem(stem: str) -> str:
    encoded = stem.encode("utf-8", "replace")
    is_safe = stem == encoded.decode() and not re.search(r"[/\\\x00-\x1f]", stem)
    if not is_safe or not stem.strip(". ") or stem.startswith(".") or len(encoded) > MAX_STEM:
        message = f"{quoted(stem)} cannot be the name of a file."
        raise ExportError(message, "Give it a shorter one, without slashes and leading dots.")
    return stem


def _target(path: Path) -> Path:
    """Return the file that a path leads to: the user may have put a link in its place."""
    return Path(os.path.realpath(path))


def _stem(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]


def _decoded(data: bytes) -> str:
    """Return the text of a file, also one that an editor saved as UTF-16."""
    is_wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return data.decode("utf-16" if is_wide else "utf-8", "replace")


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def vault_of(folder: Path) -> Path | None:
    """Return the vault of Obsidian that a folder is or is in, if there is one."""
    around = (folder, *folder.parents)
    return next((place for place in around if (place / ".obsidian").is_dir()), None)


def _files(folder: Path, suffix: str, *, without: str = "") -> Iterator[tuple[str, str]]:
    """Yield the visible files below a folder: each path from there, and its fingerprint.

    The folder `without` in it is left out. A link to a file elsewhere counts as one, a link to a
    folder does not.
    """
    waiting, left, now = [("", 0)], MAX_ENTRIES, time.time_ns()
    while waiting:
        here, depth = waiting.pop()
        try:
            entries = sorted(os.scandir(folder / here), key=attrgetter("name"))
        except OSError:
            continue
        left -= len(entries)
        for entry in entries if left >= 0 else ():
            name = entry.name
            if name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                if depth < MAX_DEPTH and f"{here}{name}" != without:
                    waiting.append((f"{here}{name}/", depth + 1))
            elif name.lower().endswith(suffix) and (status := _status(entry, folder)):
                identified = (status.st_ino, status.st_size, status.st_mtime_ns)
                yield f"{here}{name}", files.settled(identified, now)


def _status(entry: os.DirEntry[str], folder: Path) -> os.stat_result | None:
    """Return the status of a regular file; None for a link to another file of the folder."""
    try:
        if entry.is_symlink() and _target(Path(entry.path)).is_relative_to(folder):
            return None
        status = entry.stat()
    except OSError:  # it leads nowhere, or has gone since
        return None
    return status if stat.S_ISREG(status.st_mode) else None
