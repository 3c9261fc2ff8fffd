"""The dialog that asks for a name, and completes it from those in use.

What was typed comes first, as in the dialog of tags, and is marked as new. The names in use
that it may be short for follow, so that `Xi` need not become a second name of `Xi Jinping`.
"""

from collections.abc import Iterator, Sequence

from annotator.tui.dialogs.picker import MAX_ROWS, Picker
from annotator.tui.keys.keymap import Keymap
from annotator.tui.lists.rows import ChoiceRow, Row
from annotator.usecases.tags.speakers import SpeakerUse

_NOBODY = "\0"  # the key of the row that removes the name; no name is like it
_AT_WORD, _WITHIN = 1, 2


class NamePicker(Picker[str]):
    """Returns a name, empty to remove the `current` one."""

    def __init__(self, keymap: Keymap, title: str, current: str = "") -> None:
        super().__init__(keymap, title, "Type a name", self._matching, does="save")
        self._current = current
        self._uses: tuple[SpeakerUse, ...] = ()

    def offer(self, uses: Sequence[SpeakerUse]) -> None:
        """Offer the names in use."""
        self._uses = tuple(uses)
        self.refill(at="")

    def _matching(self, typed: str) -> Sequence[Row]:
        return name_rows(self._uses, typed, self._current)

    def action_submit(self) -> None:
        """Return the name under the cursor."""
        if self.key:
            self.dismiss("" if self.key == _NOBODY else self.key)


def name_rows(uses: Sequence[SpeakerUse], typed: str, current: str = "") -> list[Row]:
    """Return the typed name, those that it may be short for, and those that contain it."""
    wanted = " ".join(typed.split())
    if not wanted:
        return [*_all(uses, current)][:MAX_ROWS]
    ranked = [(rank, use) for use in uses if (rank := _rank(use.name, wanted)) is not None]
    ranked.sort(key=lambda pair: (pair[0], -pair[1].count))
    rows = [ChoiceRow(use.name, use.name, f"{use.count:,}") for _, use in ranked]
    if not ranked or ranked[0][0]:  # the name itself is not in use
        rows.insert(0, ChoiceRow(wanted, wanted, "new"))
    return [*rows[:MAX_ROWS]]


def _all(uses: Sequence[SpeakerUse], current: str) -> Iterator[Row]:
    if current:
        count = next((use.count for use in uses if use.name == current), 0)
        yield ChoiceRow(current, current, f"{count:,}" if count else "", role="chosen")
        yield ChoiceRow(_NOBODY, "No name", "remove", role="quiet")
    for use in sorted(uses, key=lambda use: -use.count):
        if use.name != current:
            yield ChoiceRow(use.name, use.name, f"{use.count:,}")


def _rank(name: str, wanted: str) -> int | None:
    """Return 0 for the name itself, 1 if a word of it begins so, 2 if it contains it."""
    folded, key = name.casefold(), wanted.casefold()
    if folded == key:
        return 0
    if f" {folded}".find(f" {key}") >= 0:
        return _AT_WORD
    return _WITHIN if key in folded else None
