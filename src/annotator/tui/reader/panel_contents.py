"""The contents of the side panel, and its place beside the text."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from annotator.model import AnchoredMark
from annotator.usecases.articles.open_article import OpenArticle

if TYPE_CHECKING:
    from annotator.tui.reader.side_panel import ChangeList
    from annotator.usecases.marks.guests import PlacedGuest

ArticleSubject = Literal["marks", "contents", "removed", "guests"]  # of the open article
Subject = ArticleSubject | Literal["changes"]

GUEST_GLYPH = "◌"  # of a mark of somebody else
MIN_PANEL, MAX_PANEL = 30, 44  # cells; in less, quotes are cut short; more is of no use
MIN_TEXT = 56  # cells of text that still read well beside the panel
_TEXT_MARGINS = 7  # cells beside the text: gutter, progress bar, space
_UNCOVERED = 30  # cells of a covered text that are worth a look; with fewer, all is covered


class PanelContent(Struct, frozen=True):
    """The sources of the side panel's lists: an article, its marks, and its changes.

    `targets` are the ids of the marks that others link to, `guests` the marks of other people.
    """

    opened: OpenArticle
    marks: Sequence[AnchoredMark]
    changes: "ChangeList | None"
    targets: frozenset[str] = frozenset()
    guests: "Sequence[PlacedGuest]" = ()


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
