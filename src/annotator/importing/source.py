"""A file that is imported: its bytes, and what the readers make of them, each at most once.

Formats tell their files by these: `tables.names`, the fields of the JSON, the head of the
text. A property that does not fit the file is empty and never raises, so that a format can
look at it without knowing what the file is.
"""

import codecs
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from annotator.errors import ImportFailed
from annotator.importing.item import Skipped
from annotator.importing.readers.json_values import (
    Json,
    JsonObject,
    LineNumbers,
    lines_of,
    objects_in,
    read_json,
)
from annotator.importing.readers.limits import MAX_CHARACTERS, MAX_FILE_BYTES
from annotator.importing.readers.table import TableRow, column_names, is_table, rows
from annotator.model.zip_archive import ZipArchive, is_zip

_BRACKET = re.compile(r"\s*[\[{]")
_NOTHING = Json(None)
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f]")  # but for white space
_SHARE = 0.03  # of NUL or of others that damage may leave in a text

ADDRESS_COLUMNS = ("url", "uri", "href", "link", "address", "source url", "article url", "doi")
HEAD = 64 * 1024  # bytes or characters by which the format is recognized

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DAMAGE = 20  # UTF-8 with at most one wrong byte to so many good sequences is damaged UTF-8
_FEW = 0.1  # share of NUL bytes in every other place of text that is not UTF-16


class Folder:
    """Files on a disk, each of which is read when it is needed."""

    def __init__(self, files: Mapping[str, Callable[[], bytes]]) -> None:
        self._files = files

    @property
    def names(self) -> tuple[str, ...]:
        """The paths of its files, in the order of their names."""
        return tuple(sorted(self._files))

    def read(self, name: str) -> bytes:
        """Return the contents of a file."""
        return self._files[name]()


# Files by their paths with slashes, in memory and within limits.
Archive = ZipArchive | Folder


