"""Atomic and durable file operations, which neither a dying program nor a power cut spoils."""

import errno
import io
import os
import stat
import time
from contextlib import suppress
from pathlib import Path

Fingerprint = tuple[int, int, int]  # inode, size in bytes, time of the last change in nanoseconds

UNKNOWN = ""  # the fingerprint, as text, of a file that must be read again
SETTLED_AFTER = 2_000_000_000  # nanoseconds; the coarsest file systems have ticks of two seconds

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
ABANDONED_AFTER = 3600  # seconds; no write takes an hour, so the program that began it has died

_PREFIX, _SUFFIX = ".annotator-", ".tmp"
_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS})


def read(path: Path, *, at_most: int = -1) -> tuple[bytes, Fingerprint]:
    """Return the contents of a regular file and its fingerprint at that time.

    Never blocks on a pipe, and never follows a symbolic link at the end of the path.
    Raises `OSError`, also for anything but a regular file.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    with io.FileIO(descriptor) as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "It is not a regular file", str(path))
        return file.read(at_most), _fingerprint(status)


def fingerprint(path: Path) -> Fingerprint | None:
    """Return a value that changes whenever the file is replaced, or None if it is missing."""
    try:
        return _fingerprint(path.stat())
    except OSError:
        return None


def settled(fingerprint: Fingerprint, now: int | None = None) -> str:
    """Return the fingerprint as text; `UNKNOWN` if the file was written only just now.

    `now` is in nanoseconds, for those who ask for thousands of files at once.
    """
    inode, size, modified = fingerprint
    is_settled = abs((now or time.time_ns()) - modified) >= SETTLED_AFTER
    return f"{inode}.{size}.{modified}" if is_settled else UNKNOWN


def replace(path: Path, data: bytes, *, mode: int = PRIVATE_FILE) -> None:
    """Write `data` to `path` atomically; when this returns, it is on the disk.

    After an error the old file is still there, unchanged.
    """
    temporary = _write_temporary(path.parent, data, mode=mode)
    try:
        if mode != PRIVATE_FILE:
            temporary.chmod(mode)  # regardless of the umask
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def overwrite(path: Path, data: bytes) -> None:
    """Write `data` into the file at `path` itself, without waiting for the disk.

    Suitable only for a second copy, since a program that dies while writing leaves
    half of it. It is several times cheaper than `replace`.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    with io.FileIO(os.open(path, flags, PRIVATE_FILE), "r+") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "It is not a regular file", str(path))
        if status.st_nlink == 1:
            _write_all(file.fileno(), data)
            file.truncate(len(data))
            return
    path.unlink()  # the file has another name, under which it must stay as it is
    overwrite(path, data)


def create(path: Path, data: bytes, *, mode: int = PRIVATE_FILE) -> None:
    """Write `data` to a new file; raises `FileExistsError` if the name is taken."""
    rename_to_new(_write_temporary(path.parent, data, mode=mode), path)


def rename_to_new(temporary: Path, path: Path) -> None:
    """Rename a temporary file to a new name; raises `FileExistsError` if the name is taken."""
    try:
        _rename_without_replacing(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(path.parent)


def duplicate(path: Path, other: Path) -> None:
    """Make `other` a copy of `path` as it is now; do nothing if `path` is missing."""
    with suppress(FileNotFoundError):
        temporary = _second_name(path)
        temporary.replace(other)
        temporary.unlink(missing_ok=True)  # left over if both were already the same file


def make_folder(path: Path) -> None:
    """Create a folder that only its owner can enter, with its parents, durably."""
    if path.is_dir():
        return
    make_folder(path.parent)
    path.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Write the names in a folder to the disk, so that they survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_leftovers(folder: Path) -> None:
    """Remove temporary files and folders that killed programs left in a folder."""
    oldest = time.time() - ABANDONED_AFTER
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if is_temporary(entry.name) and entry.stat(follow_symlinks=False).st_mtime < oldest:
                _remove(entry)


def _remove(entry: os.DirEntry[str]) -> None:
    if entry.is_dir(follow_symlinks=False):
        from shutil import rmtree  # rarely needed, and slow to load

        rmtree(entry.path, ignore_errors=True)
    else:
        Path(entry.path).unlink(missing_ok=True)


def temporary_name(folder: Path) -> Path:
    """Return a new name for a file while it is being written."""
    return folder / f"{_PREFIX}{os.urandom(8).hex()}{_SUFFIX}"


def is_temporary(name: str) -> bool:
    """Whether a name is one that `temporary_name` gives."""
    return name.startswith(_PREFIX) and name.endswith(_SUFFIX)


def _fingerprint(status: os.stat_result) -> Fingerprint:
    return status.st_ino, status.st_size, status.st_mtime_ns


def _write_temporary(folder: Path, data: bytes, *, mode: int) -> Path:
    path = temporary_name(folder)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    try:
        try:
            _write_all(descriptor, data)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _second_name(path: Path) -> Path:
    """Return a temporary second name of a file; a copy where hard links are not supported."""
    temporary = temporary_name(path.parent)
    try:
        os.link(path, temporary)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        return _write_temporary(path.parent, read(path)[0], mode=PRIVATE_FILE)
    return temporary


def _rename_without_replacing(temporary: Path, path: Path) -> None:
    try:
        os.link(temporary, path)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, "It already exists", str(path)) from error
        temporary.replace(path)
