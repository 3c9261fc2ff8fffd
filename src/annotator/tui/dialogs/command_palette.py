"""The command palette: keys, themes and articles, found by typing."""

import asyncio
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct
from textual.app import App
from textual.dom import DOMNode
from textual.fuzzy import Matcher
from textual.screen import Screen

from annotator.settings.theme_choice import remember_theme
from annotator.tui.context import AppContext
from annotator.tui.dialogs.picker import Picker
from annotator.tui.dialogs.typed_commands import TYPED, label_of, run_typed
from annotator.tui.frame.opening import ArticleRequested, ask_app
from annotator.tui.keys.groups import ALL_KEYS, BY_ID, PALETTE_PLACES
from annotator.tui.keys.keymap import Keymap, shown
from annotator.tui.keys.tables.reader import COMMANDS
from annotator.tui.lists.rows import Line, Piece, Remark, Row
from annotator.tui.lists.text_fit import pad, truncate
from annotator.tui.theming.themes import THEMES
from annotator.tui.workers import show_modal

_THEME, _ARTICLE, _ACTION = "theme:", "article:", "action:"
_MAX_ARTICLES = 2_000  # the filter of the library finds the rest


class Command(Struct, frozen=True):
    """A row of the palette: what it answers with, its label, and a key that does the same."""

    key: str
    label: str
    shown_key: str = ""

    def height(self, width: int) -> int:  # noqa: ARG002  one line in any width
        """Return one line."""
        return 1

    def lines(self, width: int) -> Sequence[Line]:
        """Return the label, and the key at the right."""
        shown = truncate(self.shown_key, width // 3)
        label = pad(self.label, max(1, width - len(shown) - 3))
        return ((Piece(f" {label} "), Piece(shown, "key"), Piece(" ")),)


class CommandPalette(Picker[str]):
    """Returns the key of a command.

    The commands of vim, which work in the `places` of the screen, come first if typed in full.
    """

    def __init__(
        self, keymap: Keymap, commands: Sequence[Command], places: Sequence[str] = ()
    ) -> None:
        super().__init__(keymap, "Commands", "Type a command, a theme or a title")
        self._commands = commands
        self._places = places

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the keys that run a command and close."""
        return (("enter", "run"), ("dialog.leave", "close"))

    def rows(self, typed: str) -> Sequence[Row]:
        """Return the commands that match, best matches first."""
        if not typed:
            return self._commands
        label = label_of(typed, self._places)
        first = [Command(f"{TYPED}{typed}", label, f":{typed}")] if label else []
        match = Matcher(_spaced(typed)).match
        ranked = [(match(_spaced(command.label)), command) for command in self._commands]
        found = [pair for pair in ranked if pair[0] > 0]
        found.sort(key=lambda pair: pair[0], reverse=True)
        return [*first, *(command for _, command in found)] or [Remark(" No matching command.")]

    def action_submit(self) -> None:
        """Return the command under the cursor."""
        if self.key:
            self.dismiss(self.key)


async def show_palette(screen: Screen[Any], context: AppContext) -> None:
    """Show the palette over a screen, and run the command that is chosen."""
    app = screen.app
    nodes = list(screen.focused.ancestors_with_self if screen.focused else (screen, app))
    articles = await asyncio.to_thread(_articles, context)
    places = getattr(screen, "PLACES", ())
    commands = [*_key_commands(context, places), *_theme_commands(app), *articles]
    palette = CommandPalette(context.keymap, commands, places)
    chosen = await show_modal(screen, palette)
    if chosen is None:
        return
    if chosen.startswith(_THEME):
        app.theme = chosen.removeprefix(_THEME)
        await asyncio.to_thread(remember_theme, context.state, context.settings, app.theme)
    elif chosen.startswith(_ARTICLE):
        await ask_app(ArticleRequested(screen, chosen.removeprefix(_ARTICLE)))
    elif chosen.startswith(_ACTION):
        await _run(app, chosen.removeprefix(_ACTION), nodes)
    elif chosen.startswith(TYPED):
        if action := run_typed(screen, chosen.removeprefix(TYPED), places):
            await _run(app, action, nodes)
    else:
        await _run(app, BY_ID[chosen].action, nodes)


def _spaced(label: str) -> str:
    """Return a label with spaces for hyphens, so that “high contrast” finds `high-contrast`."""
    return label.replace("-", " ")


def _key_commands(context: AppContext, places: Sequence[str]) -> Iterator[Command]:
    offered = PALETTE_PLACES & {*places, "program"}
    if COMMANDS.place in offered:
        keys = {key.action: shown(key) for key in context.keymap.commands}
        for number, command in enumerate(context.settings.commands):
            action = f"pipe({number})"
            yield Command(f"{_ACTION}{action}", command.name, keys.get(action, ""))
    for key in context.keymap.of(ALL_KEYS):
        if key.place in offered and key.id != "program.palette":
            yield Command(key.id, key.label, shown(key))


def _theme_commands(app: App[Any]) -> Iterator[Command]:
    ours = [theme.name for theme in THEMES]
    for name in sorted(app.available_themes, key=lambda name: name not in ours):
        yield Command(f"{_THEME}{name}", f"Theme {name}", "in use" if name == app.theme else "")


def _articles(context: AppContext) -> list[Command]:
    records = context.library.records()[:_MAX_ARTICLES]
    return [
        Command(f"{_ARTICLE}{record.id}", f"Read “{record.title or record.url}”")
        for record in records
    ]


async def _run(app: App[Any], action: str, nodes: Sequence[DOMNode]) -> None:
    """Run an action on the first node that has it, from the focused widget up to the app."""
    name = action.partition("(")[0]
    node = next((node for node in nodes if hasattr(node, f"action_{name}")), app)
    await app.run_action(action, node)
