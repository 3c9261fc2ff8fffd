"""What an empty library shows."""

from textual.content import Content
from textual.widgets import Static

from annotator.tui.keys.keymap import Keymap, shown

_SOURCES = ("https://example.org/article", "~/Downloads/page.html")


class Welcome(Static):
    """Tells new users of an empty library how to add an article."""

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
        (" to add a web page or a file:\n\n", "$quiet"),
        *((f"    {example}\n", "") for example in _SOURCES),
        (
            "\nannotator cleans it and saves it here. Then read it and mark the claims.\n\n",
            "$quiet",
        ),
        (keys, "bold $primary"),
        (" shows all keys, ", "$quiet"),
        (leave, "bold $primary"),
        (" quits.", "$quiet"),
    )
