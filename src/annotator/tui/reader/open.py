"""Opening articles in the reader, which is only imported when one is opened."""

import asyncio
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from annotator.tui.context import AppContext
from annotator.tui.workers import show_modal
from annotator.usecases.open_article import OpenArticle, open_article

if TYPE_CHECKING:
    from annotator.tui.reader.reattach import MarkTarget
    from annotator.tui.reader.screen import ReaderScreen
    from annotator.usecases.undo import UndoStack


def reader(context: AppContext, article_id: str) -> "ReaderScreen":
    """Return the reader of an article, to be the first screen of the program."""
    return _screen(context, open_article(context.library, article_id))


async def open_reader(
    screen: Screen[Any],
    context: AppContext,
    article_id: str,
    *,
    undo_stack: "UndoStack | None" = None,
    target: "MarkTarget | None" = None,
) -> None:
    """Open an article over `screen`, and wait until it is left."""
    opened = await asyncio.to_thread(open_article, context.library, article_id)
    await show_modal(screen, _screen(context, opened, undo_stack=undo_stack, target=target))


def _screen(
    context: AppContext,
    opened: OpenArticle,
    *,
    undo_stack: "UndoStack | None" = None,
    target: "MarkTarget | None" = None,
) -> "ReaderScreen":
    from annotator.tui.reader.screen import ReaderScreen  # late: the library shows no text

    return ReaderScreen(context, opened, undo_stack=undo_stack, target=target)
