"""Use cases of feeds: follow them, ask for what is new, and read the inbox."""

from typing import TYPE_CHECKING

from annotator.lazy import lazy

if TYPE_CHECKING:
    from annotator.usecases.feeds import inbox, sync

__getattr__ = lazy(__name__, __file__)
