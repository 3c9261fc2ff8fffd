"""What each setting may be, and what it then is: a reader for each."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, get_args

from msgspec.structs import replace

from annotator.model import DEFAULT_KINDS, Kind
from annotator.model.kinds import Motivation
from annotator.model.text import clean_line
from annotator.settings.mistakes import Mistakes, shown
from annotator.settings.settings import KEYMAPS, MAX_WIDTH, MIN_WIDTH, PICTURES, Settings

MAX_NAME = 30  # characters; what a column of a list can show

_COLOUR = re.compile("#[0-9a-fA-F]{6}")
_DIGITS = "123456789"
_MOTIVATIONS = get_args(Motivation)
_FIELDS = ("name", "key", "colour", "glyph", "motivation")
_NEEDED = ("key", "colour", "glyph")


def read_kinds(value: object, mistakes: Mistakes) -> tuple[Kind, ...]:
    """Return the usual kinds, changed and added to by the tables `[[kinds]]` of the settings."""
    kinds = {kind.name: kind for kind in DEFAULT_KINDS}
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        mistakes.wrong_value("kinds", value, "a list of tables, each headed [[kinds]]")
        return DEFAULT_KINDS
    paths: dict[str, str] = {}
    for number, values in enumerate(value):
        table = _Table(f"kinds[{number}]", values)
        kind = _kind(table, kinds, mistakes)
        if kind:
            kinds[kind.name] = kind
            paths[kind.name] = f"{table.path}.key"
    _refuse_shared_keys(kinds, paths, mistakes)
    return tuple(kinds.values())


class _Table(NamedTuple):
    """One of the tables `[[kinds]]`, and the path to it."""

    path: str
    values: Mapping[str, Any]


def _kind(table: _Table, known: Mapping[str, Kind], mistakes: Mistakes) -> Kind | None:
    name = table.values.get("name")
    if not isinstance(name, str) or not clean_line(name) or len(name) > MAX_NAME:
        allowed = f"text of 1 to {MAX_NAME} characters"
        mistakes.wrong_value("A kind's name", name, allowed, at=f"{table.path}.name")
        return None
    name = clean_line(name).casefold()
    for field in sorted(table.values.keys() - set(_FIELDS)):
        mistakes.unknown_name(field, _FIELDS, at=f"{table.path}.{field}")
    values = {field: table.values[field] for field in _FIELDS if field in table.values}
    named = table._replace(values=values | {"name": name})
    missing = [] if name in known else [field for field in _NEEDED if field not in values]
    if missing:
        mistakes.add(f"The kind {shown(name)} lacks {' and '.join(missing)}", at=table.path)
    if not _is_valid(named, mistakes) or missing:
        return None
    usual = known.get(name, Kind(name, "", "", ""))
    return Kind(**{field: named.values.get(field, getattr(usual, field)) for field in _FIELDS})


def _is_valid(table: _Table, mistakes: Mistakes) -> bool:
    wrong = [field for field, value in table.values.items() if not _ALLOWED[field][0](value)]
    for field in wrong:
        mistakes.wrong_value(
            f"{field} of the kind {shown(table.values['name'])}",
            table.values[field],
            _ALLOWED[field][1],
            at=f"{table.path}.{field}",
        )
    return not wrong


def _refuse_shared_keys(
    kinds: Mapping[str, Kind], paths: Mapping[str, str], mistakes: Mistakes
) -> None:
    owners: dict[str, str] = {}
    for kind in kinds.values():
        owner = owners.setdefault(kind.key, kind.name)
        if owner != kind.name:
            mistakes.add(
                f"The kinds {shown(owner)} and {shown(kind.name)} both have key {kind.key}",
                at=paths.get(kind.name) or paths.get(owner, ""),
            )


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_digit(value: object) -> bool:
    return isinstance(value, str) and len(value) == 1 and value in _DIGITS


def _is_colour(value: object) -> bool:
    return isinstance(value, str) and bool(_COLOUR.fullmatch(value))


def _is_glyph(value: object) -> bool:
    """Tell whether a terminal draws `value` in one cell: wide ones would shift the line."""
    return (
        isinstance(value, str)
        and len(value) == 1
        and clean_line(value) == value
        and unicodedata.east_asian_width(value) not in "WF"
        and not unicodedata.combining(value)
    )


def _is_motivation(value: object) -> bool:
    return value in _MOTIVATIONS


_ALLOWED = {
    "name": (_is_text, "text"),
    "key": (_is_digit, 'a digit in quotes, "1" to "9"'),
    "colour": (_is_colour, 'a colour, such as "#e5b83a"'),
    "glyph": (_is_glyph, 'one character of one cell, such as "◆"'),
    "motivation": (_is_motivation, f"one of {', '.join(_MOTIVATIONS)}"),
}


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
