"""The library on disk: articles, their versions and their marks.

Each name is loaded when it is first asked for: what few programs want costs the others nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.store.articles.revision_policy import Kept
    from annotator.store.export_folder import ExportFolder, Written
    from annotator.store.ids import new_id
    from annotator.store.index.results import Found, FoundArticle, FoundMark, Marked, Snippet
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

_MODULES = {
    "export_folder": "ExportFolder Written",
    "ids": "new_id",
    "index.results": "Found FoundArticle FoundMark Marked Snippet",
    "articles.revision_policy": "Kept",
    "library": "Library",
    "positions": "Position Positions",
}
_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    if name not in _MODULE_OF:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
