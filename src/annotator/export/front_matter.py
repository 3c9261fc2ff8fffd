"""The properties at the head of a note, as YAML that every parser reads the same.

A string is written as JSON writes it, which is a YAML scalar in double quotes:
no title can become a date, an alias, a comment or another property.
"""

import json
import re
from collections.abc import Mapping, Sequence

from annotator.model.text import clean_line

MOST_CHARACTERS = 2000  # of a value; a description may be a paragraph

_NOT_IN_A_TAG = re.compile(r"[^\w/-]+")
_NUMBER = re.compile(r"[\d/_-]+")


def front_matter(properties: Mapping[str, str | Sequence[str]]) -> str:
    """Return `properties` between two lines of dashes, in their order, without empty ones."""
    lines = [f"{name}: {_value(value)}" for name, value in properties.items() if value]
    return "\n".join(("---", *lines, "---", ""))


def note_tag(tag: str) -> str:
    """Return `tag` as a note may hold it: letters, digits, `_`, `-` and `/`, not digits alone."""
    name = _NOT_IN_A_TAG.sub("-", tag).strip("-/")
    return f"_{name}" if _NUMBER.fullmatch(name) else name


def _value(value: str | Sequence[str]) -> str:
    if isinstance(value, str):
        return _scalar(value)
    return f"[{', '.join(_scalar(item) for item in value)}]"


def _scalar(text: str) -> str:
    return json.dumps(clean_line(text, limit=MOST_CHARACTERS), ensure_ascii=False)
