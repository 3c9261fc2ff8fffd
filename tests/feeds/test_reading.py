"""Entries of feeds as servers write them: well-formed or not, and never with harm in them."""

from datetime import UTC, datetime

import pytest

from annotator.feeds import read_feed
from annotator.feeds.reading import moment

AT = "https://river.example/feed.xml"


def rss(items: str, head: str = "<title>River</title>", attributes: str = "") -> str:
    return f'<rss version="2.0" {attributes}><channel>{head}{items}</channel></rss>'


def entries(text: str):
    return read_feed(text, AT).entries


def test_an_entry_of_rss_has_its_full_text_author_and_date():
    feed = read_feed(
        rss(
            "<item><title>Water &amp;amp; stone</title><link>https://river.example/1</link>"
            '<guid isPermaLink="false">river-1</guid><dc:creator>Ann Author</dc:creator>'
            "<pubDate>Tue, 05 Mar 2024 09:30:00 EST</pubDate><description>Short.</description>"
            "<content:encoded><![CDATA[<p>The whole text.</p><p>More.</p>]]></content:encoded>"
            "</item>",
            "<title>River news</title><link>https://river.example/</link><ttl>60</ttl>",
            'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/"',
        ),
        AT,
    )
    (entry,) = feed.entries
    assert (feed.title, feed.site, feed.minutes) == ("River news", "https://river.example/", 60)
    assert (entry.title, entry.byline, entry.key) == ("Water & stone", "Ann Author", "river-1")
    assert entry.published == datetime(2024, 3, 5, 14, 30, tzinfo=UTC)
    assert entry.html == "<p>The whole text.</p><p>More.</p>"
    assert (entry.summary, entry.words) == ("Short.", 4)


def test_nested_bases_of_atom_say_where_links_lead():
    (entry,) = entries(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/blog/">'
        '<entry><link rel="replies" href="1#c"/><link href="1"/>'
        '<content type="xhtml" xml:base="1/">'
        '<div xmlns="http://www.w3.org/1999/xhtml"><p>See <a href="pic">it</a>.</p></div>'
        "</content></entry></feed>"
    )
    assert entry.link == "https://a.example/blog/1"
    assert entry.base == "https://a.example/blog/1/"
    assert entry.html == '<p>See <a href="pic">it</a>.</p>'


def test_the_page_of_an_entry_goes_before_other_forms_of_it():
    (entry,) = entries(
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry>'
        '<link type="application/pdf" href="https://a.example/1.pdf"/>'
        '<link type="text/html" href="https://a.example/1"/></entry></feed>'
    )
    assert entry.link == "https://a.example/1"


def test_packed_texts_of_atom_are_unpacked():
    (entry,) = entries(
        '<feed xmlns="http://purl.org/atom/ns#"><entry><title mode="base64" type="text/html">'
        "PGI+Qm9s\n ZDwvYj4=</title></entry></feed>"
    )
    assert entry.title == "Bold"


def test_entries_of_rdf_stand_beside_their_channel():
    feed = read_feed(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        '<channel rdf:about="https://d.example/"><title>RDF news</title></channel>'
        '<item rdf:about="https://d.example/1"><title>One</title>'
        "<dc:date>2024-03-05T10:00:00+01:00</dc:date></item></rdf:RDF>",
        AT,
    )
    assert (feed.title, feed.entries[0].link) == ("RDF news", "https://d.example/1")
    assert feed.entries[0].published == datetime(2024, 3, 5, 9, tzinfo=UTC)


def test_a_json_feed_may_have_numbers_for_ids_and_links_to_other_sites():
    feed = read_feed(
        '{"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": [{"id": 7, "url":'
        ' "https://j.example/7", "content_html": "<p>Text.</p>", "authors": [{"name": "Ann"}],'
        ' "date_published": "2024-03-05T10:00:00-05:00"}, {"id": "8", "external_url":'
        ' "https://other.example/8", "content_text": "1 < 2"}]}',
        AT,
    )
    seven, eight = feed.entries
    assert (seven.key, seven.byline, seven.html) == ("7", "Ann", "<p>Text.</p>")
    assert (eight.link, eight.html, eight.summary) == (
        "https://other.example/8",
        "1 &lt; 2",
        "1 < 2",
    )


def test_bare_ampersands_and_entities_of_html_stay_what_they_mean():
    (entry,) = entries(
        rss(
            "<item><title>R&D caf&eacute; &hellip;</title><link>https://e.example/?a=1&b=2</link></item>"
        )
    )
    assert (entry.title, entry.link) == ("R&D café …", "https://e.example/?a=1&b=2")


def test_ampersands_inside_of_cdata_are_left_alone():
    (entry,) = entries(rss("<item><description><![CDATA[A &amp; B & C]]></description></item>"))
    assert entry.html == "A &amp; B & C"


def test_no_entity_that_a_document_defines_is_resolved():
    feed = read_feed(
        '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY x SYSTEM "file:///etc/passwd">]>' + rss("", "<title>&b; &x;</title>"),
        AT,
    )
    assert feed.title == "&b; &x;"


def test_what_a_terminal_would_obey_is_taken_out_of_every_text():
    escape, turned = "\x1b[31m", "\u202e"
    (entry,) = entries(
        rss(
            f"<item><title>&#27;[2Jred{turned}</title><guid>a{turned}b</guid>"
            f"<author>Ann{turned}</author><description>x{turned}y{escape}</description>"
            f"<link>https://a.example/{turned}</link></item>"
        )
    )
    everything = "".join(str(value) for value in (*entry.__struct_fields__, entry))
    assert "\x1b" not in everything
    assert turned not in everything
    assert entry.title == "red"


