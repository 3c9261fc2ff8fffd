"""The folders of the program's files, and the user's settings, checked when they are loaded.

Names are loaded when first used: most commands need no settings.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.settings.loading import load
    from annotator.settings.settings import Settings
    from annotator.settings.user_folders import Folders, expanded

__all__ = ["Folders", "Settings", "expanded", "load"]

_MODULE_OF = {
    "Folders": "user_folders",
    "Settings": "settings",
    "expanded": "user_folders",
    "load": "loading",
}


def __getattr__(name: str) -> object:
    if name not in _MODULE_OF:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
