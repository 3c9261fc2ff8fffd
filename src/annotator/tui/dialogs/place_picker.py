"""The dialog that lists named places, narrowed by typing."""

from collections.abc import Sequence

from msgspec import Struct

from annotator.tui.dialogs.picker import Picker
from annotator.tui.keys.keymap import Keymap
from annotator.tui.lists.rows import Line, Piece, Remark, Row
from annotator.tui.lists.text_fit import pad, truncate
from annotator.usecases.articles.places import NamedPlace, is_for_all


class _PlaceRow(Struct, frozen=True):
    """A place: its letter and the words there, with the title of its article if it is for all."""

    named: NamedPlace

    @property
    def key(self) -> str:
        """The letter."""
        return self.named.letter

    def height(self, width: int) -> int:  # noqa: ARG002  one line in any width
        """Return one line."""
        return 1

    def lines(self, width: int) -> Sequence[Line]:
        """Return the letter, the words, and the title at the right."""
        room = max(1, width - 5)
        title = truncate(self.named.title, room // 3) if is_for_all(self.key) else ""
        words = pad(self.named.words, max(1, room - len(title) - 1))
        return ((Piece(f" {self.key}  ", "key"), Piece(f"{words} "), Piece(title, "quiet")),)


class PlacePicker(Picker[str]):
    """Returns the letter of a place."""

    def __init__(self, keymap: Keymap, places: Sequence[NamedPlace]) -> None:
        super().__init__(keymap, "Places", "Type a letter, or words of the place")
        self._rows = [_PlaceRow(each) for each in places]

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the keys that go to a place and close."""
        return (("enter", "go"), ("dialog.leave", "close"))

    def rows(self, typed: str) -> Sequence[Row]:
        """Return the places of that letter first, then those with the words."""
        named = [row for row in self._rows if row.key == typed]
        wanted = typed.casefold()
        others = [
            row
            for row in self._rows
            if row not in named
            and wanted in f"{row.named.place.words} {row.named.title}".casefold()
        ]
        return [*named, *others] or [Remark(" No such place.")]

    def action_submit(self) -> None:
        """Return the letter of the place under the cursor."""
        if self.key:
            self.dismiss(self.key)
