"""Whose the files of a library are: its owner's alone."""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from annotator.store import files


def make_private(folder: Path) -> None:
    """Take from everybody but the owner what they may do with a folder and all that is in it."""
    for path, status in everything(folder):
        if is_amiss(status):
            path.chmod(_right(status))


def is_amiss(status: os.stat_result) -> bool:
    """Tell whether a file or folder of ours may be used by others, or not by its owner."""
    is_ours = status.st_uid == os.geteuid()
    is_plain = stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)
    return is_ours and is_plain and stat.S_IMODE(status.st_mode) != _right(status)


def everything(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """Yield a folder and all that is in it, each before what is below it; no link is followed."""
    with suppress(FileNotFoundError):  # another program may take it away meanwhile
        status = folder.lstat()
        yield folder, status
        if stat.S_ISDIR(status.st_mode):
            for path in sorted(folder.iterdir()):
                yield from everything(path)


def _right(status: os.stat_result) -> int:
    return files.PRIVATE_FOLDER if stat.S_ISDIR(status.st_mode) else files.PRIVATE_FILE
