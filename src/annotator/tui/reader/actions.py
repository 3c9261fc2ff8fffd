"""The actions of an open article, put together, and those on its links, pictures and named places.

The reader loads them after its first frame.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.color import Color
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from annotator import usecases
from annotator.errors import AnnotatorError
from annotator.model.identity import is_web_address
from annotator.model.text import clean_line
from annotator.settings.settings import MAX_WIDTH, MIN_WIDTH
from annotator.tui.actions.articles import ArticleActions, fetch_options
from annotator.tui.dialogs.dialog import Hints, ProgressDialog
from annotator.tui.dialogs.picker import Picker
from annotator.tui.frame.context import AppContext, change_setting
from annotator.tui.frame.notifications import tell_error
from annotator.tui.keys.keymap import Keymap
from annotator.tui.lists.rows import ChoiceRow, Piece, Remark, Row, truncate
from annotator.tui.reader.aloud import ReadAloud
from annotator.tui.reader.bars import ReaderHeader
from annotator.tui.reader.command_actions import CommandActions
from annotator.tui.reader.images import check_dependencies, image_renderer, read_picture
from annotator.tui.reader.pane import ReadingPane
from annotator.tui.reader.passage_actions import GuestActions, PassageActions
from annotator.tui.reader.revision_actions import MarkReattacher, RevisionActions
from annotator.tui.reader.session import ReadingSession
from annotator.tui.reader.ui import ReaderUI, SessionActions
from annotator.tui.textual_internals import show_text
from annotator.usecases.articles.lookup import article_from
from annotator.usecases.articles.places import (
    NamedPlace,
    is_for_all,
    offset_of,
    places_of,
    set_place,
)

if TYPE_CHECKING:
    from annotator.usecases.articles.add import Stage

_TITLE_WIDTH = 30  # cells, of the article of a place
Report = Callable[["Stage"], None]

BROWSE = "browse"  # the answer for a page that is to be opened in the browser

_STAGES: "Mapping[Stage, str]" = {"fetching": "Fetching …", "cleaning": "Cleaning …"}
_QUESTION = "This page is not in your library."


class PlaceActions(SessionActions):
    """The actions on the named places that an open article can lead to."""

    async def name(self, letter: str, offset: int) -> None:
        """Give a place in the text a letter as its name."""
        await asyncio.to_thread(set_place, self._library, self._session.article, letter, offset)
        go = self._key_of("view.go-to-place")
        where = " from any article" * is_for_all(letter)
        self._ui.tell(f"{go}{letter} leads here now{where}.")

    async def show_names(self) -> None:
        """Show in the status bar which letters are names of places."""
        self._ui.pane.show_names(" ".join(place.letter for place in await self._places()))

    async def go(self, letter: str) -> None:
        """Go to the place with that name, in this article or another one."""
        named = next((place for place in await self._places() if place.letter == letter), None)
        if named is None:
            name = self._key_of("view.name-place")
            self._ui.hint(f"No place has the name {letter}. {name}{letter} gives it to this one.")
        elif named.article_id == self._session.opened.record.id:
            text = self._ui.pane.text
            text.navigator.return_to(offset_of(self._session.article, named.place))
            text.focus()
        else:
            await self._edits.settled()
            await self._ui.open_article(named.article_id, place=named.place)

    async def choose(self) -> None:
        """List the places, and go to the one that is chosen."""
        places = await self._places()
        if not places:
            name = self._key_of("view.name-place")
            self._ui.hint(f"No places yet. {name} and a letter name one.")
            return
        letter = await self._ui.show_dialog(place_picker(self._keymap, places))
        if letter is not None:
            await self.go(letter)

    async def _places(self) -> Sequence[NamedPlace]:
        return await asyncio.to_thread(places_of, self._library, self._session.opened.record.id)


def place_picker(keymap: Keymap, places: Sequence[NamedPlace]) -> Picker[str]:
    """Return the dialog that returns the letter of a place."""

    def rows(typed: str) -> Sequence[Row]:
        """Return the places of that letter first, then those with the words."""
        wanted = typed.casefold()
        named = [place for place in places if place.letter == typed]
        others = [
            place
            for place in places
            if place not in named and wanted in f"{place.place.words} {place.title}".casefold()
        ]
        return [*map(_place_row, (*named, *others))] or [Remark(" No such place.")]

    words = "Type a letter, or words of the place"
    return Picker(keymap, "Places", words, rows, does="go", leaves="close")


async def draw_picture(ui: ReaderUI, context: AppContext, block: int) -> None:
    """Fetch the picture of a block, and draw it in the text."""
    check_dependencies()
    text, app = ui.pane.text, ui.screen.app
    article = text.article  # the session may have opened a newer revision
    renderer = await image_renderer(app, context.settings.pictures)
    ui.tell("Fetching the picture …")
    data = await usecases.articles.sources.fetch_picture(article, article.blocks[block])
    largest = renderer.largest(*text.size)
    background = Color.parse(app.theme_variables["background"]).rgb
    picture = await asyncio.to_thread(
        read_picture, data, background, largest=largest, drawn_as=renderer.drawn_as
    )
    ui.clear_notifications()
    text.show_picture(article, block, picture)


async def change_width(ui: ReaderUI, context: AppContext, by: int) -> None:
    """Make the text so many columns wider than it is now, or narrower if negative, for good."""
    shown_now = ui.pane.text.viewport.layout.width
    width = max(MIN_WIDTH, min(shown_now + by, MAX_WIDTH))
    if width == shown_now or (by > 0 and shown_now < context.settings.width):
        why = "there is room for no more" if by > 0 else "fewer would break words"
        ui.hint(f"The text has {shown_now} columns; {why}.")
    else:
        await change_setting(ui.screen, context, "width", width)


class ReaderActions:
    """All actions of an open article, by what they act on."""

    def __init__(
        self,
        screen: Screen[str],
        session: ReadingSession,
        context: AppContext,
        *,
        header: ReaderHeader,
        pane: ReadingPane,
    ) -> None:
        ui = ReaderUI(screen, header, pane)
        self.article = ArticleActions(ui, context)
        self.browse = ui.browse
        self.links = LinkActions(session, ui, context)
        self.commands = CommandActions(session, ui, context)
        self.places = PlaceActions(session, ui, context)
        self.aloud = ReadAloud(session, ui, context)
        self.guests = GuestActions(session, ui, context)
        self.draw_picture = partial(draw_picture, ui, context)
        self.change_width = partial(change_width, ui, context)
        self.reattacher = MarkReattacher(session, ui, context)
        self.marks = PassageActions(session, ui, context, adjust=self.reattacher.adjust)
        self.revisions = RevisionActions(
            session, ui, context, article_actions=self.article, go_to=self.reattacher.go_to
        )


class LinkedPageDialog(ProgressDialog[str]):
    """Returns the id of the article once it is added, or `BROWSE`, or None if cancelled.

    `add` adds the page and returns the id of its article.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", show=False),
        Binding("o", "browse", show=False),
    ]
    STARTS_AT_ONCE: ClassVar = False
    HINTS: ClassVar[Hints] = (
        ("enter", "add and read"),
        ("o", "browser"),
        ("dialog.leave", "cancel"),
    )

    def __init__(
        self, keymap: Keymap, address: str, add: Callable[[Report], Awaitable[str]]
    ) -> None:
        super().__init__(keymap, "Follow a link", _QUESTION, partial(add, self._report))
        self._address = clean_line(address)

    def parts(self) -> Sequence[Widget]:
        return (Static(Content(self._address), id="linked-address"), *super().parts())

    def action_submit(self) -> None:
        """Begin to add the page."""
        self.start()

    def action_browse(self) -> None:
        """Stop, and let the browser show the page."""
        self.stop(BROWSE)

    async def _run(self) -> None:
        try:
            await super()._run()
        except AnnotatorError as error:
            tell_error(self, error)
            self.dismiss(None)

    def _report(self, stage: "Stage") -> None:
        show_text(self.query_one("#work-progress", Static), Content(_STAGES[stage]))


