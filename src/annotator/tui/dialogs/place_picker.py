"""The dialog that lists named places, narrowed by typing."""

from collections.abc import Sequence

from annotator.tui.dialogs.picker import Picker
from annotator.tui.keys.keymap import Keymap
from annotator.tui.lists.rows import ChoiceRow, Piece, Remark, Row
from annotator.tui.lists.text_fit import truncate
from annotator.usecases.articles.places import NamedPlace, is_for_all

_TITLE_WIDTH = 30  # cells, of the article of a place


def place_picker(keymap: Keymap, places: Sequence[NamedPlace]) -> Picker[str]:
    """Return the dialog that returns the letter of a place."""

    def rows(typed: str) -> Sequence[Row]:
        """Return the places of that letter first, then those with the words."""
        wanted = typed.casefold()
        named = [place for place in places if place.letter == typed]
        others = [
            place
            for place in places
            if place not in named and wanted in f"{place.place.words} {place.title}".casefold()
        ]
        return [*map(_row, (*named, *others))] or [Remark(" No such place.")]

    words = "Type a letter, or words of the place"
    return Picker(keymap, "Places", words, rows, does="go", leaves="close")


def _row(named: NamedPlace) -> ChoiceRow:
    """Return the letter and the words, with the title of the article if it is for all."""
    title = truncate(named.title, _TITLE_WIDTH) if is_for_all(named.letter) else ""
    head = (Piece(f" {named.letter}  ", "key"),)
    return ChoiceRow(named.letter, named.words, title and f" {title}", head)
