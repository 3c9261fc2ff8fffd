"""The body of a response: unpacked piece by piece, and read no further than allowed."""

import zlib
from dataclasses import dataclass
from typing import Protocol

from annotator.errors import FetchError
from annotator.fetch.addresses import shown
from annotator.fetch.client import httpx
from annotator.fetch.contents import refuse_size
from annotator.model.text import clean_line

_GZIP, _ZLIB, _BARE = 31, 15, -15  # how zlib is told which header to expect
_LENGTH_DIGITS = 20  # longer numbers are no lengths


@dataclass(frozen=True, slots=True)
class Body:
    """The bytes of a page; not whole if its compressed stream stopped in the middle."""

    data: bytes
    is_whole: bool


async def read_body(response: httpx.Response, address: str, *, limit: int) -> Body:
    """Return the body, of at most `limit` bytes as sent and as unpacked.

    Raises `TooLarge`, and `FetchError` for a compression that was not asked for.
    """
    announced = response.headers.get("content-length", "")[:_LENGTH_DIGITS]
    refuse_size(int(announced) if announced.isdecimal() else 0, shown(address), limit=limit)
    unpacker, received, data = _unpacker(response, address), 0, bytearray()
    async for piece in response.aiter_raw():
        received += len(piece)
        data += unpacker.feed(piece, limit - len(data) + 1)
        refuse_size(max(received, len(data)), shown(address), limit=limit)
    return Body(bytes(data), unpacker.is_finished)


class _Unpacker(Protocol):
    """Gives what a piece of the body holds, but no more than `room` bytes of it."""

    @property
    def is_finished(self) -> bool: ...

    def feed(self, piece: bytes, room: int) -> bytes: ...


def _unpacker(response: httpx.Response, address: str) -> _Unpacker:
    packing = response.headers.get("content-encoding", "").strip().lower()
    if packing in {"", "identity"}:
        return _Unpacked()
    if packing in {"gzip", "x-gzip"}:
        return _Inflater(_GZIP)
    if packing == "deflate":
        return _Inflater(_ZLIB)
    raise FetchError(
        f"{shown(address)} is compressed in a way that was not asked for: "
        f"{clean_line(packing, limit=40)}.",
        "Save the page in a browser, and add the file.",
    )


class _Unpacked:
    is_finished = True

    def feed(self, piece: bytes, room: int) -> bytes:
        return piece[:room]


class _Inflater:
    def __init__(self, header: int) -> None:
        self._header = header
        self._stream = zlib.decompressobj(header)

    @property
    def is_finished(self) -> bool:
        return self._stream.eof

    def feed(self, piece: bytes, room: int) -> bytes:
        if self._stream.eof:
            return b""  # whatever follows the stream is none of the page
        try:
            return self._stream.decompress(piece, room)
        except zlib.error:
            if self._header != _ZLIB:
                raise
            # "deflate" without its header, as some servers send it
            self._header, self._stream = _BARE, zlib.decompressobj(_BARE)
            return self._stream.decompress(piece, room)
