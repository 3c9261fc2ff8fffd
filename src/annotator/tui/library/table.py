"""The widgets of the library: the table of articles, its column heads, and the welcome."""

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from msgspec.structs import replace
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from annotator.model import ArticleRecord
from annotator.model.labels import count
from annotator.model.query import EVERYTHING, Query
from annotator.tui.context import AppContext
from annotator.tui.keys.groups import keys_of
from annotator.tui.keys.key import bindings
from annotator.tui.keys.keymap import Keymap, footer_keys, shown
from annotator.tui.library.columns import Name, column_at, heads
from annotator.tui.library.filter import ArticleFilter
from annotator.tui.library.rows import ArticleList
from annotator.tui.lists.list_view import Listing
from annotator.tui.lists.rows import paint
from annotator.tui.lists.text_fit import truncate
from annotator.tui.notifications import hint
from annotator.tui.theming.stylesheets import PartStyles
from annotator.tui.widgets.find_bar import FindBar
from annotator.tui.widgets.messages import SearchChanged, SearchClosed
from annotator.tui.widgets.status_bar import StatusBar

_EXAMPLES = "Words, #tag, site:example.org, is:unread, has:note"
_HINT_SHARE = 0.5  # of the line, so that the typed text stays visible
_ABOUT = "annotator cleans pages and saves them here. Then you read them and mark the claims."
_SOURCES = ("example.org/article", "~/Downloads/page.html")


class Welcome(Static):
    """Tells new users of an empty library how to add an article."""

    def __init__(self, keymap: Keymap) -> None:
        super().__init__(_words(keymap), markup=False)


