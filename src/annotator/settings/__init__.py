"""The folders of the program's files, and the user's settings, checked when they are loaded.

Names are loaded when first used: most commands need no settings.
"""

from typing import TYPE_CHECKING

from annotator.lazy import lazy_names

if TYPE_CHECKING:
    from annotator.settings.loading import load
    from annotator.settings.settings import Settings
    from annotator.settings.user_folders import (
        Folders,
        expanded,
        suggested_export_folder,
        suggested_report_folder,
    )

__all__ = [
    "Folders",
    "Settings",
    "expanded",
    "load",
    "suggested_export_folder",
    "suggested_report_folder",
]

__getattr__ = lazy_names(
    __name__,
    {
        "loading": "load",
        "settings": "Settings",
        "user_folders": "Folders expanded suggested_export_folder suggested_report_folder",
    },
)
