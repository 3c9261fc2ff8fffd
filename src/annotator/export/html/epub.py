"""Articles as a book for e-readers, in EPUB 3: marks are shown, notes are at the end of the text.

The same articles give the same bytes. The names in a book lead back to the library: each
article is a file and an item of the spine that are called by its id, all ids of a book of
several are its identifiers in the order of their chapters, and a block has its `place_id`.

https://www.w3.org/TR/epub-33/
"""

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date
from hashlib import sha256
from io import BytesIO
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from annotator.errors import InvalidInput
from annotator.export.collection import CollectedArticle, Collection
from annotator.export.exporters import Exporter
from annotator.export.html.html_blocks import BlockWriter, MarkInText, place_id
from annotator.export.html.html_marks import Legend, NumberedMark
from annotator.export.html.html_markup import environment, own_file
from annotator.export.html.html_page import changed_words, direction_of
from annotator.export.hyperlinks import safe_href
from annotator.model import Article, ArticleRecord
from annotator.model.labels import ACCESS
from annotator.model.text import clean_line
from annotator.model.vocabulary import NO_MOMENT

IDENTIFIER: Final = "urn:annotator:"
SIGN: Final = "*"  # leads to a note: a number would get into what readers highlight
MEDIA_TYPE: Final = "application/epub+zip"

_FILES: Final = {  # by their templates
    "epub.container": "META-INF/container.xml",
    "epub.opf": "book.opf",
    "epub.nav": "nav.xhtml",
    "epub.ncx": "toc.ncx",
}
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?")
_HOST = re.compile(r"([\w-]+\.)*[\w-]+\.?|[\da-f:.]*:[\da-f:.]*")
_LINK = re.compile(r'<a href="(\w+:[^"]*)"[^>]*>')
_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_AS_XML: Final = (  # what pages have otherwise; in a text the first sign of these is escaped
    (re.compile(r"<(br|hr)( id=\"[^\"]*\")?>"), r"<\1\2/>"),
    (re.compile(r'<span class="place" (id="[^"]*")></span><mark '), r"<mark \1 "),
    (re.compile(r'(?<=<sup><a )(?=href="#)|(?=role="doc-noteref")'), 'epub:type="noteref" '),
    (re.compile(r'<p(?= class="footnote")'), '<p epub:type="footnote"'),
)


class BookChapter(NamedTuple):
    """An article in a book: its text as HTML, and all that its first page says."""

    title: str
    article: Article
    record: ArticleRecord
    access: str
    language: str
    direction: str
    marks: Sequence[NumberedMark]
    text: Markup
    headings: Sequence["BookHeading"]


class BookHeading(NamedTuple):
    """A heading in the table of contents, with those below it."""

    title: str
    place: str
    level: int
    below: list["BookHeading"]


def write_epub(collection: Collection) -> bytes:
    """Return the book of an article, or of several with a chapter for each."""
    legend = Legend(collection.kinds, collection.tag_colours)
    chapters = [
        chapter_of(article.record, article.extraction.article, article, legend)
        for article in collection.articles
        if article.extraction
    ]
    if not chapters:
        raise InvalidInput("A book needs an article.")
    first = chapters[0] if len(chapters) == 1 else None
    ids = ",".join(chapter.record.id for chapter in chapters)
    name = first.record.id if first else f"book:{sha256(ids.encode()).hexdigest()[:16]}"
    moments = [mark.annotation.modified for chapter in chapters for mark in chapter.marks]
    changed = max(NO_MOMENT, *moments, *(chapter.record.modified for chapter in chapters))
    values: dict[str, object] = {
        "chapters": chapters,
        "first": first,
        "scheme": IDENTIFIER,
        "identifier": f"{IDENTIFIER}{name}",
        "title": first.title if first else _line(collection.title or collection.query, "Articles"),
        "language": chapters[0].language,
        "is_rtl": chapters[0].direction == "rtl",
        "modified": changed.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "source": strict_href(first.record.url) if first else "",
        "published": _date_of(first.article.published) if first else "",
    }
    parts = {"mimetype": MEDIA_TYPE}
    parts |= {file: write_xml(template, values) for template, file in _FILES.items()}
    parts |= {f"{chapter.record.id}.xhtml": chapter_text(chapter) for chapter in chapters}
    # E-readers know no variables, so colours are written out.
    colours = legend.style().replace("--own", "border-color")
    return _packed(parts | {"style.css": own_file("epub.css") + colours})


