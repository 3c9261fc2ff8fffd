"""Archives and databases that are damaged or made to do harm."""

import io
import sqlite3
import stat
import struct
import tempfile
import zlib
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile, ZipInfo

HEAD = "title,url,time_added,tags,status\n"
ROW = "One,https://one.example/{},1700000000,a|b,unread\n"
GOOD = (HEAD + "".join(ROW.format(number) for number in range(5))).encode()
PART = "part_000000.csv"
MEGA = 1 << 20
ZEROS = b"\0" * MEGA


@dataclass(frozen=True, slots=True)
class Making:
    """A file to make: its name, its bytes, the outcome in words, and how many items it gives."""

    name: str
    make: Callable[[], bytes]
    text: str
    least: int = 0
    most: int | None = None


def archives() -> Iterator[Making]:
    """Yield archives and databases."""
    yield Making("zip-ratio.zip", _ratio, "too much in too little: refused", most=0)
    yield Making("zip-nested.zip", _nested, "archives inside are not opened", most=5)
    yield Making("zip-overlap.zip", _overlap, "members that overlap are refused", most=5)
    yield Making("zip-liar.zip", lambda: _liar(100), "a member is larger than it says", most=5)
    yield Making("zip-liar-huge.zip", lambda: _liar(0xFFFFFFF0), "a size that is not", most=5)
    yield Making("zip-members.zip", _members, "too many members: refused", most=0)
    yield Making("zip-paths.zip", _paths, "nothing is written outside", most=30)
    yield Making("zip-symlink.zip", _symlink, "a link in an archive is not followed", 5, 5)
    yield Making("zip-encrypted.zip", _encrypted, "a password is needed: refused", most=0)
    yield Making("zip-lzma.zip", lambda: _packed(ZIP_LZMA), "packed in a rare way", most=5)
    yield Making("zip-bzip2.zip", lambda: _packed(ZIP_BZIP2), "packed in a rare way", most=5)
    yield Making("zip-twice.zip", _twice, "two members have one name", 5, 10)
    yield Making("zip-prefixed.zip", lambda: b"#!/bin/sh\nexit\n" * 9 + _packed(), "a prefix", 0, 5)
    yield Making("zip-broken-sum.zip", _broken_sum, "a check sum is wrong: told", 0, 5)
    yield Making("zip-no-suffix", _packed, "an archive without a suffix is read", 5, 5)
    yield Making("zip-as-csv.csv", _packed, "an archive with a wrong suffix is read", 5, 5)
    yield Making("zip-other.zip", _other, "an archive of nothing known: refused", most=0)
    yield Making("gzip-as-json.json", _gzip, "a gzip file: refused", most=0)
    yield Making("sqlite-noise.sqlite", _noise, "a damaged database: refused", most=0)
    yield Making("sqlite-page.sqlite", _page, "a damaged page: what was read is kept", most=40)
    yield Making("sqlite-header.sqlite", lambda: _kobo("")[:100], "only a header: refused", most=0)
    yield Making("sqlite-trigger.sqlite", lambda: _kobo(TRIGGER), "triggers never run", 1, 1)
    yield Making("sqlite-endless.sqlite", lambda: _view(ENDLESS), "a view without end", most=1)
    yield Making("sqlite-function.sqlite", lambda: _view(FUNCTION), "a view that calls", most=1)
    yield Making("sqlite-large.sqlite", lambda: _view(LARGE), "a view of huge texts", most=1)
    yield Making("sqlite-other.sqlite", _no_kobo, "a database of another program", most=0)
    yield Making("calibre-deep.calibre_bookmarks", _calibre, "JSON too deep: refused", most=0)
    yield Making(
        "calibre-not-base64.calibre_bookmarks",
        lambda: b"encoding=json+base64:\n%%%% not base64 %%%%\n",
        "not what it says: refused",
        most=0,
    )


def _packed(method: int = ZIP_DEFLATED) -> bytes:
    return _archive([(PART, GOOD)], method)


