"""The model's values as JSON: what the library keeps, and what `--json` prints.

Types are checked on the way in, so that a damaged or foreign file is refused
before a wrong value gets anywhere. Nothing is sanitised here: that is the task
of whoever reads what others wrote.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from annotator.errors import InvalidInput

T = TypeVar("T")

INDENT = 2  # spaces; one value a line lets git and people merge two versions


def to_plain(value: object) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """Return `value` as objects, lists, text, numbers and null; times are ISO 8601."""
    return msgspec.to_builtins(value, str_keys=True, order="sorted")


def from_plain(plain: object, kind: type[T]) -> T:
    """Return the value of type `kind` that `plain` describes; `ValueError` says where it is bad."""
    return _checked(lambda: msgspec.convert(plain, kind, str_keys=True))


def encode(value: object) -> bytes:
    """Return `value` as JSON, indented, with sorted keys and a newline at its end.

    Raises `ValueError` for text with a lone surrogate, `TypeError` for what is no value.
    """
    return msgspec.json.format(msgspec.json.encode(value, order="sorted"), indent=INDENT) + b"\n"


def decode(data: bytes | str, kind: type[T]) -> T:
    """Return the value of type `kind` in the JSON `data`; `ValueError` says where it is bad."""
    return _checked(lambda: msgspec.json.decode(data, type=kind))


def _checked(read: Callable[[], T]) -> T:
    try:
        return read()
    except InvalidInput as error:  # a value that its own type refuses, such as a span
        raise ValueError(error.message) from error
    except RecursionError as error:
        raise ValueError("It is nested too deeply.") from error
