"""The tables in an article's file: its record, its marks, and tombstones of deleted marks."""

from collections.abc import Sequence
from itertools import chain
from typing import Any, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from annotator.codec import decode, to_plain
from annotator.model import Annotation, ArticleRecord, Tombstone
from annotator.store.format.table_rows import (
    CHECKSUM,
    Rows,
    checksum_ok,
    count_checksums,
    has_checksum,
    has_serialized_length,
    parse_raw,
    with_checksum,
    with_unknown,
)
from annotator.store.format.visible_text import has_hidden, visible

V = TypeVar("V")

ARTICLE, ANNOTATIONS, TOMBSTONES = "article", "annotations", "tombstones"


class Tables(Struct, frozen=True):
    """All tables of the file, by id, and the encoded rows that they were read from."""

    article: dict[str, ArticleRecord]
    annotations: dict[str, Annotation] = field(default_factory=dict)
    tombstones: dict[str, Tombstone] = field(default_factory=dict)
    rows: Rows = field(default_factory=dict)

    @property
    def record(self) -> ArticleRecord:
        """The only record."""
        return next(iter(self.article.values()))

    @property
    def deleted(self) -> dict[str, Tombstone]:
        """The tombstones of marks that are gone; others stand beside a mark that stayed."""
        return {key: of for key, of in self.tombstones.items() if key not in self.annotations}

    @property
    def in_order(self) -> tuple[Annotation, ...]:
        """The marks by position, then by id."""
        return tuple(sorted(self.annotations.values(), key=_sort_key))


def as_row(value: ArticleRecord | Annotation | Tombstone) -> dict[str, Any]:
    """Return the row of a value in its table.

    Most marks have no edits, and most tombstones nothing in the bin, and no fields for them.
    """
    row: dict[str, Any] = to_plain(value)
    if isinstance(value, Annotation):
        _leave_out_empty(row, ("edits", "author", "editors", "proposed"))
    if isinstance(value, Tombstone):
        _leave_out_empty(row, ("mark", "emptied", "author"))
        if value.mark:
            _leave_out_empty(row["mark"], ("author", "editors", "proposed"))
    return row


def _leave_out_empty(row: dict[str, Any], names: Sequence[str]) -> None:
    for name in names:
        if not row[name]:
            del row[name]


def as_changed_row(
    value: ArticleRecord | Annotation | Tombstone, *versions: bytes | None
) -> dict[str, Any]:
    """Return the row of a value, with what earlier versions of the row have of newer programs."""
    row = as_row(value)
    for version in filter(None, versions):
        row = with_unknown(row, as_row(decode(version, type(value))), plain_row(version))
    return row


def plain_row(row: bytes) -> dict[str, Any]:
    """Return all fields of a row."""
    values = decode(row, dict[str, Any])
    values.pop(CHECKSUM, None)
    return values


def with_rows(tables: Tables) -> Tables:
    """Return tables with their rows encoded."""
    rows = {
        name: {key: with_checksum(key, as_row(value)) for key, value in values.items()}
        for name in (ARTICLE, ANNOTATIONS, TOMBSTONES)
        for values in [getattr(tables, name)]
    }
    return replace(tables, rows=rows)


def parse_tables(data: bytes, known: Tables | None = None) -> Tables:
    """Return the tables in `data`; `ValueError` if it is not an article's file, or was altered.

    Values of rows that are the same in `known` are taken from there, so that
    reading a file of many marks again is cheap.
    """
    rows = parse_raw(data)
    _require_all_rows(data, rows)
    if known and rows == known.rows:
        return known
    known = known or _EMPTY
    record = _values(rows, known, ARTICLE, ArticleRecord)
    annotations = _values(rows, known, ANNOTATIONS, Annotation)
    tombstones = _values(rows, known, TOMBSTONES, Tombstone)
    if len(record) != 1 or next(iter(record.values())).id not in record:
        raise ValueError("It has no record of an article.")
    return Tables(record, annotations, tombstones, rows)


_EMPTY = Tables({})


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
    if not checksum_ok(key, row):
        raise ValueError(f"The row $.{table}[{key}] was altered.")
    return visible(value) if has_hidden(row) else value


def _require_all_rows(data: bytes, rows: Rows) -> None:
    """Refuse a file that has rows in an unknown table, or two rows with the same id.

    Both come from damage to a name, and would otherwise be overlooked and lost.
    """
    for name in rows.keys() - {ARTICLE, ANNOTATIONS, TOMBSTONES}:
        if any(map(has_checksum, rows[name].values())):
            raise ValueError(f"The name of the table {name} was altered.")
    if has_serialized_length(data, rows):
        return  # the usual case, and cheap to check
    if count_checksums(data) != sum(
        map(has_checksum, chain.from_iterable(table.values() for table in rows.values()))
    ):
        raise ValueError("Two rows have the same name.")


def _sort_key(annotation: Annotation) -> tuple[int, int, str]:
    position = annotation.target.position
    return position.start, position.end, annotation.id
