"""The library on disk: articles, their versions and their marks."""

from annotator.store.export_folder import ExportFolder, Written
from annotator.store.ids import new_id
from annotator.store.keeping import Kept
from annotator.store.library import Library
from annotator.store.positions import Position, Positions

__all__ = [
    "ExportFolder",
    "Kept",
    "Library",
    "Position",
    "Positions",
    "Written",
    "new_id",
]