def chapter_of(
    record: ArticleRecord, article: Article, collected: CollectedArticle, legend: Legend
) -> BookChapter:
    """Return an article as a chapter, with the marks that are `collected`."""
    marks = [
        NumberedMark(placed, number, legend, changed_words(placed, article))
        for number, placed in enumerate(collected.marks, start=1)
    ]
    writer = BlockWriter(article, [*_in_text(marks)], has_ids=True)
    access = collected.extraction.completeness.access if collected.extraction else "full"
    return BookChapter(
        title=_line(article.title, "Untitled"),
        article=article,
        record=record,
        access=ACCESS[access].note,
        language=article.language if _LANGUAGE.fullmatch(article.language) else "und",
        direction=direction_of(article),
        marks=marks,
        text=writer.write(),
        headings=_headings(article, writer.levels),
    )


def chapter_text(chapter: BookChapter) -> str:
    """Return the file of a chapter, as it is in the book."""
    return write_xml("epub.xhtml", {"chapter": chapter})


def _in_text(marks: Sequence[NumberedMark]) -> Iterator[MarkInText]:
    for mark in marks:
        if (shown := mark.in_text()) is not None:
            own = mark.annotation
            says_more = own.note or own.tags or own.claim or own.links
            yield replace(shown, note=mark.note_id if says_more else "", sign=SIGN)


def _headings(article: Article, levels: Mapping[int, int]) -> Sequence[BookHeading]:
    """Return the headings of an article as a tree."""
    top: list[BookHeading] = []
    above = [BookHeading("", "", 0, top)]
    for index, level in levels.items():
        if title := _line(article.blocks[index].text, ""):
            while above[-1].level >= level:
                above.pop()
            heading = BookHeading(title, place_id(index), level, [])
            above[-1].below.append(heading)
            above.append(heading)
    return top


def strict_href(address: str) -> str:
    """Return an address without what only browsers take, empty if its host cannot be."""
    try:
        parts = urlsplit(safe_href(address))
        host, _ = (parts.hostname or "").encode().decode("idna"), parts.port
    except ValueError:
        return ""
    if not _HOST.fullmatch(host):
        return ""
    path, query, fragment = (
        part.replace("[", "%5B").replace("]", "%5D").replace("#", "%23") for part in parts[2:]
    )
    return parts._replace(path=path, query=query, fragment=fragment).geturl()


def _link(match: re.Match[str]) -> str:
    href = strict_href(Markup(match[1]).unescape())  # noqa: S704 - of a template, escaped
    return f'<a href="{escape(href)}">' if href else "<a>"


def write_xml(template: str, values: Mapping[str, object]) -> str:
    """Return what a template makes of values, as XML."""
    text = environment().get_template(template).render(values)
    text = _LINK.sub(_link, text)
    for pattern, instead in _AS_XML:
        text = pattern.sub(instead, text)
    return _NOT_XML.sub("", text)


def _packed(parts: Mapping[str, str]) -> bytes:
    """Return an archive of files, whose first one is as it is, for those who look there."""
    book = BytesIO()
    with zipfile.ZipFile(book, "w") as archive:
        for name, text in parts.items():
            member = zipfile.ZipInfo(name)  # of the first day that archives know
            member.create_system, member.external_attr = 3, 0o644 << 16
            kind = zipfile.ZIP_DEFLATED if archive.filelist else zipfile.ZIP_STORED
            archive.writestr(member, text.encode(), kind, 6)
    return book.getvalue()


def _date_of(published: str) -> str:
    """Return the day of a date, an empty text for what is none."""
    with suppress(ValueError):
        return date.fromisoformat(published[:10]).isoformat()
    return ""


def _line(text: str, otherwise: str) -> str:
    return _NOT_XML.sub("", clean_line(text)).strip() or otherwise


EPUB = Exporter(
    name="epub", suffix=".epub", write_book=write_epub, unit="articles", reads="text", version="1"
)
