"""The wings of the screens: what they ask by name, and work without.

No module imports these dialogs. The others reach them through the registries here, so that
they are loaded when they are first used; screens are reached by `ScreenUI.open_screen`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from annotator.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from annotator.model import Annotation
    from annotator.tui.context import AppContext
    from annotator.tui.dialogs.chosen_mark import ChosenMark
    from annotator.tui.dialogs.link_picker import Offered
    from annotator.tui.frame.screen_ui import ScreenUI

    AsksForMark = Callable[[ScreenUI, AppContext, Annotation], Awaitable[ChosenMark | None]]
    SuggestsMarks = Callable[[AppContext, Annotation], Sequence[Offered]]

MARK_CHOICES: Final[Registry[AsksForMark]] = Registry(  # lists of marks that have to do with one
    {"similar": "annotator.tui.dialogs.similar_claims:ask_for_similar"}
)

LINK_SUGGESTIONS: Final[Registry[SuggestsMarks]] = Registry(  # called in a thread
    {"similar": "annotator.tui.dialogs.similar_claims:suggested_links"}
)
