"""The dialog that asks for a name, and completes it from those in use.

What was typed comes first, as in the dialog of tags, and is marked as new. The names in use
that it may be short for follow, so that `Xi` need not become a second name of `Xi Jinping`.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from annotator.tui.dialogs.picker import MAX_ROWS, Picker
from annotator.tui.keys.keymap import Keymap
from annotator.tui.lists.rows import Line, Piece, Row
from annotator.tui.lists.text_fit import pad, truncate
from annotator.usecases.tags.speakers import SpeakerUse

_NOBODY = "\0"  # the key of the row that removes the name; no name is like it
_AT_WORD, _WITHIN = 1, 2


class NamePicker(Picker[str]):
    """Returns a name, empty to remove the `current` one."""

    def __init__(self, keymap: Keymap, title: str, current: str = "") -> None:
        super().__init__(keymap, title, "Type a name")
        self._current = current
        self._uses: tuple[SpeakerUse, ...] = ()

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the keys that save and cancel."""
        return (("enter", "save"), ("dialog.leave", "cancel"))

    def rows(self, typed: str) -> Sequence[Row]:
        """Return the names that match, the typed one among them."""
        return name_rows(self._uses, typed, self._current)

    def offer(self, uses: Sequence[SpeakerUse]) -> None:
        """Offer the names in use."""
        self._uses = tuple(uses)
        self.refill(at="")

    def action_submit(self) -> None:
        """Return the name under the cursor."""
        if self.key:
            self.dismiss("" if self.key == _NOBODY else self.key)


class NameRow(Struct, frozen=True):
    """A name with a remark at the right."""

    key: str
    label: str
    remark: str
    role: str = ""

    def height(self, width: int) -> int:  # noqa: ARG002  one line in any width
        """Return one line."""
        return 1

    def lines(self, width: int) -> Sequence[Line]:
        """Return the name and the remark."""
        remark = truncate(self.remark, width // 2)
        name = pad(self.label, max(1, width - 2 - len(remark)))
        return ((Piece(" "), Piece(name, self.role), Piece(f"{remark} ", "quiet")),)


def name_rows(uses: Sequence[SpeakerUse], typed: str, current: str = "") -> list[Row]:
    """Return the typed name, those that it may be short for, and those that contain it."""
    wanted = " ".join(typed.split())
    if not wanted:
        return [*_all(uses, current)][:MAX_ROWS]
    ranked = [(rank, each) for each in uses if (rank := _rank(each.name, wanted)) is not None]
    ranked.sort(key=lambda it: (it[0], -it[1].count))
    rows = [NameRow(each.name, each.name, f"{each.count:,}") for _, each in ranked]
    if not ranked or ranked[0][0]:  # the name itself is not in use
        rows.insert(0, NameRow(wanted, wanted, "new"))
    return [*rows[:MAX_ROWS]]


def _all(uses: Sequence[SpeakerUse], current: str) -> Iterator[Row]:
    if current:
        count = next((each.count for each in uses if each.name == current), 0)
        yield NameRow(current, current, f"{count:,}" if count else "", "chosen")
        yield NameRow(_NOBODY, "No name", "remove", "quiet")
    for each in sorted(uses, key=lambda it: -it.count):
        if each.name != current:
            yield NameRow(each.name, each.name, f"{each.count:,}")


def _rank(name: str, wanted: str) -> int | None:
    """Return 0 for the name itself, 1 if a word of it begins so, 2 if it contains it."""
    folded, key = name.casefold(), wanted.casefold()
    if folded == key:
        return 0
    if f" {folded}".find(f" {key}") >= 0:
        return _AT_WORD
    return _WITHIN if key in folded else None
