"""The formats that articles are exported in: the one list of them, and the place for plug-ins.

A format is an `Exporter`. Those of the program are listed in `BUILT_IN`. Another
package adds its own with an entry point:

    [project.entry-points."annotator.exporters"]
    argdown = "argdown_export:ARGDOWN"

`annotator export`, `annotator show` and the folder of exported files know
formats only through this module.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from annotator.errors import InvalidInput
from annotator.model import AnchoredMark, Article, ArticleRecord

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

ENTRY_POINTS: Final = "annotator.exporters"

# Modules of formats are loaded when the format is used.
BUILT_IN: Final[Mapping[str, str]] = {
    "markdown": "annotator.export.markdown.note:MARKDOWN",
    "html": "annotator.export.html.html_page:HTML",
}


def _no_identity(_head: str) -> str:
    return ""


class Exporter(Struct, frozen=True, kw_only=True):
    """A format: what it is called, and functions that turn values into its text.

    `suffix` ends the names of its files. `render_article` writes an article by
    itself, `render_note` an article with its marks; a format may lack either. A
    note must hold the id of its article, so that an exported file is recognised
    wherever it was moved: `identity_of` returns that id from the beginning of a
    file's text, or an empty string.
    """

    name: str
    suffix: str
    render_article: Callable[[Article], str] | None = None
    render_note: Callable[[Article, Sequence[AnchoredMark], ArticleRecord], str] | None = None
    identity_of: Callable[[str], str] = _no_identity


def exporter(name: str) -> Exporter:
    """Return the exporter of a format; raises `InvalidInput` for an unknown one."""
    if name in BUILT_IN:
        module, _, attribute = BUILT_IN[name].partition(":")
        built_in: Exporter = getattr(import_module(module), attribute)
        return built_in
    for found in _plugins():
        if found.name == name:
            plugin: Exporter = found.load()
            return plugin
    raise InvalidInput(f"Unknown format: {name}.", f"Choose one of: {', '.join(formats())}.")


def formats() -> tuple[str, ...]:
    """Return the names of all formats, those of plug-ins last."""
    return tuple(dict.fromkeys((*BUILT_IN, *(found.name for found in _plugins()))))


def _plugins() -> Iterable["EntryPoint"]:
    from importlib.metadata import entry_points  # takes 20 ms, which only plug-ins need

    return entry_points(group=ENTRY_POINTS)
