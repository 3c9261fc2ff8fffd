"""The library as pages for a browser that only reads: the export to HTML, a page at a time."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from msgspec.structs import replace

from annotator.errors import InvalidQuery, NotInLibrary
from annotator.export.collection import Collection
from annotator.export.exporters import Exporter
from annotator.export.html import html_served as served
from annotator.model.query import Field, every
from annotator.model.query_parser import parse
from annotator.settings import Settings
from annotator.store import TAG_COLOURS, Library, Marked, questions
from annotator.usecases.articles.lookup import articles, mark_address
from annotator.usecases.exporting.export_collection import CollectionExport, CollectionOptions
from annotator.usecases.marks.claims import list_marks, load_marks

STYLE = served.STYLE


def message_page(sentence: str) -> str:
    """Return a page that says why there is no other."""
    return served.write_message("Not here", sentence)


class ServedPages:
    """Writes the pages of a library, and never changes what is in it."""

    def __init__(self, library: Library, settings: Settings) -> None:
        self._library, self._settings = library, settings

    def page(self, path: str, query: str = "", number: int = 1) -> str:
        """Return the page at a path: of a list the one with that number, narrowed by a query.

        Raises `NotInLibrary` for a path of no page.
        """
        if path == served.LIBRARY:
            return self._articles(query, number)
        if path == served.CLAIMS:
            return self._claims(query, number)
        if path == served.STYLE:
            colours = self._library.catalog.values(TAG_COLOURS)
            kinds = self._settings.kinds
            return served.write_style(Collection(articles=(), kinds=kinds, tag_colours=colours))
        article_id = path.removeprefix(served.ARTICLE)
        if article_id == path or not article_id.isalnum():
            raise NotInLibrary("There is no such page.", "The library lists all articles.")
        self._library.article(article_id).record()  # raises if the library does not have it
        return self._export(served.write_article, (article_id,), reads_text=True)

    def _articles(self, query: str, number: int) -> str:
        listing = served.ServedList(served.LIBRARY, "article", query)
        try:
            records = articles(self._library, parse(query))
        except InvalidQuery as error:
            return served.write_library((), _refused(listing, error))
        listing = _at(listing, number, len(records))
        marks = self._library.ask(questions.marks.mark_counts())
        shown = records[listing.first : listing.first + served.ROWS]
        rows = [served.LibraryRow(record, marks.get(record.id, 0)) for record in shown]
        return served.write_library(rows, listing)

    def _claims(self, query: str, number: int) -> str:
        listing = served.ServedList(served.CLAIMS, "claim", query)
        claims: Sequence[Marked] = ()
        try:
            wanted = every(Field("has", "claim"), parse(query))
        except InvalidQuery as error:
            listing = _refused(listing, error)
        else:
            numbers = list_marks(self._library, wanted, grouping="status").numbers
            listing = _at(listing, number, len(numbers))
            claims = load_marks(self._library, numbers[listing.first : listing.first + served.ROWS])
        ids = {mark.annotation.id: mark.record.id for mark in claims}
        write = partial(served.write_claims, listing=listing, shown=ids)
        if not ids:  # no words would stand for all marks
            return "".join(write(Collection(articles=())))
        names = [mark_address(article_id, mark_id) for mark_id, article_id in ids.items()]
        return self._export(write, names)

    def _export(
        self,
        write: Callable[[Collection], Iterable[str]],
        words: Sequence[str],
        *,
        reads_text: bool = False,
    ) -> str:
        exporter = Exporter(
            name="page",
            suffix=".html",
            write_collection=write,
            reads="text" if reads_text else "marks",
            follows_evidence=not reads_text,
        )
        options = CollectionOptions.of_user(self._settings)
        export = CollectionExport(self._library, exporter, words, options=options)
        page = "".join(export.pieces())
        if export.first_error is not None:
            raise export.first_error
        return page


def _at(listing: served.ServedList, number: int, total: int) -> served.ServedList:
    """Return a list that has so many rows, at one of its pages."""
    whole = replace(listing, total=total)
    return replace(whole, number=min(max(1, number), whole.pages))


def _refused(listing: served.ServedList, error: InvalidQuery) -> served.ServedList:
    return replace(listing, problem=f"{error.message} {error.hint}".strip())
