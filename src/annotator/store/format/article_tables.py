"""What the file of an article holds: its record, its marks, and the graves of those removed."""

from datetime import datetime
from itertools import chain
from typing import TypeVar

import msgspec
from msgspec import Struct, field

from annotator.codec import decode
from annotator.model import Annotation, ArticleRecord
from annotator.store.format.table_rows import (
    Rows,
    count_sealed,
    is_assembled,
    is_sealed,
    is_sound,
    skim,
)

V = TypeVar("V")

ARTICLE, ANNOTATIONS, TOMBSTONES = "article", "annotations", "tombstones"


class Tombstone(Struct, frozen=True):
    """When a mark was removed, so that merging with an older copy does not bring it back."""

    removed: datetime


class Header(Struct, frozen=True):
    """The record alone, for lists: the marks are skipped, which is several times quicker."""

    article: dict[str, ArticleRecord]

    @property
    def record(self) -> ArticleRecord:
        """The one record."""
        return next(iter(self.article.values()))


class Tables(Header, Struct, frozen=True):
    """All tables of the file, by id; `rows` are what they were read from."""

    annotations: dict[str, Annotation] = field(default_factory=dict)
    tombstones: dict[str, Tombstone] = field(default_factory=dict)
    rows: Rows = field(default_factory=dict)

    @property
    def in_order(self) -> tuple[Annotation, ...]:
        """The marks by position, then by id."""
        return tuple(sorted(self.annotations.values(), key=_place))


class _RawHeader(Struct, frozen=True):
    article: dict[str, msgspec.Raw]


def parse_tables(data: bytes, known: Tables | None = None) -> Tables:
    """Return the tables in `data`; `ValueError` if it is no file of an article, or was altered.

    Rows that stand in `known` as well are not read again, which makes all but
    the first reading of many marks cheap.
    """
    rows = skim(data)
    _require_all(data, rows)
    if known and rows == known.rows:
        return known
    known = known or _NOTHING
    record = _values(rows, known, ARTICLE, ArticleRecord)
    annotations = _values(rows, known, ANNOTATIONS, Annotation)
    tombstones = _values(rows, known, TOMBSTONES, Tombstone)
    _require_a_record(record)
    return Tables(record, annotations, tombstones, rows)


def parse_header(data: bytes) -> Header:
    """Return the record in `data`; `ValueError` if it is no file of an article, or was altered."""
    rows = decode(data, _RawHeader).article
    record = {key: _value(ARTICLE, key, bytes(row), ArticleRecord) for key, row in rows.items()}
    _require_a_record(record)
    return Header(record)


_NOTHING = Tables({})


def _values(rows: Rows, known: Tables, table: str, kind: type[V]) -> dict[str, V]:
    known_rows, values = known.rows.get(table, {}), getattr(known, table)
    return {
        key: values[key] if known_rows.get(key) == row else _value(table, key, row, kind)
        for key, row in rows.get(table, {}).items()
    }


def _value(table: str, key: str, row: bytes, kind: type[V]) -> V:
    try:
        value = decode(row, kind)
    except ValueError as error:
        raise ValueError(f"{error}, in $.{table}[{key}]") from error
    if not is_sound(key, row):
        raise ValueError(f"The row $.{table}[{key}] was altered.")
    return value


def _require_all(data: bytes, rows: Rows) -> None:
    """Refuse a file in which rows would go unseen: under an altered name, or one of two alike."""
    for name in rows.keys() - {ARTICLE, ANNOTATIONS, TOMBSTONES}:
        if any(map(is_sealed, rows[name].values())):
            raise ValueError(f"The name of the table {name} was altered.")
    if is_assembled(data, rows):
        return  # the usual case, and the cheap one
    if count_sealed(data) != sum(
        map(is_sealed, chain.from_iterable(table.values() for table in rows.values()))
    ):
        raise ValueError("Two rows have the same name.")


def _require_a_record(record: dict[str, ArticleRecord]) -> None:
    if len(record) != 1 or next(iter(record.values())).id not in record:
        raise ValueError("It holds no record of an article.")


def _place(annotation: Annotation) -> tuple[int, int, str]:
    position = annotation.target.position
    return position.start, position.end, annotation.id
