"""Values as the index keeps them, with a checksum: a page that was spoilt is not believed."""

from __future__ import annotations

import zlib
from functools import cache
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import msgspec

    from annotator.model import Annotation, ArticleRecord

T = TypeVar("T")

_SUM = 4  # bytes before the value


def sealed(value: object) -> bytes:
    """Return a value as bytes."""
    from msgspec.json import encode

    data = encode(value)
    return zlib.crc32(data).to_bytes(_SUM, "big") + data


def record_of(data: bytes) -> ArticleRecord:
    """Return the record; `ValueError` if these are not the bytes that it was sealed in."""
    return _records().decode(_unsealed(data))


def annotation_of(data: bytes) -> Annotation:
    """Return the mark; `ValueError` if these are not the bytes that it was sealed in."""
    return _annotations().decode(_unsealed(data))


def _unsealed(data: bytes) -> bytes:
    value = data[_SUM:]
    if zlib.crc32(value) != int.from_bytes(data[:_SUM], "big"):
        raise ValueError("A row of the index is spoilt.")
    return value


# Made when a value is wanted: what prints lines as they stand wants none.


@cache
def _records() -> msgspec.json.Decoder[ArticleRecord]:
    from annotator.model import ArticleRecord

    return _decoder(ArticleRecord)


@cache
def _annotations() -> msgspec.json.Decoder[Annotation]:
    from annotator.model import Annotation

    return _decoder(Annotation)


def _decoder(kind: type[T]) -> msgspec.json.Decoder[T]:
    from msgspec.json import Decoder

    return Decoder(kind)
