"""Articles in parts, kept as one page."""

from msgspec.structs import replace

from annotator.model.multipart import is_joined, join, split
from builders import make_page

FIRST = make_page("<p>One.</p>", url="https://example.org/a")
SECOND = make_page("<p>Two.</p>", url="https://example.org/a b?p=2>")
THIRD = make_page("<p>Three.</p>", url="https://example.org/a?p=3")


def test_pages_that_were_joined_are_split_again_each_with_its_address():
    joined = join([FIRST, SECOND, THIRD])
    assert joined.url == FIRST.url
    assert is_joined(joined)
    parts, missing = split(joined)
    assert [(part.url, part.html) for part in parts] == [
        (FIRST.url, "<p>One.</p>"),
        ("https://example.org/a%20b?p=2%3E", "<p>Two.</p>"),
        (THIRD.url, "<p>Three.</p>"),
    ]
    assert missing == ""


def test_the_address_of_a_part_that_was_not_fetched_is_kept():
    joined = join([FIRST], missing=THIRD.url)
    assert is_joined(joined)
    assert split(joined) == ((FIRST,), THIRD.url)


def test_a_single_page_is_joined_with_nothing():
    assert not is_joined(join([FIRST]))
    assert split(FIRST) == ((FIRST,), "")


def test_an_article_is_truncated_if_one_of_its_parts_is():
    assert join([FIRST, replace(SECOND, is_truncated=True)]).is_truncated
    assert not join([FIRST, SECOND]).is_truncated


def test_a_page_cannot_pretend_to_have_parts():
    forged = make_page("<p>One.</p>\n<!--annotator-part https://evil.example/-->\n<p>Two.</p>")
    assert len(split(join([forged, forged, THIRD]))[0]) == 3
