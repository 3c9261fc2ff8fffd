"""The help in three steps: the keys for what is at hand, all keys, and all keys with their ids.

All keys are in their groups, those of the place one is in first, and found by typing.
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from annotator.model import Kind
from annotator.model.labels import STATUS_GLYPHS
from annotator.tui.dialogs.dialog import Dialog, Hints, text_input
from annotator.tui.frame.context import AppContext
from annotator.tui.frame.workers import show_modal
from annotator.tui.keys.groups import FOOTERS
from annotator.tui.keys.keymap import Keymap, shown, shown_all
from annotator.tui.lists.list_view import Listing
from annotator.tui.lists.rows import Heading, Line, Piece, Remark, Row, pad, truncate, wrap

_KEYS_WIDTH, _KEY_WIDTH = 14, 9  # cells, of all keys of an action, and of the first one
_ID_WIDTH = 24  # cells; an id has a line of its own if that leaves too little for the label
_MIN_LABEL = 26
_MAX_LABEL_LINES = 3
_ON_CARD = 10  # keys: what 20 lines have room for
_NO_KEY = "palette"

_SIGNS = (
    ("│ ┃", "a mark goes on; the second one is the mark at hand"),
    ("✎", "a mark with a note ends here"),
    ("⇄", "a mark with links ends here"),
    ("•", "a sentence that is worth a check"),
    ("▌", "the sentence of the cursor"),
    ("▐", "how far you have come"),
)


class HelpScreen(Dialog[None]):
    """A card with the keys for what is at hand; its own key leads to all keys, then to their ids.

    `first` are the places whose keys come first, and `footer` is the name of the line of keys in
    the status bar, from which the card is; without one, all keys are shown. Typing narrows them.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "cancel", show=False),
        Binding("question_mark,f1", "more", show=False),
        Binding("slash", "filter", show=False),
    ]
    AUTO_FOCUS = "Listing"

    def __init__(
        self,
        keymap: Keymap,
        first: tuple[str, ...],
        kinds: Sequence[Kind] = (),
        *,
        footer: str = "",
    ) -> None:
        super().__init__(keymap, "Keys")
        self._first = first
        self._kinds = kinds
        self._footer = footer  # while the card is shown
        self._has_ids = False

    def parts(self) -> Sequence[Widget]:
        line = text_input(placeholder="Type a key, a word or an id", id="help-filter")
        line.display = False
        return (line, Listing(self.keymap, id="help-keys"))

    def hints(self) -> Hints:
        deeper = "all keys" if self._footer else "hide the ids" if self._has_ids else "ids"
        ways = (("program.help", deeper), ("/", "find"))
        moves = () if self._footer else (("list.page-down", "page"),)
        return (*ways, *moves, ("dialog.leave", "close"))

    def on_mount(self) -> None:
        self._fill("")

    def action_more(self) -> None:
        """Go on from the card to all keys, and from these to their ids, or back."""
        self._has_ids = not (self._footer or self._has_ids)
        self._show_all()

    def action_filter(self) -> None:
        """Let the user type what to find, among all keys."""
        self._show_all()
        line = self.query_one(Input)
        line.display = True
        line.focus()

    def action_submit(self) -> None:
        """Go from the input to the list."""
        self.query_one(Listing).focus()

    def action_cancel(self) -> None:
        """Drop the filter, or else close the help."""
        line = self.query_one(Input)
        if not line.display:
            super().action_cancel()
            return
        line.value = ""
        line.display = False
        self.query_one(Listing).focus()

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        self._fill(event.value)

    def _show_all(self) -> None:
        self._footer = ""
        self._fill(self.query_one(Input).value)
        self.show_hints()

    def _fill(self, typed: str) -> None:
        if self._footer:
            rows = card_rows(self.keymap, self._footer)
        else:
            rows = help_rows(
                self.keymap, self._first, self._kinds, typed=typed, has_ids=self._has_ids
            )
        self.query_one(Listing).show(rows or [Remark(" Nothing has these words.")], at="")


