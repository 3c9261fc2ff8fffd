"""What the operating system refused, in words that a person can act on."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.errors import LibraryError, LibraryReadOnly
from annotator.model.text import clean_line
from annotator.store import files

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_WRONG_KIND = frozenset({errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.EINVAL, errno.ELOOP})


def quoted(path: Path | str) -> str:
    """Return a path as it stands in a sentence."""
    return f"“{clean_line(str(path))}”"


def explained(error: OSError, path: Path | str, *, deed: str) -> tuple[str, str]:
    """Return what happened to `path` when it was to be `deed` ("read", "written"), and a hint."""
    name = quoted(_subject(error, path))
    if error.errno in _NO_ROOM:
        return f"There is no room for {name}.", "Free some space on the disk and try again."
    if error.errno in _FORBIDDEN:
        return f"{name} may not be {deed}.", "Check who owns it and what its permissions are."
    if error.errno in _WRONG_KIND:
        hint = "Move it out of the way, or choose another place."
        return f"{name} is in the way: it is not the kind of file that belongs there.", hint
    reason = clean_line(error.strerror or str(error))
    return f"{name} could not be {deed}: {reason}.", "Check the disk that it is on."


def _subject(error: OSError, path: Path | str) -> str:
    """Return the file that was refused, unless it is one that only we know of."""
    name = error.filename if isinstance(error.filename, str) else str(path)
    return str(path) if files.is_temporary(Path(name).name) else name


@contextmanager
def in_words(path: Path | str, *, deed: str) -> Iterator[None]:
    """Turn an error of the operating system into one of the library."""
    try:
        yield
    except OSError as error:
        is_forbidden = deed != "read" and error.errno in _FORBIDDEN
        kind = LibraryReadOnly if is_forbidden else LibraryError
        raise kind(*explained(error, path, deed=deed)) from error
