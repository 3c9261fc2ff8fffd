"""The library on disk: articles, their versions and their marks."""

from importlib import import_module
from typing import TYPE_CHECKING

from annotator.store.ids import new_id
from annotator.store.keeping import Kept
from annotator.store.library import Library
from annotator.store.positions import Position, Positions

if TYPE_CHECKING:
    from annotator.store.export_folder import ExportFolder, Written
    from annotator.store.index import Found, FoundArticle, FoundMark, Marked, Snippet

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

# What few programs ask for is loaded when they do.
_LATER = {
    **dict.fromkeys(("ExportFolder", "Written"), "annotator.store.export_folder"),
    **dict.fromkeys(
        ("Found", "FoundArticle", "FoundMark", "Marked", "Snippet"), "annotator.store.index"
    ),
}


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(name)
    return getattr(import_module(_LATER[name]), name)
