"""From the tables of a TOML file to `Settings`, by the types of its fields.

Every value is converted on its own, so that one file can be told all of its
mistakes at once.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, get_type_hints

from msgspec import Meta
from msgspec.structs import replace

from annotator.model import DEFAULT_KINDS, Kind
from annotator.model.text import clean_line
from annotator.settings.command_readers import read_commands
from annotator.settings.mistakes import Mistakes, parse, shown
from annotator.settings.settings import ReviewerAddress, Settings, UserPath
from annotator.settings.tables import allowed, converted, name_in, values_in

MAX_NAME = 30  # characters of a kind's name; what a column of a list can show

_TYPES: Mapping[str, Any] = get_type_hints(Settings, include_extras=True) | {
    "export_folder": UserPath,  # TOML has no null: a path that is there must be one
    "cookies": UserPath,
    "reviewer_url": ReviewerAddress,
}
SETTING_NAMES = tuple(_TYPES)

_KIND_TYPES: Mapping[str, Any] = {
    "key": Annotated[str, Meta(pattern=r"^[1-9]\Z", description='a digit in quotes, "1" to "9"')],
    "colour": Annotated[
        str, Meta(pattern=r"^#[0-9a-fA-F]{6}\Z", description='a colour, such as "#e5b83a"')
    ],
    "glyph": Annotated[
        str,
        Meta(min_length=1, max_length=1, description='one character of one cell, such as "◆"'),
    ],
}
_NEEDED = ("key", "colour", "glyph")  # of a kind that is not one of the usual ones


def read_settings(path: Path, text: str, *, example: str) -> tuple[Settings, Mistakes]:
    """Return the settings in `text`, the contents of the file at `path`, and their mistakes.

    A setting with a wrong value has its default. Raises `SettingsError` with `example`,
    a valid line, for a file that is not TOML.
    """
    document, mistakes = parse(path, text, example=example), Mistakes(text)
    return _read_all(document, mistakes), mistakes


def _read_all(document: Mapping[str, object], mistakes: Mistakes) -> Settings:
    values: dict[str, Any] = {
        name: _read(name, value, mistakes) for name, value in document.items() if name in _TYPES
    }
    for name in sorted(document.keys() - _TYPES.keys()):
        mistakes.unknown_name(name, _TYPES)
    _refuse_unknown_kinds(values, mistakes)
    return replace(
        Settings(), **{k: setting for k, setting in values.items() if setting is not None}
    )


def _read(name: str, value: object, mistakes: Mistakes) -> object:
    if name == "kinds":
        return _read_kinds(value, mistakes)
    if name == "keys":
        return _read_keys(value, mistakes)
    if name == "import_colours":
        return _read_colours(value, mistakes)
    if name == "commands":
        return read_commands(value, mistakes)
    checked = converted(value, _TYPES[name], mistakes, name)
    return clean_line(checked) if isinstance(checked, str) else checked


def _read_colours(value: object, mistakes: Mistakes) -> Mapping[str, str]:
    if not isinstance(value, dict):
        mistakes.wrong_value("import_colours", value, "a table, headed [import_colours]")
        return {}
    kinds: dict[str, str] = {}
    for colour, kind in value.items():
        if isinstance(kind, str) and clean_line(kind):
            kinds[clean_line(colour).lower()] = clean_line(kind).casefold()
        else:
            allowed = 'the name of a kind, such as "claim"'
            at = f"import_colours.{colour}"
            mistakes.wrong_value(f"import_colours.{shown(colour)}", kind, allowed, at=at)
    return MappingProxyType(kinds)


def _refuse_unknown_kinds(values: Mapping[str, Any], mistakes: Mistakes) -> None:
    known = [kind.name for kind in values.get("kinds") or DEFAULT_KINDS]
    for colour, kind in (values.get("import_colours") or {}).items():
        if kind not in known:
            allowed = f"one of {', '.join(known)}"
            at = f"import_colours.{colour}"
            mistakes.wrong_value(f"import_colours.{shown(colour)}", kind, allowed, at=at)


def _read_keys(value: object, mistakes: Mistakes) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        mistakes.wrong_value("keys", value, "a table, headed [keys]")
        return {}
    named = dict(_flat(value))
    return MappingProxyType({id_: _key_names(id_, keys, mistakes) for id_, keys in named.items()})


def _flat(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    # To TOML, an id written without quotes, view.top, is a table in a table.
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _key_names(id_: str, value: object, mistakes: Mistakes) -> tuple[str, ...]:
    names = value if isinstance(value, list) else [value]
    if not names or not all(isinstance(name, str) and name.strip() for name in names):
        allowed = 'a key, such as "s", or a list of keys'
        mistakes.wrong_value(f"keys.{shown(id_)}", value, allowed, at=f"keys.{id_}")
        return ()
    return tuple(clean_line(name) for name in names)


def _read_kinds(value: object, mistakes: Mistakes) -> tuple[Kind, ...]:
    """Return the usual kinds, changed and extended by the tables `[[kinds]]`."""
    kinds = {kind.name: kind for kind in DEFAULT_KINDS}
    if not isinstance(value, list) or not all(isinstance(table, dict) for table in value):
        mistakes.wrong_value("kinds", value, "a list of tables, each headed [[kinds]]")
        return DEFAULT_KINDS
    paths: dict[str, str] = {}
    for number, values in enumerate(value):
        at = f"kinds[{number}]"
        if kind := _kind(values, at, kinds, mistakes):
            kinds[kind.name] = kind
            paths[kind.name] = f"{at}.key"
    _refuse_shared_keys(kinds, paths, mistakes)
    return tuple(kinds.values())


def _kind(
    table: Mapping[str, Any], at: str, known: Mapping[str, Kind], mistakes: Mistakes
) -> Kind | None:
    name = name_in(table, "kind", mistakes, limit=MAX_NAME, at=at).casefold()
    if not name:
        return None
    missing = [] if name in known else [field for field in _NEEDED if field not in table]
    if missing:
        *others, last = (f"a {field}" for field in missing)
        lacking = f"{', '.join(others)} and {last}" if others else last
        mistakes.add(f"The kind {shown(name)} lacks {lacking}", at=at)
    of, glyph = f"the kind {shown(name)}", table.get("glyph")
    values = values_in(table, _KIND_TYPES, mistakes, of=of, at=at)
    if values.get("glyph") and not _fits_one_cell(values["glyph"]):
        wanted = allowed(_KIND_TYPES["glyph"])
        mistakes.wrong_value(f"glyph of {of}", glyph, wanted, at=f"{at}.glyph")
        return None
    if missing or None in values.values():
        return None
    return replace(known.get(name, Kind(name, "", "", "")), name=name, **values)


def _fits_one_cell(glyph: str) -> bool:
    """Whether a terminal draws each character in one cell; wide ones would shift the line."""
    return clean_line(glyph) == glyph and not any(
        unicodedata.east_asian_width(character) in "WF" or unicodedata.combining(character)
        for character in glyph
    )


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
