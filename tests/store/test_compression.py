"""Stored pages are compressed as the zstd program does it, and damage is reported."""

import random

import pytest

from annotator.store.disk.compression import compress, decompress

TEXTS = (b"", b"x", b"The rain stays. " * 9_000, random.Random(7).randbytes(70_000))


@pytest.mark.parametrize("data", TEXTS)
def test_what_was_compressed_comes_back(data):
    assert decompress(compress(data, 9), len(data)) == data


def test_a_page_that_an_earlier_version_stored_is_read():
    head, content = "28b52ffd2440bd0000", "80546865207261696e2073746179732e2001009a682e0178abee11"
    assert decompress(bytes.fromhex(head + content), 64) == b"The rain stays. " * 4


@pytest.mark.parametrize("data", TEXTS)
def test_a_file_that_is_cut_or_changed_is_refused(data):
    frame = compress(data, 9)
    for cut in (0, 5, len(frame) - 5, len(frame) - 1):
        with pytest.raises(ValueError, match=r"."):
            decompress(frame[:cut], 1 << 20)
    with pytest.raises(ValueError, match="checksum"):
        decompress(frame[:-1] + bytes([frame[-1] ^ 1]), 1 << 20)


def test_unpacking_stops_at_the_limit():
    with pytest.raises(ValueError, match="more bytes"):
        decompress(compress(bytes(1 << 20), 9), (1 << 20) - 1)


def test_what_follows_the_first_frame_is_not_unpacked():
    assert decompress(compress(b"a", 9) + compress(bytes(1 << 20), 9), 10) == b"a"
