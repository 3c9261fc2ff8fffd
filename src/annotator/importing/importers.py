"""The formats that can be imported: the one list of them, and the place for plug-ins.

A format is an `Importer`. Those of the program are listed in `formats.toml`. Another
package adds its own with an entry point:

    [project.entry-points."annotator.importers"]
    shelf = "annotator_shelf:SHELF"

A file is told by its contents: every format says how sure it is that a file is one of its
own, and the surest one reads it. What formats return is made safe here (see `sanitise`).
"""

from collections.abc import Callable, Iterator, Mapping
from enum import IntEnum
from typing import Any, Final, NamedTuple, cast

from msgspec import Struct

from annotator.errors import ImportFailed, InvalidInput, did_you_mean
from annotator.importing.item import Found, Skipped
from annotator.importing.sanitise import cleaned
from annotator.importing.source import SourceFile
from annotator.model.data_file import toml_beside
from annotator.model.labels import count
from annotator.registry import Registry, load_part

_MAX_UNKNOWN: Final = 10  # files of an archive that are named; it may hold a thousand pictures
ENTRY_POINTS: Final = "annotator.importers"

_FORMATS: Final = "annotator.importing.formats"
DESCRIBED: Final[Mapping[str, Any]] = toml_beside(__package__, "formats.toml")
BUILT_IN: Final[Mapping[str, str]] = {  # the module of their code; the package for none
    name: f"{_FORMATS}.{data['code'].partition(':')[0]}" if "code" in data else _FORMATS
    for name, data in DESCRIBED.items()
}

_HINT = "`annotator import --list` shows the formats; --from names one."
_UNKNOWN = "It is of no known format."
_BOOK_HINT = "Highlights are in files beside books; `annotator add` reads the books."
_FOREIGN = (  # files that people mistake for exports, by their first bytes
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"Rar!", "a RAR archive; unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive; unpack it first"),
)


class Sureness(IntEnum):
    """The degree to which a format is sure that a file is one of its own."""

    NO = 0
    MAYBE = 1  # it could be read so, as any text can be read as a list of addresses
    LIKELY = 2  # it has the shape, which other services share
    CERTAIN = 3  # it has a sign that only this service leaves


Sniff = Callable[[SourceFile], Sureness | bool]
Read = Callable[[SourceFile], Iterator[Found]]


class Importer(Struct, frozen=True):
    """A format: its name for `--from`, its title for people, and functions that read it.

    `sniff` says how sure it is that a file is of this format; True is `CERTAIN`, False `NO`.
    `read` yields its items and what it skipped, in the order of the file; it may raise
    `ImportFailed` with a line, and what it yielded until there is imported. `hint` says where
    the service exports such files. `kinds` are the kinds of marks by the colours of the
    service, unless the settings say otherwise.
    """

    name: str
    title: str
    sniff: Sniff
    read: Read
    hint: str = ""
    kinds: Mapping[str, str] = {}


class Match(NamedTuple):
    """A file, or one inside of an archive, and the format that reads it."""

    importer: Importer
    source: SourceFile
    member: str = ""


class _Importers(Registry[Importer]):
    """The formats: those of the program are made of what `formats.toml` says, and of their code."""

    def load(self, name: str) -> Importer:
        part: object = super().load(name)
        if isinstance(part, Importer):  # of another package
            return part
        make = load_part("annotator.importing.field_data:format_of")  # which imports this module
        return cast("Callable[[str, object], Importer]", make)(name, part)


_IMPORTERS: Final = _Importers(BUILT_IN, kind=Importer, group=ENTRY_POINTS)


def importer(name: str) -> Importer:
    """Return the importer of a format.

    Raises `InvalidInput` for an unknown one, and for one of a package that is broken.
    """
    try:
        return _IMPORTERS.load(name)
    except KeyError:
        raise InvalidInput(
            f"Unknown format: {name}.{did_you_mean(name, names())}",
            "`annotator import --list` shows the formats.",
        ) from None


