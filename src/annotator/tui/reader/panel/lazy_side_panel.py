"""The side panel before it is opened: its place beside the text, and what it can list.

The panel itself is loaded when it is first opened, because the first frame does not show it.
"""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from textual.widget import Widget

from annotator.model import AnchoredMark
from annotator.tui.context import AppContext
from annotator.usecases.articles.open_article import OpenArticle

if TYPE_CHECKING:
    from annotator.tui.reader.panel.change_rows import ChangeList
    from annotator.tui.reader.panel.side_panel import SidePanel

ArticleSubject = Literal["marks", "contents", "removed"]  # found in the open article itself
Subject = ArticleSubject | Literal["changes"]

MIN_PANEL, MAX_PANEL = 30, 44  # cells; in less, quotes are cut short; more is of no use
MIN_TEXT = 56  # cells of text that still read well beside the panel
_TEXT_MARGINS = 7  # cells beside the text: gutter, progress bar, space
_UNCOVERED = 30  # cells of a covered text that are worth a look; with fewer, all is covered


class PanelContent(Struct, frozen=True):
    """The sources of the side panel's lists: an article, its marks, and its changes.

    `targets` are the ids of the marks that others link to.
    """

    opened: OpenArticle
    marks: Sequence[AnchoredMark]
    changes: "ChangeList | None"
    targets: frozenset[str] = frozenset()


class Placement(Struct, frozen=True):
    """The width of the side panel, and the cells that the text gives up for it."""

    width: int
    taken: int = 0
    hides_text: bool = False


def panel_placement(screen_width: int, text_width: int) -> Placement:
    """Return where the side panel goes.

    It goes into the margin of the text if that is wide enough, so that nothing moves. Otherwise
    the text makes room for it, or, on a narrow screen, is covered by it.
    """
    margin = (screen_width - text_width - _TEXT_MARGINS) // 2
    if margin >= MIN_PANEL:
        return Placement(min(MAX_PANEL, margin))
    if screen_width - MIN_PANEL - _TEXT_MARGINS >= min(text_width, MIN_TEXT):
        width = max(MIN_PANEL, min(MAX_PANEL, screen_width - text_width - _TEXT_MARGINS))
        return Placement(width, taken=width)
    is_narrow = screen_width - MAX_PANEL < _UNCOVERED
    return Placement(screen_width if is_narrow else MAX_PANEL, hides_text=True)


class LazySidePanel:
    """The side panel of `pane`, which is imported and mounted when it is first opened."""

    def __init__(self, pane: Widget, context: AppContext) -> None:
        self._pane, self._app_context = pane, context
        self._panel: SidePanel | None = None
        self._opening = asyncio.Lock()  # two keys may open it before it is mounted

    @property
    def subject(self) -> Subject | None:
        """The subject of the panel's list, or None while it is hidden."""
        panel = self._panel
        return panel.subject if panel is not None and panel.display else None

    @property
    def has_keys(self) -> bool:
        """Whether the panel's list has the focus."""
        return self._panel is not None and self._panel.has_keys

    @property
    def key(self) -> str:
        """The key of the row under the cursor, or nothing."""
        return self._panel.key if self._panel is not None else ""

    @property
    def placement(self) -> Placement:
        """The panel's place on a screen of this size."""
        return panel_placement(self._pane.size.width, self._app_context.settings.width)

    async def open(self) -> "SidePanel":
        """Show the panel, and return it."""
        from annotator.tui.reader.panel.side_panel import SidePanel

        async with self._opening:
            if self._panel is None:
                self._panel = SidePanel(self._app_context)
                self._panel.styles.width = self.placement.width
            await self._panel.open(self._pane)
            return self._panel

    def show(self, subject: Subject, content: PanelContent) -> None:
        """List a subject, with the cursor where it was."""
        if self._panel is not None:
            self._panel.show(subject, content)

    def offset_of(self, key: str, content: PanelContent) -> int | None:
        """Return the offset that the row with that key leads to, whichever list it is from."""
        return self._panel.offset_of(key, content) if self._panel is not None else None

    def hide(self) -> None:
        """Hide the panel."""
        if self._panel is not None:
            self._panel.display = False

    def fit(self, text: Widget) -> None:
        """Set the width of the panel, and the margin of the text that makes room for it."""
        if self._panel is not None:
            where = self.placement
            self._panel.styles.width = where.width
            text.styles.margin = (0, where.taken if self._panel.display else 0, 0, 0)
