"""From files to the items to import, each once: the first half of an import, without network.

Items with the same address are joined, wherever they are in the files, and so are books with
the same title and authors. Every item and highlight gets a key, by which a later file of the
same service is compared with this one.
"""

import os
from collections.abc import Iterator, Sequence
from functools import partial
from hashlib import blake2b
from itertools import chain
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from annotator.codec import encode
from annotator.errors import FetchError, ImportFailed
from annotator.fetch import read_data
from annotator.importing.importers import Match, importer, read, recognise
from annotator.importing.item import Found, ImportedHighlight, ImportedItem, Skipped
from annotator.importing.own_books import by_articles
from annotator.importing.readers.limits import MAX_FILE_BYTES, MAX_HELD, MAX_HIGHLIGHTS, MAX_ITEMS
from annotator.importing.source import Folder, SourceFile
from annotator.model.identity import id_of_url
from annotator.model.library_file import LibraryHead
from annotator.model.tags import normalise_all
from annotator.model.text import as_utf8, clean_line
from annotator.model.zip_archive import MAX_MEMBERS
from annotator.settings import expanded
from annotator.usecases.articles.sources import STANDARD_INPUT
from annotator.usecases.importing.report import FileReport, ReportLine, What

_NOTHING = "It has neither an address nor a text nor highlights."
_NOTE_KEY = "note"  # of the note on a whole item
_DIGEST_BYTES = 10


class PlannedItem(Struct, frozen=True, kw_only=True):
    """An item to import. `key` identifies it within its service, `highlights` are by their keys.

    `fingerprint` changes with anything in it.
    """

    service: str
    key: str
    file: str
    item: ImportedItem
    highlights: dict[str, ImportedHighlight] = {}
    fingerprint: str = ""

    @property
    def title(self) -> str:
        """The name of the item in the report."""
        return self.item.title or self.item.url or "untitled"

    def line(self, what: What, reason: str, *, line: int = 0, article_id: str = "") -> ReportLine:
        """Return a line of the report about it."""
        return ReportLine(
            what=what,
            reason=reason,
            title=clean_line(self.title, limit=80),
            line=line or self.item.line,
            file=self.item.member or self.file,
            article_id=article_id,
        )


class Plan(Struct, frozen=True, kw_only=True):
    """The contents of some files: items, values of a library, and what was skipped."""

    items: tuple[PlannedItem, ...] = ()
    heads: tuple[LibraryHead, ...] = ()
    files: tuple[FileReport, ...] = ()
    lines: tuple[ReportLine, ...] = ()
    merged: int = 0
    failures: tuple[ImportFailed, ...] = ()


def make_plan(paths: Sequence[Path], *, format_name: str = "", stdin: bytes | None = None) -> Plan:
    """Return what the files hold, and of the path `-` what standard input holds.

    Files that cannot be read at all, or that hold nothing to import, are in `failures` and in the
    report. Raises `InvalidInput` for an unknown format.
    """
    collected = _JoinedItems()
    failures: list[ImportFailed] = []
    for path in paths:
        try:
            source = _source(path, stdin)
            matches = (Match(importer(format_name), source),) if format_name else recognise(source)
        except ImportFailed as error:
            failures.append(error)
            collected.refuse(clean_line(path.name), error)
            continue
        before, told = collected.held, collected.told
        for match in matches:
            collected.add(match, clean_line(source.name))
        if collected.held == before:
            why = "The report says why; " if collected.told > told else ""
            nothing = ImportFailed(
                f"There is nothing in {clean_line(source.name)} that can be imported.",
                f"{why}`annotator import --list` shows the formats.",
            )
            failures.append(nothing)
            if not why:
                collected.refuse(clean_line(source.name), nothing)
    return replace(collected.plan(), failures=tuple(failures))


def plan_of(source: SourceFile, *, format_name: str) -> Plan:
    """Return what a file holds that is in memory already, such as a download."""
    collected = _JoinedItems()
    collected.add(Match(importer(format_name), source), clean_line(source.name))
    return collected.plan()


