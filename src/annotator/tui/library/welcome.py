"""The page of an empty library, for new users."""

from textual.content import Content
from textual.widgets import Static

from annotator.tui.keys.keymap import Keymap, shown

_ABOUT = "annotator cleans pages and saves them here. Then you read them and mark the claims."
_SOURCES = ("example.org/article", "~/Downloads/page.html")


class Welcome(Static):
    """Tells new users of an empty library how to add an article."""

    def __init__(self, keymap: Keymap) -> None:
        super().__init__(_words(keymap), markup=False)


def _words(keymap: Keymap) -> Content:
    def key(key_id: str, does: str) -> Content:
        name = shown(keymap.key(key_id))
        return Content.assemble((f"{name}  ", "bold $primary"), (f"{does}\n", ""))

    return Content.assemble(
        ("Your library is empty.\n\n", "bold"),
        (f"{_ABOUT}\n\n", "$quiet"),
        key("library.add", "adds a web page or a file:"),
        *((f"      {example}\n", "$quiet") for example in _SOURCES),
        ("   Addresses can also be pasted here, one or many.\n\n", "$quiet"),
        key("library.samples", "adds some sample articles, to try it"),
        key("program.help", "shows all keys"),
        key("library.quit", "quits"),
    )
