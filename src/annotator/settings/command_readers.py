"""From the tables `[[commands]]` of a settings file to commands."""

import shlex
from collections.abc import Mapping, Sequence
from typing import Any, get_type_hints

from annotator.model.text import clean_line
from annotator.settings.mistakes import Mistakes
from annotator.settings.tables import name_in, values_in
from annotator.settings.user_commands import UserCommand

MAX_NAME = 40  # characters; what a list can show

_TYPES: Mapping[str, Any] = get_type_hints(UserCommand, include_extras=True)
_OTHERS = ("name", "command", "key")  # whose values are read here
_CHECKED = {name: type_ for name, type_ in _TYPES.items() if name not in _OTHERS}


def read_commands(value: object, mistakes: Mistakes) -> tuple[UserCommand, ...]:
    """Return the commands in tables."""
    if not isinstance(value, list) or not all(isinstance(table, dict) for table in value):
        allowed = "a list of tables, each headed [[commands]]"
        mistakes.wrong_value("commands", value, allowed)
        return ()
    commands: dict[str, UserCommand] = {}
    for number, table in enumerate(value):
        at = f"commands[{number}]"
        command = _read(table, at, mistakes)
        if command is None:
            continue
        if command.name in commands:
            mistakes.add(f'Two commands have the name "{command.name}"', at=f"{at}.name")
        else:
            commands[command.name] = command
    return tuple(commands.values())


def _read(table: Mapping[str, object], at: str, mistakes: Mistakes) -> UserCommand | None:
    name = name_in(table, "command", mistakes, limit=MAX_NAME, at=at)
    if not name:
        return None
    of = f'the command "{name}"'
    values = values_in(table, _CHECKED, mistakes, of=of, at=at, others=_OTHERS)
    values["name"] = name
    values["key"] = _key(table, at, mistakes)
    words = _words(table, values.get("shell") is True, at, mistakes)
    if not words or None in values.values():
        return None
    command = UserCommand(command=words, **values)
    if command.output == "note" and command.what == "article":
        mistakes.add(
            f'The command "{command.name}" makes a note of what it prints; '
            "an article has none: set what to passage or mark",
            at=f"{at}.output",
        )
        return None
    return command


def _key(table: Mapping[str, object], at: str, mistakes: Mistakes) -> str | None:
    key = table.get("key", "")
    if not isinstance(key, str):
        mistakes.wrong_value("key of a command", key, 'a key, such as "ctrl+t"', at=f"{at}.key")
        return None
    return clean_line(key)


def _words(
    table: Mapping[str, object],
    in_shell: bool,  # noqa: FBT001  a value of the table
    at: str,
    mistakes: Mistakes,
) -> tuple[str, ...]:
    """Return the words of a command, a line for the shell as the only one."""
    value = table.get("command")
    allowed = 'the words of a command, such as ["wc", "-w"], or a line, such as "wc -w"'
    words: Sequence[object] = ()
    if isinstance(value, str) and in_shell:
        words = (value,) if value.strip() else ()
    elif isinstance(value, str):
        try:
            words = shlex.split(value)
        except ValueError:
            allowed = "a line whose quotation marks are closed"
    elif isinstance(value, list) and not in_shell:
        words = value
    elif in_shell:
        allowed = 'a line, such as "sort | uniq", since shell is true'
    if not words or not all(isinstance(word, str) and "\0" not in word for word in words):
        mistakes.wrong_value("command", value, allowed, at=f"{at}.command")
        return ()
    return tuple(str(word) for word in words)
