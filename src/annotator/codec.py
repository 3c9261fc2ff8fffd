"""Encoding and decoding of the model's values as JSON, for the library and for `--json`.

Between processes they are MessagePack, which holds the bytes of documents as they are.

Types are checked when decoding, so that a damaged or foreign file is refused before a
wrong value gets anywhere. Nothing is sanitised here: text from outside is made safe where
it enters the program (`model.text`).
"""

from typing import Any, TypeVar

import msgspec

from annotator.errors import InvalidInput

T = TypeVar("T")

INDENT = 2  # spaces; with one value on each line, git and people can merge two versions


def to_plain(value: object) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """Return `value` as dicts, lists, strings, numbers and None; times are ISO 8601."""
    return msgspec.to_builtins(value, str_keys=True, order="sorted")


def encode(value: object) -> bytes:
    """Return `value` as indented JSON with sorted keys and a newline at the end.

    Raises `ValueError` for text with a lone surrogate, `TypeError` for values that JSON lacks.
    """
    return msgspec.json.format(msgspec.json.encode(value, order="sorted"), indent=INDENT) + b"\n"


def decode(data: bytes | str, kind: type[T]) -> T:
    """Return the value of type `kind` in JSON `data`; `ValueError` says where it is wrong."""
    try:
        return msgspec.json.decode(data, type=kind)
    except InvalidInput as error:  # a value that its own class refuses, such as a span
        raise ValueError(error.message) from error
    except RecursionError as error:
        raise ValueError("It is nested too deeply.") from error


def pack(value: object) -> bytes:
    """Return `value` as MessagePack; raises `ValueError` for text with a lone surrogate."""
    return msgspec.msgpack.encode(value)


def unpack(data: bytes, kind: type[T]) -> T:
    """Return the value of type `kind` in MessagePack; `ValueError` says where it is wrong."""
    try:
        return msgspec.msgpack.decode(data, type=kind)
    except InvalidInput as error:
        raise ValueError(error.message) from error
