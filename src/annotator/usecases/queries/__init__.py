"""Use cases of queries: search, save a query, select, and count."""

from typing import TYPE_CHECKING

from annotator.lazy import lazy

if TYPE_CHECKING:
    from annotator.usecases.queries import saved_queries, selection

__getattr__ = lazy(__name__, __file__)
