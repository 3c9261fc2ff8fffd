import pytest

from annotator.errors import NotAnArticle, TooLarge
from annotator.fetch.decoding import media_type_of, readable, refuse_foreign, refuse_size
from annotator.model import HTML, MARKDOWN, PLAIN_TEXT


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html><p>Hello",
        "\n  <!-- saved -->\n<html lang=en>",
        '<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "x"><html>',
        "<head><title>A page</title>",
        "<p>A fragment</p>",
        "<article>\n<h1>A fragment</h1>",
    ],
)
def test_a_page_is_known_by_how_it_begins(text):
    assert media_type_of(text) == HTML


@pytest.mark.parametrize(
    "text",
    [
        "# A title\n\nText.",
        "---\ntitle: A note\n---\n\nText.",
        "Text with **bold words** and [a link](https://example.org).",
        "Text.\n\n## A section\n\n```\ncode\n```\n",
    ],
)
def test_markdown_is_known_by_its_signs(text):
    assert media_type_of(text) == MARKDOWN


@pytest.mark.parametrize(
    "text",
    [
        "A plain text.",
        "#hashtag, no heading",
        "1 < 2 and 3 > 2",
        "<not a tag>",
        "A footnote [1] and a sum (2).",
        "--- a rule\n\nText.",
        "",
    ],
)
def test_anything_else_is_plain_text(text):
    assert media_type_of(text) == PLAIN_TEXT


def test_the_suffix_of_a_name_outranks_the_signs():
    assert media_type_of("# A heading?", suffix=".txt") == PLAIN_TEXT
    assert media_type_of("Nothing special.", suffix=".MD") == MARKDOWN
    assert media_type_of("Nothing special.", suffix=".htm") == HTML
    assert media_type_of("<p align=center>A readme", suffix=".md") == MARKDOWN


def test_a_whole_page_is_one_whatever_its_name():
    assert media_type_of("<!doctype html><p>Saved.", suffix=".txt") == HTML


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\x89PNG\r\n\x1a\n", "an image"),
        (b"PK\x03\x04", "ZIP"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"{\\rtf1", "rich text"),
        (b"", "empty"),
        (b" \n\t", "empty"),
    ],
)
def test_a_binary_cookies_file_is_called_what_it_is(data, what):
    with pytest.raises(NotAnArticle, match=f"^a.bin is .*{what}"):
        refuse_foreign(data, "a.bin")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("\x00\x01\x02" * 100, "binary"),
        ("<?xml version='1.0'?><rss version='2.0'>", "a feed"),
        ('<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "b">]>\n<rss>', "a feed"),
        (
            '<!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "n.dtd"><rss>',
            "a feed",
        ),
        ('<?xml version="1.0"?><opml version="2.0"><body/></opml>', "a list of feeds"),
        ("<feed xmlns='http://www.w3.org/2005/Atom'>", "a feed"),
    ],
)
def test_a_text_that_is_no_article_is_called_what_it_is(text, what):
    with pytest.raises(NotAnArticle, match=what):
        readable(text, "a.bin")


def test_a_text_that_begins_with_the_name_of_a_format_is_a_text():
    refuse_foreign(b"ID3 tags and RIFF chunks, explained", "a.txt")


def test_a_stray_control_character_is_forgiven():
    assert readable("A text " * 100 + "\x00", "a.txt") == "A text " * 100 + "\ufffd"


@pytest.mark.parametrize("opening", ["<!--", "<?", "<!-- --> ", "<?x?>", "<", " "])
def test_no_beginning_is_slow_to_look_at(opening):
    assert media_type_of(opening * 100_000) == PLAIN_TEXT


def test_a_limit_is_told_in_megabytes():
    refuse_size(10_000_000, "a.html", limit=10_000_000)
    with pytest.raises(TooLarge, match=r"^a.html is larger than 10 MB\."):
        refuse_size(10_000_001, "a.html", limit=10_000_000)
