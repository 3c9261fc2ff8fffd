"""What a library may do to its files: whether it may write, its locks, and what it had to mend."""

import hashlib
import os
from pathlib import Path

from annotator.errors import LibraryError, LibraryReadOnly, LibraryTooNew
from annotator.store import files
from annotator.store.lock import WriteLock
from annotator.store.wording import explained, quoted


class Access:
    """The rights of one opened library. `state` is this library's part of the state folder."""

    def __init__(self, folder: Path, state: Path) -> None:
        self.folder = folder
        self.state = state / "libraries" / digest_of(folder)
        self._refusal: tuple[type[LibraryError], str, str] | None = None
        self._locks: dict[str, WriteLock] = {}
        self._notices: list[str] = []
        self._look_for_obstacles()

    @property
    def is_read_only(self) -> bool:
        """Tell whether every change will be refused."""
        return self._refusal is not None

    @property
    def why_read_only(self) -> str:
        """What every change will be refused with, in sentences; empty if none will be."""
        return f"{self._refusal[1]} {self._refusal[2]}" if self._refusal else ""

    @property
    def notices(self) -> tuple[str, ...]:
        """What was found damaged and what was done about it, in sentences."""
        return tuple(self._notices)

    def refuse(self, kind: type[LibraryError], message: str, hint: str) -> None:
        """Refuse every change from now on, in these words; the first refusal stays."""
        self._refusal = self._refusal or (kind, message, hint)

    def require_writable(self) -> None:
        """Raise what stands in the way of a change, if anything does."""
        if self._refusal:
            kind, message, hint = self._refusal
            raise kind(message, hint)

    def require_known_schema(self) -> None:
        """Raise `LibraryTooNew` if what cannot be read may be right for a later version."""
        if self._refusal and self._refusal[0] is LibraryTooNew:
            self.require_writable()

    def notice(self, sentence: str) -> None:
        """Remember what a face should tell, once."""
        if sentence not in self._notices:
            self._notices.append(sentence)

    def lock(self, name: str) -> WriteLock:
        """Return the lock of that name, the same one for every thread."""
        path = self.state / "locks" / f"{name}.lock"
        return self._locks.setdefault(name, WriteLock(path))

    def _look_for_obstacles(self) -> None:
        if not _may_write_in(self.folder):
            message = f"The library {quoted(self.folder)} may only be read."
            hint = "Check its permissions, or name another library with --library."
            self.refuse(LibraryReadOnly, message, hint)
        try:
            files.make_folder(self.state)
        except OSError as error:
            message, hint = explained(error, self.state, deed="written")
            self.refuse(LibraryReadOnly, f"{message} Without it nothing can be locked.", hint)


def _may_write_in(folder: Path) -> bool:
    is_effective = os.access in os.supports_effective_ids
    return os.access(folder, os.W_OK | os.X_OK, effective_ids=is_effective)


def digest_of(folder: Path) -> str:
    """Return a name for what the state folder holds of `folder`."""
    return hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
