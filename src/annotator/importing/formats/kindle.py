"""Kindle: the file of clippings, in eleven languages and as devices of all years write it.

A clipping is a line with title and author, a line with what it is, where and when, an empty
line, and its text, up to a line of equals signs. One file may mix languages. The notebook of a
book is a page, which the apps of Kindle send.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final, Literal, NamedTuple

from msgspec.structs import replace

from annotator.importing.conversion import BOOKMARK, joined
from annotator.importing.importers import Sureness
from annotator.importing.item import Found, ImportedHighlight, ImportedItem, Skipped
from annotator.importing.moments import moment
from annotator.importing.readers.markup import Tag, html_tokens
from annotator.importing.source import SourceFile
from annotator.model.data_file import toml_beside

_DASH = re.compile(r"[-–—]\s?\S")  # before what was clipped; Russian devices write longer ones
_END = re.compile(r"={10,}\s*")
_RANGE = r"(?P<{0}>\d+(?:,\d{{3}})*)(?:\s*[-–]\s*(?P<{0}_end>\d+(?:,\d{{3}})*))?"
_WORDS = toml_beside("annotator.importing", "kindle_words.toml")
_LOCATION = re.compile(
    rf"(?:{_WORDS['location']})\W*(?:no\.?)?\W*" + _RANGE.format("location"), re.IGNORECASE
)
_PAGE = re.compile(rf"(?:{_WORDS['page']}|페이지)\W*" + _RANGE.format("page"), re.IGNORECASE)
_ROMAN = re.compile(rf"(?:{_WORDS['page']})\s+(?P<page>[ivxlc]+)\b", re.IGNORECASE)
_PAGE_BEFORE = re.compile(r"(?:第\s*)?" + _RANGE.format("page") + r"\s*(?:ページ|页|頁|페이지|쪽)")
Kind = Literal["bookmark", "note", "highlight"]

_WITHIN_MONTH: Final = {"juil": 7, "juin": 6, "maio": 5}  # that a shorter beginning hides
_EAST = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?\s*([ap]\.?\s?m\.?)?", re.IGNORECASE)
_AFTERNOON = re.compile(r"下午|午後|오후|晚上")
_MORNING = re.compile(r"上午|午前|오전|凌晨|早上")
_WORD = re.compile(r"[^\W\d_]+")
_LIMIT = re.compile(r"\s*<[^<>]{10,200}>\s*")  # what stands for the text beyond the limit


class _Clipping(NamedTuple):
    book: tuple[str, str]  # title and author
    kind: Kind
    mark: ImportedHighlight
    start: int | None
    end: int | None
    remark: str


def sniff(source: SourceFile) -> Sureness:
    """Return whether there is a line of equals signs after a line that begins with a dash."""
    if source.archive or source.is_binary:
        return Sureness.NO
    lines = source.head.splitlines()[:400]
    has_end = any(_END.fullmatch(line) for line in lines)
    has_head = any(_DASH.match(line) and _kind(line) for line in lines)
    return Sureness.CERTAIN if has_end and has_head else Sureness.NO


def read(source: SourceFile) -> Iterator[Found]:
    """Yield a book for each title and author, after what was skipped."""
    books: dict[tuple[str, str], list[_Clipping]] = {}
    for clipping in _clippings(source.text):
        if isinstance(clipping, Skipped):
            yield clipping
        else:
            books.setdefault(clipping.book, []).append(clipping)
    for (title, author), clippings in books.items():
        yield _book(title, author, clippings)


def _clippings(text: str) -> Iterator[_Clipping | Skipped]:
    lines: list[str] = []
    start = 1
    for number, line in enumerate((*text.splitlines(), "=" * 10), 1):
        if not _END.fullmatch(line):
            lines.append(line.strip("\ufeff"))
            continue
        while lines and not lines[0].strip():
            lines.pop(0)
            start += 1
        if lines:
            yield _clipping(lines, start)
        lines, start = [], number + 1


def _clipping(lines: list[str], line: int) -> _Clipping | Skipped:
    title = lines[0].strip()
    head = lines[1].strip() if len(lines) > 1 else ""
    kind = _kind(head) if _DASH.match(head) else None
    if kind is None:
        return Skipped(line, "The second line does not say what was clipped.", title)
    words = "\n".join(lines[2:]).strip()
    if kind == "bookmark":
        return Skipped(line, "It is a bookmark, which marks no words.", title)
    if not words:
        return Skipped(line, "The clipping has no text, as those of pictures.", title)
    if _LIMIT.fullmatch(words):
        return Skipped(line, "The book’s limit for clippings hides the text.", title)
    *_, dated = head.split("|")
    place = head.removesuffix(dated) or head
    location = _LOCATION.search(place)
    page = _PAGE.search(place) or _PAGE_BEFORE.search(place)
    start, end = _numbers(location, "location") if location else _numbers(page, "page")
    named = page or _ROMAN.search(place)
    created = _moment(dated)
    mark = ImportedHighlight(
        quote=words,
        location=_location(named["page"] if named else "", start, end),
        order=None if start is None else float(start),
        created=created,
        line=line,
    )
    is_no_date = created is None and dated != head and any(sign.isdecimal() for sign in dated)
    remark = f"“{dated.strip()}” is not a date." if is_no_date else ""
    return _Clipping(_title_and_author(title), kind, mark, start, end, remark)


def _kind(head: str) -> Kind | None:
    kinds: Mapping[Kind, str] = _WORDS["kinds"]
    words = head.partition("|")[0].lower() if head.count("|") else head.lower()
    for where in (words, head.lower()):
        for kind, signs in kinds.items():
            if any(sign in where for sign in signs.split()):
                return kind
    return None


def _numbers(match: re.Match[str] | None, name: str) -> tuple[int | None, int | None]:
    if match is None:
        return None, None
    first, end = match[name].replace(",", ""), match[f"{name}_end"]
    start = int(first[:9])
    if end is None:
        return start, start
    end = end.replace(",", "")
    shortened = int(first[: -len(end)] + end) if len(end) < len(first) else int(end[:9])
    return start, max(shortened, start)


def _title_and_author(line: str) -> tuple[str, str]:
    """Return the title and what the last pair of brackets holds; brackets may nest."""
    if not line.endswith((")", "）")):
        return line, ""
    depth = 0
    for position in range(len(line) - 1, 0, -1):
        depth += (line[position] in ")）") - (line[position] in "(（")
        if depth == 0:
            return line[:position].strip() or line, line[position + 1 : -1].strip()
    return line, ""


def _moment(text: str) -> datetime | None:
    """Return the time of a clipping, in the languages of the devices; it has no zone."""
    time = _TIME.search(text)
    if east := _EAST.search(text):
        day = (int(east[1]), int(east[2]), int(east[3]))
    else:
        western = _western_day(text[: time.start()] if time else text)
        if western is None:
            return moment(text.partition("on ")[2] or text)
        day = western
    hour, minute, second = _clock(text, time)
    year, month, date = day
    return moment(f"{year:04}-{month:02}-{date:02}T{hour:02}:{minute:02}:{second:02}")


def _clock(text: str, time: re.Match[str] | None) -> tuple[int, int, int]:
    if time is None:
        return 0, 0, 0
    hour = int(time[1])
    half = (time[4] or "")[:1].lower()
    if (half == "p" or _AFTERNOON.search(text)) and hour < 12:  # noqa: PLR2004  a clock
        hour += 12
    elif (half == "a" or _MORNING.search(text)) and hour == 12:  # noqa: PLR2004  a clock
        hour = 0
    return hour, int(time[2]), int(time[3] or 0)


def _western_day(text: str) -> tuple[int, int, int] | None:
    month = None
    for word in _WORD.finditer(text):
        month = _month(word[0]) or month
    numbers = re.findall(r"\d+", text)
    years = [number for number in numbers if len(number) == 4]  # noqa: PLR2004  digits of a year
    days = [number for number in numbers if len(number) <= 2]  # noqa: PLR2004  digits of a day
    if month is None or not days:
        return None
    if years:
        return int(years[0]), month, int(days[0])
    return (2000 + int(days[1]), month, int(days[0])) if len(days) > 1 else None


def _month(word: str) -> int | None:
    name = word.lower()
    for beginning, number in _WITHIN_MONTH.items():
        if name.startswith(beginning):
            return number
    for number, beginnings in enumerate(_WORDS["months"], 1):
        if any(name.startswith(beginning) for beginning in beginnings.split()):
            return number
    return None


def _book(title: str, author: str, clippings: list[_Clipping]) -> ImportedItem:
    kept = _longest(clipping for clipping in clippings if clipping.kind == "highlight")
    marks = [clipping.mark for clipping in kept]
    alone: list[ImportedHighlight] = []
    for added in clippings:
        words, where = added.mark.quote, added.mark.location
        index = _index_of(added, kept)
        if added.kind == "note" and index is None:
            note = f"{where[:1].upper()}{where[1:]}: {words}" if where else words
            alone.append(replace(added.mark, quote="", note=note))
        elif added.kind == "note" and index is not None and words not in marks[index].note:
            note = f"{marks[index].note}\n\n{words}".strip()
            marks[index] = replace(marks[index], note=note)
    return ImportedItem(
        title=title,
        authors=tuple(part.strip() for part in author.split(";") if part.strip()),
        medium="book",
        highlights=(*marks, *alone),
        line=clippings[0].mark.line,
        remarks=tuple(clipping.remark for clipping in clippings if clipping.remark),
    )


def _longest(clippings: Iterable[_Clipping]) -> list[_Clipping]:
    """Return the clippings without those that a longer one from the same start replaced."""
    kept: list[_Clipping] = []
    for clipping in clippings:
        for index, other in enumerate(kept):
            if other.start == clipping.start and _is_grown(other.mark.quote, clipping.mark.quote):
                kept[index] = max(other, clipping, key=lambda one: len(one.mark.quote))
                break
        else:
            kept.append(clipping)
    return kept


def _is_grown(one: str, other: str) -> bool:
    short, long = sorted((" ".join(one.split()), " ".join(other.split())), key=len)
    return long.startswith(short) or long.lstrip("“\"'«„").startswith(short)


def _index_of(note: _Clipping, highlights: list[_Clipping]) -> int | None:
    """Return the highlight that a note is on: one that ends where it is, else around it."""
    if note.start is None:
        return None
    around = None
    for index, highlight in enumerate(highlights):
        if highlight.end == note.start:
            return index
        if (
            highlight.start is not None
            and highlight.end is not None
            and highlight.start <= note.start <= highlight.end
        ):
            around = index
    return around


def _location(page: str, start: int | None, end: int | None) -> str:
    if page:
        return f"page {page}"
    if start is None:
        return ""
    return f"location {start}" + ("" if end in {None, start} else f"–{end}")


# The notebook of a book, which the apps send as a page.

_PARTS = frozenset({"bookTitle", "authors", "sectionHeading", "noteHeading", "noteText"})
_COLOUR = re.compile(r"highlight_(\w+)")
_PLACE = re.compile(r"[-–—]\s*(.+)$", re.DOTALL)
_NOTE = re.compile(r"\s*(?:note|nota|notiz|notitie|заметка|笔记|メモ|메모)\b", re.IGNORECASE)
_IS_BOOKMARK = re.compile(
    r"\s*(?:bookmark|lesezeichen|signet|marcador|segnalibro)\b", re.IGNORECASE
)


def sniff_notebook(source: SourceFile) -> bool:
    """Return whether the page has the classes of a notebook."""
    return "noteHeading" in source.text[:400_000] and "bookTitle" in source.head


def read_notebook(source: SourceFile) -> Iterator[Found]:
    """Yield the book with its highlights; a note belongs to the one before it, at its place.

    Apps close elements in a wrong order, so only where each begins counts.
    """
    title, authors, chapter = "", "", ""
    heading, colour = "", ""
    marks: list[ImportedHighlight] = []
    for name, words, shade, line in _parts(source.text):
        if name == "bookTitle":
            title = words
        elif name == "authors":
            authors = words
        elif name == "sectionHeading":
            chapter = words
        elif name == "noteHeading":
            heading, colour = words, shade
            if _IS_BOOKMARK.match(heading):
                yield Skipped(line, BOOKMARK, heading)
        if name != "noteText" or not words:
            continue
        place = _PLACE.search(heading)
        where = ", ".join(filter(None, (chapter, place[1].strip().lower() if place else "")))
        if not _NOTE.match(heading):
            marks.append(ImportedHighlight(quote=words, location=where, colour=colour, line=line))
        elif marks and marks[-1].quote and _is_there(where, marks[-1]):
            marks[-1] = replace(marks[-1], note=joined(marks[-1].note, words))
        else:
            note = f"{where}: {words}" if where else words
            marks.append(ImportedHighlight(quote="", note=note, line=line))
    yield ImportedItem(
        title=title,
        authors=tuple(name.strip() for name in authors.split(";") if name.strip()),
        medium="book",
        highlights=tuple(marks),
        line=1,
    )


def _is_there(where: str, mark: ImportedHighlight) -> bool:
    """Whether a place is within a highlight, going by the last number of both.

    It is that of a location, of which one has some 130 characters, or of a page.
    """
    numbers = [re.findall(r"\d+", place)[-1:] for place in (mark.location, where)]
    if not all(numbers):
        return True
    first, last = (int(number[0][-9:]) for number in numbers)
    return first <= last <= first + 1 + len(mark.quote) // 100


def _parts(text: str) -> Iterator[tuple[str, str, str, int]]:
    """Yield the parts of the page: class, words, the colour in it, and the line."""
    name, words, colour, line = "", "", "", 0
    for token in html_tokens(text):
        if not isinstance(token, Tag):
            words += token.text
            continue
        classes = token.attributes.get("class", "").split()
        begun = next((part for part in classes if part in _PARTS), "")
        if begun and not token.is_end:
            yield name, " ".join(words.split()), colour, line
            name, words, colour, line = begun, "", "", token.line
        elif shade := _COLOUR.search(" ".join(classes)):
            colour = shade[1]
    yield name, " ".join(words.split()), colour, line
