"""Opening an article: read off the event loop, then shown at once."""

import asyncio
from typing import Any

from textual.app import App

from annotator.tui.desk import Desk
from annotator.usecases.opening import open_article


async def open_reader(app: App[Any], desk: Desk, article_id: str) -> None:
    """Open the reader on an article, and wait until it is left."""
    from annotator.tui.screens.reader import ReaderScreen

    opened = await asyncio.to_thread(open_article, desk.library, article_id)
    await app.push_screen_wait(ReaderScreen(desk, opened))
