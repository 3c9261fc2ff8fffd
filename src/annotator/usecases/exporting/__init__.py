"""Use cases of exports: notes, collections, digests, cited drafts, and commands of the user."""

from typing import TYPE_CHECKING

from annotator.lazy import lazy_modules

if TYPE_CHECKING:
    from annotator.usecases.exporting import (
        digest,
        export,
        export_collection,
        note_templates,
        report,
        user_commands,
        vault,
    )

__all__ = [
    "digest",
    "export",
    "export_collection",
    "note_templates",
    "report",
    "user_commands",
    "vault",
]

__getattr__ = lazy_modules(__name__, __all__)