class ColumnHeads(PartStyles, Widget):
    """The line of column heads."""

    class Clicked(Message):
        """The head of a column was clicked on."""

        def __init__(self, name: Name) -> None:
            super().__init__()
            self.name = name

    def __init__(self) -> None:
        super().__init__()
        self._articles = ArticleList()

    def show(self, articles: ArticleList) -> None:
        """Show how `articles` are sorted."""
        self._articles = articles
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return the heads, or an empty line below them."""
        articles = self._articles
        if y:
            return paint(self, "column-heads", ())
        without = articles.empty_columns
        line = heads(self.size.width, articles.sorted_by, articles.arrow, without)
        return paint(self, "column-heads", line)

    def on_click(self, event: events.Click) -> None:
        """Report the column that was clicked on."""
        offset = event.get_content_offset(self)
        name = self._column_at(offset.x) if offset is not None else None
        if name is not None:
            self.post_message(self.Clicked(name))

    def _column_at(self, x: int) -> Name | None:
        return column_at(x, self.size.width, self._articles.empty_columns)


class LibraryTable(Container):
    """The articles, or the welcome if there are none, above the status bar."""

    BINDINGS: ClassVar[list[BindingType]] = list(bindings(keys_of("table")))

    class SearchNeeded(Message):
        """The library must be searched for a query."""

        def __init__(self, query: Query) -> None:
            super().__init__()
            self.query = query

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._app_context = context
        self._articles = ArticleList()
        self._progress = ""
        self._waiting = 0
        self._find_bar = FindBar(placeholder=_EXAMPLES)
        context.keymap.bind(self, keys_of("table"))

    def compose(self) -> ComposeResult:
        """Yield column heads, list, welcome, and status bar."""
        yield ColumnHeads()
        yield Listing(self._app_context.keymap, clicks=2, id="articles")
        yield Welcome(self._app_context.keymap)
        yield StatusBar()

    @property
    def targets(self) -> list[ArticleRecord]:
        """The articles that keys act on: those selected, or else the one under the cursor."""
        record = self.record
        return self._articles.chosen or ([record] if record else [])

    @property
    def selected(self) -> list[ArticleRecord]:
        """The selected articles that are listed, in their order."""
        return self._articles.chosen

    @property
    def record(self) -> ArticleRecord | None:
        """The article under the cursor."""
        key = self.query_one(Listing).key
        return next((record for record in self._articles.records if record.id == key), None)

    @property
    def shown(self) -> tuple[Sequence[ArticleRecord], Mapping[str, int] | None]:
        """All articles, listed or not, and the number of marks of each by id."""
        return self._articles.records, self._articles.marks

    @property
    def filter_text(self) -> str:
        """The text that narrows the list."""
        return self._articles.filter.text

    @property
    def listed(self) -> list[ArticleRecord]:
        """The listed articles, in their order."""
        return [listed.record for listed in self._articles.listed]

    def show(
        self,
        records: Sequence[ArticleRecord],
        progress: Mapping[str, float],
        *,
        at: str | None = None,
    ) -> None:
        """Show these articles, the cursor on the one with id `at`, or where it was.

        `progress` is the share of each that was read.
        """
        self._articles = replace(self._articles, records=tuple(records), progress=progress)
        for widget in (ColumnHeads, Listing):
            self.query_one(widget).display = bool(records)
        self.query_one(Welcome).display = not records
        self._refill(at)
        self._ask()
        if records and self.screen.focused is None:
            self.query_one(Listing).focus()

    def show_marks(self, marks: Mapping[str, int]) -> None:
        """Show the number of marks of each article."""
        self._articles = replace(self._articles, marks=marks)
        self._refill()

    def narrow(self, query: str) -> None:
        """List the articles that a query finds, as if it had been typed."""
        self._articles = replace(self._articles, filter=ArticleFilter().typed(query))
        self._refill(at="")
        self._ask()

    def show_progress(self, words: str) -> None:
        """Show a line about what goes on in the background; empty if nothing does."""
        self._progress = words
        self._show_status()

    def show_waiting(self, number: int) -> None:
        """Show how many addresses failed that are worth another try."""
        self._waiting = number
        self._show_status()

    def show_found(self, query: Query, ids: Iterable[str], problem: str) -> None:
        """Show the articles found for a query, unless the filter has changed since."""
        wanted = self._articles.filter
        if query != wanted.query:
            return
        self._articles = replace(self._articles, filter=wanted.answered(ids, problem))
        self._refill()

    async def action_filter(self) -> None:
        """Open the filter."""
        self.query_one(StatusBar).display = False
        await self._find_bar.open(self, self._articles.filter.text)

    def action_clear(self) -> None:
        """Clear the selection; if nothing is selected, the filter."""
        if self._articles.chosen:
            self._articles = replace(self._articles, selected=frozenset())
        else:
            self._articles = replace(self._articles, filter=ArticleFilter())
        self._refill()

    def action_select(self) -> None:
        """Select the article under the cursor, or deselect it, and go to the next."""
        listing = self.query_one(Listing)
        if listing.key:
            self._articles = self._articles.toggled(listing.key)
            self._refill()
            listing.action_cursor(1)

    def action_select_all(self) -> None:
        """Select all listed articles, or none if all are selected."""
        self._articles = self._articles.all_toggled()
        self._refill()

    def action_sort(self, step: int) -> None:
        """Sort by the next column, or for a negative step in reverse."""
        self._articles = self._articles.sorted_next(step)
        self._refill()

    def action_archived(self) -> None:
        """Show or hide archived articles."""
        self._articles = replace(self._articles, has_archived=not self._articles.has_archived)
        self._refill()

    @on(ColumnHeads.Clicked)
    def _sort_by(self, event: ColumnHeads.Clicked) -> None:
        event.stop()
        self._articles = self._articles.sorted_on(event.name)
        self._refill()

    @on(SearchChanged)
    def _filter(self, event: SearchChanged) -> None:
        event.stop()
        typed = self._articles.filter.typed(event.query)
        self._articles = replace(self._articles, filter=typed)
        self._refill(at="")
        self._ask()

    @on(SearchClosed)
    def _end_filter(self, event: SearchClosed) -> None:
        event.stop()
        if not event.is_kept:
            self._articles = replace(self._articles, filter=ArticleFilter())
        elif self._articles.filter.hint:
            hint(self, self._articles.filter.hint)
        self.query_one(StatusBar).display = True
        self.query_one(Listing).focus()
        self._refill()

    def _refill(self, at: str | None = None) -> None:
        articles, keymap = self._articles, self._app_context.keymap
        self.query_one(ColumnHeads).show(articles)
        self.query_one(Listing).show(articles.rows(self._app_context.now(), keymap), at=at)
        if self._find_bar.display:
            self._find_bar.show_count(self._counted())
        self._show_status()

    def _show_status(self) -> None:
        articles, keymap = self._articles, self._app_context.keymap
        number = len(articles.chosen)
        footer = "selected" if number else "library" if articles.records else "empty"
        mode = f"{number:,} selected" if number else ""
        counted = self._counted() if articles.records else ""
        place = "  ".join(filter(None, (self._progress or self._failed(), counted)))
        self.query_one(StatusBar).show(mode, footer_keys(footer, keymap), place)

    def _failed(self) -> str:
        key = shown(self._app_context.keymap.key("library.retry"))
        return f"{self._waiting:,} failed, {key} tries again" if self._waiting else ""

    def _ask(self) -> None:
        wanted = self._articles.filter
        if wanted.query != EVERYTHING:
            self.post_message(self.SearchNeeded(wanted.query))

    def _counted(self) -> str:
        wanted, listed = self._articles.filter, count(len(self._articles.listed), "article")
        if wanted.hint:
            return truncate(wanted.hint, round(self.size.width * _HINT_SHARE))
        return f"“{wanted.text.strip()}”: {listed}" if wanted.text.strip() else listed


def _words(keymap: Keymap) -> Content:
    def key(key_id: str, does: str) -> Content:
        name = shown(keymap.key(key_id))
        return Content.assemble((f"{name}  ", "bold $primary"), (f"{does}\n", ""))

    return Content.assemble(
        ("Your library is empty.\n\n", "bold"),
        (f"{_ABOUT}\n\n", "$quiet"),
        key("library.add", "adds a web page or a file:"),
        *((f"      {example}\n", "$quiet") for example in _SOURCES),
        ("   Addresses can also be pasted here, one or many.\n\n", "$quiet"),
        key("library.samples", "adds some sample articles, to try it"),
        key("program.help", "shows all keys"),
        key("library.quit", "quits"),
    )
