"""Reports of pages: what is left out of them, the file, and reading it back."""

import zipfile
from datetime import date

import pytest

from annotator.errors import ExportError, InvalidInput, NotAnArticle
from annotator.model import Page
from annotator.model.multipart import join, split
from annotator.usecases.page_report import (
    PageReport,
    open_report,
    redacted,
    redacted_address,
    report_path,
    write_report,
)

URL = "https://herald.example/flood"
TEXT = "<p>The river rose in the night.</p>"


def report(html=TEXT, url=URL, **rest):
    return PageReport(page=Page(url, html), made=date(2024, 5, 3), **rest)


@pytest.mark.parametrize(
    "html",
    [
        '<script>var user = "PRIVATE"</script>',
        '<script><!-- x("<script>PRIVATE</script>PRIVATE") --></script>',
        "<!-- PRIVATE -->",
        '<input type=hidden name=t value="PRIVATE">',
        "<textarea>PRIVATE</textarea>",
        '<meta name="csrf-token" content="PRIVATE">',
        '<div data-user-token="PRIVATE" nonce=PRIVATE onclick="go(\'PRIVATE\')"></div>',
        '<a href="/a?id=5&amp;access_token=PRIVATE">more</a>',
        '<a href="https://ann:PRIVATE@herald.example/">more</a>',
        "<p>Signed in as ann.PRIVATE@herald.example.</p>",
        '<img src="file:///home/PRIVATE/flood.png">',
        '<script type="application/ld+json">{"url": "/a?sid=PRIVATE"}</script>',
        """<div data-page='{"user": {"accessToken": "PRIVATE"}}'></div>""",
        '<div data-page="{&quot;session_id&quot;:&quot;PRIVATE&quot;}"></div>',
        "<p>eyJPRIVATEPRIVATE.eyJPRIVATEPRIVATE.x</p>",
        '<a href="/a?page=2&amp;sess=PRIVATE">more</a>',
        '<a href="/a?PHPSESSID=PRIVATE">more</a>',
        "<p>Authorization: Bearer 8f14e45fceea167aPRIVATE</p>",
    ],
)
def test_what_is_private_is_left_out(html):
    page = redacted(Page(URL, html + TEXT, headers=(("etag", "PRIVATE"), ("content-type", "x"))))
    assert "PRIVATE" not in page.html
    assert page.html.endswith(TEXT)
    assert page.headers == (("content-type", "x"),)


@pytest.mark.parametrize(
    "html",
    [
        '<script type="application/ld+json">{"headline": "The flood"}</script>',
        '<meta property="og:title" content="The flood">',
        "<p>Basic internationalisation, and token understanding-of-the-words, is enough.</p>",
        '<a href="/a?assess=the-flood">more</a>',
        '<div class="author token" data-testid="byline" id=a1>By Ann Lee</div>',
        '<a href="/a?id=5&page=2&px=May-2019">more</a>',
        '<img src="/flood@2x.png">',
        "<p>It costs 5 @ the door, and <code>a=1</code>.</p>",
    ],
)
def test_what_cleaning_looks_at_stays(html):
    assert redacted(Page(URL, html + TEXT)).html == html + TEXT


@pytest.mark.parametrize(
    ("url", "bare"),
    [
        (f"{URL}?id=5#part-2", f"{URL}?id=5#part-2"),
        (f"{URL}?gift=abc&id=5", f"{URL}?gift=hidden&id=5"),
        (f"{URL}?x=9f8a7b6c5d4e3f2a1b0c9d8e", f"{URL}?x=hidden"),
        (f"{URL}#access_token=abc", URL),
        ("https://ann:word@herald.example/flood", URL),
        ("file:///home/ann/Downloads/flood.html", "file:///flood.html"),
    ],
)
def test_addresses_lose_tokens_and_folders(url, bare):
    assert redacted_address(url) == bare


def test_the_parts_of_a_joined_page_stay_apart():
    joined = join([Page(URL, TEXT), Page(f"{URL}?p=2&token=abc", "<!-- x -->" + TEXT)], missing="")
    first, second = split(redacted(joined))[0]
    assert (first.html, second.html) == (TEXT, TEXT)
    assert second.url == f"{URL}?p=2&token=hidden"


def test_a_report_is_written_once_and_read_back(tmp_path):
    path = report_path(None, tmp_path, report())
    assert path.name == "page-report-herald.example-2024-05-03.zip"
    assert write_report(report(text="The river rose."), path) == path.stat().st_size
    assert open_report(path) == report().page
    with zipfile.ZipFile(path) as archive:
        assert archive.read("article.txt") == b"The river rose.\n"
        assert b"annotator show page-report-herald" in archive.read("README.txt")
    with pytest.raises(ExportError, match="exists already"):
        write_report(report(), path)
    assert report_path(tmp_path, tmp_path, report()).name.endswith("-2.zip")


def test_only_zip_files_are_written_and_only_reports_are_read(tmp_path):
    with pytest.raises(InvalidInput, match="not a name for a ZIP file"):
        report_path(tmp_path / "report.txt", tmp_path, report())
    with pytest.raises(ExportError, match="cannot be written"):
        write_report(report(), tmp_path / "missing" / "report.zip")
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("report.json", '{"format": "another"}')
    with pytest.raises(NotAnArticle, match="no report of a page"):
        open_report(other)
