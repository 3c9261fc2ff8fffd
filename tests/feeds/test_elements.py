"""Which of several elements counts, and what HTML they hold."""

import pytest

from annotator.feeds.reading import raw_feed

SPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
)
ATOM = 'xmlns="http://www.w3.org/2005/Atom"'


def read(items: str, head: str = ""):
    feed = raw_feed(f"<rss {SPACES}><channel>{head}{items}</channel></rss>", "https://a.example/f")
    assert feed is not None
    return feed


def entry_of(inside: str):
    return read(f"<item>{inside}</item>").entries[0]


def atom_entry(inside: str):
    feed = raw_feed(f"<feed {ATOM}><entry>{inside}</entry></feed>", "https://a.example/f")
    assert feed is not None
    return feed.entries[0]


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("title", "title dc:title media:title"),
        ("summary", "description itunes:summary itunes:subtitle media:description"),
        ("summary", "summary dc:description media:description"),
        ("content", "content:encoded fullitem"),
        ("author", "author dc:creator itunes:author managingEditor webMaster"),
        ("published", "pubDate dcterms:issued dcterms:created"),
        ("updated", "updated dc:date"),
        ("id", "guid dc:identifier"),
    ],
)
def test_of_several_elements_the_usual_one_counts_wherever_it_stands(field, names):
    ranked = names.split()
    for known in range(1, len(ranked) + 1):
        written = [f"<{name}>{name}</{name}>" for name in ranked[-known:]]
        for order in (written, written[::-1]):
            assert getattr(entry_of("".join(order)), field) == ranked[-known]


def test_of_two_alike_the_first_that_is_not_empty_counts():
    assert entry_of("<title/><title>One</title><title>Two</title>").title == "One"
    assert entry_of("<link>https://a.example/1</link><link>https://a.example/2</link>").link == (
        "https://a.example/1"
    )


def test_an_unknown_element_ends_nothing():
    assert entry_of("<odd>x</odd><title>One</title>").title == "One"


def test_a_channel_within_an_entry_is_not_the_feed():
    feed = read("<item><channel><title>Not</title></channel></item>", "<title>Own</title>")
    assert feed.feed.title == "Own"


@pytest.mark.parametrize(
    ("inside", "author"),
    [
        ("<name>Ann</name><email>a@a.example</email>", "Ann (a@a.example)"),
        ("<name>Ann</name>", "Ann"),
        ("<email>a@a.example</email>", "a@a.example"),
        ("Ann", "Ann"),
    ],
)
def test_an_author_is_a_name_with_an_address_or_either(inside, author):
    assert atom_entry(f"<author>{inside}</author>").author == author


@pytest.mark.parametrize(
    ("attributes", "inside", "markup"),
    [
        ('type="text"', "1 &lt; 2", "1 &lt; 2"),
        ('type="html"', "1 &lt;b&gt;2&lt;/b&gt;", "1 <b>2</b>"),
        ('type="text/html"', "&lt;b&gt;2", "<b>2"),
        ('type="application/xhtml+xml"', "&lt;b&gt;2", "<b>2"),
        ('type="application/octet-stream"', "PGI+Mg==", "<b>2"),
        ('type="application/octet-stream"', "no such thing", "no such thing"),
        ('type="xhtml"', f"a &lt; <b {ATOM}>c</b>", "a &lt; <b>c</b>"),
        (
            'type="xhtml"',
            '<div xmlns="http://www.w3.org/1999/xhtml"><p>One</p></div>',
            "<p>One</p>",
        ),
        (
            'type="xhtml"',
            '<x:div xmlns:x="http://www.w3.org/1999/xhtml"><x:p>One</x:p>two</x:div>',
            "<p>One</p>two",
        ),
        (
            'type="xhtml"',
            (
                '<div xmlns="http://www.w3.org/1999/xhtml">1</div>'
                '<div xmlns="http://www.w3.org/1999/xhtml">2</div>'
            ),
            "<div>1</div><div>2</div>",
        ),
        (
            'type="xhtml"',
            'Words <div xmlns="http://www.w3.org/1999/xhtml">1</div>',
            "Words <div>1</div>",
        ),
    ],
)
def test_content_is_html_whatever_form_it_has(attributes, inside, markup):
    assert atom_entry(f"<content {attributes}>{inside}</content>").content == markup


def test_a_feed_without_a_channel_has_its_title_all_the_same():
    feed = raw_feed("<feed><title>Own</title><entry><title>One</title></entry></feed>", "")
    assert feed is not None
    assert (feed.feed.title, feed.entries[0].title) == ("Own", "One")


def test_links_of_json_are_relative_to_their_feed():
    feed = raw_feed('{"items": [{"url": "/1"}, {"title": "<b>"}]}', "https://a.example/f")
    assert feed is not None
    one, other = feed.entries
    assert (one.link, other.link, other.base) == ("https://a.example/1", "", "https://a.example/f")
    assert other.is_plain_title
