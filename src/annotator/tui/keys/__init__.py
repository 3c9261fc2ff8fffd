"""Every key of the program, with its id, in one list.

Bindings, footer, help and documentation come from here, so that none of them
can say what another does not do. A key of the reading view belongs to one of
its modes, or to all of them; the action's name tells the mode.
"""

from annotator.tui.keys.key import DIGITS, Key, Place, bindings, places_of_actions
from annotator.tui.library.keys import (
    DIALOG_KEYS,
    LIBRARY_KEYS,
    LIST_KEYS,
    PROGRAM_KEYS,
    REVIEW_KEYS,
    TABLE_KEYS,
)
from annotator.tui.reader.keys import PANE_KEYS, READER_KEYS, VIEW_KEYS

__all__ = [
    "ALL_KEYS",
    "BY_ID",
    "DIALOG_KEYS",
    "DIGITS",
    "LIBRARY_KEYS",
    "LIST_KEYS",
    "PANE_KEYS",
    "PROGRAM_KEYS",
    "READER_KEYS",
    "REVIEW_KEYS",
    "TABLE_KEYS",
    "VIEW_KEYS",
    "Key",
    "Place",
    "bindings",
    "places_of_actions",
]

ALL_KEYS = (
    *VIEW_KEYS,
    *PANE_KEYS,
    *READER_KEYS,
    *LIBRARY_KEYS,
    *TABLE_KEYS,
    *REVIEW_KEYS,
    *LIST_KEYS,
    *DIALOG_KEYS,
    *PROGRAM_KEYS,
)

BY_ID = {key.id: key for key in ALL_KEYS}
