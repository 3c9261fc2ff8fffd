"""Documents are kept where pages are, and their page labels with the text."""

import pytest
from msgspec.structs import replace

from annotator.model import Document, PageLabel
from annotator.model.document import EPUB
from annotator.store import Library
from annotator.store.articles.revisions import Revisions
from builders import MOMENT, make_article, make_extraction

BOOK = Document("file:///books/a.epub", b"PK\x03\x04\x00\xff mimetypeapplication/epub+zip", EPUB)
LABELS = (PageLabel(0, "xiv"), PageLabel(5, "1"))


@pytest.fixture
def stored(library):
    article = replace(make_article("It rained all day."), page_labels=LABELS)
    library.store(make_extraction(article), BOOK, now=MOMENT)
    return library.article(article.id)


def test_a_document_comes_back_byte_for_byte(stored):
    assert stored.page() == BOOK


def test_page_labels_are_kept_with_the_text(stored):
    assert stored.extraction().article.page_labels == LABELS


def test_a_document_whose_source_is_damaged_is_known_by_its_bytes(stored):
    [text] = stored.revisions.folder.glob("*.json")
    text.write_bytes(b"{")
    revision = text.stem
    revisions = Revisions(stored.revisions.folder)
    pages = revisions.possible_pages(revision, revisions.content(revision), url=BOOK.url)
    assert pages == (BOOK,)


def test_a_password_is_not_stored(library):
    article = make_article("It rained all day.")
    library.store(make_extraction(article), replace(BOOK, password="secret"), now=MOMENT)
    assert library.article(article.id).page() == BOOK
    assert not any(b"secret" in path.read_bytes() for path in library.folder.rglob("*.json"))


def test_a_library_with_documents_needs_no_repair(stored, library):
    assert isinstance(library, Library)
    assert not library.maintenance.check(stored).findings
