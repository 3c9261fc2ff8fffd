"""From the tables of a TOML file to `Settings`, by the types of its fields.

Every value is converted on its own, so that one file can be told all of its
mistakes at once.
"""

import shlex
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from pkgutil import get_data
from types import MappingProxyType
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from msgspec import Meta, ValidationError, convert
from msgspec.structs import replace

from annotator.model import DEFAULT_KINDS, Kind
from annotator.model.text import clean_line
from annotator.settings.mistakes import Mistakes, parse, shown
from annotator.settings.settings import Account, Settings, UserCommand, UserPath, WebAddress

MAX_NAME = 30  # characters of a kind's name; what a column of a list can show

_TYPES: Mapping[str, Any] = get_type_hints(Settings, include_extras=True) | {
    "export_folder": UserPath,  # TOML has no null: a path that is there must be one
    "cookies": UserPath,
    "download_folder": UserPath,
    "reviewer_url": WebAddress,
}
SETTING_NAMES = tuple(_TYPES)

_KIND_TYPES: Mapping[str, Any] = {
    "key": Annotated[str, Meta(pattern=r"^[1-9]\Z", description='a digit in quotes, "1" to "9"')],
    "colour": Annotated[
        str, Meta(pattern=r"^#[0-9a-fA-F]{6}\Z", description='a colour, such as "#e5b83a"')
    ],
    "glyph": Annotated[
        str, Meta(min_length=1, max_length=1, description='one character of one cell, such as "◆"')
    ],
}
_NEEDED = ("key", "colour", "glyph")  # of a kind that is not one of the usual ones

MAX_COMMAND_NAME = 40  # characters; what a list can show

_COMMAND_TYPES: Mapping[str, Any] = get_type_hints(UserCommand, include_extras=True)
_ACCOUNT_TYPES: Mapping[str, Any] = {
    name: UserPath if name == "token_file" else type_
    for name, type_ in get_type_hints(Account, include_extras=True).items()
    if name != "name"
}
TABLES: Mapping[str, tuple[type, Mapping[str, Any]]] = {  # the settings that are tables of fields
    "kinds": (Kind, {"name": str, **_KIND_TYPES}),
    "commands": (UserCommand, _COMMAND_TYPES),
    "accounts": (Account, {"name": str, **_ACCOUNT_TYPES}),
}
_READ_HERE = ("name", "command", "key")  # whose values are read here
_CHECKED_TYPES = {name: type_ for name, type_ in _COMMAND_TYPES.items() if name not in _READ_HERE}


def settings_template() -> str:
    """Return the text of a new settings file: every setting explained and commented out."""
    return (get_data(__package__, "template.toml") or b"").decode()


def read_settings(path: Path, text: str, *, example: str) -> tuple[Settings, Mistakes]:
    """Return the settings in `text`, the contents of the file at `path`, and their mistakes.

    A setting with a wrong value has its default. Raises `SettingsError` with `example`,
    a valid line, for a file that is not TOML.
    """
    document, mistakes = parse(path, text, example=example), Mistakes(text)
    return _read_all(document, mistakes), mistakes


def choices_of(name: str) -> tuple[str, ...]:
    """Return the values of a setting that has a few; of others none."""
    return get_args(_TYPES[name]) if get_origin(_TYPES[name]) is Literal else ()


def mistake_in(name: str, value: object) -> str:
    """Return what is wrong with a value of a setting, as it is said of the file; or nothing."""
    mistakes = Mistakes()
    _read(name, value, mistakes)
    return mistakes.first


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
    if name in _READERS:
        return _READERS[name](value, mistakes)
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
            _refuse_kind(colour, kind, 'the name of a kind, such as "claim"', mistakes)
    return MappingProxyType(kinds)


def _refuse_unknown_kinds(values: Mapping[str, Any], mistakes: Mistakes) -> None:
    known = [kind.name for kind in values.get("kinds") or DEFAULT_KINDS]
    for colour, kind in (values.get("import_colours") or {}).items():
        if kind not in known:
            _refuse_kind(colour, kind, f"one of {', '.join(known)}", mistakes)


def _refuse_kind(colour: str, kind: object, wanted: str, mistakes: Mistakes) -> None:
    at = f"import_colours.{colour}"
    mistakes.wrong_value(f"import_colours.{shown(colour)}", kind, wanted, at=at)


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
    paths: dict[str, str] = {}
    for at, values in _tables("kinds", value, mistakes):
        if kind := _kind(values, at, kinds, mistakes):
            kinds[kind.name] = kind
            paths[kind.name] = f"{at}.key"
    _refuse_shared_keys(kinds, paths, mistakes)
    return tuple(kinds.values())


