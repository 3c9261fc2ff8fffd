"""Documents for tests, made of a few words."""

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO

from annotator.model import Document
from annotator.model.document import EPUB

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/package.opf" media-type="application/oebps-package+xml"/>'
    "</rootfiles></container>"
)
FACTS = (
    "<dc:title>The Weir</dc:title><dc:creator>Ann Lee</dc:creator>"
    "<dc:language>en</dc:language><dc:date>2024-05-01</dc:date>"
)
XHTML = "application/xhtml+xml"


def chapter(body: str) -> str:
    """Return a chapter of a book in XHTML."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html>'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
        f"<head><title>A chapter</title></head><body>{body}</body></html>"
    )


def make_epub(
    chapters: Mapping[str, str],
    *,
    nav: str = "",
    facts: str = FACTS,
    members: Mapping[str, str | bytes] | None = None,
    spine: Sequence[str] | None = None,
    items: str = "",
    not_linear: Sequence[str] = (),
) -> bytes:
    """Return a book: `chapters` are bodies by their paths, `nav` the body of its contents.

    `members` are further files, or replace those that are made; `items` are further lines of the
    manifest.
    """
    manifest = "".join(
        f'<item id="{path}" href="{path}" media-type="{XHTML}"/>' for path in chapters
    )
    if nav:
        manifest += f'<item id="nav" href="nav.xhtml" media-type="{XHTML}" properties="nav"/>'
    order = chapters if spine is None else spine
    linear = dict.fromkeys(not_linear, ' linear="no"')
    references = "".join(f'<itemref idref="{path}"{linear.get(path, "")}/>' for path in order)
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{facts}</metadata>'
        f"<manifest>{manifest}{items}</manifest><spine>{references}</spine></package>"
    )
    files: dict[str, str | bytes] = {
        "META-INF/container.xml": CONTAINER,
        "OPS/package.opf": package,
        **{f"OPS/{path}": chapter(body) for path, body in chapters.items()},
        **({"OPS/nav.xhtml": chapter(nav)} if nav else {}),
        **(members or {}),
    }
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), EPUB)
        for path, content in files.items():
            archive.writestr(path, content)
    return data.getvalue()


def book(*bodies: str, **options: object) -> Document:
    """Return a book with these chapters, `c1.xhtml` and so on."""
    chapters = {f"c{number}.xhtml": body for number, body in enumerate(bodies, 1)}
    return Document("file:///books/weir.epub", make_epub(chapters, **options), EPUB)
