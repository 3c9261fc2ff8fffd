"""The command palette: keys, kinds, settings, themes and articles, found by typing.

It offers what can be done now, and finds it by words that users of other programs know as well.
It also knows commands of vim by their names, such as `:wq` and `:123`.
"""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from textual.app import App
from textual.dom import DOMNode
from textual.fuzzy import Matcher
from textual.screen import Screen

from annotator import settings
from annotator.settings.choices import remember
from annotator.tui.dialogs.picker import Picker
from annotator.tui.frame.context import AppContext
from annotator.tui.frame.notifications import tell
from annotator.tui.frame.workers import show_modal
from annotator.tui.keys.groups import ALL_KEYS, BY_ID, PALETTE_PLACES, Key
from annotator.tui.keys.keymap import Keymap, shown
from annotator.tui.lists.rows import ChoiceRow, Remark, Row
from annotator.tui.messages import ScreenRequested, ask_app
from annotator.tui.theming import THEME_NAMES

_THEME, _ARTICLE, _ACTION, _SETTING = "theme:", "article:", "action:", "setting:"
_TYPED = "typed:"  # begins the key of such a command, before its name

_LEAVE = ("q", "q!", "quit", "wq", "x", "xit", "exit", "bd")
_QUIT = ("qa", "qa!", "qall", "wqa", "xa")
_SAVE = ("w", "w!", "write", "wa", "up", "update")
_HELP = ("h", "help")
_SAVED = "Everything is saved already, as soon as you do it."
_NONE = (
    " No matching command. `annotator --help` lists those of the shell, such as cite for drafts."
)
_MAX_DIGITS = 9
_MAX_ARTICLES = 2_000  # the filter of the library finds the rest
_WORDS = {  # for settings, beside those of their labels
    f"{_SETTING}export_on_change": "automatic vault obsidian watch",
    f"{_SETTING}export_folder": "vault obsidian directory place",
    f"{_SETTING}width": "wider narrower margins",
    f"{_SETTING}keymap": "vim shortcuts bindings",
    f"{_SETTING}daily_marks": "spaced repetition flashcards",
}


def command_row(key: str, label: str, shown_key: str = "") -> ChoiceRow:
    """Return the row of a command, with a key that does the same."""
    return ChoiceRow(key, label, shown_key, remark_role="key")


class CommandPalette(Picker[str]):
    """Returns the key of a command.

    The commands of vim, which work in the `places` of the screen, come first if typed in full.
    `words` finds commands by more than their labels.
    """

    def __init__(
        self,
        keymap: Keymap,
        commands: Sequence[ChoiceRow],
        places: Sequence[str] = (),
        words: Mapping[str, str] = {},
    ) -> None:
        asked = "Type a command, a setting, a theme or a title"
        super().__init__(keymap, "Commands", asked, self._matching, does="run", leaves="close")
        self._commands = commands
        self._places = places
        self._words = words

    def _matching(self, typed: str) -> Sequence[Row]:
        """Return the commands that match: those that begin so, have such words, such letters."""
        if not typed:
            return self._commands
        label = _label_of(typed, self._places)
        first = [command_row(f"{_TYPED}{typed}", label, f":{typed}")] if label else []
        match, wanted = Matcher(_spaced(typed)).match, _spaced(typed).casefold()
        ranked: list[tuple[tuple[bool, bool, float], ChoiceRow]] = []
        for command in self._commands:
            label, words = _spaced(command.label), self._words.get(command.key, "")
            known = f" {label} {words}".casefold()
            has_words = all(f" {word}" in known for word in wanted.split())
            is_title = command.key.startswith(_ARTICLE)  # which is found by its words alone
            score = 0.0 if has_words or is_title else match(label)
            if has_words or score:
                begins = not is_title and known.startswith(f" {wanted}")
                ranked.append(((begins, has_words, score), command))
        ranked.sort(key=lambda pair: pair[0], reverse=True)
        return [*first, *(command for _, command in ranked)] or [Remark(_NONE)]


