"""Moon+ Reader: the notes of a book, records of lines between `#`."""

from collections.abc import Iterator, Sequence

from annotator.importing.conversion import BOOKMARK
from annotator.importing.item import Found, ImportedHighlight, ImportedItem, Skipped
from annotator.importing.moments import moment
from annotator.importing.source import SourceFile

_BREAK = "<BR>"
_FIELDS = 13  # lines of a record until the words
_TITLE, _PATH, _CHAPTER, _PLACE, _LENGTH, _COLOUR, _TIME, _NAME, _NOTE, _WORDS = (
    *(1, 2, 4, 6, 7, 8, 9, 10, 11, 12),
)


def sniff(source: SourceFile) -> bool:
    """Return whether the file has the first lines of such notes and a record."""
    lines = source.head.splitlines()
    has_head = [line.partition(":")[0] for line in lines[1:3]] == ["indent", "trim"]
    return has_head and "#" in lines[:6]


def read(source: SourceFile) -> Iterator[Found]:
    """Yield a book for each title, after its bookmarks."""
    books: dict[str, list[ImportedHighlight]] = {}
    for line, record in _records(source.text):
        title = record[_TITLE] or record[_PATH].rpartition("/")[2].rpartition(".")[0]
        words = record[_WORDS].replace(_BREAK, "\n")
        if not words.strip() and not record[_NOTE].strip():
            yield Skipped(line, BOOKMARK, record[_NAME] or title)
            continue
        mark = ImportedHighlight(
            quote=words,
            note=record[_NOTE].replace(_BREAK, "\n"),
            order=float(line),
            colour=_colour(record[_COLOUR]),
            created=moment(record[_TIME]),
            source_id=record[0],
            line=line,
        )
        books.setdefault(title, []).append(mark)
    for title, marks in books.items():
        yield ImportedItem(title=title, medium="book", highlights=tuple(marks), line=marks[0].line)


def _records(text: str) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the lines of each record, with the number of its first one."""
    record: list[str] = []
    start = 0
    for number, line in enumerate((*text.splitlines(), "#"), 1):
        if line.strip() == "#":
            if start and len(record) >= _FIELDS:
                yield start, record
            record, start = [], number + 1
        else:
            record.append(line)


def _colour(number: str) -> str:
    """Return a colour of Android, a number with sign, as #rrggbb."""
    digits = number.strip().lstrip("-")
    return f"#{int(number) & 0xFFFFFF:06x}" if digits.isdecimal() and len(digits) < 12 else ""  # noqa: PLR2004  digits
