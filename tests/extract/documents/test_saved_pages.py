"""Pages that browsers saved in one file are pages again, with their address."""

import plistlib
from email.message import EmailMessage

import pytest

from annotator.errors import CleaningError
from annotator.extract import unpack
from annotator.model import Document, Page
from annotator.model.document import MHTML, WEB_ARCHIVE, kind_of

HTML = "<!doctype html><title>Rain</title><p>Wät."
URL = "https://river.example/p/rain"


def mhtml(html=HTML, url=URL, charset="utf-8"):
    part = EmailMessage()
    part.set_content(html, subtype="html", charset=charset)
    head = (
        f"From: <Saved by Blink>\nSnapshot-Content-Location: {url}\nSubject: Rain\n"
        "Date: Wed, 1 May 2024 07:30:00 -0000\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related;\n\ttype="text/html";\n\tboundary="b"\n\n'
    )
    return f"{head}--b\n".encode() + part.as_bytes() + b"\n--b--\n"


def web_archive(fmt=plistlib.FMT_BINARY, **values):
    resource = {
        "WebResourceData": HTML.encode(),
        "WebResourceURL": URL,
        "WebResourceTextEncodingName": "UTF-8",
        "WebResourceMIMEType": "text/html",
    }
    return plistlib.dumps({"WebMainResource": resource | values}, fmt=fmt)


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
def test_a_page_in_mhtml_is_a_page_at_its_address(charset):
    data = mhtml(charset=charset)
    assert kind_of(data) == MHTML
    page = unpack(Document("file:///a.mhtml", data, MHTML))
    assert isinstance(page, Page)
    assert (page.url, page.html.strip()) == (URL, HTML)


@pytest.mark.parametrize("fmt", [plistlib.FMT_BINARY, plistlib.FMT_XML])
def test_a_page_in_a_web_archive_is_a_page_at_its_address(fmt):
    data = web_archive(fmt)
    assert kind_of(data) == WEB_ARCHIVE
    page = unpack(Document("file:///a.webarchive", data, WEB_ARCHIVE))
    assert (page.url, page.html) == (URL, HTML)


def test_a_file_that_ends_early_is_a_page_that_was_cut_off():
    whole = unpack(Document(URL, mhtml(), MHTML))
    half = unpack(Document(URL, mhtml().removesuffix(b"\n--b--\n")[:-6], MHTML))
    assert (whole.is_truncated, half.is_truncated) == (False, True)


def test_the_address_that_the_user_gave_comes_first():
    given = "https://other.example/a"
    assert unpack(Document(given, mhtml(), MHTML)).url == given


@pytest.mark.parametrize("url", ["", "file:///c:/a.html", "javascript:alert(1)", "\x1b]0;x\x07"])
def test_an_address_that_is_none_of_the_web_is_not_taken(url):
    data = web_archive(WebResourceURL=url)
    assert unpack(Document("file:///a.webarchive", data, WEB_ARCHIVE)).url == (
        "file:///a.webarchive"
    )


@pytest.mark.parametrize(
    ("data", "kind", "words"),
    [
        (mhtml(html=" "), MHTML, "no page in the file"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n", MHTML, "no page in the file"),
        (b"bplist00\xd1\x01\x02WebMainResource", WEB_ARCHIVE, "damaged"),
        (web_archive(WebResourceData="text"), WEB_ARCHIVE, "damaged"),
        (web_archive()[:60], WEB_ARCHIVE, "damaged"),
        (b"<?xml version='1.0'?><plist><!-- WebMainResource", WEB_ARCHIVE, "damaged"),
        (
            b"<?xml version='1.0'?><!DOCTYPE plist [<!ENTITY a 'WebMainResource'>]><plist/>",
            WEB_ARCHIVE,
            "damaged",
        ),
        (
            b"MIME-Version: 1.0\n" + b"Content-Type: multipart/related; boundary=b\n\n--b\n" * 30,
            MHTML,
            "parts with parts",
        ),
    ],
)
def test_a_damaged_file_is_refused_with_what_to_do(data, kind, words):
    with pytest.raises(CleaningError, match=words) as refused:
        unpack(Document("file:///a", data, kind))
    assert refused.value.hint
