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
from datetime import UTC, date, datetime
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
from annotator.model import Annotation, Article, ArticleRecord
from annotator.model.labels import ACCESS
from annotator.model.text import clean_line
from annotator.model.vocabulary import NO_MOMENT

IDENTIFIER: Final = "urn:annotator:"
SIGN: Final = "*"  # leads to a note: a number would get into what readers highlight
MEDIA_TYPE: Final = "application/epub+zip"

_CONTAINER: Final = (
    '<?xml version="1.0"?>\n<container version="1.0" '
    'xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile '
    'full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>\n'
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?")
_HOST = re.compile(r"([\w-]+\.)*[\w-]+\.?|[\da-f:.]*:[\da-f:.]*")
_LINK = re.compile(r'<a href="(\w+:[^"]*)"[^>]*>')
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_AS_XML: Final = (  # what pages have otherwise; in a text the first sign of these is escaped
    (re.compile(r"<(br|hr)( id=\"[^\"]*\")?>"), r"<\1\2/>"),
    (re.compile(r'<span class="place" (id="[^"]*")></span><mark '), r"<mark \1 "),
    (re.compile(r'(?<=<sup><a )(?=href="#)|(?=role="doc-noteref")'), 'epub:type="noteref" '),
    (re.compile(r'<p(?= class="footnote")'), '<p epub:type="footnote"'),
)


class BookChapter(NamedTuple):
    """An article in a book: its file, its text as HTML, and all that its first page says."""

    file: str
    title: str
    article: Article
    record: ArticleRecord
    access: str
    language: str
    direction: str
    marks: Sequence[NumberedMark]
    text: Markup
    headings: Sequence["BookHeading"]

    @property
    def name(self) -> str:
        """The id of its file in the package."""
        return self.file.partition(".")[0]


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
    values: dict[str, object] = {
        "chapters": chapters,
        "first": first,
        "scheme": IDENTIFIER,
        "identifier": f"{IDENTIFIER}{name}",
        "title": first.title if first else _line(collection.title or collection.query, "Articles"),
        "language": chapters[0].language,
        "is_rtl": chapters[0].direction == "rtl",
        "modified": _changed(chapters).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "source": strict_href(first.record.url) if first else "",
        "published": _date_of(first.article.published) if first else "",
    }
    parts = {"META-INF/container.xml": _CONTAINER, "style.css": _style(legend)}
    for template, file in (("opf", "book.opf"), ("nav", "nav.xhtml"), ("ncx", "toc.ncx")):
        parts[file] = _written(f"epub.{template}", values)
    parts |= {chapter.file: chapter_text(chapter) for chapter in chapters}
    return _packed(parts)


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
        file=f"{record.id}.xhtml",
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
    return _written("epub.xhtml", {"chapter": chapter, "sign": SIGN})


def _in_text(marks: Sequence[NumberedMark]) -> Iterator[MarkInText]:
    for mark in marks:
        if mark.placed.span is not None:
            note = mark.note_id if says_more(mark.annotation) else ""
            kind = mark.annotation.kind or "mark"
            yield MarkInText(
                mark.placed.span, mark.name, note, mark.number, mark.css_class, kind, SIGN
            )


def says_more(mark: Annotation) -> bool:
    """Return whether there is more to a mark than its words and its kind."""
    return bool(mark.note or mark.tags or mark.claim or mark.links)


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
    """Return an address as the strictest readers of books want it, empty if they refuse it.

    Browsers take brackets, several signs of a fragment, and hosts that cannot be.
    """
    scheme, _, rest = safe_href(address).partition(":")
    if scheme.lower() == "mailto":
        return f"{scheme}:{rest}"
    try:
        parts = urlsplit(f"{scheme}:{rest}")
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


def _written(template: str, values: Mapping[str, object]) -> str:
    text = environment().get_template(template).render(values)
    text = _LINK.sub(_link, text)
    for pattern, instead in _AS_XML:
        text = pattern.sub(instead, text)
    return _NOT_XML.sub("", text)


def _style(legend: Legend) -> str:
    """Return the style sheet; e-readers know no variables, so colours are written out."""
    return own_file("epub.css") + legend.style().replace("--own", "border-color")


def _packed(parts: Mapping[str, str]) -> bytes:
    book = BytesIO()
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr(_member("mimetype"), MEDIA_TYPE)
        for name, text in parts.items():
            archive.writestr(_member(name), text.encode(), zipfile.ZIP_DEFLATED, 6)
    return book.getvalue()


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name)  # of the first day that archives know
    member.create_system, member.external_attr = 3, 0o644 << 16
    return member


def _changed(chapters: Sequence[BookChapter]) -> datetime:
    """Return when something of a book was changed last."""
    moments = [mark.annotation.modified for chapter in chapters for mark in chapter.marks]
    return max((NO_MOMENT, *moments, *(chapter.record.modified for chapter in chapters)))


def _date_of(published: str) -> str:
    """Return a date without its time, an empty text for what is none."""
    day = published[:10]
    with suppress(ValueError):
        if _DATE.fullmatch(day):
            date.fromisoformat(day + "0000-01-01"[len(day) :])
            return day
    return ""


def _line(text: str, otherwise: str) -> str:
    return _NOT_XML.sub("", clean_line(text)).strip() or otherwise


EPUB = Exporter(name="epub", suffix=".epub", write_book=write_epub, unit="articles", reads="text")
