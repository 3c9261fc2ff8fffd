"""Encoding of records and marks in the index, with a checksum against damaged pages of its file."""

from __future__ import annotations

import zlib
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from annotator import model

if TYPE_CHECKING:
    import msgspec

    from annotator.model import Annotation, ArticleRecord

T = TypeVar("T")

_CHECKSUM_BYTES = 4  # before the value


def with_crc(data: bytes) -> bytes:
    """Return an encoded value with its checksum before it."""
    return zlib.crc32(data).to_bytes(_CHECKSUM_BYTES, "big") + data


def decode_record(data: bytes) -> ArticleRecord:
    """Return the record; `ValueError` if its checksum does not match."""
    record: ArticleRecord = _decoder(model.ArticleRecord).decode(_verified(data))
    return record


def decode_annotation(data: bytes) -> Annotation:
    """Return the mark; `ValueError` if its checksum does not match."""
    annotation: Annotation = _decoder(model.Annotation).decode(_verified(data))
    return annotation


def _verified(data: bytes) -> bytes:
    value = data[_CHECKSUM_BYTES:]
    if zlib.crc32(value) != int.from_bytes(data[:_CHECKSUM_BYTES], "big"):
        raise ValueError("A row of the index is damaged.")
    return value


@cache
def _decoder(kind: type[T]) -> msgspec.json.Decoder[T]:
    from msgspec.json import Decoder  # plain lists print lines of the index and decode no value

    return Decoder(kind)
