"""Why each passage of a page became a part of the article, or did not."""

import asyncio
from typing import TYPE_CHECKING

from annotator.model import PassageDecision
from annotator.store import Library
from annotator.usecases.add import read_page
from annotator.usecases.sandbox.clean import explain
from annotator.usecases.sources import Source

if TYPE_CHECKING:
    from annotator.fetch import FetchOptions


async def explain_source(
    source: Source, *, options: "FetchOptions | None" = None
) -> tuple[PassageDecision, ...]:
    """Return what cleaning decides about each passage of the page at `source`."""
    return await explain(await read_page(source, options))


async def explain_kept(library: Library, article_id: str) -> tuple[PassageDecision, ...]:
    """Return what cleaning decides about each passage of the page that an article was made from."""
    kept = library.extraction(article_id)
    page = await asyncio.to_thread(library.page, article_id, kept.article.revision)
    return await explain(page, choices=kept.choices)
