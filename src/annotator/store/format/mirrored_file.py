"""A JSON file that is stored twice, verified when it is read, and repaired if it is damaged.

The copies that sync programs leave beside such a file are merged into it when it is read.
"""

import errno
import os
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from annotator.errors import DamagedFile
from annotator.store.access import LibraryAccess, WriteLock
from annotator.store.disk import files
from annotator.store.disk.os_errors import explained, quoted
from annotator.store.format.conflict_copies import ConflictCopies, needless_copies

T = TypeVar("T")
C = TypeVar("C")


class ParsedFile(NamedTuple, Generic[T]):
    """A file's bytes and the value that they encode."""

    data: bytes
    value: T


class Recovered(NamedTuple):
    """The best data recovered from a damaged file and its second copy, and a remark about it."""

    data: bytes
    remark: str = ""


Parse = Callable[[bytes, T | None], T]
Recover = Callable[[bytes, bytes], Recovered]


class MirroredFile(Generic[T]):
    """A file that is replaced atomically, with a second copy beside it as `.bak`.

    `parse` gets the bytes and the last value, and raises `ValueError` for a damaged
    file. Such a file is set aside as `.damaged-<time>` and replaced by what `recover`
    makes of it and of its second copy. If that raises `ValueError` too, reading
    raises `DamagedFile` and nothing is written.
    """

    def __init__(
        self,
        path: Path,
        parse: Parse[T],
        *,
        recover: Recover,
        access: LibraryAccess,
        lock: WriteLock,
    ) -> None:
        self.path = Path(os.path.realpath(path))  # replacing a symbolic link would lose it
        self.backup = self.path.with_name(f"{self.path.name}.bak")
        self.lock = lock
        self.access = access
        self._parse = parse
        self._recover = recover
        # One value, since threads set it while others read it; without a fingerprint it is old.
        self._last: tuple[files.Fingerprint | None, ParsedFile[T] | None] = (None, None)

    @property
    def known(self) -> T | None:
        """The value that was last read; None if the file was never read."""
        _, last = self._last
        return last.value if last else None

    def read(self) -> ParsedFile[T] | None:
        """Return the contents, repaired if necessary; None if the file never existed."""
        with explained(self.path, action="read"):
            contents = self._undamaged()
            if contents is not None:
                return contents
            never_existed = not any(map(files.fingerprint, (self.path, self.backup)))
        return None if never_existed else self._recovered()

    def reread(self) -> ParsedFile[T] | None:
        """Return the contents without trusting the fingerprint, as is necessary before a write.

        File systems with a coarse clock give two quick writes the same fingerprint.
        """
        self.distrust()
        return self.read()

    def distrust(self) -> None:
        """Read the file again the next time, whatever its fingerprint."""
        self._last = (None, self._last[1])

    def write(self, data: bytes) -> ParsedFile[T]:
        """Replace the file; the lock must be held, and the file must have been read."""
        contents = ParsedFile(
            data, self._parse(data, self.known)
        )  # never write what cannot be read
        self.distrust()
        with explained(self.path, action="written"):
            files.replace(self.path, data)
        self._last = (None, contents)
        self._write_backup(data)
        return contents

    def renew(self) -> None:
        """Repair the file if necessary, and make both copies the same."""
        with self.lock.held():
            contents = self.reread()
            if contents:
                data = self._renewed(contents)
                if data != contents.data:
                    self.write(data)
                else:
                    self._write_backup(data)

    def _renewed(self, contents: ParsedFile[T]) -> bytes:
        """Return the bytes that the file should have."""
        return contents.data

    def _write_backup(self, data: bytes) -> None:
        """Overwrite the second copy; a failure is ignored, since the file itself is there."""
        with suppress(OSError):
            files.overwrite(self.backup, data)

    def _undamaged(self) -> ParsedFile[T] | None:
        """Return the contents; None if the file is damaged or missing."""
        fingerprint, last = files.fingerprint(self.path), self._last
        if last[0] is not None and last[0] == fingerprint:
            return last[1]
        contents = last[1]
        try:
            data, fingerprint = files.read(self.path)
            if contents is None or contents.data != data:
                contents = ParsedFile(data, self._parse(data, contents and contents.value))
        except (FileNotFoundError, NotADirectoryError, ValueError):
            return None
        except OSError as error:
            if error.errno != errno.EIO:  # the disk can no longer read it
                raise
            return None
        self._last = fingerprint, contents
        return contents

    def _recovered(self) -> ParsedFile[T]:
        if self.access.is_read_only:
            return self._best("Showing what could be recovered.")
        with self.lock.held(), explained(self.path, action="written"):
            self.distrust()
            return self._undamaged() or self._repaired()  # another program may have repaired it

    def _repaired(self) -> ParsedFile[T]:
        moment, random = time.strftime("%Y%m%dT%H%M%S"), os.urandom(2).hex()
        aside = self.path.with_name(f"{self.path.name}.damaged-{moment}-{random}")
        best = self._best(f"It was repaired; the damaged file is kept as {quoted(aside.name)}.")
        files.duplicate(self.path, aside)
        files.replace(self.path, best.data)
        self._write_backup(best.data)
        return best

    def _best(self, what_was_done: str) -> ParsedFile[T]:
        try:
            data, remark = self._recover(_read_or_empty(self.path), _read_or_empty(self.backup))
            best = ParsedFile(data, self._parse(data, None))
        except ValueError as error:
            self.access.require_known_schema()
            raise DamagedFile(
                f"{quoted(self.path)} is damaged, and so is its second copy.",
                "Both were left unchanged. Restore the file from a backup if you have one.",
            ) from error
        notice = f"{quoted(self.path)} was damaged or missing. {what_was_done} {remark}"
        self.access.notice(notice.strip())
        return best


