"""Zstandard, of the standard library from Python 3.14 on, and before of its backport."""

import sys
from typing import IO

if sys.version_info >= (3, 14):
    from compression.zstd import (
        CompressionParameter,
        DecompressionParameter,
        ZstdDecompressor,
        ZstdError,
        ZstdFile,
    )
    from compression.zstd import compress as _compress
else:
    from backports.zstd import (
        CompressionParameter,
        DecompressionParameter,
        ZstdDecompressor,
        ZstdError,
        ZstdFile,
    )
    from backports.zstd import compress as _compress

__all__ = ["ZstdError", "compress", "decompress", "reader", "writer"]

_MEMORY: dict[int, int] = {DecompressionParameter.window_log_max: 27}  # at most 128 MB


def compress(data: bytes, level: int) -> bytes:
    """Return one frame, with its size and a checksum."""
    return _compress(data, options=_with_checksum(level))


def decompress(data: bytes, max_bytes: int) -> bytes:
    """Return what a frame holds. Raises `ValueError` if it is damaged, or larger than that."""
    frame = ZstdDecompressor(options=_MEMORY)
    try:
        content = frame.decompress(data, max_length=max_bytes + 1)
    except ZstdError as error:
        raise ValueError(str(error)) from error
    if len(content) > max_bytes:
        raise ValueError("It unpacks to more bytes than are stored in one file.")
    if not frame.eof:
        raise ValueError("It ends too early.")
    return content


def reader(file: IO[bytes]) -> ZstdFile:
    """Return the contents of a file as a stream, which raises `ZstdError` for a damaged one."""
    return ZstdFile(file, options=_MEMORY)


def writer(file: IO[bytes], level: int) -> ZstdFile:
    """Return a stream into an open file, which is left open."""
    return ZstdFile(file, "wb", options=_with_checksum(level))


def _with_checksum(level: int) -> dict[int, int]:
    return {CompressionParameter.compression_level: level, CompressionParameter.checksum_flag: 1}
