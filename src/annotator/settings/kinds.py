"""The kinds of marks that a person adds, or gives another look."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, NamedTuple, get_args

from annotator.model import DEFAULT_KINDS, Kind
from annotator.model.kinds import Motivation
from annotator.model.text import clean_line
from annotator.settings.wording import Mistakes, shown

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
