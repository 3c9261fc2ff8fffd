"""A text file of the user's own, read and replaced with the care that their work deserves."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from annotator.errors import ExportError, InvalidInput
from annotator.store.disk import files
from annotator.store.disk.os_errors import explain, quoted

LARGEST = 10_000_000  # bytes; a long book has three million

_PERMISSIONS = 0o7777


class TextFile(Struct, frozen=True):
    """A file as it was read: links to it are followed once, and it is what is replaced."""

    path: Path
    text: str
    fingerprint: files.Fingerprint

    @classmethod
    def read(cls, path: Path) -> "TextFile":
        """Read a file in UTF-8. Raises `InvalidInput` for anything else."""
        target = Path(os.path.realpath(path))
        try:
            data, fingerprint = files.read(target, at_most=LARGEST + 1)
        except OSError as error:
            raise InvalidInput(*explain(error, path, action="read")) from error
        return cls(target, decoded(data, str(path)), fingerprint)

    def replace(self, text: str) -> None:
        """Write another text into the file, at once or not at all.

        Raises `ExportError` if the file was changed since it was read, or cannot be written.
        """
        with _explained(self.path):
            if files.fingerprint(self.path) != self.fingerprint:
                raise ExportError(
                    f"{quoted(self.path.name)} was changed by another program.",
                    "Nothing was written. Save it there, and try again.",
                )
            if not os.access(self.path, os.W_OK):
                raise ExportError(
                    f"{quoted(self.path.name)} is write-protected.",
                    "Write the output to another file: annotator cite DRAFT > FILE",
                )
            mode = self.path.stat().st_mode & _PERMISSIONS
            files.replace(self.path, text.encode(), mode=mode)


def decoded(data: bytes, name: str) -> str:
    """Return a text in UTF-8, with its line ends and mark of byte order as they are."""
    if len(data) > LARGEST:
        size = LARGEST // 1_000_000
        raise InvalidInput(f"{quoted(name)} is larger than {size} MB.", "Split it into parts.")
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise InvalidInput(
            f"{quoted(name)} is not a text in UTF-8.", "Save it as UTF-8 text, and try again."
        ) from None


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ExportError(*explain(error, path, action="written")) from error
