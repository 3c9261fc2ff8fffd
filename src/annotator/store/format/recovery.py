"""Recovering an article's file from a damaged one and its second copy.

A file that was cut or partly overwritten still has most of its rows, each on a line of
its own with a checksum. A file with git's conflict markers has two versions, which are
merged. The second copy provides what is missing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import chain
from typing import Any, NamedTuple, cast

from msgspec import Struct, field

from annotator.codec import decode
from annotator.model import Annotation, ArticleRecord, Tombstone
from annotator.model.labels import count
from annotator.store.format.article_tables import (
    ANNOTATIONS,
    ARTICLE,
    TOMBSTONES,
    Tables,
    as_row,
    parse_tables,
)
from annotator.store.format.conflict_copies import sides
from annotator.store.format.mark_edits import is_deleted_by
from annotator.store.format.merge import merge, remark
from annotator.store.format.mirrored_file import Recovered
from annotator.store.format.table_rows import (
    Rows,
    checksum_ok,
    count_checksums,
    has_checksum,
    parse_raw,
    serialize,
    with_checksum,
)

Value = Annotation | ArticleRecord | Tombstone

_SHOWN = 5  # ids in a sentence
_TABLE_OF: dict[type, str] = {
    Annotation: ANNOTATIONS,
    ArticleRecord: ARTICLE,
    Tombstone: TOMBSTONES,
}

_ROW = re.compile(rb' {4}"([^"\\]+)": (\{.*?),?\r?')


class _Found(Struct, frozen=True):
    """The rows of a text: intact ones, altered ones, and the ids of unreadable ones.

    There are several versions if a row is there twice: git may put both versions of one row
    on one side of a conflict.
    """

    versions: list[Tables] = field(default_factory=list)
    altered: dict[str, Value] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)


def recover(damaged: bytes, backup: bytes) -> Recovered:
    """Return the best file that can be made of a damaged one and its second copy.

    Raises `ValueError` if neither has a record of the article.
    """
    searches = [_search(text) for text in (*sides(damaged), backup)]
    versions = [version for search in searches for version in search.versions]
    rows = merge(versions)
    older = () if searches[2:] else searches[-1].versions[:1]  # the second copy
    merged = remark(versions, _decoded(rows), *older)
    doubtful = [key for search in searches for key in _add_altered(rows, search.altered)]
    if not rows[ARTICLE]:
        raise ValueError("It has no record of an article.")
    known = {key for table in rows.values() for key in table}
    lost = {key for search in searches for key in search.unreadable} - known
    remarks = (
        _sentence("may have been altered; please check them", doubtful),
        _sentence("could not be read", lost),
        merged,
    )
    return Recovered(serialize(rows), " ".join(filter(None, remarks)))


class RecoveredCopy(NamedTuple):
    """The contents of a conflict copy, and a remark if a part of them was lost."""

    tables: Tables
    remark: str = ""


def recover_copy(data: bytes, article_id: str) -> RecoveredCopy:
    """Return the rows of a conflict copy that their checksums vouch for.

    Raises `ValueError` if none of them belongs to the article.
    """
    with suppress(ValueError):
        return _of_article(parse_tables(data), article_id)
    searches = [_search(text) for text in sides(data)]
    rows = merge([version for search in searches for version in search.versions])
    copy = _of_article(_decoded(rows), article_id)
    unsure = {key for search in searches for key in (*search.altered, *search.unreadable)}
    lost = unsure - {key for table in rows.values() for key in table}
    remarks = (
        f"It is damaged: {count(len(copy.tables.annotations), 'mark')} of it could be read.",
        _sentence("could not be read", lost - {article_id}),
        "" if rows[ARTICLE] else "Its title, state and tags could not be read.",
    )
    return copy._replace(remark=" ".join(filter(None, remarks)))


def _of_article(tables: Tables, article_id: str) -> RecoveredCopy:
    owners = {mark.article_id for mark in tables.annotations.values()} | tables.article.keys()
    if owners - {article_id} or not (owners or tables.tombstones):
        raise ValueError("It is not a copy of this article's file.")
    return RecoveredCopy(tables)


def _decoded(rows: Rows) -> Tables:
    return Tables(
        {key: decode(row, ArticleRecord) for key, row in rows[ARTICLE].items()},
        {key: decode(row, Annotation) for key, row in rows[ANNOTATIONS].items()},
        {key: decode(row, Tombstone) for key, row in rows[TOMBSTONES].items()},
        rows,
    )


def _search(text: bytes) -> _Found:
    search = _Found()
    needs_checksums, rows = _rows(text)
    for key, row in rows:
        value = _value(row)
        if value is None:
            search.unreadable.add(key)
        elif checksum_ok(key, row) and (has_checksum(row) or not needs_checksums):
            _add(search.versions, key, row, value)
        else:
            search.altered[key] = value
    return search


def _rows(text: bytes) -> tuple[bool, Iterable[tuple[str, bytes]]]:
    """Return the rows, and whether those without a checksum must be distrusted."""
    try:
        tables = parse_raw(text)
    except ValueError:
        return True, _rows_by_line(text)
    rows = tuple(chain.from_iterable(table.items() for table in tables.values()))
    if count_checksums(text) > sum(has_checksum(row) for _, row in rows):  # some are there twice
        return True, _rows_by_line(text)
    return False, rows


def _rows_by_line(text: bytes) -> Iterator[tuple[str, bytes]]:
    for line in text.split(b"\n"):
        if row := _ROW.fullmatch(line):
            yield row[1].decode("utf-8", "replace"), row[2]


def _value(row: bytes) -> Value | None:
    """Decode a row of any table; the tables' rows have different required fields."""
    for kind in _TABLE_OF:
        with suppress(ValueError):
            return cast("Value", decode(row, kind))
    return None


def _add(versions: list[Tables], key: str, row: bytes, value: Value) -> None:
    """Add a row to the first version that has no other row of its name."""
    table = _TABLE_OF[type(value)]
    tables = next(
        (version for version in versions if version.rows[table].get(key, row) == row), None
    )
    if tables is None:
        tables = Tables({}, rows={name: {} for name in _TABLE_OF.values()})
        versions.append(tables)
    values: dict[str, Any] = getattr(tables, table)
    values[key] = value
    tables.rows[table][key] = row


def _add_altered(rows: Rows, altered: Mapping[str, Value]) -> list[str]:
    """Add those altered rows that have no intact version, and return their ids."""
    added = []
    for key, value in altered.items():
        if isinstance(value, ArticleRecord):
            is_known = bool(rows[ARTICLE])
        elif not rows[ANNOTATIONS].keys().isdisjoint({key, getattr(value, "id", key)}):
            is_known = True
        else:
            tombstone = rows[TOMBSTONES].get(key)
            mark = value if isinstance(value, Annotation) else None
            is_known = tombstone is not None and is_deleted_by(decode(tombstone, Tombstone), mark)
        if is_known:
            continue
        rows[TOMBSTONES].pop(key, None)
        rows[_TABLE_OF[type(value)]][key] = with_checksum(key, as_row(value))
        added.append(key)
    return added


def _sentence(what: str, ids: Iterable[str]) -> str:
    in_order = sorted(ids)
    if not in_order:
        return ""
    shown = ", ".join(in_order[:_SHOWN]) + (" and others" if len(in_order) > _SHOWN else "")
    return f"These marks {what}: {shown}."
