"""The help: all keys in their groups, those of the current screen first."""

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widget import Widget

from annotator.model import Kind
from annotator.tui.context import AppContext
from annotator.tui.dialogs.dialog import Dialog
from annotator.tui.keys.keymap import Keymap, shown_all
from annotator.tui.lists.list_view import Listing
from annotator.tui.lists.rows import Heading, Line, Piece, Row
from annotator.tui.lists.text_fit import pad, wrap
from annotator.tui.workers import show_modal

_KEYS_WIDTH = 16  # cells
_MAX_LABEL_LINES = 3


class HelpScreen(Dialog[None]):
    """A list of all keys."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("q,question_mark,f1", "cancel", show=False)]

    def __init__(self, keymap: Keymap, first: tuple[str, ...], kinds: Sequence[Kind] = ()) -> None:
        super().__init__(keymap, "Keys")
        self._first = first
        self._kinds = kinds

    def parts(self) -> Sequence[Widget]:
        """Return the list."""
        return (Listing(self.keymap, id="help-keys"),)

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the keys that scroll and close."""
        return (("list.down", "down"), ("list.page-down", "page"), ("dialog.leave", "close"))

    def on_mount(self) -> None:
        """Fill the list."""
        self.query_one(Listing).show(help_rows(self.keymap, self._first, self._kinds))


async def show_help(screen: Screen[Any], context: AppContext) -> None:
    """Show the help over a screen."""
    first = getattr(screen, "PLACES", ())
    await show_modal(screen, HelpScreen(context.keymap, first, context.settings.kinds))


def help_rows(keymap: Keymap, first: tuple[str, ...], kinds: Sequence[Kind]) -> list[Row]:
    """Return the keys under the titles of their groups, and the kinds of marks."""
    rows: list[Row] = []
    for title, keys in keymap.groups(first):
        rows += [
            Heading(title, air=min(1, len(rows))),
            *(_KeyRow(shown_all(key), key.label) for key in keys),
        ]
    kind_rows = [_KeyRow(kind.key, f"{kind.glyph} {kind.name}") for kind in kinds]
    return [*rows, Heading("Kinds of marks"), *kind_rows]


class _KeyRow:
    """A key and its label, which takes as many lines as it needs."""

    def __init__(self, keys: str, label: str) -> None:
        self.key = f"{keys} {label}"
        self._keys, self._label = keys, label

    def height(self, width: int) -> int:
        return len(self._label_lines(width))

    def lines(self, width: int) -> Sequence[Line]:
        room, labels = _keys_width(width), self._label_lines(width)
        keys = [pad(self._keys, room), *(pad("", room) for _ in labels[1:])]
        return tuple(
            (Piece("  "), Piece(key, "key"), Piece(f" {label}"))
            for key, label in zip(keys, labels, strict=True)
        )

    def _label_lines(self, width: int) -> Sequence[str]:
        return wrap(self._label, max(1, width - _keys_width(width) - 3), lines=_MAX_LABEL_LINES)


def _keys_width(width: int) -> int:
    return min(_KEYS_WIDTH, width // 3)