class LinkActions(SessionActions):
    """Follows links."""

    async def follow(self, href: str) -> None:
        """Open the article that a link leads to over this one, until it is left.

        A page that is not in the library is added if the user agrees. Addresses other than
        those of web pages are for other programs.
        """
        if not is_web_address(href):
            await self._ui.browse(href)
            return
        article_id = await asyncio.to_thread(article_from, self._library, href)
        if article_id == self._session.opened.record.id:
            self._ui.hint("This link leads to the article that you are reading.")
            return
        if article_id is None:
            dialog = LinkedPageDialog(self._keymap, href, partial(self._add, href))
            article_id = await self._ui.show_dialog(dialog)
        if article_id == BROWSE:
            await self._ui.browse(href)
        elif article_id is not None:
            await self._edits.settled()
            await self._ui.open_article(article_id)

    async def _add(self, href: str, report: Report) -> str:
        here = self._session.opened.record.url
        options = fetch_options(self._app_context, linked_from=here)
        added = await usecases.articles.add.add(
            self._library, href, now=self._now(), options=options, report=report
        )
        return added.record.id


def _place_row(named: NamedPlace) -> ChoiceRow:
    """Return the letter and the words, with the title of the article if it is for all."""
    title = truncate(named.title, _TITLE_WIDTH) if is_for_all(named.letter) else ""
    head = (Piece(f" {named.letter}  ", "key"),)
    return ChoiceRow(named.letter, named.words, title and f" {title}", head)
