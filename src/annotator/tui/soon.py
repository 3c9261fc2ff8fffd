"""What is loaded as soon as a screen stands: its first frame does without, its first keys want it.

This is the one list of it. All else that a screen may need is loaded when it is wanted.
"""

import asyncio
from importlib import import_module

MODULES = (
    "annotator.tui.screens.reader",
    "annotator.tui.screens.mark_actions",
    "annotator.tui.screens.carrying",
    "annotator.tui.side_rows",
    "annotator.tui.widgets.find_bar",
    "annotator.tui.widgets.side_panel",
    "annotator.reading.landmarks",
)


async def load() -> None:
    """Load all of it, in pieces and beside the screen, so that no key waits long."""
    for name in MODULES:
        await asyncio.to_thread(import_module, name)
