"""The values in a table of a settings file, each checked against its type on its own.

So one file can be told all of its mistakes at once.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from msgspec import ValidationError, convert

from annotator.model.text import clean_line
from annotator.settings.mistakes import Mistakes


def converted(value: object, type_: Any, mistakes: Mistakes, name: str, *, at: str = "") -> Any:  # noqa: ANN401 - a value of `type_`
    """Return `value` as a `type_`, or None after adding the mistake."""
    try:
        return convert(value, type_, dec_hook=_from_text)
    except ValidationError:
        mistakes.wrong_value(name, value, allowed(type_), at=at)
        return None


def allowed(type_: Any) -> str:  # noqa: ANN401 - any type of a setting
    """Return in words what a value of a type may be."""
    if type_ is bool:
        return "true or false"
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
    try:
        return Path(value).expanduser()
    except RuntimeError:  # an unknown user; the first use of the path reports it
        return Path(value)
