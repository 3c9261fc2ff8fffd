"""The page of settings, from their types and from the file that explains them."""

import re
from collections.abc import Iterator, Mapping
from inspect import cleandoc
from typing import Any, Final, NamedTuple

from msgspec import NODEFAULT
from msgspec.structs import fields

from annotator.settings.mistakes import shown
from annotator.settings.readers import (
    SETTING_NAMES,
    TABLES,
    allowed,
    mistake_in,
    settings_template,
)
from annotator.settings.settings import Settings
from documenting.sessions import DOCS
from documenting.tables import cell, table

_HEAD: Final = """# Settings

The settings are a file in TOML, which may be missing: `annotator config path` prints where it is,
`annotator config edit` opens it, and makes it first if need be. In the program, `:` and `settings`
list those of one line, and `annotator config set NAME VALUE` writes one. A running program takes a
change as soon as the file is saved; a mistake is reported with its line, and changes nothing.

"""
_PAGE: Final = re.compile(r"docs/([\w/-]+\.md)")
_TABLE: Final = re.compile(r"(\[+\w+\]+)")
_WRONG: Final = 3.5  # for every setting
_EXAMPLE: Final = re.compile(r'(\[\[?)?"?(\w+)"?(?:\]\]?$| = )')


class Explained(NamedTuple):
    """What the file says of some settings, and lines that set them."""

    words: str
    example: str


def page() -> str:
    """Return the page."""
    links = ", ".join(f"[`{name}`](#{name})" for name in explained())
    return f"{_HEAD}{links}.\n\n" + "\n".join(_sections())


def explained() -> Mapping[str, Explained]:
    """Return what the file of settings says of each setting."""
    by_name: dict[str, Explained] = {}
    for paragraph in settings_template().strip().split("\n\n"):
        lines = [line.removeprefix("# ") for line in paragraph.splitlines()]
        first = next((at for at, line in enumerate(lines) if _sets(line)), None)
        if first is None:
            continue
        said = Explained(" ".join(lines[:first]), "\n".join(lines[first:]))
        names = [name for line in lines[first:] if (name := _sets(line))]
        is_table = lines[first].startswith("[")
        by_name |= dict.fromkeys(names[:1] if is_table else names, said)
    return by_name


def _sets(line: str) -> str:
    """Return the setting that a line of an example sets, or nothing."""
    match = _EXAMPLE.match(line)
    return match[2] if match and match[2] in SETTING_NAMES else ""


def _sections() -> Iterator[str]:
    usual = {field.name: _usual(field) for field in fields(Settings)}
    for name, said in explained().items():
        wanted = mistake_in(name, _WRONG).partition("; it must be ")[2].rstrip(".")
        wanted = _TABLE.sub(r"`\1`", wanted)
        parts = [
            f"## {name}\n",
            f"{_linked(said.words)}\n",
            f"*Type:* {wanted}. *Default:* {usual[name] or 'none'}.\n",
            f"```toml\n{said.example}\n```\n",
        ]
        if name in TABLES:
            struct, _ = TABLES[name]
            parts.append(f"{_meaning(struct)}\n")
            parts.append(table(("field", "type", "default"), _rows(name)))
        yield "\n".join(parts)


def _meaning(struct: type) -> str:
    """Return what the docstring of a struct says of its fields."""
    _, _, words = cleandoc(struct.__doc__ or "").partition("\n")
    return " ".join(words.split())


def _linked(words: str) -> str:
    """Return words of the file with links to the pages that it names, by their titles."""
    return _PAGE.sub(lambda page: f"[{_title_of(page[1])}](../{page[1]})", words)


def _title_of(page: str) -> str:
    first, _, _ = (DOCS / page).read_text("utf-8").partition("\n")
    return first.removeprefix("# ")


def _rows(name: str) -> Iterator[tuple[str, str, str]]:
    struct, types = TABLES[name]
    usual = {field.name: _usual(field) for field in fields(struct)}
    for field, type_ in types.items():
        yield f"`{field}`", cell(allowed(type_)), usual[field]


def _usual(field: Any) -> str:  # noqa: ANN401 - of a struct
    """Return the default of a field as TOML writes it, or nothing if there is none."""
    value = field.default
    if value is NODEFAULT or value in (None, "", ()) or not isinstance(value, str | int | tuple):
        return ""
    if isinstance(value, tuple):
        names = [getattr(one, "name", one) for one in value]
        return ", ".join(f"`{one}`" for one in names)
    return f"`{shown(value)}`"
