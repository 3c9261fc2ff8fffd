"""Tables of services with fields that need a function."""

import re

from annotator.importing.conversion import joined, split_tags
from annotator.importing.field_data import table_of
from annotator.importing.item import ImportedHighlight
from annotator.importing.readers.table import TableRow

# wallabag writes in its table the days of Europe.

_DAY_FIRST = re.compile(r"^(\d\d)/(\d\d)/(\d{4})")


row_wallabag = table_of(
    "wallabag.row",
    item={"added": lambda row: _DAY_FIRST.sub(r"\3-\2-\1", row.text("creation date"))},
)

# Diigo has all annotations of a page in one cell.

_START = re.compile(r"^Highlight:[ \t]*", re.MULTILINE)
_COMMENT = re.compile(r"^(?:Comment|Note|Sticky note):[ \t]*", re.MULTILINE)
_TAG = re.compile(r"\"([^\"]+)\"|([^\s\"]+)")


def _diigo_note(row: TableRow) -> str:
    before = _START.split(row.text("annotations"))[0]
    return joined(row.text("comments"), before)


def _diigo_highlights(row: TableRow) -> tuple[ImportedHighlight, ...]:
    _before, *quotes = _START.split(row.text("annotations"))
    return tuple(
        ImportedHighlight(quote=words.strip(), note=joined(*notes), order=float(n), line=row.line)
        for n, (words, *notes) in enumerate(map(_COMMENT.split, quotes))
    )


def _diigo_tags(row: TableRow) -> tuple[str, ...]:
    """Return tags between commas, or between spaces with quotation marks around some."""
    cell = row.text("tags")
    if cell.strip() == "no_tag":
        return ()
    if "," in cell:
        return split_tags(cell.replace('"', ""))
    return tuple(first or second for first, second in _TAG.findall(cell))


row_diigo = table_of(
    "diigo.row",
    item={"tags": _diigo_tags, "note": _diigo_note, "highlights": _diigo_highlights},
)
