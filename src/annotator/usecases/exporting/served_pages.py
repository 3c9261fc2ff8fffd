"""The library as pages for a browser that only reads: the export to HTML, a page at a time."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from msgspec import Struct

from annotator.errors import InvalidQuery, NotInLibrary
from annotator.export.collection import Collection, Depth
from annotator.export.exporters import Exporter
from annotator.export.html import html_served as served
from annotator.model.query import Field, Query, every
from annotator.model.query_parser import parse
from annotator.settings import Settings
from annotator.store import TAG_COLOURS, Library, questions
from annotator.usecases.articles.lookup import articles, mark_address
from annotator.usecases.exporting.export_collection import CollectionExport, CollectionOptions
from annotator.usecases.marks.claims import list_marks, load_marks

STYLE = served.STYLE
ROWS = 50  # of a list, on a page

_LISTS = {"/": "article", "/claims": "claim"}  # and what is in them


class ServedList(Struct):
    """A list of articles or claims at one of its pages, with the `problem` of its query if any."""

    path: str
    unit: str
    query: str
    number: int
    total: int = 0
    pages: int = 1
    problem: str = ""

    def part(self, total: int) -> slice:
        """Return the rows of the page that is shown, of so many."""
        self.total, self.pages = total, max(1, -(-total // ROWS))
        self.number = min(max(1, self.number), self.pages)
        return slice((self.number - 1) * ROWS, self.number * ROWS)


def message_page(sentence: str) -> str:
    """Return a page with a sentence that says what is wrong."""
    return served.write_served("message.html", title="Not here", sentence=sentence)


class ServedPages:
    """Writes the pages of a library, and never changes what is in it."""

    def __init__(self, library: Library, settings: Settings) -> None:
        self._library, self._settings = library, settings

    def page(self, path: str, query: str = "", number: int = 1) -> str:
        """Return the page at a path: of a list the one with that number, narrowed by a query.

        Raises `NotInLibrary` for a path of no page.
        """
        if path in _LISTS:
            return self._list(ServedList(path, _LISTS[path], query, number))
        if path == STYLE:
            colours = self._library.catalog.values(TAG_COLOURS)
            kinds = self._settings.kinds
            return served.write_style(Collection(articles=(), kinds=kinds, tag_colours=colours))
        article_id = path.removeprefix(served.ARTICLE)
        if article_id == path or not article_id.isalnum():
            raise NotInLibrary("This page does not exist.", "The library lists all articles.")
        self._library.article(article_id).record()  # raises if the library does not have it
        return self._export(served.write_article, (article_id,), "text")

    def _list(self, listing: ServedList) -> str:
        try:
            wanted = parse(listing.query)
        except InvalidQuery as error:
            listing.problem = f"{error.message} {error.hint}".strip()
            return served.write_served("listing.html", listing=listing)
        return (self._articles if listing.unit == "article" else self._claims)(listing, wanted)

    def _articles(self, listing: ServedList, wanted: Query) -> str:
        records = articles(self._library, wanted)
        marks = self._library.ask(questions.marks.mark_counts())
        shown = records[listing.part(len(records))]
        rows = [(record, marks.get(record.id, 0)) for record in shown]
        return served.write_served("library.html", rows=rows, listing=listing)

    def _claims(self, listing: ServedList, wanted: Query) -> str:
        wanted = every(Field("has", "claim"), wanted)
        numbers = list_marks(self._library, wanted, grouping="status").numbers
        claims = load_marks(self._library, numbers[listing.part(len(numbers))])
        ids = {mark.annotation.id: mark.record.id for mark in claims}
        write = partial(served.write_claims, listing=listing, shown=ids)
        if not ids:  # no words would stand for all marks
            return "".join(write(Collection(articles=())))
        names = [mark_address(article_id, mark_id) for mark_id, article_id in ids.items()]
        return self._export(write, names, "marks")

    def _export(
        self, write: Callable[[Collection], Iterable[str]], words: Sequence[str], reads: Depth
    ) -> str:
        follows = reads == "marks"
        exporter = Exporter(
            name="", suffix="", write_collection=write, reads=reads, follows_evidence=follows
        )
        options = CollectionOptions.of_user(self._settings)
        export = CollectionExport(self._library, exporter, words, options=options)
        page = "".join(export.pieces())
        if export.first_error is not None:
            raise export.first_error
        return page
