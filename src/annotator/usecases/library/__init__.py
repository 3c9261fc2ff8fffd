"""Use cases of the library as a whole: undo, back up, check, and list what is kept."""

from typing import TYPE_CHECKING

from annotator.lazy import lazy

if TYPE_CHECKING:
    from annotator.usecases.library import config_files, sync_folders, undo

__getattr__ = lazy(__name__, __file__)
