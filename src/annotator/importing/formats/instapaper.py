"""Instapaper: the table of saved pages. Its Markdown of one article is read as Markdown notes."""

from collections.abc import Iterator

from annotator.importing.conversion import (
    FAVOURITE,
    folder_tag,
    items_of,
    links_by_heading,
)
from annotator.importing.field_data import table_of
from annotator.importing.fields import split
from annotator.importing.item import Found
from annotator.importing.source import SourceFile


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the pages of the table; what was selected when one was saved is its highlight."""
    if source.columns and not source.head.lstrip().startswith("<"):
        yield from items_of(source.rows(), _ROW.read)
        return
    for link in links_by_heading(source.text):
        yield _LINK.read(link)


_TAGS = split("tags")


def _of_folder(folder: str) -> tuple[str, ...]:
    name = folder.lower()
    if name in {"unread", "archive", ""}:
        return ()
    return (FAVOURITE,) if name in {"starred", "liked"} else folder_tag(folder)


_LINK = table_of("instapaper.link", item={"tags": lambda link: _of_folder(link.text("heading"))})
_ROW = table_of(
    "instapaper.row", item={"tags": (lambda row: _of_folder(row.text("folder").strip()), _TAGS)}
)
