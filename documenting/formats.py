"""The page of formats, from the registries of what is read, imported, exported and sent to."""

from collections.abc import Iterator
from typing import Final

from annotator.export.exporters import BUILT_IN, exporter
from annotator.importing.importers import importers
from annotator.importing.services import service_named, service_names
from annotator.model.document import KINDS
from annotator.usecases.publishing.accounts import PUBLISHERS
from documenting.tables import cell, table

_HEAD: Final = """# Formats

## What can be added

`annotator add` reads web pages (HTML), texts and Markdown, and the documents in this table, which
are told by their first bytes, whatever they are called. The manual says [what is kept of
each](../manual/sources.md).

"""
_IMPORT: Final = """
## What can be imported

`annotator import` tells the format by the contents of a file; `--from` names one.
[How an item is imported](../manual/import.md).

"""
_SERVICES: Final = """
### Services that are asked

`annotator import --service NAME` asks these over their interfaces, since their files leave
highlights out.

"""
_EXPORT: Final = """
## What can be exported

`annotator export --format NAME` writes these. A format is an article by itself (`annotator show`),
a note in a folder of notes, a book, or one file of many articles. The manual says [what is in
each](../manual/export.md#all-marks-in-one-file).

"""
_PUBLISH: Final = """
## Where marks can be sent

`annotator publish NAME` sends marks to [these services](../manual/publish.md), and takes in what
was edited there.

"""
_HOLDS: Final = {
    "article": "an article",
    "note": "a note",
    "collection": "many in one file",
    "book": "a book",
}
MEGABYTE: Final = 1_000_000


def page() -> str:
    """Return the page."""
    documents = [
        (kind.name.removeprefix("a "), f"`{media_type}`", f"{kind.max_bytes // MEGABYTE} MB")
        for media_type, kind in KINDS.items()
    ]
    imported = [(f"`{one.name}`", cell(one.title), cell(one.hint)) for one in importers()]
    return "".join(
        (
            _HEAD,
            table(("document", "media type", "at most"), documents),
            _IMPORT,
            table(("name", "what it reads", "where the service exports it"), imported),
            _SERVICES,
            table(("name", "service", "address", "where its token is"), _services()),
            _EXPORT,
            table(("name", "suffix", "holds", "what is in it"), _exported()),
            _PUBLISH,
            table(("name", "service", "address", "where its token is"), _published()),
        )
    )


def _services() -> Iterator[tuple[str, str, str, str]]:
    for name in service_names():
        service = service_named(name)
        yield f"`{name}`", service.title, _address(service.address), cell(service.where)


def _exported() -> Iterator[tuple[str, str, str, str]]:
    for name, built_in in BUILT_IN.items():
        holds = [words for content, words in _HOLDS.items() if content in built_in.holds]
        about = built_in.about or "An article with its marks, for programs that keep notes."
        yield f"`{name}`", f"`{exporter(name).suffix}`", ", ".join(holds), about


def _published() -> Iterator[tuple[str, str, str, str]]:
    for name in PUBLISHERS.names():
        publisher = PUBLISHERS.load(name)
        yield f"`{name}`", publisher.title, _address(publisher.address), cell(publisher.where)


def _address(address: str) -> str:
    return f"`{address}`" if address else "your own server"
