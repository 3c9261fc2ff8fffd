"""The help: every key there is, those that matter here first."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from annotator.model import Kind
from annotator.tui.dialogs.dialog import Dialog
from annotator.tui.keys.keymap import Keymap, shown_all
from annotator.tui.lists.list_view import Listing
from annotator.tui.lists.rows import Heading, Line, Piece, Row
from annotator.tui.lists.text_fit import pad, wrap

_KEYS_WIDTH = 16
_LABEL_LINES = 3


class HelpScreen(Dialog[None]):
    """All keys in groups, to be scrolled through."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("q,question_mark,f1", "leave", show=False)]

    def __init__(self, keymap: Keymap, first: tuple[str, ...], kinds: Sequence[Kind] = ()) -> None:
        super().__init__(keymap, "Keys")
        self._first = first
        self._kinds = kinds

    def parts(self) -> Sequence[Widget]:
        """Return the list."""
        return (Listing(self.keymap, id="help-keys"),)

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the keys that move and end."""
        return (("list.down", "down"), ("list.page-down", "page"), ("dialog.leave", "close"))

    def on_mount(self) -> None:
        """Show the keys."""
        self.query_one(Listing).show(help_rows(self.keymap, self._first, self._kinds))


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
    """A key and what it does, on as many lines as that needs."""

    def __init__(self, keys: str, label: str) -> None:
        self.key = f"{keys} {label}"
        self._keys, self._label = keys, label

    def height(self, width: int) -> int:
        return len(self._folded(width))

    def lines(self, width: int) -> Sequence[Line]:
        at = self._at(width)
        keys = pad(self._keys, at), *(pad("", at) for _ in self._folded(width)[1:])
        return tuple(
            (Piece("  "), Piece(key, "key"), Piece(f" {words}"))
            for key, words in zip(keys, self._folded(width), strict=True)
        )

    def _folded(self, width: int) -> Sequence[str]:
        return wrap(self._label, max(1, width - self._at(width) - 3), lines=_LABEL_LINES)

    def _at(self, width: int) -> int:
        return min(_KEYS_WIDTH, width // 3)
