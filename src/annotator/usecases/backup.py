"""A library in one file, and back."""

from pathlib import Path

from msgspec import Struct

from annotator.store import Library
from annotator.store.backup.restore import MergedBackup, unpack


class BackedUp(Struct, frozen=True):
    """What a backup holds, and how large it is."""

    path: Path
    articles: int
    files: int
    size: int


def back_up(library: Library, target: Path) -> BackedUp:
    """Write everything that is kept into the new file `target`, and verify it.

    Raises `LibraryError` if there is such a file already, or it cannot be written.
    """
    manifest = library.maintenance.back_up(target)
    return BackedUp(target, manifest.articles, len(manifest.files), target.stat().st_size)


def restore_into(backup: Path, folder: Path) -> int:
    """Make the library of a backup in a new or empty folder; return how many articles it has.

    Raises `DamagedFile`, and writes nothing, if the backup is not whole.
    """
    return unpack(backup, folder).articles


def merge_into(library: Library, backup: Path) -> MergedBackup:
    """Put what a backup holds into a library: what is missing is added, the rest merged.

    Raises `DamagedFile`, and changes nothing, if the backup is not whole.
    """
    return library.maintenance.merge_backup(backup)
