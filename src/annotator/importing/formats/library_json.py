"""The program's own formats: json and jsonl with whole articles, csv and tsv with marks alone."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress

import msgspec
from msgspec.structs import replace

from annotator.errors import ImportFailed, InvalidInput, InvalidTag
from annotator.importing.field_data import table_of
from annotator.importing.fields import Record, claim_of
from annotator.importing.item import Found, ImportedItem, Skipped
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.readers.table import TableRow, folded
from annotator.importing.source import SourceFile
from annotator.model import CLAIM_FIELDS, Annotation, Claim
from annotator.model.library_file import FORMAT, VERSION, LibraryHead, StoredArticle
from annotator.model.tags import normalise
from annotator.model.text import clean_piece, clean_text

_ARTICLES = "articles"
_USUAL_KIND = "highlight"
_PIECES = frozenset({"exact", "prefix", "suffix"})  # of a text, cut anywhere
_TAB = "\t"
_ID = re.compile(r"[0-9a-f]{8,64}")
_MARK_ID = re.compile(r"[0-9a-z]{1,64}")


def sniff(source: SourceFile) -> bool:
    """Return whether the file names the format."""
    return source.json_object.get("format") == FORMAT


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the values of the library, then its articles.

    Raises `ImportFailed` for a file of another format, and of a later version.
    """
    head = source.json_object
    if head.get("format") != FORMAT:
        raise ImportFailed(
            "It is not a library that annotator exported.", "Leave out --from to recognize it."
        )
    version = head.number("version") or 0
    if version > VERSION:
        raise ImportFailed(
            "The file was written by a later version of annotator.", "Update annotator."
        )
    yield _head(head)
    for record in source.json_objects(_ARTICLES):
        if isinstance(record, Skipped):
            yield record
        elif record.get("format") != FORMAT:  # the first of the lines
            yield _article(record)


def _head(head: JsonObject) -> Found:
    values = {name: value for name, value in head.items() if name != _ARTICLES}
    try:
        return msgspec.convert(values, LibraryHead)
    except msgspec.ValidationError as error:
        return Skipped(head.line, f"The values of the library cannot be read: {error}.")


def _article(article: JsonObject) -> Found:
    record = article.object("record")
    title = record.text("title", "url", "id")
    try:
        stored = msgspec.convert(_safe(article), StoredArticle)
    except (msgspec.ValidationError, InvalidInput) as error:
        return Skipped(article.line, f"The article cannot be read: {error}.", title)
    stored = _mended(stored)
    problem = _problem(stored)
    if problem:
        return Skipped(article.line, problem, title)
    return ImportedItem(
        url=stored.record.url,
        title=stored.record.title,
        source_id=stored.record.id,
        line=article.line,
        stored=stored,
    )


def _mended(stored: StoredArticle) -> StoredArticle:
    """Return an article without empty kinds and without tags that are none."""
    marks = [replace(mark, annotation=_mended_mark(mark.annotation)) for mark in stored.marks]
    binned = {key: _mended_mark(mark) for key, mark in stored.binned.items()}
    record = replace(stored.record, tags=_valid(stored.record.tags))
    return replace(stored, record=record, marks=marks, binned=binned)


def _mended_mark(mark: Annotation) -> Annotation:
    return replace(mark, kind=mark.kind.strip() or _USUAL_KIND, tags=_valid(mark.tags))


def _valid(names: Iterable[str]) -> tuple[str, ...]:
    """Return tags as they are, but for those that cannot be ones."""
    kept: list[str] = []
    for name in names:
        with suppress(InvalidTag):
            kept += [name] if normalise(name) else []
    return tuple(kept)


def _safe(value: object, name: str = "") -> object:
    """Return a value with all its text sanitised; what the program wrote itself stays as it is.

    The depth is that of the JSON, which has a limit.
    """
    if isinstance(value, str):
        clean = clean_piece if name in _PIECES else clean_text
        return _TAB.join(map(clean, value.split(_TAB)))  # between the cells of a table
    if isinstance(value, list):
        return [_safe(inner) for inner in value]
    if isinstance(value, dict):
        return {_safe(key): _safe(inner, key) for key, inner in value.items()}
    return value


def _problem(stored: StoredArticle) -> str:
    """Return why an article cannot be one that the program wrote, or an empty string."""
    record = stored.record
    if not _ID.fullmatch(record.id) or stored.extraction.article.id != record.id:
        return "Its id is not one of an article."
    for extraction in (stored.extraction, *stored.earlier):
        for block in extraction.article.blocks:
            if any(mark.span.end > len(block.text) for mark in block.marks):
                return "Its formatting goes beyond its text."
    marks = [*(mark.annotation for mark in stored.marks), *stored.binned.values()]
    ids = [*(mark.id for mark in marks), *stored.deleted]
    if not all(_MARK_ID.fullmatch(mark_id) for mark_id in ids):
        return "A mark has an id that is not one of a mark."
    if any(mark.article_id != record.id for mark in marks):
        return "A mark belongs to another article."
    if any(key not in stored.deleted or key != mark.id for key, mark in stored.binned.items()):
        return "A mark is in the bin that was not deleted."
    return ""


# The tables of marks, csv and tsv, with the details of claims.

_APOSTROPHE = re.compile(  # which keeps spreadsheets from running what looks like a formula
    r"(?:^|(?<=[,;\n]))'(?=['\"\s]*[=+\-@＝＋－＠])"
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_SIGNS = {"n": "\n", "t": "\t", "r": "\r"}


def read_marks(source: SourceFile) -> Iterator[Found]:
    """Yield an item for each mark."""
    rows = _lines(source) if "\t" in source.head.partition("\n")[0] else source.rows()
    for row in rows:
        if isinstance(row, Skipped):
            yield row
        else:
            yield _ROW.read(row.changed(lambda cell: _APOSTROPHE.sub("", cell)))


def _lines(source: SourceFile) -> Iterator[TableRow]:
    """Yield the rows of a tsv: a line for each, with escapes in place of quotation marks."""
    first, *lines = source.text.rstrip("\n").split("\n")
    names = tuple(map(folded, first.split("\t")))
    for number, line in enumerate(lines, 2):
        cells = line.split("\t")
        plain = [_ESCAPE.sub(lambda sign: _SIGNS.get(sign[1], sign[1]), cell) for cell in cells]
        yield TableRow(names, plain, number)


def _claim(row: Record) -> Claim | None:
    values = {field.name: row.text(field.name) for field in CLAIM_FIELDS}
    return claim_of(values) if row.text("kind") == "claim" or any(values.values()) else None


_ROW = table_of("marks.row", mark={"claim": _claim})
