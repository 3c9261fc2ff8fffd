"""Two versions of an article's file as one: nothing that either machine did is lost."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import NamedTuple

from msgspec.structs import replace

from annotator.codec import to_plain
from annotator.model import Annotation, ArticleRecord
from annotator.store.form import Rows
from annotator.store.rows import sealed
from annotator.store.tables import ANNOTATIONS, ARTICLE, TOMBSTONES, Tables, Tombstone


class _Dated(NamedTuple):
    """A row and its time; of two at the same time the greater row wins, on every machine."""

    moment: datetime
    row: bytes


def merge(versions: Sequence[Tables]) -> Rows:
    """Return the rows of all versions, of each mark the one that was modified last.

    A mark that one version removed stays removed, unless another has changed it
    since. The order of the versions makes no difference, so that two machines
    that merge the same copies agree.
    """
    marks = _latest(_dated(each.rows, ANNOTATIONS, each.annotations) for each in versions)
    graves = _latest(_dated(each.rows, TOMBSTONES, each.tombstones) for each in versions)
    buried = {
        key for key, grave in graves.items() if key not in marks or marks[key].moment < grave.moment
    }
    return {
        ANNOTATIONS: {key: mark.row for key, mark in marks.items() if key not in buried},
        ARTICLE: _record(versions),
        TOMBSTONES: {key: graves[key].row for key in buried},
    }


def _dated(
    rows: Rows, table: str, values: Mapping[str, Annotation | Tombstone]
) -> dict[str, _Dated]:
    return {key: _Dated(_moment(value), bytes(rows[table][key])) for key, value in values.items()}


def _moment(value: Annotation | Tombstone) -> datetime:
    return value.removed if isinstance(value, Tombstone) else value.modified


def _latest(versions: Iterable[Mapping[str, _Dated]]) -> dict[str, _Dated]:
    latest: dict[str, _Dated] = {}
    for key, version in chain.from_iterable(each.items() for each in versions):
        latest[key] = max(version, latest.get(key, version))
    return latest


def _record(versions: Sequence[Tables]) -> dict[str, bytes]:
    """Return the record that was changed last, with the revisions of all."""
    dated = sorted(
        (record.modified, bytes(each.rows[ARTICLE][key]), record)
        for each in versions
        for key, record in each.article.items()
    )
    if not dated:
        return {}
    *_, (_, row, record) = dated
    whole = _with_all_revisions(record, [each for *_, each in dated])
    return {record.id: row if whole == record else sealed(record.id, to_plain(whole))}


def _with_all_revisions(record: ArticleRecord, records: Sequence[ArticleRecord]) -> ArticleRecord:
    revisions = dict.fromkeys(chain.from_iterable(each.revisions for each in records))
    added = min(each.added for each in records)
    if set(revisions) == set(record.revisions) and added == record.added:
        return record
    return replace(record, revisions=tuple(revisions), added=added)
