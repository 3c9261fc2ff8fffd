"""Backing up a library to one file, and restoring it."""

from pathlib import Path

from msgspec import Struct

from annotator.store import Library
from annotator.store.backup import BackupProgress, MergedBackup, not_shown, unpack


class BackedUp(Struct, frozen=True):
    """A backup: its path, its contents, and its size in bytes."""

    path: Path
    articles: int
    files: int
    size: int


def back_up(library: Library, target: Path, progress: BackupProgress = not_shown) -> BackedUp:
    """Write the whole library to the new file `target`, and verify it.

    `progress` is called after each file. Raises `LibraryError` if there is such a file already,
    or it cannot be written.
    """
    manifest = library.maintenance.back_up(target, progress)
    return BackedUp(target, manifest.articles, len(manifest.files), target.stat().st_size)


def restore_into(backup: Path, folder: Path, progress: BackupProgress = not_shown) -> int:
    """Restore a backup into a new or empty folder; return the number of articles.

    Raises `DamagedFile`, and writes nothing, if the backup is incomplete.
    """
    return unpack(backup, folder, progress).articles


def merge_into(
    library: Library, backup: Path, progress: BackupProgress = not_shown
) -> MergedBackup:
    """Merge a backup into a library: missing articles are added, the others merged.

    Raises `DamagedFile`, and changes nothing, if the backup is incomplete.
    """
    return library.maintenance.merge_backup(backup, progress)
