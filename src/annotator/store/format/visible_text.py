"""Text of files that somebody else may have written: nothing in it that a terminal would obey.

All text is sanitised where it enters the program, so the files of a library hold no control
characters, no marks that turn the direction of others, and no separators of lines that editors
take for an end of line. A damaged file, or one that a sync program brought, may hold them all the
same. Each is replaced by one other character, so that the places of marks stay.
"""

from typing import Any, TypeVar

import msgspec

T = TypeVar("T")

_HIDDEN = (
    *range(9),
    *range(0x0B, 0x20),
    *range(0x7F, 0xA0),
    *range(0x2028, 0x202F),
    *range(0x2066, 0x206A),
)
_REPLACED = dict.fromkeys(_HIDDEN, "\ufffd")
_IN_ASCII = (b"\x7f", rb"\u00", rb"\u20", rb"\b", rb"\f", rb"\r")  # escapes; none of ours
_OTHERS = (  # in UTF-8: how they begin, and the range of the last byte
    (b"\xc2", 0x80, 0x9F),
    (b"\xe2\x80", 0xA8, 0xAE),
    (b"\xe2\x81", 0xA6, 0xA9),
)


def has_hidden(data: bytes) -> bool:
    """Whether JSON may hold such characters; nearly none does.

    This is asked before the first frame, where a pattern would take longer to compile.
    """
    data = bytes(data).replace(rb"\\", b"")  # a backslash, as formulas have many
    if any(part in data for part in _IN_ASCII):
        return True
    return not data.isascii() and any(
        first <= part[0] <= last
        for begin, first, last in _OTHERS
        for part in data.split(begin)[1:]
        if part
    )


def visible(value: T) -> T:
    """Return a value of the model without such characters."""
    plain = msgspec.to_builtins(value, str_keys=True)
    return msgspec.convert(_visible(plain), type(value), str_keys=True)


def _visible(value: Any) -> Any:  # noqa: ANN401 - whatever JSON can hold
    if isinstance(value, str):
        return value.translate(_REPLACED)
    if isinstance(value, list | tuple):
        return [_visible(inner) for inner in value]
    if isinstance(value, dict):
        return {key: _visible(inner) for key, inner in value.items()}
    return value
