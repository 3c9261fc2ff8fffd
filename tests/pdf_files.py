"""PDFs for tests, written by hand, and lines as they are read from one."""

import hashlib
import textwrap
from collections.abc import Iterable, Sequence

from annotator.extract.documents.pdf.lines import PrintedLine

LETTER = 0.5  # the width of a letter in parts of its size
_PAD = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
_ID = b"0123456789abcdef"


def printed(
    *paragraphs: str,
    page: int = 0,
    top: float = 700,
    left: float = 72,
    width: float = 300,
    size: float = 10,
    indent: float = 0,
    space: float = 0,
    pitch: float = 1.2,
    is_bold: bool = False,
) -> list[PrintedLine]:
    """Return paragraphs as a printer sets them, justified but for their last lines."""
    lines: list[PrintedLine] = []
    base = top
    for paragraph in paragraphs:
        wrapped = textwrap.wrap(
            "#" * round(indent / size / LETTER) + paragraph, int(width / size / LETTER)
        )
        for number, text in enumerate(part.lstrip("#") for part in wrapped):
            start = left + (0 if number else indent)
            is_last = number == len(wrapped) - 1
            right = start + len(text) * LETTER * size if is_last else left + width
            lines.append(PrintedLine(page, start, right, round(base, 1), size, text, is_bold))
            base -= pitch * size
        base -= space
    return lines


def make_pdf(
    pages: Sequence[Iterable[tuple[float, float, float, str]]],
    *,
    title: str = "",
    labels: str = "",
    has_pictures: bool = False,
    password: str | None = None,
) -> bytes:
    """Return a PDF whose pages have texts at places: left edge, base line, size, text.

    `labels` is the dictionary of its page labels. A password of "" locks it for changes only.
    """
    file = _File(password)
    for page in pages:
        content = "\n".join(
            f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({_escaped(text)}) Tj ET"
            for x, y, size, text in page
        )
        file.add_page("q 612 0 0 792 0 0 cm /I1 Do Q\n" * has_pictures + content)
    return file.finish(title, labels)


class _File:
    def __init__(self, password: str | None) -> None:
        self._objects: list[bytes] = [b""] * 5  # catalog, pages, font, picture, properties
        self._pages: list[int] = []
        self._key, self._lock = _key(password) if password is not None else (b"", b"")

    def add_page(self, content: str) -> None:
        number = len(self._objects) + 1
        data = self._encrypted(content.encode("cp1252"), number)
        stream = b"<</Length %d>>stream\n%s\nendstream" % (len(data), data)
        page = (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents %d 0 R/Resources"
            b"<</Font<</F1 3 0 R>>/XObject<</I1 4 0 R>>>>>>" % number
        )
        self._objects += [stream, page]
        self._pages.append(number + 1)

    def finish(self, title: str, labels: str) -> bytes:
        kids = b" ".join(b"%d 0 R" % number for number in self._pages)
        names = b"/PageLabels<<%s>>" % labels.encode() if labels else b""
        pixel = self._encrypted(b"\x80", 4)
        said = self._encrypted(title.encode("latin-1"), 5).hex().encode()
        self._objects[:5] = [
            b"<</Type/Catalog/Pages 2 0 R%s>>" % names,
            b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(self._pages)),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
            b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray"
            b"/BitsPerComponent 8/Length 1>>stream\n%s\nendstream" % pixel,
            b"<</Title<%s>>>" % said,
        ]
        data, places = b"%PDF-1.4\n", []
        for number, body in enumerate(self._objects, 1):
            places.append(len(data))
            data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        table = b"".join(b"%010d 00000 n \n" % place for place in places)
        lock = b"/Encrypt %s/ID[<%s><%s>]" % (self._lock, _ID.hex().encode(), _ID.hex().encode())
        return (
            data
            + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(places) + 1, table)
            + (
                b"trailer<</Size %d/Root 1 0 R/Info 5 0 R%s>>\nstartxref\n%d\n%%%%EOF"
                % (len(places) + 1, lock if self._lock else b"", len(data))
            )
        )

    def _encrypted(self, data: bytes, number: int) -> bytes:
        if not self._lock:
            return data
        key = hashlib.md5(self._key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]
        return _rc4(key, data)


def _key(password: str) -> tuple[bytes, bytes]:
    """Return the key of a locked file, and what the file says of its lock."""
    user, owner = ((word.encode() + _PAD)[:32] for word in (password, "owner"))
    locked = _rc4(hashlib.md5(owner).digest()[:5], user)
    key = hashlib.md5(user + locked + (0xFFFFFFFC).to_bytes(4, "little") + _ID).digest()[:5]
    proof = _rc4(key, _PAD)
    lock = b"<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>" % (
        locked.hex().encode(),
        proof.hex().encode(),
    )
    return key, lock


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
