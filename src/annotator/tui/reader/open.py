"""Opening articles in the reader, which is only imported when one is opened."""

import asyncio
from typing import TYPE_CHECKING

from annotator.tui.context import AppContext
from annotator.tui.frame.opening import ArticleRequested
from annotator.usecases.articles.open_article import OpenArticle, open_article

if TYPE_CHECKING:
    from annotator.tui.frame.opening import MarkTarget
    from annotator.tui.reader.screen import ReaderScreen


def reader(context: AppContext, article_id: str, *, mark_id: str | None = None) -> "ReaderScreen":
    """Return the reader of an article, to be the first screen of the program.

    With `mark_id` it opens at that mark.
    """
    return _screen(context, open_article(context.library, article_id), mark_id=mark_id)


async def requested_reader(context: AppContext, wanted: ArticleRequested) -> "ReaderScreen":
    """Return the reader of an article that another screen asked for."""
    opened = await asyncio.to_thread(open_article, context.library, wanted.article_id)
    reader = _screen(context, opened, target=wanted.target, mark_id=wanted.mark_id)
    reader.place = wanted.place
    return reader


def _screen(
    context: AppContext,
    opened: OpenArticle,
    *,
    target: "MarkTarget | None" = None,
    mark_id: str | None = None,
) -> "ReaderScreen":
    from annotator.tui.reader.screen import ReaderScreen  # late: the library shows no text

    if mark_id is not None:
        from annotator.tui.reader.reattach import target_of  # late: the first frame has no target

        target = target_of(opened, mark_id)
    return ReaderScreen(context, opened, target=target)
