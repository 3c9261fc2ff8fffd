"""A JSON file that always has a good version to go back to."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from annotator.errors import DamagedFile
from annotator.store import files
from annotator.store.access import Access
from annotator.store.lock import WriteLock
from annotator.store.wording import in_words, quoted

T = TypeVar("T")


class Contents(NamedTuple, Generic[T]):
    """A file's bytes, and what they mean."""

    data: bytes
    value: T


class GuardedFile(Generic[T]):
    """A file that is replaced whole, keeps a good version as `.bak`, and is checked when read.

    `parse` raises `ValueError` for a damaged file. Such a file is set aside as
    `.damaged-<time>`, and the last good version takes its place; with none, reading
    raises `DamagedFile` and nothing is written over it.
    """

    def __init__(
        self, path: Path, parse: Callable[[bytes], T], *, access: Access, lock: WriteLock
    ) -> None:
        self.path = Path(os.path.realpath(path))  # a link would be lost when it is replaced
        self.lock = lock
        self.access = access
        self._parse = parse
        self._backup = self.path.with_name(f"{self.path.name}.bak")
        self._cached: tuple[files.Signature, bytes] | None = None

    @property
    def signature(self) -> files.Signature | None:
        """What changes whenever the file does."""
        return files.signature(self.path)

    def read(self) -> Contents[T] | None:
        """Return the file's last good version; nothing if there never was one."""
        with in_words(self.path, deed="read"):
            contents = self._sound(self.path)
            if contents is not None:
                return contents
            has_none = self.signature is None and files.signature(self._backup) is None
        return None if has_none else self._recovered()

    def read_anew(self) -> Contents[T] | None:
        """Return the same without trusting the signature, as one must before a write."""
        self._cached = None
        return self.read()

    def write(self, data: bytes) -> None:
        """Put `data` in the file's place; the lock must be held, and the file have been read."""
        self._parse(data)  # what could not be read again is never written
        self._cached = None
        is_first = self.signature is None
        with in_words(self.path, deed="written"):
            files.replace(self.path, data, backup=self._backup)
            if is_first:
                files.replace(self._backup, data)

    def _sound(self, path: Path) -> Contents[T] | None:
        try:
            data = self._bytes(path)
            return Contents(data, self._parse(data))
        except (FileNotFoundError, NotADirectoryError, ValueError):
            return None

    def _bytes(self, path: Path) -> bytes:
        if path != self.path:
            return files.read(path)[0]
        if self._cached is None or self._cached[0] != self.signature:
            data, signature = files.read(path)
            self._cached = signature, data
        return self._cached[1]

    def _recovered(self) -> Contents[T]:
        if self.access.is_read_only:
            return self._last_good("Its last good version is shown.")
        with self.lock.held(), in_words(self.path, deed="written"):
            self._cached = None
            mended = self._sound(self.path)  # another program may have been first
            return mended or self._mended()

    def _mended(self) -> Contents[T]:
        moment, chance = time.strftime("%Y%m%dT%H%M%S"), os.urandom(2).hex()
        aside = self.path.with_name(f"{self.path.name}.damaged-{moment}-{chance}")
        kept = (
            f"Its last good version was put back; what was there is kept as {quoted(aside.name)}."
        )
        good = self._last_good(kept)
        files.duplicate(self.path, aside)
        files.replace(self.path, good.data)
        return good

    def _last_good(self, what_was_done: str) -> Contents[T]:
        good = self._sound(self._backup)
        if good is None:
            self.access.require_known_schema()
            raise DamagedFile(
                f"{quoted(self.path)} is damaged, and has no good earlier version.",
                "It is left as it is. Put back a copy of it from a backup if you have one.",
            )
        self.access.notice(f"{quoted(self.path)} was damaged or gone. {what_was_done}")
        return good
