"""Property lists of macOS, binary or XML, as objects like those of JSON."""

import plistlib
from datetime import UTC, datetime
from xml.parsers.expat import ExpatError

from annotator.errors import ImportFailed
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.readers.limits import MAX_DEPTH

_BINARY = b"bplist00"
_FAULTS = (  # plistlib raises nearly anything for a damaged list
    plistlib.InvalidFileException,
    ExpatError,
    ValueError,
    TypeError,
    AttributeError,
    KeyError,
    IndexError,
    OverflowError,
    RecursionError,
    MemoryError,
)


def is_plist(data: bytes) -> bool:
    """Return whether a file begins as property lists do."""
    return data.startswith(_BINARY) or b"<plist" in data[:400]


def read_plist(data: bytes) -> JsonObject:
    """Return the dictionary of a property list; dates are ISO 8601.

    Raises `ImportFailed` for a damaged one, and for one that defines entities.
    """
    if b"<!ENTITY" in data[:10_000]:
        raise ImportFailed("It defines entities, which may be harmful.")
    try:
        plain = _plain(plistlib.loads(data), MAX_DEPTH)
    except _FAULTS as error:
        raise ImportFailed("The property list is damaged.") from error
    if not isinstance(plain, JsonObject):
        raise ImportFailed("The property list is not a dictionary.")
    return plain


def _plain(value: object, depth: int) -> object:
    if depth == 0:
        raise ImportFailed(f"It is nested more than {MAX_DEPTH} deep.")
    if isinstance(value, dict):
        made = JsonObject((str(key), _plain(inner, depth - 1)) for key, inner in value.items())
        made.line = 0  # a binary file has no lines
        return made
    if isinstance(value, list):
        return [_plain(item, depth - 1) for item in value]
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC).isoformat()
    return value
