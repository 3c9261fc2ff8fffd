"""What an empty library says to a newcomer."""

from textual.content import Content
from textual.widgets import Static

from annotator.tui.keymap import Keymap, shown

_EXAMPLES = ("https://example.org/article", "~/Downloads/page.html")


class Welcome(Static):
    """The way to the first article."""

    def __init__(self, keymap: Keymap) -> None:
        super().__init__(_words(keymap), markup=False)


def _words(keymap: Keymap) -> Content:
    add, keys, leave = (
        shown(keymap.key(name)) for name in ("library.add", "program.help", "library.quit")
    )
    return Content.assemble(
        ("Your library is empty.\n\n", "bold"),
        ("Press ", "$quiet"),
        (add, "bold $primary"),
        (" to add a page by its address, or a file:\n\n", "$quiet"),
        *((f"    {example}\n", "") for example in _EXAMPLES),
        ("\nIt is cleaned and kept here; then read it, and mark what it claims.\n\n", "$quiet"),
        (keys, "bold $primary"),
        (" shows all keys, ", "$quiet"),
        (leave, "bold $primary"),
        (" quits.", "$quiet"),
    )
