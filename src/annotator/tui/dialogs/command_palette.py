"""Everything there is to do, found by typing."""

import asyncio
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct
from textual.app import App
from textual.dom import DOMNode
from textual.fuzzy import Matcher
from textual.screen import Screen

from annotator.tui.context import AppContext
from annotator.tui.dialogs.picker import Picker
from annotator.tui.keys.groups import ALL_KEYS, BY_ID, PALETTE_PLACES
from annotator.tui.keys.keymap import Keymap, shown
from annotator.tui.lists.rows import Line, Piece, Remark, Row
from annotator.tui.lists.text_fit import pad, truncate
from annotator.tui.reader.open import open_reader
from annotator.tui.theming.chosen_theme import choose
from annotator.tui.theming.themes import THEMES
from annotator.tui.workers import show_modal


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
        shown = truncate(self.shown_key, width // 3)
        words = pad(self.words, max(1, width - len(shown) - 3))
        return ((Piece(f" {words} "), Piece(shown, "key"), Piece(" ")),)


class CommandPalette(Picker[str]):
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


_THEME, _ARTICLE = "theme:", "article:"
_MOST_ARTICLES = 2_000  # more are found with the filter of the library


async def show_help(screen: Screen[Any], context: AppContext) -> None:
    """Show all keys, those of this screen first."""
    from annotator.tui.dialogs.help import HelpScreen

    await show_modal(screen, HelpScreen(context.keymap, _places(screen), context.settings.kinds))


async def show_palette(screen: Screen[Any], context: AppContext) -> None:
    """Let everything there is to do be found by typing, and do what is chosen."""
    app = screen.app
    nodes = list(screen.focused.ancestors_with_self if screen.focused else (screen, app))
    articles = await asyncio.to_thread(_articles, context)
    commands = [*_key_commands(context, _places(screen)), *_theme_commands(app), *articles]
    chosen = await show_modal(screen, CommandPalette(context.keymap, commands))
    if chosen is None:
        return
    if chosen.startswith(_THEME):
        app.theme = chosen.removeprefix(_THEME)
        await asyncio.to_thread(choose, context.state, context.settings, app.theme)
    elif chosen.startswith(_ARTICLE):
        await open_reader(screen, context, chosen.removeprefix(_ARTICLE))
    else:
        await _run(app, BY_ID[chosen].action, nodes)


def _places(screen: Screen[Any]) -> tuple[str, ...]:
    return getattr(screen, "PLACES", ())


def _key_commands(context: AppContext, places: Sequence[str]) -> Iterator[Command]:
    wanted = PALETTE_PLACES & {*places, "program"}
    for key in context.keymap.of(ALL_KEYS):
        if key.place in wanted and key.id != "program.palette":
            yield Command(key.id, key.label, shown(key))


def _theme_commands(app: App[Any]) -> Iterator[Command]:
    ours = [theme.name for theme in THEMES]
    for name in sorted(app.available_themes, key=lambda name: name not in ours):
        yield Command(f"{_THEME}{name}", f"Theme {name}", "in use" if name == app.theme else "")


def _articles(context: AppContext) -> list[Command]:
    records = context.library.records()[:_MOST_ARTICLES]
    return [
        Command(f"{_ARTICLE}{record.id}", f"Read “{record.title or record.url}”")
        for record in records
    ]


async def _run(app: App[Any], action: str, nodes: Sequence[DOMNode]) -> None:
    """Run an action on the node closest to what has the keys that knows it."""
    name = action.partition("(")[0]
    node = next((node for node in nodes if hasattr(node, f"action_{name}")), app)
    await app.run_action(action, node)
