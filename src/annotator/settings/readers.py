"""What each setting may be, and what it then is: a reader for each."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from msgspec.structs import replace

from annotator.model.text import clean_line
from annotator.settings.kinds import read_kinds
from annotator.settings.values import KEYMAPS, MAX_WIDTH, MIN_WIDTH, PICTURES, Settings
from annotator.settings.wording import Mistakes, shown

Reader = Callable[[object, Mistakes], object]


def read_all(document: Mapping[str, object], mistakes: Mistakes) -> Settings:
    """Return the settings in a document, and add to `mistakes` what none can be made of."""
    values: dict[str, Any] = {
        name: read(document[name], mistakes) for name, read in _READERS.items() if name in document
    }
    for name in sorted(document.keys() - _READERS.keys()):
        mistakes.unknown_name(name, _READERS)
    return replace(Settings(), **values)


def _width(value: object, mistakes: Mistakes) -> object:
    if type(value) is not int or not MIN_WIDTH <= value <= MAX_WIDTH:
        allowed = f"a whole number from {MIN_WIDTH} to {MAX_WIDTH}"
        mistakes.wrong_value("width", value, allowed)
    return value


def _theme(value: object, mistakes: Mistakes) -> object:
    if not isinstance(value, str):
        mistakes.wrong_value("theme", value, 'a name, such as "nord"')
    return clean_line(value)


def _one_of(name: str, names: Sequence[str]) -> Reader:
    def read(value: object, mistakes: Mistakes) -> object:
        if value not in names:
            mistakes.wrong_value(name, value, f"one of {', '.join(names)}")
        return value

    return read


def _switch(name: str) -> Reader:
    def read(value: object, mistakes: Mistakes) -> object:
        if type(value) is not bool:
            mistakes.wrong_value(name, value, "true or false")
        return value

    return read


def _path(name: str) -> Reader:
    def read(value: object, mistakes: Mistakes) -> object:
        if isinstance(value, str) and value.strip() and "\0" not in value:
            return _expanded(value)
        mistakes.wrong_value(name, value, 'a path, such as "~/notes"')
        return None

    return read


def _expanded(path: str) -> Path:
    try:
        return Path(path).expanduser()
    except RuntimeError:  # there is no such home; the path's first use says so
        return Path(path)


def _keys(value: object, mistakes: Mistakes) -> object:
    if not isinstance(value, dict):
        mistakes.wrong_value("keys", value, "a table, headed [keys]")
        return {}
    named = dict(_flat(value))
    return MappingProxyType({id_: _names(id_, keys, mistakes) for id_, keys in named.items()})


def _flat(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    # An id that is written without quotes, view.top, is a table in a table to TOML.
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _names(id_: str, value: object, mistakes: Mistakes) -> tuple[str, ...]:
    names = value if isinstance(value, list) else [value]
    if not all(isinstance(each, str) and each.strip() for each in names):
        allowed = 'a key, such as "s", or a list of keys'
        mistakes.wrong_value(f"keys.{shown(id_)}", value, allowed, at=f"keys.{id_}")
    return tuple(clean_line(each) for each in names)


_READERS: Mapping[str, Reader] = {
    "width": _width,
    "theme": _theme,
    "export_folder": _path("export_folder"),
    "cookies": _path("cookies"),
    "kinds": read_kinds,
    "keymap": _one_of("keymap", KEYMAPS),
    "keys": _keys,
    "check_worthy": _switch("check_worthy"),
    "pictures": _one_of("pictures", PICTURES),
}

SETTING_NAMES = tuple(_READERS)
