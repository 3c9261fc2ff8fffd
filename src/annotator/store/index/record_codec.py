"""Encoding of records and marks in the index, with a checksum against damaged pages of its file."""

from __future__ import annotations

import zlib
from functools import cache
from typing import TYPE_CHECKING

from annotator import model

if TYPE_CHECKING:
    from msgspec.json import Decoder

    from annotator.model import Annotation, ArticleRecord

_CHECKSUM_BYTES = 4  # before the value


def with_crc(data: bytes) -> bytes:
    """Return an encoded value with its checksum before it."""
    return zlib.crc32(data).to_bytes(_CHECKSUM_BYTES, "big") + data


def decode_record(data: bytes) -> ArticleRecord:
    """Return the record; `ValueError` if its checksum does not match."""
    return _decoders()[0].decode(_verified(data))


def decode_annotation(data: bytes) -> Annotation:
    """Return the mark; `ValueError` if its checksum does not match."""
    return _decoders()[1].decode(_verified(data))


def _verified(data: bytes) -> bytes:
    value = data[_CHECKSUM_BYTES:]
    if zlib.crc32(value) != int.from_bytes(data[:_CHECKSUM_BYTES], "big"):
        raise ValueError("A row of the index is damaged.")
    return value


@cache
def _decoders() -> tuple[Decoder[ArticleRecord], Decoder[Annotation]]:
    from msgspec.json import Decoder  # plain lists print lines of the index and decode no value

    return Decoder(model.ArticleRecord), Decoder(model.Annotation)
