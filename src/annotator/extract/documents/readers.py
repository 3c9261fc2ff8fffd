"""The table of the readers of documents, and what all of them have in common.

A document is unpacked once, when it is fetched: what comes of that is stored, and read
again whenever the rules have changed.
"""

from collections.abc import Callable
from operator import itemgetter
from typing import Final, NamedTuple

from msgspec.structs import replace

from annotator.errors import CleaningError
from annotator.model.article import BlockKind
from annotator.model.document import (
    EPUB,
    KINDS,
    MAIL,
    MHTML,
    PDF,
    PDF_LINES,
    TITLE,
    WEB_ARCHIVE,
    Document,
    DocumentKind,
    Original,
)
from annotator.model.extraction import EXTRACTOR, Extraction, PassageDecision, Removal
from annotator.model.identity import id_of_article
from annotator.model.overrides import NO_OVERRIDES, Overrides
from annotator.registry import Registry


class DocumentReader(NamedTuple):
    """The functions that unpack and read documents of a media type, both with `CleaningError`.

    `unpack` returns what is stored: a page, or a document with all that reading it again
    needs, whose media type has a reader too; without it the document itself is stored. `read`
    returns the article and what was removed from it, with the user's choices about passages.
    It needs no id, and no version of the rules. Without it, what `unpack` returns is read.
    """

    unpack: Callable[[Document], Original] | None = None
    read: Callable[[Document, Overrides], Extraction] | None = None


READERS: Final[Registry[DocumentReader]] = Registry(
    {
        EPUB: "annotator.extract.documents.epub.reader:EPUB_READER",
        PDF: "annotator.extract.documents.pdf.pdfium:PDF_READER",
        PDF_LINES: "annotator.extract.documents.pdf.reader:LINES_READER",
        MAIL: "annotator.extract.documents.mail:MAIL_READER",
        MHTML: "annotator.extract.documents.saved:MHTML_READER",
        WEB_ARCHIVE: "annotator.extract.documents.saved:WEB_ARCHIVE_READER",
    }
)

_TEXT = ("document", "text", "Text of the document.")  # why it is kept


def unpack(document: Document) -> Original:
    """Return what is stored of a document, to be read now and again later.

    Raises `CleaningError` for a kind without a reader, and for a damaged or locked file.
    """
    make = _reader_of(document).unpack
    return make(document) if make else document


def read_document(document: Document, *, choices: Overrides = NO_OVERRIDES) -> Extraction:
    """Return the article in a document that was unpacked, with the user's choices in effect.

    Raises `CleaningError` as above.
    """
    read = _reader_of(document).read
    if read is None:
        raise _unreadable(document)
    extraction = read(document, choices)
    article = extraction.article
    url = article.url or document.url
    article = replace(
        article,
        id=id_of_article(url, article.text),
        url=url,
        title=document.header(TITLE) or article.title or document.file_name,
    )
    return replace(extraction, article=article, extractor=EXTRACTOR, choices=choices)


def explain_document(
    document: Document, *, choices: Overrides = NO_OVERRIDES
) -> tuple[PassageDecision, ...]:
    """Return the decision about each passage of a document, as `explain` does of a page."""
    extraction = read_document(document, choices=choices)
    decisions = [
        (away.before, _decision(away, "paragraph", away.text)) for away in extraction.removals
    ]
    decisions += [
        (place, _decision(None, block.kind, block.text))
        for place, block in enumerate(extraction.article.blocks)
        if block.text
    ]
    return tuple(decision for _, decision in sorted(decisions, key=itemgetter(0)))


def _decision(away: Removal | None, kind: BlockKind, text: str) -> PassageDecision:
    why = (away.step, away.rule, away.reason) if away else _TEXT
    return PassageDecision(away is None, *why, None, kind, text)


def _reader_of(document: Document) -> DocumentReader:
    try:
        return READERS.load(document.media_type)
    except KeyError as error:
        raise _unreadable(document) from error


def _unreadable(document: Document) -> CleaningError:
    unknown = DocumentKind(f"a document of the type {document.media_type}", 0)
    kind = KINDS.get(document.media_type, unknown)
    return CleaningError(f"This is {kind.name}, which cannot be read as an article.", kind.advice)
