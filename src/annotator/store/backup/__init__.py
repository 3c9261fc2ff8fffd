"""Backups of a whole library in one file, loaded when one is made or restored."""

from typing import TYPE_CHECKING

from annotator.lazy import lazy

if TYPE_CHECKING:
    from annotator.store.backup.archive import Manifest, write
    from annotator.store.backup.restore import MergedBackup, merge_backup

__getattr__ = lazy(__name__, __file__)
