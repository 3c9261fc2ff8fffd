"""Errors of the operating system as sentences that say what happened and what to do."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.errors import AnnotatorError, LibraryError, LibraryReadOnly
from annotator.model.text import clean_line
from annotator.store.disk import files

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_WRONG_KIND = frozenset({errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.EINVAL, errno.ELOOP})


def quoted(path: Path | str) -> str:
    """Return a path in quotation marks, safe to print."""
    return f"“{clean_line(str(path))}”"


def explain(error: OSError, path: Path | str, *, action: str) -> tuple[str, str]:
    """Return a message and a hint for an error; `action` is a participle such as "read"."""
    name = quoted(_subject(error, path))
    if error.errno in _NO_ROOM:
        return f"Not enough disk space for {name}.", "Free some space on the disk and try again."
    if error.errno == errno.ENOENT:
        return _missing(Path(_subject(error, path)), action)
    if error.errno == errno.EROFS:
        return f"{name} may not be {action}: its disk is read-only.", "Check the disk."
    if error.errno in _FORBIDDEN:
        return f"{name} may not be {action}.", "Check its owner and its permissions."
    if error.errno in _WRONG_KIND:
        hint = "Move it out of the way, or choose another place."
        return f"{name} is in the way: it is not the kind of file that belongs there.", hint
    reason = clean_line(error.strerror or str(error))
    return f"{name} could not be {action}: {reason}.", "Check the disk that it is on."


def _missing(path: Path, action: str) -> tuple[str, str]:
    if action != "read" and path.parent.is_dir():  # such as /proc, which takes no files
        return f"{quoted(path)} could not be {action}.", "Choose another folder."
    kind, missing = ("file", path) if action == "read" else ("folder", path.parent)
    return f"No such {kind}: {clean_line(str(missing))}.", "Check the path."


@contextmanager
def explained(
    path: Path | str, *, action: str, kind: type[AnnotatorError] | None = None
) -> Iterator[None]:
    """Turn an `OSError` into an error of this kind.

    Without one, that is `LibraryReadOnly` if writing is forbidden, otherwise `LibraryError`.
    """
    try:
        yield
    except OSError as error:
        is_forbidden = action != "read" and error.errno in _FORBIDDEN
        kind = kind or (LibraryReadOnly if is_forbidden else LibraryError)
        raise kind(*explain(error, path, action=action)) from error


def _subject(error: OSError, path: Path | str) -> str:
    """Return the file that the error is about, unless the user has never heard of it."""
    name = error.filename if isinstance(error.filename, str) else str(path)
    return str(path) if files.is_temporary(Path(name).name) else name
