"""A JSON file that is there twice, and is checked whenever it is read."""

import errno
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from annotator.errors import DamagedFile
from annotator.store import files
from annotator.store.access import Access, WriteLock
from annotator.store.os_errors import in_words, quoted

T = TypeVar("T")


class Contents(NamedTuple, Generic[T]):
    """A file's bytes, and what they mean."""

    data: bytes
    value: T


class Recovered(NamedTuple):
    """What could be had from a damaged file and its second copy, and what is to be said of it."""

    data: bytes
    sentence: str = ""


Parse = Callable[[bytes, T | None], T]
Recover = Callable[[bytes, bytes], Recovered]


class GuardedFile(Generic[T]):
    """A file that is replaced whole, and has a second copy beside it as `.bak`.

    `parse` raises `ValueError` for a damaged file; it is also given what the file
    was last. A damaged file is set aside as `.damaged-<time>`, and what `recover`
    makes of it and of the second copy takes its place. If that raises
    `ValueError`, reading raises `DamagedFile` and nothing is written.
    """

    def __init__(
        self,
        path: Path,
        parse: Parse[T],
        *,
        recover: Recover,
        access: Access,
        lock: WriteLock,
    ) -> None:
        self.path = Path(os.path.realpath(path))  # a link would be lost when it is replaced
        self.backup = self.path.with_name(f"{self.path.name}.bak")
        self.lock = lock
        self.access = access
        self._parse = parse
        self._recover = recover
        self._signature: files.Signature | None = None
        self._last: Contents[T] | None = None

    @property
    def signature(self) -> files.Signature | None:
        """What changes whenever the file does."""
        return files.signature(self.path)

    @property
    def known(self) -> T | None:
        """What the file held when it was last read; nothing if it never was."""
        return self._last.value if self._last else None

    def read(self) -> Contents[T] | None:
        """Return what the file holds, mended if it must be; nothing if there never was one."""
        with in_words(self.path, deed="read"):
            contents = self._sound()
            if contents is not None:
                return contents
            has_none = self.signature is None and files.signature(self.backup) is None
        return None if has_none else self._recovered()

    def read_anew(self) -> Contents[T] | None:
        """Return the same without trusting the signature, as one must before a write."""
        self._signature = None
        return self.read()

    def write(self, data: bytes) -> None:
        """Put `data` in the file's place; the lock must be held, and the file have been read."""
        # What could not be read again is never written.
        contents = Contents(data, self._parse(data, self.known))
        self._signature = None
        with in_words(self.path, deed="written"):
            files.replace(self.path, data)
        self._last = contents
        self.write_backup(data)

    def write_backup(self, data: bytes) -> None:
        """Put `data` in the second copy; that it fails is no loss while the file is there."""
        with suppress(OSError):
            files.overwrite(self.backup, data)

    def _sound(self) -> Contents[T] | None:
        """Return what the file holds; nothing if it is damaged or gone."""
        if self._signature is not None and self._signature == self.signature:
            return self._last
        try:
            data, signature = files.read(self.path)
            if self._last is None or self._last.data != data:
                self._last = Contents(data, self._parse(data, self.known))
        except (FileNotFoundError, NotADirectoryError, ValueError):
            return None
        except OSError as error:
            if error.errno != errno.EIO:  # a disk that cannot read it any more
                raise
            return None
        self._signature = signature
        return self._last

    def _recovered(self) -> Contents[T]:
        if self.access.is_read_only:
            return self._best("What could be had of it is shown.")
        with self.lock.held(), in_words(self.path, deed="written"):
            self._signature = None
            mended = self._sound()  # another program may have been first
            return mended or self._mended()

    def _mended(self) -> Contents[T]:
        moment, chance = time.strftime("%Y%m%dT%H%M%S"), os.urandom(2).hex()
        aside = self.path.with_name(f"{self.path.name}.damaged-{moment}-{chance}")
        best = self._best(f"It was mended; what was there is kept as {quoted(aside.name)}.")
        files.duplicate(self.path, aside)
        files.replace(self.path, best.data)
        self.write_backup(best.data)
        return best

    def _best(self, what_was_done: str) -> Contents[T]:
        try:
            data, sentence = self._recover(_bytes(self.path), _bytes(self.backup))
            best = Contents(data, self._parse(data, None))
        except ValueError as error:
            self.access.require_known_schema()
            raise DamagedFile(
                f"{quoted(self.path)} is damaged, and so is its second copy.",
                "Both are left as they are. Put back a copy of it from a backup if you have one.",
            ) from error
        told = f"{quoted(self.path)} was damaged or gone. {what_was_done} {sentence}"
        self.access.notice(told.strip())
        return best


def _bytes(path: Path) -> bytes:
    """Return what there is of a file: nothing, if it is gone or cannot be read."""
    try:
        return files.read(path)[0]
    except OSError:
        return b""
