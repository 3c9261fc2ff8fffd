"""Finding articles while one types: one question at a time, and only the last needs an answer."""

import asyncio
from collections.abc import Callable, Iterable

from annotator.errors import LibraryError
from annotator.model.query import Query
from annotator.store import Library

Answered = Callable[[Query, Iterable[str], str], None]


class Finding:
    """Asks the library in a thread. `answered` hears what fits, or why nobody can tell."""

    def __init__(self, library: Library, answered: Answered) -> None:
        self._library = library
        self._answered = answered
        self._wanted: Query | None = None
        self._is_asking = False

    async def ask(self, query: Query) -> None:
        """Ask for articles; what was asked before and waits for its turn is dropped."""
        self._wanted = query
        if self._is_asking:
            return
        self._is_asking = True
        try:
            await self._ask_until_answered()
        finally:
            self._is_asking = False

    async def _ask_until_answered(self) -> None:
        while (query := self._wanted) is not None:
            self._wanted = None
            found, problem = await asyncio.to_thread(self._found, query)
            if self._wanted is None:
                self._answered(query, found, problem)

    def _found(self, query: Query) -> tuple[Iterable[str], str]:
        try:
            return [record.id for record in self._library.find_articles(query)], ""
        except LibraryError as error:  # there is no index; titles are looked through all the same
            return (), error.message
