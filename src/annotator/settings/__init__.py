"""The folders of the program's files, and the user's settings, checked when they are loaded.

Names are loaded when first used: most commands need no settings.
"""

from typing import TYPE_CHECKING

from annotator.lazy import lazy

if TYPE_CHECKING:
    from annotator.settings import readers, writing
    from annotator.settings.author import author_name
    from annotator.settings.loading import load
    from annotator.settings.settings import Settings
    from annotator.settings.user_folders import (
        Folders,
        expanded,
        suggested_export_folder,
        suggested_report_folder,
    )

__getattr__ = lazy(__name__, __file__)
