"""Marks as the CSV that Readwise imports.

Readwise refuses highlights and notes of more than 8,191 characters. Longer ones are cut, and
the note says so. Tags stand at the head of the note as `.tag`, as Readwise reads them.

https://readwise.io/import_bulk
"""

from collections.abc import Iterator
from datetime import UTC
from typing import Final

from annotator.export.collection import CollectedArticle, Collection
from annotator.export.collections.mark_table import Row, csv_lines, safe_start
from annotator.export.exporters import Exporter
from annotator.export.hyperlinks import safe_href
from annotator.model import CLAIM_FIELDS, Annotation
from annotator.model.identity import is_web_address
from annotator.model.labels import count

COLUMNS: Final = ("Highlight", "Title", "Author", "URL", "Note", "Location", "Date")

MAX_TEXT: Final = 8_191  # characters of a highlight and of a note
MAX_TITLE: Final = 511
MAX_AUTHOR: Final = 1_024
MAX_URL: Final = 2_047

_ROOM = 1  # for the apostrophe of a cell that looks like a formula
_CUT = "[The highlight is cut: Readwise takes {most:,} of its {length:,} characters.]"
_CUT_NOTE = "… [cut]"


def write_import(collection: Collection) -> Iterator[str]:
    """Yield the table that Readwise imports."""
    yield csv_lines([COLUMNS])
    cut = links = 0
    for article in collection.articles:
        yield csv_lines([_row(article, number) for number in range(len(article.marks))])
        cut += sum(_is_cut(mark.annotation) for mark in article.marks)
        links += sum(len(mark.annotation.links) for mark in article.marks)
    if cut:
        marks = count(cut, "mark")
        collection.tell(f"{marks} cut: Readwise takes {MAX_TEXT:,} characters of each text.")
    if links:
        collection.tell(f"Left out: {count(links, 'link')} between marks and to pages.")


def _row(article: CollectedArticle, number: int) -> Row:
    record, mark = article.record, article.marks[number].annotation
    href = safe_href(record.url) if is_web_address(record.url) else ""
    return (
        safe_start(_cut(mark.quote, MAX_TEXT)),
        safe_start(_cut(record.title or record.url, MAX_TITLE)),
        safe_start(_cut(", ".join(record.byline) or record.site_name, MAX_AUTHOR)),
        href if len(href) <= MAX_URL else "",
        safe_start(_cut("\n".join(_note_lines(mark)), MAX_TEXT, _CUT_NOTE)),
        number + 1,
        f"{mark.created.astimezone(UTC):%Y-%m-%d %H:%M:%S}",
    )


def _is_cut(mark: Annotation) -> bool:
    note = "\n".join(_note_lines(mark))
    return max(len(mark.quote), len(note)) > MAX_TEXT - _ROOM


def _note_lines(mark: Annotation) -> Iterator[str]:
    yield " ".join(f".{tag}" for tag in dict.fromkeys((mark.kind, *mark.tags)))
    if len(mark.quote) > MAX_TEXT - _ROOM:
        yield _CUT.format(most=MAX_TEXT, length=len(mark.quote))
    if mark.note:
        yield mark.note
    for field in CLAIM_FIELDS:
        if mark.claim and field.of(mark.claim):
            yield f"{field.label}: {field.of(mark.claim)}"


def _cut(text: str, limit: int, end: str = "…") -> str:
    most = limit - _ROOM
    return text if len(text) <= most else text[: most - len(end)].rstrip() + end


READWISE = Exporter(name="readwise", suffix=".csv", write_collection=write_import)
