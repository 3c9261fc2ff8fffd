"""Backups of a whole library in one file, loaded when one is made or restored."""

from typing import TYPE_CHECKING

from annotator.lazy import lazy_names

if TYPE_CHECKING:
    from annotator.store.backup.archive import Manifest, write
    from annotator.store.backup.restore import MergedBackup, merge_backup

__all__ = ["Manifest", "MergedBackup", "merge_backup", "write"]

__getattr__ = lazy_names(
    __name__, {"archive": "Manifest write", "restore": "MergedBackup merge_backup"}
)
