"""The library on disk: articles, their versions and their marks."""

from annotator.store.export_folder import ExportFolder, Written
from annotator.store.ids import new_id
from annotator.store.index import Found, FoundArticle, FoundMark, Marked, Snippet
from annotator.store.keeping import Kept
from annotator.store.library import Library
from annotator.store.positions import Position, Positions

__all__ = [
    "ExportFolder",
    "Found",
    "FoundArticle",
    "FoundMark",
    "Kept",
    "Library",
    "Marked",
    "Position",
    "Positions",
    "Snippet",
    "Written",
    "new_id",
]
