"""Use cases of tags and speakers over the whole library."""

from typing import TYPE_CHECKING

from annotator.lazy import lazy

if TYPE_CHECKING:
    from annotator.usecases.tags import speakers, tag_library

__getattr__ = lazy(__name__, __file__)