async def show_help(screen: Screen[Any], context: AppContext) -> None:
    """Show the help over a screen."""
    first = getattr(screen, "PLACES", ())
    here = getattr(screen, "active_place", "")  # the mode of the reader
    places = (here, *first) if here else first
    footer = getattr(screen, "footer", "")
    card = HelpScreen(context.keymap, places, context.settings.kinds, footer=footer)
    await show_modal(screen, card)


def card_rows(keymap: Keymap, footer: str) -> list[Row]:
    """Return the keys of a status bar, as many as the card has room for, and the palette's."""
    rows: list[Row] = []
    for entry in FOOTERS[footer]:
        key_id, words = (entry, "") if isinstance(entry, str) else entry
        key = keymap.key(key_id)
        if key_id != "program.help":
            rows.append(_KeyRow(shown(key), words or key.label, room=_KEY_WIDTH))
    palette = keymap.key("program.palette")
    every = _KeyRow(shown(palette), "Every command, by its name", room=_KEY_WIDTH)
    last = [every, *rows[-1:]]
    return [*rows[:-1][: _ON_CARD - len(last)], *last]


def help_rows(
    keymap: Keymap,
    first: tuple[str, ...],
    kinds: Sequence[Kind],
    *,
    typed: str = "",
    has_ids: bool = False,
) -> list[Row]:
    """Return keys and signs under the titles of their groups, those with the words typed.

    Ids are found by typing, also if they are not shown.
    """
    words = typed.casefold().split()
    groups = [
        *(
            (
                title,
                [
                    _KeyRow(shown_all(key) or _NO_KEY, key.label, key.id, has_id=has_ids)
                    for key in keys
                ],
            )
            for title, keys in keymap.groups(first)
        ),
        ("Kinds of marks", [_KeyRow(kind.key, f"{kind.glyph} {kind.name}") for kind in kinds]),
        ("Statuses of claims", [_KeyRow(sign, name) for name, sign in STATUS_GLYPHS.items()]),
        ("Signs beside the text", [_KeyRow(sign, means) for sign, means in _SIGNS]),
    ]
    rows: list[Row] = []
    for title, keys in groups:
        fitting = [row for row in keys if row.has(words, title)]
        if fitting:
            rows += [Heading(title, air=min(1, len(rows))), *fitting]
    return rows


class _KeyRow:
    """A key, its label, which takes as many lines as it needs, and its id if it is shown."""

    def __init__(
        self,
        keys: str,
        label: str,
        key_id: str = "",
        *,
        has_id: bool = False,
        room: int = _KEYS_WIDTH,
    ) -> None:
        self.key = f"{keys} {label} {key_id}"
        self._keys, self._label, self._id = keys, label, key_id * has_id
        self._room = room

    def has(self, words: Sequence[str], title: str) -> bool:
        """Return whether the row or the title of its group has all words."""
        text = f"{self.key} {title}".casefold()
        return all(word in text for word in words)

    def lines(self, width: int) -> Sequence[Line]:
        room = min(self._room, width // 3)
        rest = max(1, width - room - 4)
        is_beside = bool(self._id) and rest - _ID_WIDTH >= _MIN_LABEL
        label_room = rest - _ID_WIDTH if is_beside else rest
        labels = wrap(self._label, max(1, label_room), lines=_MAX_LABEL_LINES) or ("",)
        keys = [pad(self._keys, room), *(pad("", room) for _ in labels[1:])]
        lines: list[Line] = [
            (Piece("  "), Piece(key, "key"), Piece(f" {label}"))
            for key, label in zip(keys, labels, strict=True)
        ]
        if self._id and is_beside:
            at, label, name = lines[0]
            cut = truncate(self._id, _ID_WIDTH - 1)
            lines[0] = (at, label, Piece(pad(name.text, label_room + 2)), Piece(cut, "quiet"))
        elif self._id:
            lines.append((Piece(" " * (room + 3)), Piece(truncate(self._id, rest), "quiet")))
        return lines
