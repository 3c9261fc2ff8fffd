"""Archives and folders: names and contents of their files, in memory and within limits."""

from collections.abc import Callable, Mapping
from typing import Protocol


class Archive(Protocol):
    """The files of an archive or a folder, by their paths with slashes."""

    @property
    def names(self) -> tuple[str, ...]:
        """The paths of its files, in the order of their names."""

    def read(self, name: str) -> bytes:
        """Return the contents of a file. Raises `ImportFailed` for one beyond the limits."""


class Folder:
    """Files on a disk, each of which is read when it is needed."""

    def __init__(self, files: Mapping[str, Callable[[], bytes]]) -> None:
        self._files = files

    @property
    def names(self) -> tuple[str, ...]:
        """The paths of its files, in the order of their names."""
        return tuple(sorted(self._files))

    def read(self, name: str) -> bytes:
        """Return the contents of a file."""
        return self._files[name]()
