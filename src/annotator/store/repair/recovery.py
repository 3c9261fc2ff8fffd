"""What can be had from a damaged file: every row that is still whole, wherever it stands.

A file that was cut or scribbled over still holds most of its rows, each with a
digest that says so. A file into which git wrote its conflict markers holds two
versions, which are merged. The second copy of the file fills what is missing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import chain
from typing import Any, cast

from msgspec import Struct, field

from annotator.codec import decode, to_plain
from annotator.model import Annotation, ArticleRecord
from annotator.store.format.article_tables import (
    ANNOTATIONS,
    ARTICLE,
    TOMBSTONES,
    Tables,
    Tombstone,
)
from annotator.store.format.mirrored_file import Recovered
from annotator.store.format.table_rows import Rows, assemble, is_sealed, is_sound, sealed, skim
from annotator.store.repair.merge import merge

Value = Annotation | ArticleRecord | Tombstone

_SHOWN = 5  # ids in a sentence
_TABLE_OF: dict[type, str] = {
    Annotation: ANNOTATIONS,
    ArticleRecord: ARTICLE,
    Tombstone: TOMBSTONES,
}

_ROW = re.compile(rb' {4}"([^"\\]+)": (\{.*?),?\r?')
_OURS, _BASE, _BETWEEN, _THEIRS = b"<<<<<<<", b"|||||||", b"=======", b">>>>>>>"


class _Salvage(Struct, frozen=True):
    """The rows of a text that are whole, those that were altered, and the names of the rest."""

    whole: Tables
    altered: dict[str, Value] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)


def recover(damaged: bytes, backup: bytes) -> Recovered:
    """Return the best file that can be made of a damaged one and its second copy.

    Raises `ValueError` if there is no record of the article in either.
    """
    salvaged = [_salvage(text) for text in (*_sides(damaged), backup)]
    rows = merge([each.whole for each in salvaged])
    doubtful = [key for each in salvaged for key in _fill_in(rows, each.altered)]
    if not rows[ARTICLE]:
        raise ValueError("It holds no record of an article.")
    known = {key for table in rows.values() for key in table}
    lost = {key for each in salvaged for key in each.unreadable} - known
    said = (
        _sentence("may have been altered; look at them", doubtful),
        _sentence("could not be read", lost),
    )
    return Recovered(assemble(rows), " ".join(filter(None, said)))


def _sides(text: bytes) -> list[bytes]:
    """Return a file's text, or the two of a file that git could not merge."""
    if not re.search(rb"^<<<<<<<", text, re.MULTILINE):
        return [text]
    return [_side(text, _OURS), _side(text, _THEIRS)]


def _side(text: bytes, wanted: bytes) -> bytes:
    kept, where = [], b""
    for line in text.split(b"\n"):
        mark = line[: len(_OURS)]
        if mark in {_OURS, _BASE}:
            where = mark
        elif mark == _BETWEEN:
            where = _THEIRS
        elif mark == _THEIRS:
            where = b""
        elif where in {b"", wanted}:
            kept.append(line)
    return b"\n".join(kept)


def _salvage(text: bytes) -> _Salvage:
    salvage = _Salvage(Tables({}, rows={table: {} for table in _TABLE_OF.values()}))
    must_be_sealed, found = _rows(text)
    for key, row in found:
        value = _value(row)
        if value is None:
            salvage.unreadable.add(key)
        elif is_sound(key, row) and (is_sealed(row) or not must_be_sealed):
            _put(salvage.whole, key, row, value)
        else:
            salvage.altered[key] = value
    return salvage


def _rows(text: bytes) -> tuple[bool, Iterable[tuple[str, bytes]]]:
    """Return the rows, and whether one without a digest must be distrusted."""
    try:
        tables = skim(text)
    except ValueError:
        return True, _rows_by_lines(text)
    return False, chain.from_iterable(table.items() for table in tables.values())


def _rows_by_lines(text: bytes) -> Iterator[tuple[str, bytes]]:
    for line in text.split(b"\n"):
        if row := _ROW.fullmatch(line):
            yield row[1].decode("utf-8", "replace"), row[2]


def _value(row: bytes) -> Value | None:
    """Return what a row says, whichever table it is of: they require different fields."""
    for kind in _TABLE_OF:
        with suppress(ValueError):
            return cast("Value", decode(row, kind))
    return None


def _put(tables: Tables, key: str, row: bytes, value: Value) -> None:
    places: dict[type, dict[str, Any]] = {
        Annotation: tables.annotations,
        ArticleRecord: tables.article,
        Tombstone: tables.tombstones,
    }
    places[type(value)][key] = value
    tables.rows[_TABLE_OF[type(value)]][key] = row


def _fill_in(rows: Rows, altered: Mapping[str, Value]) -> list[str]:
    """Add those altered rows, sealed anew, of which no whole row tells what they were."""
    added = []
    for key, value in altered.items():
        if _is_known(rows, key, value):
            continue
        rows[TOMBSTONES].pop(key, None)
        rows[_TABLE_OF[type(value)]][key] = sealed(key, to_plain(value))
        added.append(key)
    return added


def _is_known(rows: Rows, key: str, value: Value) -> bool:
    if isinstance(value, ArticleRecord):
        return bool(rows[ARTICLE])
    if not rows[ANNOTATIONS].keys().isdisjoint({key, getattr(value, "id", key)}):
        return True
    grave = rows[TOMBSTONES].get(key)
    return grave is not None and not _is_after(value, decode(grave, Tombstone))


def _is_after(value: Annotation | Tombstone, grave: Tombstone) -> bool:
    return isinstance(value, Annotation) and value.modified >= grave.removed


def _sentence(what: str, ids: Iterable[str]) -> str:
    found = sorted(ids)
    if not found:
        return ""
    shown = ", ".join(found[:_SHOWN]) + (" and others" if len(found) > _SHOWN else "")
    return f"These marks {what}: {shown}."
