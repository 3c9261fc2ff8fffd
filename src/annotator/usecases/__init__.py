"""Everything that users can do with the program, independent of a face.

One module for each operation: a chain of fetching, extracting, storing and so on.
A module can be imported as usual; `usecases.refresh.refresh(…)` loads it when it is used.
"""

from typing import TYPE_CHECKING

from annotator.lazy import lazy_modules

if TYPE_CHECKING:
    from annotator.usecases import (
        add,
        annotate,
        annotate_many,
        article_edits,
        articles,
        backup,
        batch_edit,
        changes,
        claim_details,
        claims,
        daily,
        doctor,
        evidence,
        evidence_branches,
        explain,
        export,
        export_collection,
        guesses,
        host_limits,
        images,
        jobs,
        links,
        open_article,
        overrides,
        places,
        quotes,
        reattach,
        refresh,
        search,
        similar,
        sources,
        speakers,
        statistics,
        tag_library,
        tags,
        trash,
        undo,
        user_commands,
    )

__all__ = [
    "add",
    "annotate",
    "annotate_many",
    "article_edits",
    "articles",
    "backup",
    "batch_edit",
    "changes",
    "claim_details",
    "claims",
    "daily",
    "doctor",
    "evidence",
    "evidence_branches",
    "explain",
    "export",
    "export_collection",
    "guesses",
    "host_limits",
    "images",
    "jobs",
    "links",
    "open_article",
    "overrides",
    "places",
    "quotes",
    "reattach",
    "refresh",
    "search",
    "similar",
    "sources",
    "speakers",
    "statistics",
    "tag_library",
    "tags",
    "trash",
    "undo",
    "user_commands",
]

__getattr__ = lazy_modules(__name__, __all__)
