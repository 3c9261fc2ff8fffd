"""The index of a library, in SQLite: fast lists and searches, derived from the articles' files."""

from typing import TYPE_CHECKING

from annotator.lazy import lazy

if TYPE_CHECKING:
    from annotator.store.index import ingest, ingest_text

__getattr__ = lazy(__name__, __file__)
