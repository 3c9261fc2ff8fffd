"""Passages that a reader puts back into an article, or takes out of it, for good.

Each choice makes a version of its own, cleaned from the page that is kept; it
holds however often the article is cleaned or asked for anew.
"""

import asyncio
from contextlib import suppress
from datetime import datetime
from itertools import count, islice

from msgspec.structs import replace

from annotator.errors import DamagedFile, InvalidInput, NotInLibrary
from annotator.model import NO_OVERRIDES, Extraction, Overrides, Page, Removal
from annotator.model.overrides import name_of, numbered
from annotator.store import Library
from annotator.usecases.undo import RevisionSwitch


async def put_back(
    library: Library, article_id: str, removal: Removal, *, now: datetime
) -> RevisionSwitch:
    """Make what cleaning took away a part of the article again."""
    kept = await asyncio.to_thread(library.extraction, article_id)
    choice = RevisionSwitch("Restore passage", article_id, kept.article.revision, "", removal.text)
    return await _choose(library, kept.choices.keeping(removal.passages), choice, now=now)


async def take_out(
    library: Library, article_id: str, block: int, *, now: datetime
) -> RevisionSwitch:
    """Take a block out of the article, as if cleaning had."""
    kept = await asyncio.to_thread(library.extraction, article_id)
    words = kept.article.blocks[block].text
    choice = RevisionSwitch("Remove paragraph", article_id, kept.article.revision, "", words)
    return await _choose(library, kept.choices.removing((_name(kept, block),)), choice, now=now)


def choices_for(library: Library, article_id: str) -> Overrides:
    """Return what was chosen of the passages of an article; nothing if it cannot be told."""
    with suppress(NotInLibrary, DamagedFile):
        return library.extraction(article_id).choices
    return NO_OVERRIDES


async def _choose(
    library: Library, choices: Overrides, choice: RevisionSwitch, *, now: datetime
) -> RevisionSwitch:
    """Keep the version that is made by these choices, and return the step that leads to it."""
    from annotator.usecases.sandbox.clean import clean

    record = await asyncio.to_thread(library.record, choice.article_id)
    page = await asyncio.to_thread(library.page, record.id, choice.before)
    made = await clean(page, choices=choices)
    made = replace(made, article=replace(made.article, id=record.id, url=record.url))
    choice = replace(choice, after=made.article.revision)
    if choice.is_empty:
        raise InvalidInput("The page that is kept does not hold this passage as it is here.")
    await asyncio.to_thread(_keep, library, made, page, choice, now=now)
    return choice


def _keep(
    library: Library, made: Extraction, page: Page, choice: RevisionSwitch, *, now: datetime
) -> None:
    kept = library.store(made, page, now=now)  # which may find it worse than what was
    replace(choice, before=kept.record.revision).redo(library, now=now)


def _name(kept: Extraction, index: int) -> str:
    """Return the name of a block: of passages with the same words, some may have been removed."""
    removed = {name for removal in kept.removals for name in removal.passages}
    words, number = list(numbered(kept.article.blocks[: index + 1]))[index]
    free = (name for n in count(1) if (name := name_of(words, n)) not in removed)
    return next(islice(free, number - 1, None))
