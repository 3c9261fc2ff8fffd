"""Loading the details of the mark under a cursor, so that no key waits for them."""

import asyncio
from collections.abc import Callable

from annotator.store import Library, Marked
from annotator.usecases.marks.claim_details import ClaimDetails, passage_of
from annotator.usecases.marks.links import links_of

_REST = 0.1  # seconds until the links of a mark are looked up


class DetailsLoader:
    """Loads the paragraph of a mark at once, and its links when the cursor rests on it."""

    def __init__(self, library: Library, show: Callable[[ClaimDetails], None]) -> None:
        self._library = library
        self._show = show
        self._wanted: Marked | None = None
        self._shown: ClaimDetails | None = None
        self._is_old = False

    def forget(self) -> None:
        """Load the details again, even if the mark is the same: its links may have changed."""
        self._is_old = True

    async def follow(self, marked: Marked | None) -> None:
        """Show the details of a mark, unless another one is wanted before they are loaded."""
        self._wanted = marked
        is_shown = self._shown is not None and self._shown.marked == marked
        if marked is None or (is_shown and not self._is_old):
            return
        self._is_old = False
        mark = marked.annotation
        passage = await asyncio.to_thread(passage_of, self._library, mark)
        if self._wanted != marked:
            return
        is_same = self._shown is not None and self._shown.marked.annotation.id == mark.id
        links = self._shown.links if self._shown and is_same else ()  # until they are looked up
        self._shown = ClaimDetails(marked, passage, links)
        self._show(self._shown)
        await asyncio.sleep(_REST)
        if self._wanted != marked:
            return
        links = await asyncio.to_thread(links_of, self._library, mark)
        if self._wanted == marked:
            self._shown = ClaimDetails(marked, passage, links)
            self._show(self._shown)
