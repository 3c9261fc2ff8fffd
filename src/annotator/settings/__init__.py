"""Where the program's files are, and what a person has set, checked once and said in words.

What is set is loaded when it is first asked for: most commands go by nothing of it.
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
