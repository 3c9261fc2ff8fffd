from annotator.model import HTML, Page
from builders import make_page


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
