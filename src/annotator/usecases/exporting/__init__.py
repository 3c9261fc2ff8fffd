"""Use cases of exports: notes, collections, digests, cited drafts, and commands of the user."""

from typing import TYPE_CHECKING

from annotator.lazy import lazy

if TYPE_CHECKING:
    from annotator.usecases.exporting import (
        books,
        digest,
        export,
        export_collection,
        note_templates,
        user_commands,
        vault,
    )

__getattr__ = lazy(__name__, __file__)
