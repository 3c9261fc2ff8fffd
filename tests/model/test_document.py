import pytest

from annotator.model import HTML, Document, Page
from annotator.model.document import (
    EPUB,
    KINDS,
    MAIL,
    MAILBOX,
    MHTML,
    PDF,
    WEB_ARCHIVE,
    kind_of,
    largest,
)
from builders import make_page

MIME = "MIME-Version: 1.0\nContent-Type: multipart/related;\n boundary=x\n\n--x\n"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", PDF),
        (b"\xef\xbb\xbf\r\n%!PS\n%PDF-1.4", PDF),
        (b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/epub+zip", EPUB),
        (b"PK\x03\x04" + b"x" * 9000 + b"META-INF/container.xml", EPUB),
        (b"bplist00\xd1_\x10\x0fWebMainResource", WEB_ARCHIVE),
        (b'<?xml version="1.0"?><plist><dict><key>WebMainResource</key>', WEB_ARCHIVE),
        (f"From: <Saved by Blink>\nSnapshot-Content-Location: x\n{MIME}".encode(), MHTML),
        (f"From: A\nSubject: B\nTo: C\n{MIME}".encode(), MAIL),
        (b"From: A\nSubject: B\nDate: Wed, 1 May 2024 07:30:00 +0000\n\nHello", MAIL),
        (b"Return-Path: <a@b.example>\nReceived: by x;\n now\nFrom: A\nSubject: B\n\nHello", MAIL),
        (b"From a@b.example Thu May  2 10:00:00 2024\nFrom: A\nSubject: B\n\nHello", MAIL),
        (
            b"\n".join([b"From a@b.example Thu May  2 10:00:00 2024\nFrom: A\n\nHello\n"] * 2),
            MAILBOX,
        ),
    ],
)
def test_a_document_is_known_by_its_bytes(data, kind):
    assert kind_of(data) == kind


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<!doctype html><p>%PDF-1.7",
        b"PK\x03\x04 word/document.xml",
        b"MHTML begins like mail:\n\nContent-Type: multipart/related\n\nand goes on.",
        b"From here on, 1984 was over.\nIt rained.",
        b"Title: A letter\nAuthor: Ann\nDate: 2024-05-01\n\nFrom: nobody",
        b"<?xml version='1.0'?><rss version='2.0'>",
        b"From: " + b"a" * 100_000,
    ],
)
def test_a_page_or_a_text_is_no_document(data):
    assert kind_of(data) == ""


def test_the_limit_is_that_of_the_kind():
    assert largest(b"%PDF-1.7\n", 10) == KINDS[PDF].max_bytes
    assert largest(b"PK\x03\x04", 10) == KINDS[EPUB].max_bytes
    assert largest(b"<p>A page", 10) == 10


def test_a_document_has_a_name_where_it_has_no_title():
    document = Document("https://example.org/papers/river_levels%202024.pdf?v=2", b"", PDF)
    assert document.file_name == "river levels 2024"
    assert Document("", b"", PDF).file_name == ""


def test_pages_and_documents_are_told_apart_by_their_content():
    assert Page("https://example.org", "a").content == "a"
    assert Document("https://example.org", b"a", PDF).content == b"a"


def test_a_header_is_found_however_it_is_asked_for():
    page = make_page(headers=[("content-type", "text/html"), ("etag", '"7"')])
    assert page.header("Content-Type") == "text/html"
    assert page.header("ETag") == '"7"'


def test_the_first_of_two_headers_counts():
    assert make_page(headers=[("link", "one"), ("link", "two")]).header("link") == "one"


def test_a_missing_header_is_empty():
    assert make_page(headers=[]).header("etag") == ""


def test_a_page_needs_an_address_and_its_text_alone():
    page = Page("https://example.org/a", "<p>Text.</p>")
    assert (page.media_type, page.headers, page.is_truncated) == (HTML, (), False)
