"""Values as the index keeps them, with a checksum: a page that was spoilt is not believed."""

import zlib
from typing import TypeVar

import msgspec

T = TypeVar("T")

_SUM = 4  # bytes before the value


def sealed(value: object) -> bytes:
    """Return a value as bytes."""
    data = msgspec.json.encode(value)
    return zlib.crc32(data).to_bytes(_SUM, "big") + data


def unsealed(data: bytes, decoder: msgspec.json.Decoder[T]) -> T:
    """Return the value; `ValueError` if these are not the bytes that it was sealed in."""
    value = data[_SUM:]
    if zlib.crc32(value) != int.from_bytes(data[:_SUM], "big"):
        raise ValueError("A row of the index is spoilt.")
    return decoder.decode(value)
