"""The reasons why each passage of a page is part of the article or not."""

import asyncio

from annotator.fetch import FetchOptions
from annotator.model import PassageDecision
from annotator.store import Library
from annotator.usecases.articles.add import read_page
from annotator.usecases.articles.site_lines import site_lines
from annotator.usecases.articles.sources import Source
from annotator.usecases.sandbox.clean import explain


async def explain_source(
    source: Source, *, options: FetchOptions | None = None
) -> tuple[PassageDecision, ...]:
    """Return the decision about each passage of the page at `source`."""
    return await explain(await read_page(source, options))


async def explain_saved(library: Library, article_id: str) -> tuple[PassageDecision, ...]:
    """Return the decision about each passage of an article's saved page."""
    saved = library.article(article_id).extraction()
    page = await asyncio.to_thread(library.article(article_id).page, saved.article.revision)
    repeated = await asyncio.to_thread(site_lines, library, page.url, article_id)
    return await explain(page, choices=saved.choices, repeated=repeated)
