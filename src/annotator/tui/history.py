"""Undo and redo: of any change since the program was opened, whichever screen it was made on."""

import asyncio
from typing import Any

from textual.screen import Screen

from annotator.errors import LibraryError
from annotator.store import Library
from annotator.tui.context import AppContext
from annotator.tui.notifications import describe_step, tell
from annotator.usecases.library.undo import Step


async def take_step(screen: Screen[Any], context: AppContext, *, is_undo: bool) -> None:
    """Undo the newest step, or redo the one that was undone last, and say which it was."""
    edits = context.edits
    change = await (edits.undo() if is_undo else edits.redo())
    if change is None:
        tell(screen, f"Nothing to {'undo' if is_undo else 'redo'}.")
        return
    shown = getattr(screen, "article_id", None)
    where = await asyncio.to_thread(_title, context.library, change.step, shown)
    tell(screen, f"{'Undid' if is_undo else 'Redid'}: {describe_step(change.step, where=where)}")


def _title(library: Library, step: Step, shown: str | None) -> str:
    """Return the title of the article that a step is about, unless it is shown or named anyway."""
    if len(step.article_ids) != 1 or step.article_ids[0] == shown:
        return ""
    try:
        record = library.article(step.article_ids[0]).record()
    except LibraryError:  # it is in the bin, and the step is about that
        return ""
    title = record.title or record.url
    return "" if title == step.words else title
