"""Instapaper: the table of saved pages. Its Markdown of one article is read as Markdown notes."""

from collections.abc import Iterator

from annotator.importing.conversion import (
    FAVOURITE,
    folder_tag,
    items_of,
    links_by_heading,
    read_state,
    split_tags,
)
from annotator.importing.fields import FieldTable
from annotator.importing.importers import Importer
from annotator.importing.item import Found
from annotator.importing.source import SourceFile
from annotator.model.vocabulary import ReadState


def sniff(source: SourceFile) -> bool:
    """Return whether the table has the columns of Instapaper, or the page its title."""
    return source.has_columns("url", "title", "selection", "folder") or (
        "<title>instapaper: export" in source.head.lower()
    )


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the pages of the table; what was selected when one was saved is its highlight."""
    if source.columns and not source.head.lstrip().startswith("<"):
        yield from items_of(source.rows(), _ROW.read)
        return
    for link in links_by_heading(source.text):
        yield _LINK.read(link)


def _state(folder: str) -> ReadState | None:
    """Return the state that a folder is; articles in other folders may be read or not."""
    if folder not in {"unread", "archive"}:
        return None
    return read_state(is_archived=folder == "archive")


def _of_folder(folder: str) -> tuple[str, ...]:
    name = folder.lower()
    if name in {"unread", "archive", ""}:
        return ()
    return (FAVOURITE,) if name in {"starred", "liked"} else folder_tag(folder)


_LINK = FieldTable(
    item={
        "state": lambda link: _state(link.text("heading").lower()),
        "tags": lambda link: _of_folder(link.text("heading")),
        "source_id": lambda _: "",
    }
)
_ROW = FieldTable(
    item={
        "added": "timestamp",
        "state": lambda row: _state(row.text("folder").strip().lower()),
        "tags": (
            lambda row: _of_folder(row.text("folder").strip()),
            lambda row: split_tags(row.text("tags")),
        ),
    },
    mark={"quote": "selection", "created": "timestamp"},
)
INSTAPAPER = Importer(
    "instapaper", "Instapaper (CSV, HTML)", sniff, read, hint="Settings, Export, Download .CSV file"
)