def _tables(
    name: str, value: object, mistakes: Mistakes
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield several tables of one name, each with the path to it."""
    if isinstance(value, list) and all(isinstance(table, dict) for table in value):
        yield from ((f"{name}[{number}]", table) for number, table in enumerate(value))
    else:
        mistakes.wrong_value(name, value, f"a list of tables, each headed [[{name}]]")


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


def converted(value: object, type_: Any, mistakes: Mistakes, name: str, *, at: str = "") -> Any:  # noqa: ANN401 - a value of `type_`
    """Return `value` as a `type_`, or None after adding the mistake."""
    try:
        return convert(value, type_, dec_hook=_from_text)
    except ValidationError:
        mistakes.wrong_value(name, value, allowed(type_), at=at)
        return None


_PLAIN: Mapping[Any, str] = {bool: "true or false", str: "text", tuple[str, ...]: "a list of texts"}


def allowed(type_: Any) -> str:  # noqa: ANN401 - any type of a setting
    """Return in words what a value of a type may be."""
    if type_ in _PLAIN:
        return _PLAIN[type_]
    if get_origin(type_) is Literal:
        return f"one of {', '.join(get_args(type_))}"
    return str(type_.__metadata__[0].description)


def name_in(
    table: Mapping[str, object], of: str, mistakes: Mistakes, *, limit: int, at: str
) -> str:
    """Return the name in one of several tables, empty after adding the mistake."""
    name = table.get("name")
    if isinstance(name, str) and clean_line(name) and len(name) <= limit:
        return clean_line(name)
    mistakes.wrong_value(
        f"A {of}'s name", name, f"text of 1 to {limit} characters", at=f"{at}.name"
    )
    return ""


def values_in(
    table: Mapping[str, object],
    types: Mapping[str, Any],
    mistakes: Mistakes,
    *,
    of: str,
    at: str,
    others: Iterable[str] = ("name",),
) -> dict[str, Any]:
    """Return the values of a table that has these types, None for each that does not fit.

    Names that are neither in `types` nor in `others` are mistakes.
    """
    known = [*others, *types]
    for field in sorted(table.keys() - {*known}):
        mistakes.unknown_name(field, known, at=f"{at}.{field}")
    return {
        field: converted(table[field], type_, mistakes, f"{field} of {of}", at=f"{at}.{field}")
        for field, type_ in types.items()
        if field in table
    }


def _from_text(_type: type, value: object) -> Path:
    """Return the path that a string is; `~` is the user's home. Raises `ValueError` for others."""
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise ValueError(value)
    if "~" in Path(value).parts[1:]:  # typed behind a path that was there
        raise ValueError(value)
    try:
        return Path(value).expanduser()
    except RuntimeError:  # an unknown user; the first use of the path reports it
        return Path(value)


def read_commands(value: object, mistakes: Mistakes) -> tuple[UserCommand, ...]:
    """Return the commands in tables."""
    commands: dict[str, UserCommand] = {}
    for at, table in _tables("commands", value, mistakes):
        command = _read_command(table, at, mistakes)
        if command is None:
            continue
        if command.name in commands:
            mistakes.add(f'Two commands have the name "{command.name}"', at=f"{at}.name")
        else:
            commands[command.name] = command
    return tuple(commands.values())


def _read_accounts(value: object, mistakes: Mistakes) -> tuple[Account, ...]:
    """Return the accounts in tables; a token among them is refused, and not repeated."""
    accounts: dict[str, Account] = {}
    for at, table in _tables("accounts", value, mistakes):
        name = name_in(table, "account", mistakes, limit=MAX_COMMAND_NAME, at=at)
        if "token" in table:
            mistakes.add("A token does not belong here: name its file", at=f"{at}.token")
        of, others = f'the account "{name}"', ("name", "token")
        values = values_in(table, _ACCOUNT_TYPES, mistakes, of=of, at=at, others=others)
        if name in accounts:
            mistakes.add(f'Two accounts have the name "{name}"', at=f"{at}.name")
        elif name and "token" not in table and None not in values.values():
            accounts[name] = Account(**{"service": name, **values}, name=name)
    return tuple(accounts.values())


def _read_command(table: Mapping[str, object], at: str, mistakes: Mistakes) -> UserCommand | None:
    name = name_in(table, "command", mistakes, limit=MAX_COMMAND_NAME, at=at)
    if not name:
        return None
    of = f'the command "{name}"'
    values = values_in(table, _CHECKED_TYPES, mistakes, of=of, at=at, others=_READ_HERE)
    values["name"] = name
    key = table.get("key", "")
    values["key"] = clean_line(key) if isinstance(key, str) else None
    if values["key"] is None:
        mistakes.wrong_value("key of a command", key, 'a key, such as "ctrl+t"', at=f"{at}.key")
    words = _command_words(table, values.get("shell") is True, at, mistakes)
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


def _command_words(
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


_READERS: Mapping[str, Callable[[object, Mistakes], object]] = {  # of what is a table
    "kinds": _read_kinds,
    "keys": _read_keys,
    "import_colours": _read_colours,
    "commands": read_commands,
    "accounts": _read_accounts,
}
