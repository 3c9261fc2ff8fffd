"""Formats as `formats.toml` has them: what tells their files, and which field is which.

A rule of a table is a text with the names of fields, as `fields` reads them, a text after `=`
that is the value itself, a list of rules whose texts are put together, or one of these tables:

- `flag`: the tag of favourites if one of these fields is true
- `split`: tags in one text, between `separators`; in a list of objects their field `inner`
- `people`: names as `Family, Given`, in a list or between semicolons
- `percent`: progress from 0 to 100
- `start` and `end`: a place between two offsets, `within` the item or the page
- `archived`: a state by a flag, and by `progress` if there is some
- `reference`: what a reference is, by its type, and by the fields `at` of an address
- `form`: the text of the fields `of`, if there is some, in the place of `{}`
- `markdown`: the text of an item in Markdown; elsewhere it is HTML
- `paragraphs`: the texts of several fields, joined
- `join`: the texts of several rules, joined
- `by`: the rule under the text of these fields, in lower case, else the one under `else`
- `if`: the rule `then` if the text of these fields matches `is`, by default if there is some,
  else the rule `else`; so do `if_true`, for a flag, and `if_has`, for a field that is there
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from itertools import chain
from types import ModuleType
from typing import Any, Final

from annotator.importing.conversion import joined, medium_of, natural_name, read_state
from annotator.importing.fields import (
    Fields,
    FieldTable,
    Record,
    Rule,
    flagged,
    format_of_fields,
    percent,
    sniff_of,
    split,
    text_of,
    text_position,
    value_of,
)
from annotator.importing.importers import DESCRIBED, Importer
from annotator.importing.item import ItemText
from annotator.model import MARKDOWN

_NONE: Final[Fields] = {}
_RULES_OF_TABLES: Final = ("skip", "skip_mark", "remark")


@cache
def format_of(name: str, code: ModuleType) -> Importer:
    """Return a format by its name, with the functions and tables that its module has for it."""
    data = DESCRIBED[name]
    own = data.get("code", "").partition(":")[2]  # if its module has several formats
    sniff, read, row, record = (
        getattr(code, f"{part}_{own}" if own else part, None)
        for part in ("sniff", "read", "row", "record")
    )
    signs = {
        key: data[key] for key in ("columns", "signs", "lists", "likely", "head") if key in data
    }
    if read is None:
        row = row or (table_of(f"{name}.row") if "row" in data else None)
        record = record or (table_of(f"{name}.record") if "record" in data else None)
        lists = data.get("lists", "")
        read = format_of_fields(name, data["title"], row=row, record=record, lists=lists).read
    return Importer(name, data["title"], sniff or sniff_of(**signs), read, data.get("hint", ""))


def table_of(place: str, *, item: Fields = _NONE, mark: Fields = _NONE, **rules: Any) -> FieldTable:  # noqa: ANN401 - of a FieldTable
    """Return the table at a place, such as `karakeep.bookmark`, with rules in code added."""
    name, _, part = place.partition(".")
    data = {**DESCRIBED[name][part]}
    for kind in _RULES_OF_TABLES:
        if kind in data:
            rules.setdefault(kind, _function(kind, data.pop(kind)))
    for kind, own in (("item", item), ("mark", mark)):
        data[kind] = {**fields_of(data.get(kind, {})), **own}
    return FieldTable(**data, **rules)


def fields_of(data: Mapping[str, Any]) -> Fields:
    """Return rules that are data by the attributes that they give."""
    return {name: _rule(name, rule) for name, rule in data.items()}


def _rule(name: str, data: Any) -> Rule | tuple[Rule, ...]:  # noqa: ANN401 - of TOML
    if isinstance(data, list):
        return tuple(_function(name, part) for part in data)
    is_names = isinstance(data, str) and not data.startswith("=")
    return data if is_names else _function(name, data)


def _function(name: str, data: Any) -> Callable[[Any], Any]:  # noqa: ANN401, C901, PLR0911, PLR0912 - one for each form
    match data:
        case str() if data.startswith("="):
            constant = (data[1:],) if name == "tags" else data[1:]
            return lambda _: constant
        case str() | list():
            rule = _rule(name, data)
            return lambda record: value_of(record, name, rule)
        case {"by": names, **words}:
            ways = {word: _function(name, way) for word, way in words.items()}
            other = ways.pop("else", _function(name, ""))
            return lambda record: ways.get(text_of(record, names).strip().lower(), other)(record)
        case {"flag": names}:
            return flagged(names)
        case {"split": names}:
            return split(names, data.get("separators", ","), inner=data.get("inner", "name"))
        case {"people": names}:
            people = split(names, ";")
            return lambda record: tuple(
                natural_name(person.rstrip(",")) for person in people(record)
            )
        case {"percent": field}:
            return percent(field)
        case {"start": start, "end": end}:
            within = data.get("within", "page")
            return lambda record: text_position(record, start, end, within)
        case {"archived": names}:
            share = data.get("progress", "").split()
            return lambda record: read_state(
                is_archived=record.flag(*names.split()), progress=record.number(*share)
            )
        case {"reference": kind, "at": places}:
            return lambda record: medium_of(text_of(record, kind), record, *places.split())
        case {"form": form, "of": names}:
            return lambda record: form.format(text) if (text := text_of(record, names)) else ""
        case {"markdown": names}:
            return lambda record: ItemText(text_of(record, names), MARKDOWN)
        case {"paragraphs": fields}:
            return lambda record: joined(*chain.from_iterable(map(record.texts, fields)))
        case {"join": parts}:
            texts = [_function(name, part) for part in parts]
            return lambda record: joined(*(text(record) for text in texts))
        case _:
            return _either(name, **data)


def _either(name: str, **data: Any) -> Callable[[Record], Any]:  # noqa: ANN401 - of TOML
    then, other = (_function(name, data.pop(way, "")) for way in ("then", "else"))
    pattern = re.compile(data.pop("is", ".+"), re.DOTALL | re.IGNORECASE)
    [(kind, names)] = data.items()
    is_so: Callable[[Record], object] = {
        "if": lambda record: pattern.fullmatch(text_of(record, names).strip()),
        "if_true": lambda record: record.flag(*names.split()),
        "if_has": lambda record: any(map(record.has, names.split())),
    }[kind]
    return lambda record: then(record) if is_so(record) else other(record)
