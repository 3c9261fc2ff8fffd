"""Everything there is to do, found by typing."""

from collections.abc import Sequence

from msgspec import Struct
from textual.fuzzy import Matcher

from annotator.tui.dialogs.picker import Picker
from annotator.tui.fitting import column, fit
from annotator.tui.keymap import Keymap
from annotator.tui.rows import Line, Piece, Remark, Row


class Command(Struct, frozen=True):
    """Something to do: its words, the key that does it as well, and what to answer with."""

    key: str
    words: str
    shown_key: str = ""

    def height(self, width: int) -> int:  # noqa: ARG002  one line in any width
        """Return one line."""
        return 1

    def lines(self, width: int) -> Sequence[Line]:
        """Return the words, and the key at the right."""
        shown = fit(self.shown_key, width // 3)
        words = column(self.words, max(1, width - len(shown) - 3))
        return ((Piece(f" {words} "), Piece(shown, "key"), Piece(" ")),)


class Palette(Picker[str]):
    """Answers with the key of a command."""

    def __init__(self, keymap: Keymap, commands: Sequence[Command]) -> None:
        super().__init__(keymap, "What to do", "Type what you want to do")
        self._commands = commands

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the keys that choose and end."""
        return (("enter", "do it"), ("dialog.leave", "leave"))

    def rows(self, typed: str) -> Sequence[Row]:
        """Return the commands that are meant, the likeliest first."""
        if not typed:
            return self._commands
        match = Matcher(_spaced(typed)).match
        ranked = [(match(_spaced(command.words)), command) for command in self._commands]
        found = [pair for pair in ranked if pair[0] > 0]
        found.sort(key=lambda pair: pair[0], reverse=True)
        return [command for _, command in found] or [Remark(" Nothing is called that.")]

    def action_keep(self) -> None:
        """Answer with the command under the cursor."""
        if self.key:
            self.dismiss(self.key)


def _spaced(words: str) -> str:
    """Return words in which a hyphen is a space: themes are called `high-contrast`."""
    return words.replace("-", " ")
