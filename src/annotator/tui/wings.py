"""The wings of the screens: what they ask by name, and work without.

No module imports these dialogs. The others reach them through the registries here, so that
they are loaded when they are first used; screens are reached by `ScreenUI.open_screen`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from annotator.model.labels import RELATIONS
from annotator.registry import Registry
from annotator.tui.frame.notifications import short_quote

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from annotator.model import Annotation, Link
    from annotator.store import Marked
    from annotator.tui.dialogs.link_picker import Offered
    from annotator.tui.frame.context import AppContext
    from annotator.tui.frame.screen_ui import ScreenUI

    AsksForMark = Callable[[ScreenUI, AppContext, Annotation], "Awaitable[ChosenMark | None]"]
    SuggestsMarks = Callable[[AppContext, Annotation], Sequence[Offered]]

MARK_CHOICES: Final[Registry[AsksForMark]] = Registry(  # lists of marks that have to do with one
    {"similar": "annotator.tui.dialogs.similar_claims:ask_for_similar"}
)

LINK_SUGGESTIONS: Final[Registry[SuggestsMarks]] = Registry(  # called in a thread
    {"similar": "annotator.tui.dialogs.similar_claims:suggested_links"}
)


class ChosenMark(Struct, frozen=True):
    """A mark that was chosen, and the link to it; without a link it is to be opened."""

    marked: Marked
    link: Link | None = None

    @property
    def said(self) -> str:
        """A sentence that says what was linked."""
        relation = RELATIONS[self.link.relation] if self.link else ""
        return f"Linked: this mark {relation} {short_quote(self.marked.annotation.quote)}"