def importers() -> tuple[Importer, ...]:
    """Return all formats, those of plug-ins last; one that cannot be loaded is left out."""
    return tuple(_IMPORTERS.parts())


def names() -> tuple[str, ...]:
    """Return the names of all formats, those of plug-ins last; none is loaded."""
    return _IMPORTERS.names()


def recognise(source: SourceFile) -> tuple[Match, ...]:
    """Return how to read a file: its format, or that of each file in an archive.

    Raises `ImportFailed` for a file of no known format.
    """
    _refuse(source)
    formats = importers()
    best = _best(formats, source)
    if best:
        return (Match(best, source),)
    matches = tuple(_matches_within(formats, source))
    if any(match.importer.name for match in matches):
        return matches
    for match in matches:
        for item in read(match):
            if isinstance(item, Skipped) and item.reason != _UNKNOWN:
                raise ImportFailed(f"{item.what} in {_named(source)}: {item.reason}", _HINT)
    problem = source.json.problem
    line = f"Line {source.json.line}: " if source.json.line else ""
    where = f" {line}{problem}" if problem else ""
    raise ImportFailed(f"{_named(source)} is of no known format.{where}", _HINT)


def read(match: Match) -> Iterator[Found]:
    """Yield what a file holds, sanitised, and at its end what could not be read."""
    try:
        for item in match.importer.read(match.source):
            yield cleaned(item, member=match.member)
        match.source.release()
    except ImportFailed as error:
        yield cleaned(
            Skipped(error.line, error.message, "the rest of the file"), member=match.member
        )


def _refuse(source: SourceFile) -> None:
    if source.archive is None and not source.data.strip():
        raise ImportFailed(f"{_named(source)} is empty.", "Export it again.")
    for magic, what in _FOREIGN:
        if source.data.startswith(magic):
            raise ImportFailed(f"{_named(source)} is {what}.", _HINT)
    if _is_book(source.data):
        raise ImportFailed(f"{_named(source)} is a book (EPUB).", _BOOK_HINT)


def _is_book(data: bytes) -> bool:
    """Whether a file is an EPUB, which says so behind the head of its first entry."""
    return data.startswith(b"mimetypeapplication/epub+zip", 30)


def _best(formats: tuple[Importer, ...], source: SourceFile) -> Importer | None:
    best, sureness = None, Sureness.NO
    for format_ in formats:
        answer = format_.sniff(source)
        certainty = Sureness.CERTAIN * answer if isinstance(answer, bool) else answer
        if certainty > sureness:
            best, sureness = format_, Sureness(certainty)
    return best


def _matches_within(formats: tuple[Importer, ...], source: SourceFile) -> Iterator[Match]:
    unknown = books = 0
    for member in source.members():
        if isinstance(member, Skipped):
            yield _left_out(member.member, member.reason)
            continue
        if _is_book(member.data):  # beside the highlights of KOReader
            books += 1
            member.release()
            continue
        is_in_zip = bool(source.data)
        best = _best(formats, member) if member.data.strip() else None
        member.release()
        if best:
            yield Match(best, member, member.name)
        elif member.archive and not is_in_zip and (inner := [*_matches_within(formats, member)]):
            yield from (
                match._replace(member=f"{member.name}/{match.member}".rstrip("/"))
                for match in inner
            )
        else:
            unknown += 1
            if unknown <= _MAX_UNKNOWN:
                yield _left_out(member.name, _UNKNOWN)
    if books:
        yield _left_out(count(books, "book"), _BOOK_HINT)
    if unknown > _MAX_UNKNOWN:
        rest = unknown - _MAX_UNKNOWN
        yield _left_out(source.name, f"{count(rest, 'other file')} in it: of no known format.")


def _left_out(name: str, reason: str) -> Match:
    """Return how to read a file in an archive that no format takes: it says why."""
    skipped = Skipped(0, reason, name)
    unread = Importer("", "not read", lambda _: False, lambda _: iter((skipped,)))
    return Match(unread, SourceFile(name))


def _named(source: SourceFile) -> str:
    return source.name or "The file"
