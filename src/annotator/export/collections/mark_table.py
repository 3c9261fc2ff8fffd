r"""Marks as a table: a row for each mark, in columns whose names and order do not change.

`csv` is for spreadsheets: it begins with a byte-order mark, without which Excel takes the text
for Latin-1, and cells may hold several lines. `tsv` is for programs that read lines: every
mark is one, with `\n` for a line break and `\\` for a backslash, as databases write it.

A spreadsheet runs what looks like a formula. Such text gets an apostrophe in front, and so does
text with apostrophes before what looks like a formula: taking one of them away gives back what
was there. It is done at the start of a cell, and also inside, after a character that a
spreadsheet may take for the end of a cell: where numbers have decimal commas, Excel parts the
cells of every CSV at semicolons, wherever its quotation marks are.

Readwise refuses highlights and notes of more than 8,191 characters. Longer ones are cut, and
the note says so. Tags stand at the head of the note as `.tag`, as Readwise reads them. See
https://readwise.io/import_bulk.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from datetime import UTC
from io import StringIO
from typing import Final

from annotator.export.collection import CollectedArticle, Collection
from annotator.export.hyperlinks import safe_href
from annotator.model import CLAIM_FIELDS, Anchored, AnchoredMark, Annotation, ArticleRecord, Link
from annotator.model.claim import filled_fields
from annotator.model.identity import is_web_address
from annotator.model.labels import count, relation_name
from annotator.model.text import clean_text

ARTICLE_COLUMNS: Final = ("article", "title", "url", "site", "authors", "published")
MARK_COLUMNS: Final = ("kind", "quote", "note", "tags")
CLAIM_COLUMNS: Final = tuple(field.name for field in CLAIM_FIELDS)
OTHER_COLUMNS: Final = (
    "links",
    "created",
    "modified",
    "start",
    "end",
    "fit",
    "prefix",
    "suffix",
    "page",
    "doi",
    "author",
    "proposed",
)
COLUMNS: Final = ("id", *ARTICLE_COLUMNS, *MARK_COLUMNS, *CLAIM_COLUMNS, *OTHER_COLUMNS)

MAX_CELL: Final = 32_767  # characters that Excel and LibreOffice keep of a cell
LOST = "lost"  # the fit of a mark whose words are not in the current text

_BYTE_ORDER_MARK = "\ufeff"
_QUOTE, _NOTE = COLUMNS.index("quote"), COLUMNS.index("note")
_FORMULA = re.compile(r"['\s]*[=+\-@＝＋－＠]")
_FORMULA_INSIDE = re.compile(r"(?<=[,;\n])(?=['\" \xa0]*[=+\-@＝＋－＠])")
_ESCAPED = str.maketrans({"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"})

Row = Sequence[str | int]

READWISE_COLUMNS: Final = ("Highlight", "Title", "Author", "URL", "Note", "Location", "Date")

MAX_TEXT: Final = 8_191  # characters of a highlight and of a note
MAX_TITLE: Final = 511
MAX_AUTHOR: Final = 1_024
MAX_URL: Final = 2_047

_ROOM = 1  # for the apostrophe of a cell that looks like a formula
_CUT = "[The highlight is cut: Readwise takes {most:,} of its {length:,} characters.]"
_CUT_NOTE = "… [cut]"


def write_csv(collection: Collection) -> Iterator[str]:
    """Yield the table with commas between cells, for spreadsheets."""
    yield _BYTE_ORDER_MARK
    yield csv_lines([COLUMNS])
    long = 0
    for article in collection.articles:
        rows = [row_of(article.record, mark) for mark in article.marks]
        yield csv_lines(rows)
        long += sum(max(len(str(row[_QUOTE])), len(str(row[_NOTE]))) > MAX_CELL for row in rows)
    if long:
        collection.tell(
            f"{count(long, 'mark')} with a text of more than {MAX_CELL:,} characters, which "
            "spreadsheets cut. The formats tsv and json suit them better."
        )


def write_tsv(collection: Collection) -> Iterator[str]:
    """Yield the table with tabs between cells and a line for each row."""
    yield _tsv_lines([COLUMNS])
    for article in collection.articles:
        yield _tsv_lines([row_of(article.record, mark) for mark in article.marks])


def safe_start(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula, and no terminal for a command."""
    is_clean = text.replace("\n", "").isprintable()
    cell = text if is_clean else clean_text(text, limit=len(text))
    return f"'{cell}" if _FORMULA.match(cell) else cell


def safe_cell(text: str) -> str:
    """Return a text no part of which is a formula, wherever a spreadsheet begins a cell in it."""
    return _FORMULA_INSIDE.sub("'", safe_start(text))


def csv_lines(rows: Sequence[Row]) -> str:
    """Return rows as lines of CSV; each text must be safe already."""
    lines = StringIO()
    csv.writer(lines, quoting=csv.QUOTE_NONNUMERIC).writerows(rows)
    return lines.getvalue()


def row_of(article: ArticleRecord, mark: AnchoredMark) -> Row:
    """Return the cells of a mark, in the order of `COLUMNS`."""
    annotation, place = mark.annotation, mark.place
    claim = annotation.claim
    placed: Row = ("", "", LOST)
    if isinstance(place, Anchored):
        placed = (place.span.start, place.span.end, place.fit)
    quote = annotation.target.quote
    texts = (
        annotation.id,
        article.id,
        article.title,
        article.url,
        article.site_name,
        "; ".join(name.replace(";", ",") for name in article.byline),
        article.published,
        annotation.kind,
        quote.exact,
        annotation.note,
        ",".join(annotation.tags),
        *(field.of(claim) if claim else "" for field in CLAIM_FIELDS),
        "\n".join(map(_link_line, annotation.links)),
        annotation.created.isoformat(),
        annotation.modified.isoformat(),
    )
    at = (quote.prefix, quote.suffix, annotation.target.pages or "")
    last = (*at, article.known_doi, annotation.author, annotation.proposed)
    return (*map(safe_cell, texts), *placed, *map(safe_cell, last))


def _link_line(link: Link) -> str:
    """Return a link as `annotator link` takes it: relation, target, and then its note."""
    relation = relation_name(link.relation, is_back=link.is_reversed)
    target = link.target.replace(" ", "%20")
    return " ".join([relation, target, *link.note.split()])


def _tsv_lines(rows: Sequence[Row]) -> str:
    lines = ("\t".join(str(cell).translate(_ESCAPED) for cell in row) for row in rows)
    return "".join(f"{line}\n" for line in lines)


def write_readwise(collection: Collection) -> Iterator[str]:
    """Yield the table that Readwise imports."""
    yield csv_lines([READWISE_COLUMNS])
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
    for field, value in filled_fields(mark.claim):
        yield f"{field.label}: {value}"


def _cut(text: str, limit: int, end: str = "…") -> str:
    most = limit - _ROOM
    return text if len(text) <= most else text[: most - len(end)].rstrip() + end