def _archive(members: list[tuple[str | ZipInfo, bytes]], method: int = ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with ZipFile(data, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return data.getvalue()


def _ratio() -> bytes:
    data = io.BytesIO()
    with ZipFile(data, "w", ZIP_DEFLATED) as archive, archive.open(PART, "w") as member:
        member.write(HEAD.encode())
        for _ in range(300):
            member.write(ZEROS)
    return data.getvalue()


def _nested() -> bytes:
    inner = _archive([(PART, GOOD + ZEROS * 8)])
    for _ in range(4):
        inner = _archive([(f"copy-{at}.zip", inner) for at in range(8)])
    return _archive([("nested.zip", inner), (PART, GOOD)])


def _overlap() -> bytes:
    """Return an archive whose directory names one large member two hundred times."""
    packed = _archive([(PART, GOOD + ZEROS * 8)])
    end = packed.rindex(b"PK\5\6")
    start = packed.index(b"PK\1\2")
    entry = packed[start:end]
    entries = [entry.replace(PART.encode(), f"part_{at:06}.csv".encode()) for at in range(200)]
    directory = b"".join(entries)
    size = len(directory)
    tail = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, len(entries), len(entries), size, start, 0)
    return packed[:start] + directory + tail


def _liar(size: int) -> bytes:
    data = GOOD + b"x" * 50 * MEGA
    packed = _archive([(PART, data)])
    true, false = struct.pack("<L", len(data)), struct.pack("<L", size)
    return packed.replace(true, false)


def _members() -> bytes:
    return _archive([(f"{at}", b"") for at in range(100_000)], ZIP_STORED)


def _paths() -> bytes:
    names = (
        "../ran-up.csv",
        "/var/ran-absolute.csv",
        "C:\\ran.csv",
        "a/../../ran.csv",
        "\\\\server\\ran.csv",
        "nul\0ran.csv",
        "x" * 5000 + ".csv",
    )
    return _archive([(name, GOOD) for name in names])


def _symlink() -> bytes:
    info = ZipInfo("part_000001.csv")
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return _archive([(PART, GOOD), (info, b"/etc/hostname")])


def _encrypted() -> bytes:
    packed = bytearray(_packed())
    for signature, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        packed[packed.index(signature) + offset] |= 1
    return bytes(packed)


def _twice() -> bytes:
    second = GOOD.replace(b"one.example", b"two.example")
    data = io.BytesIO()
    with ZipFile(data, "w") as archive:
        archive.writestr(PART, GOOD)
        archive.writestr(ZipInfo(PART + "x"), second)
    return data.getvalue().replace(b"part_000000.csvx", b"part_000000.csv\0")


def _broken_sum() -> bytes:
    packed = _archive([(PART, GOOD), ("part_000001.csv", GOOD)], ZIP_STORED)
    return packed.replace(b"https://one.example/3", b"https://oxx.example/3", 1)


def _other() -> bytes:
    return _archive([("word/document.xml", b"<w:document/>"), ("[Content_Types].xml", b"<T/>")])


def _gzip() -> bytes:
    packer = zlib.compressobj(wbits=31)
    return packer.compress(GOOD) + packer.flush()


def _calibre() -> bytes:
    return b"encoding=json+base64:\n" + b64encode(b"[" * 200_000)


KOBO = """
CREATE TABLE content (ContentID TEXT PRIMARY KEY, ContentType TEXT, BookTitle TEXT, Title TEXT,
    Attribution TEXT);
INSERT INTO content VALUES ('v', '6', NULL, 'A book about bridges', 'M. Kinley');
"""
COLUMNS = "BookmarkID,VolumeID,ContentID,Text,Annotation,DateCreated,ChapterProgress,Hidden,Type"
TABLE = f"""
CREATE TABLE Bookmark (StartContainerPath TEXT, StartOffset, EndContainerPath TEXT, EndOffset,
    {COLUMNS});
INSERT INTO Bookmark ({COLUMNS}) VALUES ('b', 'v', 'v', 'The bridge is closed.', 'why?',
    '2024-01-01T00:00:00.000', 0.5, 'false', 'highlight');
"""
TRIGGER = (
    "CREATE TRIGGER t AFTER INSERT ON Bookmark BEGIN SELECT load_extension('ran'); END;"
    "CREATE TABLE copy (x GENERATED ALWAYS AS (hex(zeroblob(9))) VIRTUAL, y);"
)
_SELECT = (
    "CREATE VIEW Bookmark AS {cte} SELECT {number} AS BookmarkID, 'v' AS VolumeID,"
    " 'v' AS ContentID, {text} AS Text, '' AS Annotation, '2024-01-01T00:00:00.000' AS DateCreated,"
    " 0.5 AS ChapterProgress, 'false' AS Hidden, 'highlight' AS Type, '' AS StartContainerPath,"
    " 0 AS StartOffset, '' AS EndContainerPath, 0 AS EndOffset {source};"
)
ENDLESS = _SELECT.format(
    cte="WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)",
    number="x",
    text="'again ' || x",
    source="FROM c",
)
FUNCTION = _SELECT.format(cte="", number="1", text="load_extension('./ran')", source="")
LARGE = _SELECT.format(
    cte="WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 40)",
    number="x",
    text="hex(zeroblob(50000000))",
    source="FROM c",
)


def _base(script: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "made.sqlite")
        with closing(sqlite3.connect(path)) as base:
            base.executescript(script)
        return path.read_bytes()


def _kobo(more: str) -> bytes:
    return _base(KOBO + TABLE + more)


def _view(view: str) -> bytes:
    return _base(KOBO + view)


def _no_kobo() -> bytes:
    return _base("CREATE TABLE urls (url TEXT); INSERT INTO urls VALUES ('https://x.example/');")


def _noise() -> bytes:
    return b"SQLite format 3\0" + bytes(at * 7919 % 251 for at in range(40_000))


def _page() -> bytes:
    data = bytearray(_base(KOBO + TABLE + TABLE[TABLE.index("INSERT") :].replace("'b'", "'c'") * 1))
    data[4096 * 2 : 4096 * 2 + 600] = b"\xff" * 600
    return bytes(data)