class _JoinedItems:
    """Items by service and key, in the order of their first occurrence."""

    def __init__(self) -> None:
        self._items: dict[tuple[str, str], PlannedItem] = {}
        self._heads: list[LibraryHead] = []
        self._files: dict[tuple[str, str], FileReport] = {}
        self._lines: list[ReportLine] = []
        self._merged = 0
        self._held = self._marks = 0

    @property
    def held(self) -> int:
        """How many items and values of libraries were found so far, joined or not."""
        return len(self._items) + self._merged + len(self._heads)

    @property
    def told(self) -> int:
        """How many lines the report has so far."""
        return len(self._lines)

    def refuse(self, name: str, error: ImportFailed) -> None:
        """Report a file that cannot be read."""
        line = ReportLine(what="skipped", reason=error.message, file=name, line=error.line)
        self._lines.append(line)

    def add(self, match: Match, name: str) -> None:
        """Read a file, and join its items with those that are there.

        Raises `ImportFailed` if all of them are too much for the memory.
        """
        for item in chain.from_iterable(map(by_articles, read(match))):
            self._count(match, name, item)
            if isinstance(item, LibraryHead):
                self._heads.append(item)
            elif isinstance(item, Skipped):
                self._lines.append(_skipped(item, name))
            elif _is_empty(item):
                why = " ".join(item.remarks) or _NOTHING
                self._lines.append(_skipped(Skipped(item.line, why, item.title, item.member), name))
            else:
                self._join(match.importer.name, name, item)

    def plan(self) -> Plan:
        """Return all of it."""
        return Plan(
            items=tuple(map(_with_fingerprint, self._items.values())),
            heads=tuple(self._heads),
            files=tuple(self._files.values()),
            lines=tuple(self._lines),
            merged=self._merged,
        )

    def _count(self, match: Match, name: str, item: Found) -> None:
        key = (name, match.importer.title)
        report = self._files.get(key, FileReport(file=name, format=match.importer.title))
        if isinstance(item, Skipped) or (isinstance(item, ImportedItem) and _is_empty(item)):
            report = replace(report, skipped=report.skipped + 1)
        elif isinstance(item, ImportedItem):
            marks = item.stored.marks if item.stored else item.highlights
            report = replace(
                report, items=report.items + 1, highlights=report.highlights + len(marks)
            )
        self._files[key] = report

    def _weigh(self, item: ImportedItem) -> None:
        text = len(item.text.content) if item.text else 0
        self._held += text + sum(len(mark.quote) + len(mark.note) for mark in item.highlights)
        self._marks += len(item.highlights)
        for number, most, what in (
            (len(self._items), MAX_ITEMS, "items"),
            (self._marks, MAX_HIGHLIGHTS, "highlights"),
            (self._held, MAX_HELD, "characters of text"),
        ):
            if number > most:
                raise ImportFailed(
                    f"The import has more than {most:,} {what}.", "Split it, and import the parts."
                )

    def _join(self, service: str, file: str, item: ImportedItem) -> None:
        self._weigh(item)
        key = key_of(item)
        planned = PlannedItem(service=service, key=key, file=file, item=item)
        self._lines += [planned.line("remark", remark) for remark in item.remarks]
        highlights, empty = _keyed(item)
        self._lines += [
            planned.line("skipped", "The highlight has neither words nor a note.", line=match.line)
            for match in empty
        ]
        known = self._items.get((service, key))
        if known is None:
            self._items[service, key] = replace(planned, highlights=_distinct(highlights))
            return
        self._merged += 1
        both = {**known.highlights, **highlights}
        self._items[service, key] = replace(
            known, item=_joined(known.item, item), highlights=_distinct(both)
        )


def key_of(item: ImportedItem) -> str:
    """Return what identifies an item within its service: its address, else title and authors."""
    if item.stored:
        return f"article:{item.stored.record.id}"
    if item.article_ids:
        return f"annotator:{item.article_ids[0]}{item.book and f' in {item.book}'}"
    if item.url:
        return f"url:{id_of_url(item.url)}"
    if item.title:
        authors = " & ".join(sorted(author.casefold() for author in item.authors))
        return f"{item.medium}:{_digest(f'{item.title.casefold()}|{authors}')}"
    first = next((highlight.quote or highlight.note for highlight in item.highlights), "")
    return f"{item.medium}:{_digest(item.source_id or first or item.note)}"


def _keyed(item: ImportedItem) -> tuple[dict[str, ImportedHighlight], list[ImportedHighlight]]:
    """Return the highlights by their keys, and those that hold nothing."""
    by_key: dict[str, ImportedHighlight] = {}
    empty: list[ImportedHighlight] = []
    counts: dict[str, int] = {}
    note = [ImportedHighlight(quote="", note=item.note, line=item.line)] if item.note else []
    for highlight in (*note, *item.highlights):
        if not highlight.quote and not highlight.note:
            empty.append(highlight)
            continue
        key = (
            highlight.source_id or _digest("".join(highlight.quote.split()).casefold()) or _NOTE_KEY
        )
        if (
            not highlight.source_id
            and highlight.quote
            and (highlight.location or highlight.position)
        ):
            start = highlight.position.start if highlight.position else 0
            key = f"{key}@{_digest(f'{highlight.location}{start}')}"
        if not highlight.quote and not highlight.source_id:
            key = f"{_NOTE_KEY}:{counts.get(_NOTE_KEY, 0)}"
            counts[_NOTE_KEY] = counts.get(_NOTE_KEY, 0) + 1
        by_key[key] = _united(by_key[key], highlight) if key in by_key else highlight
    return by_key, empty


