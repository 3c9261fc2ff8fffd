"""Properties that a template of the user writes as YAML."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from math import isfinite
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from annotator.errors import SettingsError
from annotator.export.markdown.front_matter import Literal
from annotator.export.markdown.property_merge import Value
from annotator.model.text import clean_line


def read_yaml(text: str, name: str) -> Mapping[str, Value]:
    """Return the properties in a text that the template `name` wrote.

    Raises `SettingsError` if it is not YAML, or holds more than values and lists of values.
    """
    try:
        values = YAML(typ="safe", pure=True).load(text) or {}
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SettingsError(
            f"Template {name} does not make YAML: {error.problem}, in line {line} of "
            "what it writes.",
            "Write texts with the filter yaml: {{ article.title | yaml }}.",
        ) from error
    except (YAMLError, ValueError, RecursionError) as error:
        raise SettingsError(f"Template {name} does not make YAML.", "") from error
    if not isinstance(values, dict):
        raise SettingsError(
            f"Template {name} does not make properties.", "Write each on a line:  name: value"
        )
    return {
        str(key): _value(value, f"{name}: {clean_line(str(key))}") for key, value in values.items()
    }


def _value(value: Any, place: str) -> Value:  # noqa: ANN401 - whatever YAML can hold
    if isinstance(value, list | tuple):
        return [_scalar(item, place) for item in value if item is not None]
    return _scalar(value, place)


def _scalar(value: Any, place: str) -> str:  # noqa: ANN401 - as above
    """Return a text, or what is one without quotation marks: numbers, dates, true and false."""
    if isinstance(value, list | tuple | dict):
        raise SettingsError(
            f"Template {place} has more than a value or a list of values.",
            "Write it as properties of their own, or as a text.",
        )
    if isinstance(value, bool | int) or (isinstance(value, float) and isfinite(value)):
        return Literal(json.dumps(value))
    if isinstance(value, date) and not isinstance(value, datetime):
        return Literal(value.isoformat())
    return "" if value is None else str(value)
