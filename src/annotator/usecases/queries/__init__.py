"""Use cases of queries: search, save a query, select, and count."""

from typing import TYPE_CHECKING

from annotator.lazy import lazy_modules

if TYPE_CHECKING:
    from annotator.usecases.queries import (
        saved_queries,
        search,
        selection,
    )

__all__ = [
    "saved_queries",
    "search",
    "selection",
]

__getattr__ = lazy_modules(__name__, __all__)
