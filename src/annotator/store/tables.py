"""What the file of an article holds: its record, its marks, and the graves of those removed."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from annotator.codec import decode
from annotator.model import Annotation, ArticleRecord


@dataclass(frozen=True, slots=True)
class Tombstone:
    """When a mark was removed, so that merging with an older copy does not bring it back."""

    removed: datetime


@dataclass(frozen=True, slots=True)
class Header:
    """The record alone, for lists: the marks are skipped, which is several times quicker."""

    article: dict[str, ArticleRecord]

    @property
    def record(self) -> ArticleRecord:
        """The one record."""
        return next(iter(self.article.values()))


@dataclass(frozen=True, slots=True)
class Tables(Header):
    """All tables of the file, by id."""

    annotations: dict[str, Annotation] = field(default_factory=dict)
    tombstones: dict[str, Tombstone] = field(default_factory=dict)

    @property
    def in_order(self) -> tuple[Annotation, ...]:
        """The marks by position, then by id."""
        return tuple(sorted(self.annotations.values(), key=_place))


H = TypeVar("H", bound=Header)


def parse_tables(data: bytes) -> Tables:
    """Return the tables in `data`; `ValueError` if it is no file of an article."""
    return _with_a_record(decode(data, Tables))


def parse_header(data: bytes) -> Header:
    """Return the record in `data`; `ValueError` if it is no file of an article."""
    return _with_a_record(decode(data, Header))


def _with_a_record(tables: H) -> H:
    if len(tables.article) != 1 or tables.record.id not in tables.article:
        raise ValueError("It holds no record of an article.")
    return tables


def _place(annotation: Annotation) -> tuple[int, int, str]:
    position = annotation.target.position
    return position.start, position.end, annotation.id