async def show_palette(screen: Screen[Any], context: AppContext) -> None:
    """Show the palette over a screen, and run the command that is chosen."""
    app = screen.app
    nodes = list(screen.focused.ancestors_with_self if screen.focused else (screen, app))
    articles = await asyncio.to_thread(_articles, context, getattr(screen, "article_id", ""))
    places = getattr(screen, "PLACES", ())
    keys = _key_commands(context, places, getattr(screen, "can_act", bool))
    themes, sentences = [*_theme_commands(app)], settings.writing.explanations()
    commands = [*keys, *_setting_commands(sentences), *themes, *articles]
    more = {f"{_SETTING}{name}": about for name, about in sentences.items()}
    more |= {row.key: _lightness(app, row.key.removeprefix(_THEME)) for row in themes}
    kinds = " ".join(kind.name for kind in context.settings.kinds)
    more |= dict.fromkeys(("mark.kind", "claims.kind", "daily.kind"), kinds)
    known = {key.id: key.words for key in ALL_KEYS} | _WORDS
    words = {key: f"{known.get(key, '')} {more.get(key, '')}" for key in (*known, *more)}
    palette = CommandPalette(context.keymap, commands, places, words)
    chosen = await show_modal(screen, palette)
    if chosen is None:
        return
    if chosen.startswith(_THEME):
        app.theme = chosen.removeprefix(_THEME)
        usual = context.settings.theme
        await asyncio.to_thread(remember, context.state, "theme", usual, app.theme)
    elif chosen.startswith(_SETTING):
        name = chosen.removeprefix(_SETTING)
        await ask_app(ScreenRequested(screen, "settings", at=name))
    elif chosen.startswith(_ARTICLE):
        await ask_app(ScreenRequested(screen, "reader", chosen.removeprefix(_ARTICLE)))
    elif chosen.startswith(_ACTION):
        await _run(app, chosen.removeprefix(_ACTION), nodes)
    elif chosen.startswith(_TYPED):
        if action := _run_typed(screen, chosen.removeprefix(_TYPED), places):
            await _run(app, action, nodes)
    else:
        await _run(app, BY_ID[chosen].action, nodes)


def _spaced(label: str) -> str:
    """Return a label with spaces for hyphens, so that “high contrast” finds `high-contrast`."""
    return label.replace("-", " ").replace("“", "")


def _key_commands(
    context: AppContext, places: Sequence[str], can_act: Callable[[Key], bool]
) -> Iterator[ChoiceRow]:
    """Yield the commands of the screen that have something to act on."""
    offered = PALETTE_PLACES & {*places, "program"}
    if "sentence" in places and can_act(BY_ID["sentence.mark-kind"]):
        for kind in context.settings.kinds:
            label = f"Mark as {kind.name}"
            yield command_row(f"{_ACTION}mark_kind({kind.key})", label, kind.key)
    if "commands" in offered:
        keys = {key.action: shown(key) for key in context.keymap.commands}
        for number, command in enumerate(context.settings.commands):
            action = f"pipe({number})"
            yield command_row(f"{_ACTION}{action}", command.name, keys.get(action, ""))
    history = context.edits.history
    idle = {
        "program.palette": True,
        "program.settings": "settings" in places,
        "commands.choose": not context.settings.commands,
    }
    for key in context.keymap.of(ALL_KEYS):
        is_idle = idle.get(key.id, False) or (
            (key.action == "app.history('undo')" and history.next_undo is None)
            or (key.action == "app.history('redo')" and history.next_redo is None)
        )
        if key.place in offered and not is_idle and can_act(key):
            yield command_row(key.id, key.label, shown(key))


def _setting_commands(names: Iterable[str]) -> Iterator[ChoiceRow]:
    for name in names:
        yield command_row(f"{_SETTING}{name}", f"Setting: {settings.writing.label_of(name)}")


def _theme_commands(app: App[Any]) -> Iterator[ChoiceRow]:
    for name in THEME_NAMES:
        remark = "in use" if name == app.theme else _lightness(app, name)
        yield command_row(f"{_THEME}{name}", f"Theme {name}", remark)


def _lightness(app: App[Any], name: str) -> str:
    return "dark" if app.available_themes[name].dark else "light"


def _articles(context: AppContext, opened: str) -> list[ChoiceRow]:
    """Return the articles, the newest first, but for the one that is opened."""
    records = context.library.records()[:_MAX_ARTICLES]
    return [
        command_row(f"{_ARTICLE}{record.id}", f"Read “{record.title or record.url}”")
        for record in records
        if record.id != opened
    ]


async def _run(app: App[Any], action: str, nodes: Sequence[DOMNode]) -> None:
    """Run an action on the first node that has it, from the focused widget up to the app."""
    name = action.partition("(")[0]
    node = next((node for node in nodes if hasattr(node, f"action_{name}")), app)
    await app.run_action(action, node)


def _label_of(typed: str, places: Sequence[str]) -> str:
    """Return what a command of vim does on the screen with those keys; nothing for others."""
    if typed.isdecimal():
        return f"Go to line {typed}" if "read" in places and len(typed) <= _MAX_DIGITS else ""
    labels = {_LEAVE: "Leave this screen", _QUIT: "Quit", _SAVE: "Save", _HELP: "Help"}
    return next((label for names, label in labels.items() if typed in names), "")


def _run_typed(screen: Screen[Any], typed: str, places: Sequence[str]) -> str:
    """Run such a command, or return the action that does the same."""
    if typed.isdecimal():
        return f"line_number({typed})"
    if typed in _QUIT:
        screen.app.exit()
    elif typed in _SAVE:
        tell(screen, _SAVED)
    elif typed in _HELP:
        return BY_ID["program.help"].action
    else:
        return next(_ways_out(places), "app.quit")
    return ""


def _ways_out(places: Sequence[str]) -> Iterator[str]:
    for place in places:
        for name in ("back", "quit"):
            if (key := BY_ID.get(f"{place}.{name}")) is not None:
                yield key.action
