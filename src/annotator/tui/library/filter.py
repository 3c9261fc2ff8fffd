"""The filter of the library: a query that matches titles at once, and the index soon after."""

import asyncio
from collections.abc import Callable, Iterable
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from annotator.errors import LibraryError
from annotator.model import ArticleRecord
from annotator.model.query import EVERYTHING, Every, Field, Query, Words, leaves
from annotator.store import Library, questions
from annotator.tui.lists.rows import hashed
from annotator.tui.widgets.typed_query import read_typed

_ARCHIVED = Field("is", "archived")
QUERIES = (  # offered first, since every library has their articles
    ("Unread articles", "is:unread"),
    ("Added in the last 7 days", "added:week"),
    ("Articles with marks", "has:mark"),
    ("Articles with disputed claims", "status:disputed"),
    ("Articles of which a part is missing", "is:partial"),
    ("Archived articles", "is:archived"),
)


class ArticleFilter(Struct, frozen=True):
    """The text that was typed, its query, and the ids of the articles found for it.

    An unfinished part such as `tag:` is not in the query; `hint` shows how to
    complete it.
    """

    text: str = ""
    query: Query = EVERYTHING
    found: frozenset[str] = frozenset()
    is_answered: bool = True
    hint: str = ""

    def typed(self, text: str) -> "ArticleFilter":
        """Return the filter for a new text, with the old results until there are new ones."""
        text = text.strip("\n")
        if not text.strip():
            return ArticleFilter()
        query, error = read_typed(text)
        hint = error.hint or error.message if error else ""
        is_answered = query == EVERYTHING or (self.is_answered and query == self.query)
        return replace(self, text=text, query=query, is_answered=is_answered, hint=hint)

    def answered(self, ids: Iterable[str], hint: str = "") -> "ArticleFilter":
        """Return the filter with the ids that the library found."""
        return replace(self, found=frozenset(ids), is_answered=True, hint=hint or self.hint)

    @property
    def words(self) -> tuple[str, ...]:
        """The words that it looks for in texts, without those that articles must not have."""
        wanted = leaves(self.query, with_excluded=False)
        return tuple(leaf.text for leaf in wanted if isinstance(leaf, Words))

    @property
    def wants_archived(self) -> bool:
        """Whether it asks for archived articles, which are hidden otherwise."""
        return _ARCHIVED in leaves(self.query)

    def matches(self, record: ArticleRecord) -> bool:
        """Return whether an article matches, as far as is known."""
        if self.query == EVERYTHING or record.id in self.found:
            return True
        words = _plain_words(self.query)
        return bool(words) and all(word in _searched_text(record) for word in words)


@lru_cache(maxsize=16)  # asked for each article
def _plain_words(query: Query) -> tuple[str, ...]:
    """Return the words of a query that consists of words only; otherwise nothing."""
    parts = query.parts if isinstance(query, Every) else (query,)
    words = tuple(part.text.casefold() for part in parts if isinstance(part, Words))
    return words if len(words) == len(parts) else ()


@lru_cache(maxsize=20_000)  # each typed letter asks for all of them
def _searched_text(record: ArticleRecord) -> str:
    facts = (record.title, *record.byline, record.site_name, record.url, hashed(record.tags))
    return " ".join(facts).casefold()


Answered = Callable[[Query, Iterable[str], str], None]


class ArticleSearch:
    """Searches the library in a thread.

    `answered` is called with the query, the ids found, and an error message or "".
    """

    def __init__(self, library: Library, answered: Answered) -> None:
        self._library = library
        self._answered = answered
        self._wanted: Query | None = None
        self._is_asking = False

    async def ask(self, query: Query) -> None:
        """Search for articles. A query that still waits for its turn is dropped."""
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
            ids, problem = await asyncio.to_thread(self._found, query)
            if self._wanted is None:
                self._answered(query, ids, problem)

    def _found(self, query: Query) -> tuple[Iterable[str], str]:
        try:
            records = self._library.ask(questions.articles.find_articles(query))
            return [record.id for record in records], ""
        except LibraryError as error:  # without an index, titles are still searched
            return (), error.message