class SyncedFile(MirroredFile[T], Generic[T, C]):
    """A mirrored file into which its conflict copies, of type `C`, are merged when it is read."""

    merged_notice = "{name} was merged, and is kept as {kept_path}. {remark}"
    unread_notice = "{path} is named like a copy of {own_name}, but cannot be read as one."

    @cached_property
    def _copies(self) -> ConflictCopies:
        return ConflictCopies(self.path)

    @property
    def fingerprint(self) -> object:
        """A value that changes with the file and its conflict copies; None without either."""
        own, copies = files.fingerprint(self.path), self._copies.names()
        return (own, copies) if own or copies else None

    def read(self) -> ParsedFile[T] | None:
        """Return the contents of the file and its copies; None if the file never existed."""
        names = self._copies.names()
        if not names:
            return super().read()
        if self.access.is_read_only:
            return self._merged(names)[0]
        with self.lock.held():
            return self._merge_into_file(self._copies.names())

    def write_over(self, before: ParsedFile[T] | None, data: bytes) -> None:
        """Replace the version of the file that was read before; the lock must be held.

        What a program without a common lock has written there meanwhile is merged.
        """
        there = _read_or_empty(self.path)
        if there and (before is None or there != before.data):
            with suppress(ValueError):
                versions = {self.path.name: self._parse_copy(there)}
                merged = self._merge(self._parse(data, self.known), versions)
                data = merged[0].data if merged else data
        self.write(data)

    def needless_copies(self) -> list[Path]:
        """Return the conflict copies of second and merged copies that are whole.

        Sync programs make these if nobody tells them to leave such files out.
        """
        return [path for path in needless_copies(self.path) if self._whole(path) is not None]

    def remove_needless_copies(self) -> None:
        """Remove them, after what they have and the file lacks was merged into it."""
        with self.lock.held(), explained(self.path, action="written"):
            for path in self.needless_copies():
                own, copy = self.reread(), self._whole(path)
                merged = self._merge(own.value, {path.name: copy}) if own and copy else None
                if own is None or merged is None:
                    continue
                if merged[0].value != own.value:
                    self.write(merged[0].data)
                    self.access.notice(f"{quoted(path)} had what the file lacked. It was merged.")
                path.unlink()

    def _whole(self, path: Path) -> C | None:
        """Return the contents of a copy; None if any of it cannot be read."""
        with suppress(OSError, ValueError):
            data = files.read(path)[0]
            self._parse(data, None)
            return self._parse_copy(data)
        return None

    def _parse_copy(self, data: bytes) -> C:
        """Return the contents of a copy; raises `ValueError` if it is not one."""
        raise NotImplementedError

    def _merge(
        self, own: T | None, copies: Mapping[str, C]
    ) -> tuple[ParsedFile[T], Mapping[str, str]] | None:
        """Return the contents of the file and its copies, and a remark on each copy by its name.

        None if nothing can be made of the copies.
        """
        raise NotImplementedError

    def _merge_into_file(self, names: Sequence[str]) -> ParsedFile[T] | None:
        merged, remarks = self._merged(names)
        if merged and merged != self._last[1]:
            self.write(merged.data)
        with explained(self.path, action="moved"):
            for name, remark in remarks.items():
                kept = self._copies.set_aside(name)
                notice = self.merged_notice.format(
                    path=quoted(self.path.with_name(name)),
                    name=quoted(name),
                    kept=quoted(kept),
                    kept_path=quoted(self.path.with_name(kept)),
                    remark=remark,
                )
                self.access.notice(notice.rstrip())
        return merged

    def _merged(self, names: Sequence[str]) -> tuple[ParsedFile[T] | None, Mapping[str, str]]:
        """Return the contents of the file and its copies, and a remark on each copy."""
        self.distrust()
        own, copies = super().read(), {}
        for name in names:
            path = self.path.with_name(name)
            with explained(path, action="read"):
                data = files.read(path)[0]
            try:
                copies[name] = self._parse_copy(data)
            except ValueError:
                self._copies.ignore(name)
                unread = self.unread_notice.format(
                    path=quoted(path), own_name=quoted(self.path.name)
                )
                self.access.notice(f"{unread} It was left unchanged.")
        merged = self._merge(own.value if own else None, copies) if copies else None
        return merged or (own, {})


def _read_or_empty(path: Path) -> bytes:
    try:
        return files.read(path)[0]
    except OSError:
        return b""
