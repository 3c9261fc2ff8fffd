"""What can be done everywhere: help, and the list of everything there is to do."""

import asyncio
from collections.abc import Iterator, Sequence
from typing import Any

from textual.app import App
from textual.dom import DOMNode
from textual.screen import Screen

from annotator.tui.chosen_theme import choose
from annotator.tui.desk import Desk
from annotator.tui.dialogs.palette import Command
from annotator.tui.keymap import shown
from annotator.tui.keys import ALL_KEYS, BY_ID, Place
from annotator.tui.screens.asking import answer
from annotator.tui.screens.opening import open_reader
from annotator.tui.theme import THEMES

_NAMED: tuple[Place, ...] = ("reader", "mark", "library", "review", "anywhere", "program")
_THEME, _ARTICLE = "theme:", "article:"
_MOST_ARTICLES = 2_000  # more are found with the filter of the library


async def show_help(screen: Screen[Any], desk: Desk) -> None:
    """Show all keys, those of this screen first."""
    from annotator.tui.dialogs.help_screen import HelpScreen

    await answer(screen, HelpScreen(desk.keymap, _places(screen), desk.settings.kinds))


async def show_palette(screen: Screen[Any], desk: Desk) -> None:
    """Let everything there is to do be found by typing, and do what is chosen."""
    from annotator.tui.dialogs.palette import Palette

    app = screen.app
    nodes = list(screen.focused.ancestors_with_self if screen.focused else (screen, app))
    articles = await asyncio.to_thread(_articles, desk)
    commands = [*_key_commands(desk, _places(screen)), *_theme_commands(app), *articles]
    chosen = await answer(screen, Palette(desk.keymap, commands))
    if chosen is None:
        return
    if chosen.startswith(_THEME):
        app.theme = chosen.removeprefix(_THEME)
        await asyncio.to_thread(choose, desk.state, desk.settings, app.theme)
    elif chosen.startswith(_ARTICLE):
        await open_reader(screen, desk, chosen.removeprefix(_ARTICLE))
    else:
        await _run(app, BY_ID[chosen].action, nodes)


def _places(screen: Screen[Any]) -> tuple[Place, ...]:
    return getattr(screen, "PLACES", ())


def _key_commands(desk: Desk, places: Sequence[Place]) -> Iterator[Command]:
    wanted = {place for place in _NAMED if place in places} | {"program"}
    for key in desk.keymap.of(ALL_KEYS):
        if key.place in wanted and key.id != "program.palette":
            yield Command(key.id, key.label, shown(key))


def _theme_commands(app: App[Any]) -> Iterator[Command]:
    ours = [theme.name for theme in THEMES]
    for name in sorted(app.available_themes, key=lambda name: name not in ours):
        yield Command(f"{_THEME}{name}", f"Theme {name}", "in use" if name == app.theme else "")


def _articles(desk: Desk) -> list[Command]:
    records = desk.library.records()[:_MOST_ARTICLES]
    return [
        Command(f"{_ARTICLE}{record.id}", f"Read “{record.title or record.url}”")
        for record in records
    ]


async def _run(app: App[Any], action: str, nodes: Sequence[DOMNode]) -> None:
    """Run an action on the node closest to what has the keys that knows it."""
    name = action.partition("(")[0]
    node = next((node for node in nodes if hasattr(node, f"action_{name}")), app)
    await app.run_action(action, node)
