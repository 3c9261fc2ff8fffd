"""Use cases of articles: add, open, refresh, change, and move to the bin."""

from typing import TYPE_CHECKING

from annotator.lazy import lazy

if TYPE_CHECKING:
    from annotator.usecases.articles import (
        add,
        article_edits,
        changes,
        jobs,
        lookup,
        new_files,
        page_report,
        places,
        refresh,
        retry,
        sites,
        sources,
        trash,
    )

__getattr__ = lazy(__name__, __file__)
