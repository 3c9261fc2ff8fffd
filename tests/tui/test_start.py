"""The modules that the screens load at the start."""

import subprocess
import sys

HEAVY = ("httpx", "lxml", "readability", "markdown_it", "rapidfuzz", "textual.widgets._text_area")
PROBE = """
import sys
import annotator.tui.app, annotator.tui.library.screen, annotator.tui.reader.screen
print(*sys.modules)
"""


def test_the_screens_load_neither_the_network_nor_the_parser_nor_an_editor():
    found = subprocess.run(
        [sys.executable, "-c", PROBE], capture_output=True, text=True, check=True
    )
    assert not set(HEAVY) & set(found.stdout.split())