@pytest.mark.parametrize(
    ("item", "key"),
    [
        ('<guid isPermaLink="false">5</guid><link>https://a.example/5</link>', "5"),
        ("<link>https://a.example/5</link>", "https://a.example/5"),
    ],
)
def test_an_entry_is_known_by_its_id_or_else_by_its_address(item, key):
    (entry,) = entries(rss(f"<item><title>Five</title>{item}</item>"))
    assert entry.key == key


def test_entries_that_share_an_id_are_told_apart_by_their_addresses():
    shared = "".join(
        f'<item><guid isPermaLink="false">0</guid><link>https://t.example/{number}</link></item>'
        for number in range(3)
    )
    assert len({entry.key for entry in entries(rss(shared))}) == 3


def test_an_entry_without_id_and_address_is_known_by_its_words():
    one, other = entries(
        rss(
            "<item><title>A</title></item><item><title>B</title></item><item><title>A</title></item>"
        )
    )
    assert one.key != other.key
    assert entries(rss("<item><title>A</title></item>"))[0].key == one.key


def test_a_guid_that_is_an_address_is_the_link_of_an_entry_without_one():
    (entry,) = entries(rss("<item><guid>https://p.example/only</guid></item>"))
    assert entry.link == "https://p.example/only"


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x"])
def test_a_link_that_is_no_web_address_is_none(link):
    (entry,) = entries(rss(f"<item><title>A</title><link>{link}</link></item>"))
    assert not entry.link


def test_what_comes_after_an_error_is_read_all_the_same():
    cut = "<rss><channel><item><title>whole</title></item><item><title>bad <b></title></item>"
    assert [entry.title for entry in entries(cut)] == ["whole", "bad"]


def test_warnings_of_a_program_before_the_feed_are_passed_over():
    text = "Warning: mysql in line 3\n<br/>\n" + rss("<item><title>A</title></item>")
    assert [entry.title for entry in entries(text)] == ["A"]


def test_a_namespace_that_feeds_do_not_use_brings_no_title():
    (entry,) = entries(
        '<rss xmlns:x="https://x.example/"><channel><item><x:title>No</x:title>'
        "<title>Yes</title></item></channel></rss>"
    )
    assert entry.title == "Yes"


def test_a_tag_within_a_word_of_a_title_is_no_space():
    (entry,) = entries(rss("<item><title>H&lt;sub&gt;2&lt;/sub&gt;O</title></item>"))
    assert entry.title == "H2O"


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("&lt;html&gt;&lt;head&gt;&lt;/head&gt;&lt;/html&gt;", ""),
        ("a&amp;#27;b &lt;b&gt;c", "a c"),
        ("half &#xD800;&#56320; a pair", "half a pair"),
        ("&lt;p&gt;half &amp;#xD800;&lt;p&gt;a pair", "half a pair"),
        ("&lt;body&gt;one&lt;body&gt;two", "onetwo"),
        ("one&lt;script&gt;x&lt;/script&gt; two&lt;style&gt;y&lt;/style&gt;", "one two"),
        ("1 &lt; 2 &amp;amp; 3", "1 < 2 & 3"),
    ],
)
def test_the_words_of_broken_html_are_read_without_an_error(markup, words):
    (entry,) = entries(rss(f"<item><title>A</title><description>{markup}</description></item>"))
    assert entry.summary.replace("\ufffd", "").split() == words.split()


def test_a_page_that_is_no_feed_names_the_feeds_that_it_has():
    page = read_feed(
        '<!doctype html><base href="/blog/"><link rel="alternate" type="application/rss+xml" '
        'title="News" href="feed.xml"><link rel="alternate" type="application/atom+xml" '
        'href="https://other.example/atom"><link rel="alternate" hreflang="de" href="/de">',
        "https://a.example/",
    )
    assert not page.is_feed
    assert [(link.address, link.title) for link in page.links] == [
        ("https://a.example/blog/feed.xml", "News"),
        ("https://other.example/atom", ""),
    ]


@pytest.mark.parametrize("text", ["", "plain words", "{}", "{", "[1]", "<opml/>", "<a/>", "\0"])
def test_anything_else_is_no_feed_and_no_error(text):
    assert not read_feed(text, AT).is_feed


@pytest.mark.parametrize(
    "written",
    [
        "Tue, 05 Mar 2024 09:30:00 EST",
        "Tue, 5 Mar 2024 14:30:00 GMT",
        "Tue, 05 Mar 2024 15:30:00 CET",
        "Tue, 05 Mar 2024 20:00:00 IST",
        "5 Mar 2024 14:30 +0000",
        "2024-03-05T14:30:00Z",
        "2024-03-05T09:30:00-05:00",
        "2024-03-05 14:30:00",
        "March 5, 2024 2:30 pm",
    ],
)
def test_a_date_is_read_in_every_usual_form(written):
    assert moment(written) == datetime(2024, 3, 5, 14, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "hour"),
    [("BST", 8), ("CEST", 7), ("EEST", 6), ("MSK", 6), ("HKT", 1), ("KST", 0), ("AST", 13)],
)
def test_zones_are_known_by_their_names(zone, hour):
    read = moment(f"Tue, 05 Mar 2024 09:00:00 {zone}")
    assert read is not None
    assert (read.day, read.hour) == (5, hour)


def test_a_long_text_with_a_date_in_it_is_none():
    assert moment("2024-03-05T14:30:00Z" + " " * 60 + "or later, as the editors said again") is None


@pytest.mark.parametrize(
    "written", ["", "yesterday", "14:30", "March 2024", "0001-01-01", "9999-12-31T23:59:59-12:00"]
)
def test_what_is_no_whole_date_is_none(written):
    assert moment(written) is None
