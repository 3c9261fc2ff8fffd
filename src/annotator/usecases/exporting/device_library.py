"""The library as e-readers ask for it: feeds of OPDS, entries of wallabag, and books."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Final

from annotator.errors import AnnotatorError, NotInLibrary
from annotator.export.html.epub import write_xml
from annotator.importing.conversion import FAVOURITE
from annotator.model import ArticleRecord, ReadState, tags
from annotator.model.identity import is_web_address
from annotator.model.query import Field, every
from annotator.model.query_parser import parse
from annotator.settings import Settings
from annotator.store import Library
from annotator.usecases.articles.article_edits import (
    BinMove,
    RecordEdit,
    move_to_bin,
    retag,
    set_state_of,
)
from annotator.usecases.articles.lookup import articles, find_article
from annotator.usecases.exporting.books import book_name, book_of
from annotator.usecases.exporting.export_collection import CollectionOptions

ROWS: Final = 50  # of a feed, on a page
DONE: Final = frozenset({"read", "archived"})  # what wallabag calls archived
_DIGITS: Final = 11  # of an id, as a number that Lua writes without an exponent


def number_of(article_id: str) -> int:
    """Return the number of an article, which stays the same."""
    return int(article_id[:_DIGITS], 16)


class DeviceLibrary:
    """Reads a library for devices, and makes their changes by the steps that commands make."""

    def __init__(
        self,
        library: Library,
        settings: Settings,
        remember: Callable[[RecordEdit | BinMove], None],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._library, self._remember, self._now = library, remember, now
        self._options = CollectionOptions.of_user(settings)

    def feed(self, path: str, words: str = "", number: int = 1) -> str:
        """Return the feed at a path below `/opds`. Raises `NotInLibrary` if there is none."""
        kind, _, name = path.strip("/").partition("/")
        wanted = {"unread": "is:unread", "search": words}.get(kind, "")
        query = Field("tag", name) if kind == "tag" else parse(wanted)
        if kind not in {"", "all", "unread", "search", "tag"} or bool(name) != (kind == "tag"):
            raise NotInLibrary("This feed does not exist.", "/opds names all of them.")
        records = articles(self._library, query)
        names = {tags.key(tag): tag for record in records for tag in record.tags}
        values = {
            "path": path.strip("/"),
            "words": words,
            "title": name or kind.capitalize() or "annotator",
            "number": number,
            "pages": max(1, -(-len(records) // ROWS)) if kind else 1,
            "records": records[(number - 1) * ROWS : number * ROWS] if kind else (),
            "tags": [names[key] for key in sorted(names)],
        }
        return write_xml("opds.xml", values)

    def book(self, source: int | str) -> tuple[str, bytes]:
        """Return the name and the bytes of the book of an article, by its number or its id."""
        record = self._record(source)
        return book_name(record), book_of(self._library, record.id, self._options)

    def entries(self, asked: Mapping[str, str]) -> Mapping[str, object]:
        """Return a page of entries. Raises `NotInLibrary` past the last one."""
        names = filter(None, asked.get("tags", "").split(","))
        records = [
            record
            for record in articles(self._library, every(*(Field("tag", name) for name in names)))
            if asked.get("archive", "") in {"", str(int(record.state in DONE))}
            if asked.get("starred", "") in {"", "0", str(int(FAVOURITE in record.tags))}
        ]
        limit = min(max(1, whole(asked.get("perPage", ""), 30)), 4 * ROWS)
        page, pages = whole(asked.get("page", ""), 1), max(1, -(-len(records) // limit))
        if not 0 < page <= pages:
            raise NotInLibrary("This page does not exist.", f"The last one is {pages}.")
        shown = [entry_of(record) for record in records[(page - 1) * limit : page * limit]]
        counts = {"page": page, "pages": pages, "limit": limit, "total": len(records)}
        return {**counts, "_embedded": {"items": shown}}

    def change(self, number: int, given: Mapping[str, object]) -> Mapping[str, object]:
        """Change what is given: `archive`, `starred`, and `tags` to add; return the entry."""
        record = self._record(number)
        library, now, is_done = self._library, self._now(), _is_true(given.get("archive"))
        if "archive" in given and is_done != (record.state in DONE):
            state: ReadState = "read" if is_done else "unread"
            self._remember(set_state_of(library, [record], state, now=now))
        add = tags.normalise_all(filter(None, str(given.get("tags") or "").split(",")))
        star = [FAVOURITE] if "starred" in given else []
        add, remove = ((*add, *star), []) if _is_true(given.get("starred")) else (add, star)
        self._remember(retag(library, [record], add=add, remove=remove, now=now))
        return entry_of(self._record(number))

    def remove(self, number: int) -> Mapping[str, object]:
        """Move an article to the bin; return what its entry was."""
        record = self._record(number)
        self._remember(move_to_bin(self._library, [record]))
        return entry_of(record)

    def _record(self, source: int | str) -> ArticleRecord:
        name = source if isinstance(source, str) else f"{source:0{_DIGITS}x}"
        try:
            return self._library.article(find_article(self._library, name)).record()
        except AnnotatorError as error:
            raise NotInLibrary("This entry does not exist.", "It may be in the bin.") from error


def entry_of(record: ArticleRecord) -> Mapping[str, object]:
    """Return an article as an entry of wallabag."""
    url = record.url if is_web_address(record.url) else ""
    return {
        "id": number_of(record.id),
        "url": url,
        "title": record.title or url or "Untitled",
        "tags": [{"id": at, "label": tag, "slug": tag} for at, tag in enumerate(record.tags, 1)],
        "is_archived": int(record.state in DONE),
        "is_starred": int(FAVOURITE in record.tags),
        "mimetype": "text/html",
        "created_at": record.added.isoformat(timespec="seconds"),
        "updated_at": record.modified.isoformat(timespec="seconds"),
    }


def whole(text: str, usual: int) -> int:
    """Return the number that a text is, else the usual one."""
    return int(text[:9]) if text.isascii() and text.isdecimal() else usual


def _is_true(value: object) -> bool:
    return str(value).casefold() in {"1", "true"}
