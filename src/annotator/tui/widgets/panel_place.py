"""Where the panel stands beside the text. The panel itself is loaded when it is first opened."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from textual.widget import Widget

from annotator.tui.desk import Desk

if TYPE_CHECKING:
    from annotator.tui.rows import Row
    from annotator.tui.widgets.side_panel import SidePanel

Lasting = Literal["marks", "contents", "removed"]  # what there is of every article
Subject = Lasting | Literal["changes"]

NARROWEST, WIDEST = 30, 44  # cells; below, quotes are shreds, above, the text has better use
LEAST_TEXT = 56  # cells of text that are still read with ease beside the panel
_AROUND = 7  # cells that the text needs at its sides: gutter, progress, air
_LEFT_OVER = 12  # cells of text that stay in sight beside a panel that covers it


class Placement(Struct, frozen=True):
    """How wide the panel is, and how many cells the text gives up for it."""

    width: int
    taken: int = 0
    hides_text: bool = False


def placement(screen: int, text: int) -> Placement:
    """Return where the panel goes on a screen of this width, with a text of that width.

    In the text's own margin if that is wide enough, so that nothing moves;
    else beside it, if the text fits; else over it.
    """
    margin = (screen - text - _AROUND) // 2
    if margin >= NARROWEST:
        return Placement(min(WIDEST, margin))
    if screen - NARROWEST - _AROUND >= min(text, LEAST_TEXT):
        width = max(NARROWEST, min(WIDEST, screen - text - _AROUND))
        return Placement(width, taken=width)
    return Placement(max(1, min(WIDEST, screen - _LEFT_OVER)), hides_text=True)


class PanelPlace:
    """A place for the panel in `pane`, empty at first."""

    def __init__(self, pane: Widget, desk: Desk) -> None:
        self._pane, self._desk = pane, desk
        self._panel: SidePanel | None = None

    @property
    def subject(self) -> Subject | None:
        """What the panel lists; nothing while there is none to be seen."""
        panel = self._panel
        return panel.subject if panel is not None and panel.display else None

    @property
    def has_keys(self) -> bool:
        """Whether keys go to the panel's list."""
        return self._panel is not None and self._panel.has_keys

    @property
    def key(self) -> str:
        """The key of the row under the cursor, or nothing."""
        return self._panel.key if self._panel is not None else ""

    @property
    def placement(self) -> Placement:
        """Where the panel goes now."""
        return placement(self._pane.size.width, self._desk.settings.width)

    async def open(self) -> "SidePanel":
        """Return the panel, which comes into sight."""
        from annotator.tui.widgets.side_panel import SidePanel

        if self._panel is None:
            self._panel = SidePanel(self._desk.keymap)
            self._panel.styles.width = self.placement.width
        await self._panel.open(self._pane)
        return self._panel

    def show(self, subject: Subject, rows: "Sequence[Row]", *, at: str | None = None) -> None:
        """Show `rows` in the panel, the cursor on the one with key `at`, or where it was."""
        if self._panel is not None:
            self._panel.show(subject, rows, at=at)

    def hide(self) -> None:
        """Let the panel go out of sight."""
        if self._panel is not None:
            self._panel.display = False

    def fit(self, text: Widget) -> None:
        """Give the panel its width, and take from the text what that needs."""
        if self._panel is not None:
            where = self.placement
            self._panel.styles.width = where.width
            text.styles.margin = (0, where.taken if self._panel.display else 0, 0, 0)
