"""How rows stand in a file: in tables, each on a line of its own, in the order of their names."""

from collections.abc import Iterator, Mapping
from typing import cast

import msgspec

from annotator.codec import decode

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
