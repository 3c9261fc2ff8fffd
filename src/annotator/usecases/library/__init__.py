"""Use cases of the library as a whole: undo, back up, check, and list what is kept."""

from typing import TYPE_CHECKING

from annotator.lazy import lazy_modules

if TYPE_CHECKING:
    from annotator.usecases.library import (
        backup,
        doctor,
        journal,
        privacy,
        undo,
    )

__all__ = [
    "backup",
    "doctor",
    "journal",
    "privacy",
    "undo",
]

__getattr__ = lazy_modules(__name__, __all__)
