"""The properties at the head of a note, as YAML that all parsers read in the same way.

Strings are written as in JSON, which is a YAML scalar in double quotes: no title
can become a date, an alias, a comment or another property.
"""

import json
import re
from collections.abc import Mapping, Sequence

from annotator.model.text import clean_line

MOST_CHARACTERS = 2000  # of a value; a description may be a paragraph

_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_NOT_IN_A_TAG = re.compile(r"[^\w/-]+")
_NUMBER = re.compile(r"[\d/_-]+")
FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_IDENTITY = re.compile(r"^annotator_id:[ \t]*(['\"]?)(\S+?)\1[ \t]*\r?$", re.MULTILINE)


def front_matter(properties: Mapping[str, str | Sequence[str]]) -> str:
    """Return `properties` between two lines of dashes, in order, without empty ones."""
    values = ((name, property_value(value)) for name, value in properties.items())
    return "\n".join(("---", *(f"{name}: {value}" for name, value in values if value), "---", ""))


def identity_of(head: str) -> str:
    """Return the `annotator_id` in the front matter at the head of a note, or an empty string."""
    properties = FRONT_MATTER.match(head)
    line = _IDENTITY.search(properties[1]) if properties else None
    return line[2] if line else ""


def note_tag(tag: str) -> str:
    """Return `tag` for a note: letters, digits, `_`, `-` and `/`, but not digits alone."""
    name = _NOT_IN_A_TAG.sub("-", tag).strip("-/")
    return f"_{name}" if _NUMBER.fullmatch(name) else name


class Literal(str):
    """A value that YAML knows without quotation marks: a number, a date, true or false."""

    __slots__ = ()


def day(value: str) -> str:
    """Return a whole date as YAML knows it, without quotation marks; another text as it is."""
    return Literal(value) if _DAY.fullmatch(value) else value


def cleaned_property(value: str | Sequence[str]) -> str | list[str]:
    """Return a value as a note holds it: each text on a line, and no empty ones."""
    if isinstance(value, str):
        return _cleaned(value)
    return [item for item in map(_cleaned, value) if item]


def property_value(value: str | Sequence[str]) -> str:
    """Return a value as YAML, or an empty string for an empty value."""
    cleaned = cleaned_property(value)
    if isinstance(cleaned, str):
        return _written(cleaned)
    return f"[{', '.join(map(_written, cleaned))}]" if cleaned else ""


def _cleaned(value: str) -> str:
    return value if isinstance(value, Literal) else clean_line(value, limit=MOST_CHARACTERS)


def _written(value: str) -> str:
    if isinstance(value, Literal) or not value:
        return value
    return json.dumps(value, ensure_ascii=False)
