r"""Marks as a table: a row for each mark, in columns whose names and order do not change.

`csv` is for spreadsheets: it begins with a byte-order mark, without which Excel takes the text
for Latin-1, and cells may hold several lines. `tsv` is for programs that read lines: every
mark is one, with `\n` for a line break and `\\` for a backslash, as databases write it.

A spreadsheet runs what looks like a formula. Such text gets an apostrophe in front, and so does
text with apostrophes before what looks like a formula: taking one of them away gives back what
was there. It is done at the start of a cell, and also inside, after a character that a
spreadsheet may take for the end of a cell: where numbers have decimal commas, Excel parts the
cells of every CSV at semicolons, wherever its quotation marks are.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Final

from annotator.export.collection import CollectedArticle, Collection
from annotator.export.exporters import Exporter
from annotator.model import (
    CLAIM_FIELDS,
    Anchored,
    AnchoredMark,
    Annotation,
    ArticleRecord,
    Link,
)
from annotator.model.labels import count, relation_name
from annotator.model.text import clean_text

ARTICLE_COLUMNS: Final = ("article", "title", "url", "site", "authors", "published")
MARK_COLUMNS: Final = ("kind", "quote", "note", "tags")
CLAIM_COLUMNS: Final = tuple(field.name for field in CLAIM_FIELDS)
OTHER_COLUMNS: Final = ("links", "created", "modified", "start", "end", "fit", "prefix", "suffix")
COLUMNS: Final = ("id", *ARTICLE_COLUMNS, *MARK_COLUMNS, *CLAIM_COLUMNS, *OTHER_COLUMNS)

MAX_CELL: Final = 32_767  # characters that Excel and LibreOffice keep of a cell
LOST = "lost"  # the fit of a mark whose words are not in the current text

_BYTE_ORDER_MARK = "\ufeff"
_QUOTE, _NOTE = COLUMNS.index("quote"), COLUMNS.index("note")
_FORMULA = re.compile(r"['\s]*[=+\-@＝＋－＠]")
_FORMULA_INSIDE = re.compile(r"(?<=[,;\n])(?=['\" \xa0]*[=+\-@＝＋－＠])")
_ESCAPED = str.maketrans({"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"})

Row = Sequence[str | int]


def write_csv(collection: Collection) -> Iterator[str]:
    """Yield the table with commas between cells, for spreadsheets."""
    yield _BYTE_ORDER_MARK
    yield csv_lines([COLUMNS])
    long = 0
    for article in collection.articles:
        rows = _rows(article)
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
        yield _tsv_lines(_rows(article))


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
    annotation = mark.annotation
    place = mark.place
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
        *_claim_cells(annotation),
        "\n".join(map(_link_line, annotation.links)),
        annotation.created.isoformat(),
        annotation.modified.isoformat(),
    )
    return (*map(safe_cell, texts), *placed, safe_cell(quote.prefix), safe_cell(quote.suffix))


def _claim_cells(annotation: Annotation) -> Iterator[str]:
    claim = annotation.claim
    return (field.of(claim) if claim else "" for field in CLAIM_FIELDS)


def _link_line(link: Link) -> str:
    """Return a link as `annotator link` takes it: relation, target, and then its note."""
    relation = relation_name(link.relation, is_back=link.is_reversed)
    target = link.target.replace(" ", "%20")
    return " ".join([relation, target, *link.note.split()])


def _rows(article: CollectedArticle) -> Sequence[Row]:
    return [row_of(article.record, mark) for mark in article.marks]


def _tsv_lines(rows: Sequence[Row]) -> str:
    lines = ("\t".join(str(cell).translate(_ESCAPED) for cell in row) for row in rows)
    return "".join(f"{line}\n" for line in lines)


CSV = Exporter(name="csv", suffix=".csv", write_collection=write_csv)
TSV = Exporter(name="tsv", suffix=".tsv", write_collection=write_tsv)
