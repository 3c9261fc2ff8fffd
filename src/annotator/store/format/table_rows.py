"""Rows of an article's file, as bytes: their layout in the file, and their checksums.

    {
      "annotations": {
        "01jz…": {"article_id":"…","created":"…", … ,"digest":"9f86d081884c7d65"},
        "01k0…": { … }
      },
      "article": {
        "5d41…": { … }
      }
    }

Every row is one line, and tables and rows are sorted by name: git and people can
merge two versions line by line, and rows that did not change are copied as bytes,
without being decoded.

A bit that flips inside a text leaves valid JSON, so each row has a checksum of its
id and its other values, in the field `digest`. It is in the row itself because git
would combine separate lines into a row that no program wrote. It is computed from
the layout above; a row that another program has formatted differently is brought
into this layout before it is verified.
"""

import hashlib
from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any, cast

import msgspec

from annotator.codec import decode

Rows = dict[str, dict[str, bytes]]  # encoded rows, by table and id

CHECKSUM = "digest"
CHECKSUM_DIGITS = 16  # hexadecimal: one alteration in 10^19 goes unnoticed

_BEFORE, _AFTER = f',"{CHECKSUM}":"'.encode(), b'"'  # inside a text the quotes would be escaped
_LENGTH = len(_BEFORE) + CHECKSUM_DIGITS + len(_AFTER)
_KEY = f'"{CHECKSUM}":'.encode()

_BEFORE_TABLE, _BEFORE_ROW = b"\n  ", b"\n    "
_AFTER_ROWS, _AFTER_TABLES = b"\n  }", b"\n}\n"
_AROUND_KEY = len(b'"": ')


def parse_raw(data: bytes) -> Rows:
    """Return the rows of each table without decoding them; `ValueError` if it is not such a file.

    The rows are views of `data`, which may be megabytes long; `bytes(row)` copies one.
    """
    return cast("Rows", decode(data, dict[str, dict[str, msgspec.Raw]]))


def serialize(tables: Mapping[str, Mapping[str, bytes]]) -> bytes:
    """Return the file of these rows, without tables that are empty."""
    parts = []
    for name in sorted(filter(tables.get, tables)):
        parts += [b",", _BEFORE_TABLE, _encoded_key(name), *_serialized_rows(tables[name])]
    return b"".join([b"{", *parts[1:], _AFTER_TABLES])


def has_serialized_length(data: bytes, tables: Mapping[str, Mapping[str, bytes]]) -> bool:
    """Whether a file is as long as `serialize` would make it, so that it holds nothing else."""
    names = sum(map(len, tables)) + len(tables) * (len(_BEFORE_TABLE) + _AROUND_KEY + 1)
    return len(data) == names + sum(map(_rows_length, tables.values())) + len(_AFTER_TABLES)


def with_checksum(row_id: str, fields: Mapping[str, Any]) -> bytes:
    """Return a row encoded with its checksum.

    Raises `TypeError` for values that JSON lacks, `ValueError` for a lone surrogate.
    """
    values = {name: value for name, value in fields.items() if name != CHECKSUM}
    return _encoded(values | {CHECKSUM: _row_checksum(row_id, _encoded(values))})


def with_unknown(new: Any, known: Any, old: Any) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """Return a plain value with the fields of its old version that this program does not know.

    `old` is that version as it is in the file, and `known` as this program reads it. What did
    not change stays as it was, at any depth:

        new     {"note": "Mine", "claim": {"status": "open"}}
        known   {"note": "", "claim": {"status": "open"}}
        old     {"note": "", "claim": {"status": "open", "source": "a leak"}, "mood": "sad"}
        result  {"note": "Mine", "claim": {"status": "open", "source": "a leak"}, "mood": "sad"}
    """
    if new == known:
        return old
    if isinstance(new, list | tuple) and isinstance(known, list | tuple) and isinstance(old, list):
        pairs = list(zip(known, old, strict=False))
        return [next((before for read, before in pairs if read == item), item) for item in new]
    if not (isinstance(new, dict) and isinstance(known, dict) and isinstance(old, dict)):
        return new
    kept = {name: value for name, value in old.items() if name not in known}
    return kept | {
        name: with_unknown(value, known.get(name), old.get(name)) for name, value in new.items()
    }


def checksum_ok(row_id: str, row: bytes) -> bool:
    """Whether a row matches its checksum; a row without one is accepted as it is."""
    row = bytes(row)
    start = row.find(_BEFORE)
    end = start + _LENGTH
    if start >= 0 and row[end - len(_AFTER) : end] == _AFTER:
        stored = row[start + len(_BEFORE) : end - len(_AFTER)]
        if stored == _row_checksum(row_id, row[:start] + row[end:]).encode():
            return True
    return _checksum_ok_in_our_layout(row_id, row)


def has_checksum(row: bytes) -> bool:
    """Whether a row has a checksum."""
    return _KEY in bytes(row)


def count_checksums(data: bytes) -> int:
    """Return how many rows in a file have a checksum, whatever their table and id."""
    return data.count(_KEY)


def checksum(data: bytes) -> str:
    """Return the first digits of the SHA-256 of `data`."""
    return hashlib.sha256(data).hexdigest()[:CHECKSUM_DIGITS]


class LazyRow(MutableMapping[str, Any]):
    """A row that is decoded when it is first looked into, and written back as bytes if not."""

    __slots__ = ("_bytes", "_values")

    def __init__(self, row: bytes) -> None:
        self._bytes = row
        self._values: dict[str, Any] | None = None

    def as_bytes(self, row_id: str) -> bytes:
        """Return the encoded row."""
        return self._bytes if self._values is None else with_checksum(row_id, self._values)

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
            self._values.pop(CHECKSUM, None)
        return self._values


def _checksum_ok_in_our_layout(row_id: str, row: bytes) -> bool:
    try:
        values = decode(row, dict[str, Any])
    except ValueError:
        return False
    stored = values.pop(CHECKSUM, None)
    return stored is None or stored == _row_checksum(row_id, _encoded(values))


def _encoded(values: Mapping[str, Any]) -> bytes:
    return msgspec.json.encode(values, order="sorted")


def _row_checksum(row_id: str, row: bytes) -> str:
    return checksum(row_id.encode() + row)


def _serialized_rows(rows: Mapping[str, bytes]) -> Iterator[bytes]:
    before = b"{" + _BEFORE_ROW
    for row_id in sorted(rows):
        yield before + _encoded_key(row_id)
        yield rows[row_id]
        before = b"," + _BEFORE_ROW
    yield _AFTER_ROWS


def _rows_length(rows: Mapping[str, bytes]) -> int:
    inside = sum(map(len, rows)) + sum(map(len, rows.values()))
    return inside + len(rows) * (1 + len(_BEFORE_ROW) + _AROUND_KEY) + len(_AFTER_ROWS)


def _encoded_key(name: str) -> bytes:
    return msgspec.json.encode(name) + b": "
