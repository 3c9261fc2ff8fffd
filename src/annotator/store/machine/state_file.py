"""Small JSON files in the state folder of a library: values of the machine that may be lost."""

from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from annotator.codec import decode, encode
from annotator.store.access import WriteLock
from annotator.store.disk import files
from annotator.store.disk.os_errors import explained

T = TypeVar("T")


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
