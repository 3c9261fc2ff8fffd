"""What is typed to narrow a list of articles: the query language, and titles while one types."""

import asyncio
import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from annotator.errors import InvalidQuery, LibraryError
from annotator.model import ArticleRecord
from annotator.model.query import EVERYTHING, Every, Field, Query, Words, leaves
from annotator.store import Library

_LAST_WORD = re.compile(r'(?:^|[\s(-])(?!or$)[^\s()":#*-][^\s()":*]*$', re.IGNORECASE)
_ARCHIVED = Field("is", "archived")


class ArticleFilter(Struct, frozen=True):
    """What was typed, the query that it says, and the articles that the library found for it.

    What is only half typed says nothing yet: the query is what stands before
    it, with a `hint` at how it goes on.
    """

    text: str = ""
    query: Query = EVERYTHING
    found: frozenset[str] = frozenset()
    is_answered: bool = True
    hint: str = ""

    def typed(self, text: str) -> "ArticleFilter":
        """Return the filter once `text` is typed; what was found stays until there is an answer."""
        text = text.strip("\n")
        if not text.strip():
            return ArticleFilter()
        try:
            query = _parsed(text)
        except InvalidQuery as error:
            before = self.typed(_without_last(text))
            return replace(before, text=text, hint=error.hint or error.message)
        is_answered = self.is_answered and query == self.query
        return replace(self, text=text, query=query, is_answered=is_answered, hint="")

    def answered(self, found: Iterable[str], hint: str = "") -> "ArticleFilter":
        """Return the filter with what the library found."""
        return replace(self, found=frozenset(found), is_answered=True, hint=hint or self.hint)

    @property
    def wants_archived(self) -> bool:
        """Whether it asks for articles that a list does not show otherwise."""
        return _ARCHIVED in leaves(self.query)

    def fits(self, record: ArticleRecord) -> bool:
        """Tell whether an article is meant, as far as is known."""
        if self.query == EVERYTHING or record.id in self.found:
            return True
        words = _plain_words(self.query)
        return bool(words) and all(word in _said(record) for word in words)


def _without_last(text: str) -> str:
    before = text.rstrip().rpartition(" ")[0]
    return f"{before} " if before else ""


def _parsed(text: str) -> Query:
    """Return the query of what is typed, its last word as the beginning of one."""
    from annotator.model.query_parser import parse

    is_in_quotes = text.count('"') % 2 == 1
    is_begun = not is_in_quotes and _LAST_WORD.search(text) is not None
    return parse(f"{text}*" if is_begun else text)


@lru_cache(maxsize=16)  # each article is asked the same
def _plain_words(query: Query) -> tuple[str, ...]:
    """Return the words of a query that consists of nothing else."""
    parts = query.parts if isinstance(query, Every) else (query,)
    words = tuple(part.text.casefold() for part in parts if isinstance(part, Words))
    return words if len(words) == len(parts) else ()


@lru_cache(maxsize=20_000)  # each letter of a filter asks for all of them
def _said(record: ArticleRecord) -> str:
    tags = (f"#{tag}" for tag in record.tags)
    said = " ".join((record.title, *record.byline, record.site_name, record.url, *tags))
    return said.casefold()


Answered = Callable[[Query, Iterable[str], str], None]


class ArticleSearch:
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
