"""Rows that tell when they were altered: each holds a digest of its name and all its values.

A bit that flips inside a text leaves valid JSON, and nothing else would notice.
The digest stands in the row, and a row is one line: git merges files line by
line, and of rows that took several it would make one that nobody wrote. The
digest is of the row as written here; one that was laid out anew, by another
program, is put in form first.
"""

import hashlib
from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any, cast

import msgspec

from annotator.codec import decode

DIGEST = "digest"
DIGEST_DIGITS = 16  # hexadecimal: one alteration in 10^19 would go unseen

_BEFORE, _AFTER = f',"{DIGEST}":"'.encode(), b'"'  # within a text its quotes would be escaped
_LENGTH = len(_BEFORE) + DIGEST_DIGITS + len(_AFTER)
_KEY = f'"{DIGEST}":'.encode()


def sealed(identity: str, fields: Mapping[str, Any]) -> bytes:
    """Return the row as it stands in a file, with its digest.

    Raises `TypeError` for what is no value, `ValueError` for text with a lone surrogate.
    """
    values = {name: value for name, value in fields.items() if name != DIGEST}
    return _laid_out(values | {DIGEST: _digest(identity, _laid_out(values))})


def is_sound(identity: str, row: bytes) -> bool:
    """Tell whether a row is as it was sealed; one that never was is taken as it is."""
    row = bytes(row)
    start = row.find(_BEFORE)
    end = start + _LENGTH
    if start >= 0 and row[end - len(_AFTER) : end] == _AFTER:
        said = row[start + len(_BEFORE) : end - len(_AFTER)]
        if said == _digest(identity, row[:start] + row[end:]).encode():
            return True
    return _is_sound_in_form(identity, row)


def digest_of(data: bytes) -> str:
    """Return the digits that change with the data."""
    return hashlib.sha256(data).hexdigest()[:DIGEST_DIGITS]


def is_sealed(row: bytes) -> bool:
    """Tell whether a row has a digest at all."""
    return _KEY in bytes(row)


def count_sealed(data: bytes) -> int:
    """Return how many rows of a file have a digest, whichever table and name they are under."""
    return data.count(_KEY)


def _is_sound_in_form(identity: str, row: bytes) -> bool:
    try:
        values = decode(row, dict[str, Any])
    except ValueError:
        return False
    said = values.pop(DIGEST, None)
    return said is None or said == _digest(identity, _laid_out(values))


def _laid_out(values: Mapping[str, Any]) -> bytes:
    return msgspec.json.encode(values, order="sorted")


def _digest(identity: str, row: bytes) -> str:
    return digest_of(identity.encode() + row)


class Row(MutableMapping[str, Any]):
    """A row that is decoded when somebody looks into it, and goes back as it was otherwise."""

    __slots__ = ("_bytes", "_values")

    def __init__(self, row: bytes) -> None:
        self._bytes = row
        self._values: dict[str, Any] | None = None

    def as_bytes(self, identity: str) -> bytes:
        """Return the row as it stands in a file."""
        return self._bytes if self._values is None else sealed(identity, self._values)

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401 - whatever JSON can hold
        return self._decoded()[key]

    def __setitem__(self, key: str, value: Any) -> None:  # noqa: ANN401 - as above
        self._decoded()[key] = value

    def __delitem__(self, key: str) -> None:
        del self._decoded()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._decoded())

    def __len__(self) -> int:
        return len(self._decoded())

    def _decoded(self) -> dict[str, Any]:
        if self._values is None:
            self._values = decode(self._bytes, dict[str, Any])
            self._values.pop(DIGEST, None)
        return self._values


Rows = dict[str, dict[str, bytes]]

_BEFORE_TABLE, _BEFORE_ROW = b"\n  ", b"\n    "
_AFTER_ROWS, _AFTER_TABLES = b"\n  }", b"\n}\n"
_AROUND_KEY = len(b'"": ')


def skim(data: bytes) -> Rows:
    """Return the rows of each table, not decoded; `ValueError` if it is no JSON of that form.

    They are views of `data`, of which `bytes(row)` makes a copy: there may be megabytes of them.
    """
    return cast("Rows", decode(data, dict[str, dict[str, msgspec.Raw]]))


def assemble(tables: Mapping[str, Mapping[str, bytes]]) -> bytes:
    """Return the file of these rows; of a table with none nothing is left."""
    parts = []
    for name in sorted(filter(tables.get, tables)):
        parts += [b",", _BEFORE_TABLE, _key(name), *_parts(tables[name])]
    return b"".join([b"{", *parts[1:], _AFTER_TABLES])


def is_assembled(data: bytes, tables: Mapping[str, Mapping[str, bytes]]) -> bool:
    """Tell whether a file with these rows is as long as it would be with them and nothing else."""
    names = sum(map(len, tables)) + len(tables) * (len(_BEFORE_TABLE) + _AROUND_KEY + 1)
    return len(data) == names + sum(map(_length, tables.values())) + len(_AFTER_TABLES)


def _parts(rows: Mapping[str, bytes]) -> Iterator[bytes]:
    before = b"{" + _BEFORE_ROW
    for identity in sorted(rows):
        yield before + _key(identity)
        yield rows[identity]
        before = b"," + _BEFORE_ROW
    yield _AFTER_ROWS


def _length(rows: Mapping[str, bytes]) -> int:
    inside = sum(map(len, rows)) + sum(map(len, rows.values()))
    return inside + len(rows) * (1 + len(_BEFORE_ROW) + _AROUND_KEY) + len(_AFTER_ROWS)


def _key(name: str) -> bytes:
    return msgspec.json.encode(name) + b": "
