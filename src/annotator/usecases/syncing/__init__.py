"""Use cases of bringing a library together with its copies on other machines."""

from typing import TYPE_CHECKING

from annotator.lazy import lazy

if TYPE_CHECKING:
    from annotator.usecases.syncing import sync

__getattr__ = lazy(__name__, __file__)