def _distinct(highlights: dict[str, ImportedHighlight]) -> dict[str, ImportedHighlight]:
    """Return the highlights without those that differ from another one by ids and dates alone."""
    kept: dict[ImportedHighlight, str] = {}
    for key, highlight in highlights.items():
        bare = replace(highlight, source_id="", line=0, order=None, created=None, modified=None)
        kept.setdefault(bare, key)
    return {key: highlights[key] for key in kept.values()}


def _united(one: ImportedHighlight, other: ImportedHighlight) -> ImportedHighlight:
    """Return a highlight that is there twice once, with both notes if they differ."""
    notes = dict.fromkeys(filter(None, (one.note, other.note)))
    return replace(one, note="\n\n".join(notes), tags=normalise_all((*one.tags, *other.tags)))


def _joined(one: ImportedItem, other: ImportedItem) -> ImportedItem:
    """Return two items of one address as one; the first one's values win, but for its dates."""
    empty = ImportedItem()
    filled = {
        name: getattr(other, name)
        for name in one.__struct_fields__
        if getattr(one, name) == getattr(empty, name)
    }
    filled["tags"] = normalise_all((*one.tags, *other.tags))
    filled["added"] = min(filter(None, (one.added, other.added)), default=None)
    filled["line"] = one.line
    if "archived" in (one.state, other.state):
        filled["state"] = "archived"
    return replace(one, **filled)


def _with_fingerprint(planned: PlannedItem) -> PlannedItem:
    """Return an item with a value that changes when the service changes anything in it."""
    item = replace(planned.item, line=0, member="", remarks=(), highlights=())
    marks = {key: replace(mark, line=0) for key, mark in planned.highlights.items()}
    return replace(planned, fingerprint=_digest(encode([item, marks]).decode()))


def _is_empty(item: ImportedItem) -> bool:
    words = item.text or item.highlights or item.note or item.excerpt
    return not (item.url or words or item.stored or item.article_ids)


def _skipped(skip: Skipped, name: str) -> ReportLine:
    return ReportLine(
        what="skipped",
        reason=skip.reason,
        title=skip.what,
        line=skip.line,
        file=skip.member or name,
    )


def _digest(text: str) -> str:
    if not text:
        return ""
    return blake2b(text.encode("utf-8", "replace"), digest_size=_DIGEST_BYTES).hexdigest()


def _source(path: Path, stdin: bytes | None) -> SourceFile:
    """Return a file, a folder with all of its files, or standard input."""
    try:
        if stdin is not None and str(path) == STANDARD_INPUT:
            return SourceFile("standard input", stdin)
        is_folder = expanded(path).is_dir()
        return _of_folder(path) if is_folder else SourceFile(as_utf8(path.name), _bytes_of(path))
    except ImportFailed as error:
        name = clean_line(path.name)
        message = error.message if name in error.message else f"{name}: {error.message}"
        raise ImportFailed(message, error.hint) from error


def _of_folder(path: Path) -> SourceFile:
    files = {as_utf8(file.relative_to(path).as_posix()): file for file in _files_in(path)}
    if len(files) > MAX_MEMBERS:
        raise ImportFailed(f"The folder has more than {MAX_MEMBERS:,} files.")
    archive = Folder({name: partial(_bytes_of, file) for name, file in files.items()})
    return SourceFile(as_utf8(path.name), archive=archive)


def _files_in(path: Path) -> Iterator[Path]:
    for inner in sorted(path.rglob("*")):
        is_hidden = any(part.startswith(".") for part in inner.relative_to(path).parts)
        if not is_hidden and inner.is_file():
            yield inner


def _bytes_of(path: Path) -> bytes:
    if not os.path.lexists(path):
        raise ImportFailed("No such file.", "Check the path.")
    try:
        return read_data(path, limit=MAX_FILE_BYTES)
    except FetchError as error:
        raise ImportFailed(error.message, error.hint) from error
