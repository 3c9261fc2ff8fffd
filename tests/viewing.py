"""The lines of an app's screen, and the reading view alone, which records its messages."""

from collections.abc import Sequence
from contextlib import asynccontextmanager

from textual._context import visible_screen_stack
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.strip import Strip

from annotator.model import Article, Span
from annotator.tui.reader.article.messages import (
    LinkFollowed,
    MarkOpened,
    MarkReached,
    ModeChanged,
    PassageMarked,
    PositionChanged,
)
from annotator.tui.reader.article.scene import PaintedMark
from annotator.tui.reader.article.view import ArticleView
from annotator.tui.theming import THEMES, stylesheets, variables
from builders import make_article


def strips_of(app: App) -> list[Strip]:
    """Return the lines of the screen; around a dialog is the screen below it."""
    visible_screen_stack.set(app._background_screens)
    return app.screen._compositor.render_strips()


def text_of(app: App) -> str:
    """Return the text of the screen."""
    return "\n".join(strip.text for strip in strips_of(app))


class View(ArticleView):
    """The view, with a memory of which parts it drew again."""

    def __init__(self) -> None:
        super().__init__()
        self.drawn: list[Region] = []

    def refresh(self, *regions: Region, **options) -> "View":
        self.drawn += regions
        return super().refresh(*regions, **options)

    @property
    def cursor_offset(self) -> int:
        """The place of the cursor, even while there is none to see."""
        return self.selection.cursor.offset

    @property
    def selected_text(self) -> str:
        """The words of the sentence or the selection; empty where nothing is selected."""
        is_held = self.mode == "sentence" or self.selection.cursor.is_selecting
        return self.passage.of(self.article.text) if self.passage and is_held else ""

    @property
    def match(self) -> Span | None:
        """The match gone to last."""
        return self.navigator.match

    def cell(self, offset: int) -> tuple[int, int]:
        """Return the column and line of a letter on the screen."""
        place = self.viewport.layout.place(offset)
        return self.viewport.left + place.column, place.line - self.scroll_offset.y


class Reading(App):
    CSS_PATH = stylesheets("reader/article_view")

    def __init__(self, article: Article, marks: Sequence[PaintedMark], offset: int) -> None:
        super().__init__()
        self.given = article, marks, offset
        self.told: list[object] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variables(self.current_theme)

    def compose(self) -> ComposeResult:
        yield View()

    def on_mount(self) -> None:
        article, marks, offset = self.given
        for theme in THEMES:
            self.register_theme(theme)
        self.view.show(article, offset=offset)
        self.view.show_marks(marks)
        self.view.focus()

    @property
    def view(self) -> View:
        return self.query_one(View)

    @property
    def lines(self) -> list[str]:
        view = self.view
        return [strip.text for strip in view.render_lines(view.size.region)]

    def heard(self, kind: type) -> list:
        return [message for message in self.told if isinstance(message, kind)]

    def on_passage_marked(self, message: PassageMarked) -> None:
        self.told.append(message)

    def on_mark_opened(self, message: MarkOpened) -> None:
        self.told.append(message)

    def on_mark_reached(self, message: MarkReached) -> None:
        self.told.append(message)

    def on_mode_changed(self, message: ModeChanged) -> None:
        self.told.append(message)

    def on_link_followed(self, message: LinkFollowed) -> None:
        self.told.append(message)

    def on_position_changed(self, message: PositionChanged) -> None:
        self.told.append(message)


@asynccontextmanager
async def reading(
    article: Article | str,
    *keys: str,
    marks: Sequence[PaintedMark] = (),
    size: tuple[int, int] = (80, 24),
    offset: int = 0,
):
    article = make_article(article) if isinstance(article, str) else article
    app = Reading(article, marks, offset)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
        app.pilot = pilot
        yield app
