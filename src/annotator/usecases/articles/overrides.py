"""The reader's choices about passages: to put them back into an article, or take them out.

Each choice makes a revision of its own, extracted from the saved page. It stays
in effect however often the article is fetched or cleaned again.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from itertools import count, islice

from msgspec.structs import replace

from annotator.errors import DamagedFile, InvalidInput, NotInLibrary
from annotator.model import NO_OVERRIDES, Article, Extraction, Original, Overrides, Removal
from annotator.model.overrides import name_of, numbered
from annotator.store import Library
from annotator.usecases.articles.article_edits import RevisionSwitch
from annotator.usecases.articles.sites import site_lines
from annotator.usecases.sandbox.clean import clean


async def put_back(
    library: Library, article_id: str, removals: Sequence[Removal], *, now: datetime
) -> RevisionSwitch:
    """Make removed passages part of the article again; return the step, which can be undone."""
    saved = await asyncio.to_thread(library.article(article_id).extraction)
    step = RevisionSwitch(
        "Restore passage" if len(removals) == 1 else "Restore box",
        article_id,
        saved.article.revision,
        "",
        removals[0].text,
        len(removals),
        f"{len(removals):,} passages",
    )
    made = await asyncio.to_thread(overrides_of, library, article_id)
    names = [name for removal in removals for name in removal.passages]
    return await _apply(library, made.keeping(names), step, now=now)


def place_of_restored(article: Article, removal: Removal) -> int:
    """Return the offset in the article at which a passage that was restored begins."""
    start = removal.text.partition("\n")[0]
    near = [
        (abs(index - removal.before), index)
        for index, block in enumerate(article.blocks)
        if block.text.startswith(start)
    ]
    last = len(article.blocks) - 1
    return article.starts[min(near)[1] if near else min(removal.before, last)] if last >= 0 else 0


async def take_out(
    library: Library, article_id: str, block: int, *, revision: str = "", now: datetime
) -> RevisionSwitch:
    """Remove a block from the article; return the step, which can be undone.

    `block` is its index in `revision`, which may be older than the current one by now.
    """
    saved = await asyncio.to_thread(library.article(article_id).extraction)
    shown = await asyncio.to_thread(library.article(article_id).extraction, revision)
    words = shown.article.blocks[block].text
    step = RevisionSwitch("Remove paragraph", article_id, saved.article.revision, "", words)
    made = await asyncio.to_thread(overrides_of, library, article_id)
    return await _apply(library, made.removing((_name(shown, block),)), step, now=now)


def overrides_of(library: Library, article_id: str) -> Overrides:
    """Return the choices made for an article, on any machine; none if it is missing or damaged."""
    with suppress(NotInLibrary, DamagedFile):
        choices = library.article(article_id).record().choices
        return library.article(article_id).extraction().choices if choices is None else choices
    return NO_OVERRIDES


async def _apply(
    library: Library, overrides: Overrides, step: RevisionSwitch, *, now: datetime
) -> RevisionSwitch:
    """Store the revision that these choices make, and return the step that leads to it."""
    record = await asyncio.to_thread(library.article(step.article_id).record)
    page = await asyncio.to_thread(library.article(record.id).page, step.before)
    repeated = await asyncio.to_thread(site_lines, library, page.url, record.id)
    made = await clean(page, choices=overrides, repeated=repeated)
    made = replace(made, article=replace(made.article, id=record.id, url=record.url))
    step = replace(step, after=made.article.revision)
    if step.is_empty:
        raise InvalidInput("The saved page does not have this passage in this form.")
    await asyncio.to_thread(_store, library, made, page, step, now=now)
    return step


def _store(
    library: Library, made: Extraction, page: Original, step: RevisionSwitch, *, now: datetime
) -> None:
    stored = library.store(made, page, now=now)  # which may leave the previous one current
    replace(step, before=stored.record.revision).redo(library, now=now)


def _name(saved: Extraction, index: int) -> str:
    """Return the name of a block, which counts removed passages with the same words too."""
    removed = {name for removal in saved.removals for name in removal.passages}
    words, number = list(numbered(saved.article.blocks[: index + 1]))[index]
    free = (name for n in count(1) if (name := name_of(words, n)) not in removed)
    return next(islice(free, number - 1, None))
