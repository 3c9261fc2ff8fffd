"""The groups of keys of all screens, in the order of the help.

To add a screen, declare its groups in `tui.keys.tables` and list them here.
"""

from annotator.tui.keys.key import Key, KeyGroup
from annotator.tui.keys.tables.claims import CLAIMS, DAILY, EVIDENCE
from annotator.tui.keys.tables.dialogs import CARD, DIALOG, IMPORT_REPORT, JOBS, QUESTION, SIMILAR
from annotator.tui.keys.tables.library import LIBRARY, TABLE
from annotator.tui.keys.tables.lists import BIN, LIST, REATTACH, STATISTICS
from annotator.tui.keys.tables.reader import (
    ANYWHERE,
    CARET,
    COMMANDS,
    MARK,
    PANE,
    READ,
    READER,
    REMOVED,
    SENTENCE,
)
from annotator.tui.keys.tables.tags import TAGS

PROGRAM = KeyGroup(
    place="program",
    title="Everywhere",
    in_palette=True,
    keys=(
        Key("program.help", ("question_mark", "f1"), "help", "Help", "Help"),
        Key("program.palette", ("colon", "ctrl+p"), "palette", "Command palette"),
        Key("program.stop", ("ctrl+z",), "stop", "Stop the program; fg in the shell goes on"),
    ),
)

GROUPS = (
    READ,
    SENTENCE,
    MARK,
    PANE,
    READER,
    ANYWHERE,
    CARET,
    REMOVED,
    COMMANDS,
    LIBRARY,
    TABLE,
    TAGS,
    BIN,
    CLAIMS,
    REATTACH,
    EVIDENCE,
    DAILY,
    STATISTICS,
    LIST,
    JOBS,
    IMPORT_REPORT,
    DIALOG,
    QUESTION,
    CARD,
    SIMILAR,
    PROGRAM,
)

ALL_KEYS = tuple(key for group in GROUPS for key in group.keys)
BY_ID = {key.id: key for key in ALL_KEYS}
FOOTERS = {name: keys for group in GROUPS for name, keys in group.footers.items()}
PALETTE_PLACES = frozenset(group.place for group in GROUPS if group.in_palette)
PRELOADED = tuple(name for group in GROUPS for name in group.preload)

_PAIRS = frozenset(
    frozenset({group.place, other}) for group in GROUPS for other in group.active_with
)


def are_active_together(one: str, other: str) -> bool:
    """Return whether the keys of two places work at the same time."""
    return one == other or frozenset({one, other}) in _PAIRS