class SourceFile:
    """A file by its name, which may be wrong or empty, and its bytes.

    An archive or a folder has its files in `archive`, and is read with `member`. A file in one
    is read again after `release`, so that not all of them are in memory at once.
    """

    def __init__(
        self,
        name: str,
        data: bytes = b"",
        *,
        archive: Archive | None = None,
        of: Archive | None = None,
    ) -> None:
        if len(data) > MAX_FILE_BYTES:
            raise ImportFailed(
                f"{name or 'The file'} is larger than {MAX_FILE_BYTES // 1_000_000} MB.",
                "Split it, and import the parts.",
            )
        self.name = name
        self.archive = archive or (ZipArchive(data, ImportFailed) if is_zip(data) else None)
        self._of = of
        self.data = data

    @cached_property
    def data(self) -> bytes:
        """The bytes of the file; none for a folder."""
        return self._of.read(self.name) if self._of else b""

    def release(self) -> None:
        """Forget all that can be read again."""
        if self._of and not self.archive:
            for name in ("data", "head", "text", "lines", "json", "columns"):
                self.__dict__.pop(name, None)

    @cached_property
    def is_binary(self) -> bool:
        """Whether it is neither text nor an archive; NUL alone does not make a text binary."""
        head = "" if self.archive else head_of(self.data)
        most = len(head) * _SHARE
        return "\0" in head and (head.count("\0") > most or len(_CONTROLS.findall(head)) > most)

    @cached_property
    def head(self) -> str:
        """The beginning of the text, without a byte-order mark and without NUL."""
        return "" if self.archive else head_of(self.data).replace("\0", "")

    @cached_property
    def text(self) -> str:
        """The whole text, without a byte-order mark and without NUL."""
        if self.archive:
            return ""
        return decoded(self.data).removeprefix("\ufeff").replace("\0", "")

    @cached_property
    def lines(self) -> LineNumbers:
        """The numbers of lines by offsets in the text."""
        return LineNumbers(self.text)

    @cached_property
    def json(self) -> Json:
        """The value of a file in JSON, as far as it can be read; None for other files."""
        if self.is_binary or not _BRACKET.match(self.head) or self.has_json_lines:
            return _NOTHING
        try:
            return read_json(self.text)
        except ImportFailed as error:
            return Json(None, error.message, error.line)

    @cached_property
    def has_json_lines(self) -> bool:
        """Whether each line is an object of its own."""
        if self.is_binary:
            return False
        first, _, rest = self.head.lstrip().partition("\n")
        if not first.startswith("{") or not rest.lstrip().startswith("{"):
            return False
        try:
            return isinstance(read_json(first).value, dict) and not read_json(first).problem
        except ImportFailed:
            return False

    @property
    def json_object(self) -> JsonObject:
        """The object that the file is, or the first one of its list or lines; else empty."""
        value = self.json.value
        if isinstance(value, JsonObject):
            return value
        first = next(iter(objects_in(value)), None)
        if first is None and self.has_json_lines:
            first = next((line for line in self.json_lines() if isinstance(line, JsonObject)), None)
        return first if first is not None else JsonObject()

    @property
    def is_json_list(self) -> bool:
        """Whether the file is a list in JSON."""
        return isinstance(self.json.value, list)

    def json_objects(self, *names: str) -> Iterator[JsonObject | Skipped]:
        """Yield the objects of the file: of its list, of its lines, or in a field `names`.

        If the file is cut or damaged, the last one yielded is a `Skipped` with the line.
        """
        if self.has_json_lines:
            yield from self.json_lines()
            return
        value = self.json.value
        if isinstance(value, JsonObject):
            yield from value.objects(*names) if names else [value]
        yield from objects_in(value)
        if self.json.problem:
            yield Skipped(self.json.line, self.json.problem, "the rest of the file")

    def json_lines(self) -> Iterator[JsonObject | Skipped]:
        """Yield the object of each line, with the lines that hold none skipped."""
        for number, line in enumerate(lines_of(self.text), 1):
            if not line.strip():
                continue
            try:
                parsed = read_json(line, first_line=number)
            except ImportFailed as error:
                yield Skipped(number, error.message, line[:80])
                continue
            if isinstance(parsed.value, JsonObject) and not parsed.problem:
                yield parsed.value
            else:
                yield Skipped(number, parsed.problem or "This line is not an object.", line[:80])

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The folded names in the first row of a table; empty if it is none."""
        if self.archive or self.is_binary or _BRACKET.match(self.head):
            return ()
        return column_names(self.head)

    @cached_property
    def is_table(self) -> bool:
        """Whether it is a table with a first row of names, and neither a list nor a note."""
        return bool(self.columns) and is_table(self.head, ADDRESS_COLUMNS)

    def has_columns(self, *names: str) -> bool:
        """Whether it is a table with all of these columns; their names are folded."""
        return bool(self.columns) and set(names) <= set(self.columns)

    def rows(self) -> Iterator[TableRow | Skipped]:
        """Yield the rows of a table, each with its line."""
        yield from rows(self.text)

    def member(self, name: str) -> "SourceFile":
        """Return a file of the archive. Raises `ImportFailed` for one that cannot be read."""
        if self.archive is None:
            raise ImportFailed("This is not an archive.")
        return SourceFile(name, self.archive.read(name), of=self.archive)

    def members(self, pattern: str = ".*") -> Iterator["SourceFile | Skipped"]:
        """Yield the files of the archive whose path matches `pattern`, and those skipped."""
        for name in self.archive.names if self.archive else ():
            if re.fullmatch(pattern, name):
                try:
                    yield self.member(name)
                except ImportFailed as error:
                    yield Skipped(0, error.message, name, name)


def decoded(data: bytes) -> str:
    """Return the text of a file, with U+FFFD for bytes that cannot be decoded.

    Raises `ImportFailed` for more text than `MAX_CHARACTERS`.
    """
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _bounded(data[len(mark) :].decode(codec, "replace"))
    codec = _utf_16(data)
    if codec:
        return _bounded(data.decode(codec, "replace"))
    try:
        return _bounded(data.decode("utf-8"))
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    good = sum(1 for byte in data if byte >= 0xC0) - wrong  # noqa: PLR2004  leading bytes
    is_cut = text.endswith("\ufffd")  # within a character
    if (wrong == 1 and (good or is_cut)) or wrong * _DAMAGE <= good:
        return _bounded(text)
    return _bounded(data.decode("cp1252", "replace"))


def head_of(data: bytes) -> str:
    """Return the beginning of a file as text, well enough to tell its format."""
    return decoded(data[:HEAD]).lstrip("\ufeff")


def _utf_16(data: bytes) -> str:
    """Return the codec of UTF-16 without a mark, as seen by the NUL bytes of Latin text."""
    sample = data[:2000]
    half = len(sample) // 2
    if half < 2:  # noqa: PLR2004  nothing to see
        return ""
    even, odd = sample[::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.5 and even < _FEW:  # noqa: PLR2004  most letters have one
        return "utf-16-le"
    if even > 0.5 and odd < _FEW:  # noqa: PLR2004  most letters have one
        return "utf-16-be"
    return ""


def _bounded(text: str) -> str:
    if len(text) > MAX_CHARACTERS:
        raise ImportFailed(
            f"It has more than {MAX_CHARACTERS:,} characters.", "Split it, and import the parts."
        )
    return text
