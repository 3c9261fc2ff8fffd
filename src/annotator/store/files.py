"""Files that are there whole or not at all, and stay after a power cut."""

import errno
import io
import os
import stat
import time
from contextlib import suppress
from pathlib import Path

Signature = tuple[int, int, int]

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
FORGOTTEN_AFTER = 3600  # seconds; no write takes an hour, so its temporary file is a dead program's

_PREFIX, _SUFFIX = ".annotator-", ".tmp"
_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS})


def read(path: Path, *, at_most: int = -1) -> tuple[bytes, Signature]:
    """Return what a plain file holds, and its signature at that time.

    Never waits on a pipe, and never follows a symbolic link at the end of the path.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    with io.FileIO(descriptor) as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "It is not a plain file", str(path))
        return file.read(at_most), _signature(status)


def signature(path: Path) -> Signature | None:
    """Return what changes whenever a file is replaced; nothing if none can be seen."""
    try:
        return _signature(path.stat())
    except OSError:
        return None


def replace(path: Path, data: bytes, *, mode: int = PRIVATE_FILE) -> None:
    """Put `data` at `path` whole or not at all, for good once this returns.

    On an error nothing has changed.
    """
    temporary = _write_temporary(path.parent, data, mode=mode)
    try:
        if mode != PRIVATE_FILE:
            temporary.chmod(mode)  # whatever the umask
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def overwrite(path: Path, data: bytes) -> None:
    """Put `data` into the file at `path` itself, not for good yet.

    Only for a second copy: a program that dies meanwhile leaves half of it. It is
    several times cheaper than `replace`, for nothing waits for the disk.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    with io.FileIO(os.open(path, flags, PRIVATE_FILE), "r+") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "It is not a plain file", str(path))
        if status.st_nlink == 1:
            _write_all(file.fileno(), data)
            file.truncate(len(data))
            return
    path.unlink()  # the file has another name, under which it is to stay as it is
    overwrite(path, data)


def create(path: Path, data: bytes, *, mode: int = PRIVATE_FILE) -> None:
    """Put `data` at `path` if nothing has that name; raises `FileExistsError` otherwise."""
    rename_to_new(_write_temporary(path.parent, data, mode=mode), path)


def rename_to_new(temporary: Path, path: Path) -> None:
    """Give a written file its name if nothing has it; raises `FileExistsError` otherwise."""
    try:
        _put_beside_none(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(path.parent)


def duplicate(path: Path, other: Path) -> None:
    """Let `other` hold what `path` holds now; a missing `path` is let be."""
    with suppress(FileNotFoundError):
        temporary = _second_name(path)
        temporary.replace(other)
        temporary.unlink(missing_ok=True)  # a rename between two names of one file does nothing


def make_folder(path: Path) -> None:
    """Make a folder that only its owner may enter, and those above it, for good."""
    if path.is_dir():
        return
    make_folder(path.parent)
    path.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Make the names in a folder outlast a power cut."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sweep(folder: Path) -> None:
    """Remove the temporary files and folders that programs which were killed left in a folder."""
    oldest = time.time() - FORGOTTEN_AFTER
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if is_temporary(entry.name) and entry.stat(follow_symlinks=False).st_mtime < oldest:
                _remove(entry)


def _remove(entry: os.DirEntry[str]) -> None:
    if entry.is_dir(follow_symlinks=False):
        from shutil import rmtree  # which only a folder that was left needs

        rmtree(entry.path, ignore_errors=True)
    else:
        Path(entry.path).unlink(missing_ok=True)


def temporary_name(folder: Path) -> Path:
    """Return a name for a file that is only just being written."""
    return folder / f"{_PREFIX}{os.urandom(8).hex()}{_SUFFIX}"


def is_temporary(name: str) -> bool:
    """Tell whether a file is one that is only just being written."""
    return name.startswith(_PREFIX) and name.endswith(_SUFFIX)


def _signature(status: os.stat_result) -> Signature:
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
    temporary = temporary_name(path.parent)
    try:
        os.link(path, temporary)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        return _write_temporary(path.parent, read(path)[0], mode=PRIVATE_FILE)
    return temporary


def _put_beside_none(temporary: Path, path: Path) -> None:
    try:
        os.link(temporary, path)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, "It is there already", str(path)) from error
        temporary.replace(path)
