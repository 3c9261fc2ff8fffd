"""Bookmarks, saved pages, outlines and notes."""

import io
import json
import plistlib
import time
import zipfile
from datetime import UTC, datetime

import pytest

from annotator.importing.readers.limits import MAX_DEPTH
from importing_files import marks_of, read_file

BOOKMARKS = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<TITLE>Bookmarks</TITLE><H1>Bookmarks</H1>
<DL><p>
<DT><H3 PERSONAL_TOOLBAR_FOLDER="true">Bookmarks bar</H3>
<DL><p>
<DT><H3>War</H3>
<DL><p>
<DT><A HREF="https://example.org/a?x=1&amp;y=2" ADD_DATE="1616337559" TAGS="x,y">A &amp; B</A>
<DD>A note
on two lines
<DT><A HREF="javascript:alert(1)">No</A>
</DL><p>
</DL><p>
<DT><A HREF="https://example.org/b" ADD_DATE="never">Outside</A>
</DL><p>
"""


def test_folders_of_bookmarks_are_tags_and_scripts_are_skipped():
    items, skipped = read_file(BOOKMARKS, expected="bookmarks")
    assert [(x.url, x.title, x.tags, x.excerpt) for x in items] == [
        ("https://example.org/a?x=1&y=2", "A & B", ("x", "y", "War"), "A note on two lines"),
        ("https://example.org/b", "Outside", (), ""),
    ]
    assert [each.line for each in skipped] == [11]


def test_browsers_have_bookmarks_of_their_own():
    chrome, _ = read_file(
        json.dumps(
            {
                "roots": {
                    "bookmark_bar": {
                        "name": "Bar",
                        "children": [
                            {
                                "type": "folder",
                                "name": "War",
                                "children": [
                                    {
                                        "type": "url",
                                        "name": "A",
                                        "url": "https://example.org/a",
                                        "date_added": "13118850929335823",
                                    }
                                ],
                            }
                        ],
                    }
                },
                "version": 1,
            }
        ),
        expected="bookmarks",
    )
    firefox, _ = read_file(
        json.dumps(
            {
                "type": "text/x-moz-place-container",
                "root": "placesRoot",
                "children": [
                    {
                        "type": "text/x-moz-place-container",
                        "title": "War",
                        "children": [
                            {
                                "type": "text/x-moz-place",
                                "uri": "https://example.org/a",
                                "title": "A",
                                "tags": "x,y",
                                "dateAdded": 1388166091644000,
                            },
                            {"type": "text/x-moz-place-separator"},
                        ],
                    }
                ],
            }
        ),
        expected="bookmarks",
    )
    assert (chrome[0].tags, chrome[0].added.year) == (("War",), 2016)
    assert (firefox[0].tags, firefox[0].added.year) == (("x", "y", "War"), 2013)


@pytest.mark.parametrize("fmt", [plistlib.FMT_BINARY, plistlib.FMT_XML])
def test_the_reading_list_of_safari_tells_what_was_read(fmt):
    entry = {"WebBookmarkType": "WebBookmarkTypeLeaf", "URLString": "https://example.org/a",
             "URIDictionary": {"title": "A"}, "ReadingList": {"PreviewText": "P"}}  # fmt: skip
    data = {
        "Children": [
            {
                "Title": "com.apple.ReadingList",
                "WebBookmarkType": "WebBookmarkTypeList",
                "Children": [entry],
            }
        ]
    }
    items, _ = read_file(plistlib.dumps(data, fmt=fmt), expected="bookmarks")
    assert [(x.url, x.title, x.state, x.tags) for x in items] == [
        ("https://example.org/a", "A", "unread", ())
    ]


def test_bookmarks_that_are_nested_without_end_are_refused():
    children = []
    for _ in range(MAX_DEPTH):
        children = [{"WebBookmarkType": "WebBookmarkTypeList", "Children": children}]
    items, skipped = read_file(plistlib.dumps({"Children": children}), expected="bookmarks")
    assert items == []
    assert [each.reason for each in skipped] == [f"It is nested more than {MAX_DEPTH} deep."]


def test_dates_of_safari_are_of_the_whole_world_wherever_they_are_read(monkeypatch):
    added = datetime(2024, 3, 2, 23, 30, tzinfo=UTC)
    stored = added.replace(tzinfo=None)  # property lists have no time zones
    entry = {"WebBookmarkType": "WebBookmarkTypeLeaf", "URLString": "https://example.org/a",
             "ReadingList": {"DateAdded": stored, "DateLastViewed": stored}}  # fmt: skip
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")  # 14 hours ahead
    time.tzset()
    try:
        items, _ = read_file(plistlib.dumps({"Children": [entry]}), expected="bookmarks")
    finally:
        monkeypatch.undo()
        time.tzset()
    [item] = items
    assert (item.added, item.state) == (added, "read")


def test_a_page_of_singlefile_has_its_highlights_and_notes():
    items, _ = read_file(
        "<!DOCTYPE html><html><!--\n Page saved with SingleFile \n url: https://example.org/a \n"
        " saved date: Tue Jan 02 2024 10:11:12 GMT+0100 (CET) \n--><title>T</title><body>"
        '<p>Some <span class="single-file-highlight single-file-highlight-yellow">marked '
        '<b>words</b></span> <span class="single-file-highlight single-file-highlight-yellow">and '
        "more</span> here.</p><single-file-note><template shadowrootmode=open><blockquote>marked "
        "words and more</blockquote><textarea>Why</textarea></template></single-file-note>",
        expected="singlefile",
    )
    [item] = items
    assert (item.url, item.title, item.added.hour) == ("https://example.org/a", "T", 9)
    assert marks_of(item) == [("marked words and more", "Why")]
    assert item.highlights[0].colour == "yellow"


def test_a_page_in_mhtml_is_its_first_html_part():
    items, _ = read_file(
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://example.org/a\n"
        "Subject: =?utf-8?Q?Caf=C3=A9?=\nDate: Tue, 2 Jan 2024 10:11:12 -0000\n"
        'MIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"; boundary="B"\n\n'
        "--B\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n"
        "<p>Caf=C3=A9 =\nwords</p>\n--B--\n",
        expected="mhtml",
    )
    [item] = items
    assert (item.url, item.title) == ("https://example.org/a", "Café")
    assert "<p>Café words</p>" in item.text.content


def test_an_outline_has_links_but_neither_feeds_nor_commands():
    items, skipped = read_file(
        '<?xml version="1.0"?><opml version="2.0"><body><outline text="War">'
        '<outline type="rss" text="A" xmlUrl="https://example.org/feed" htmlUrl="https://example.org/"/>'
        '<outline type="link" text="B &amp; C" url="https://example.org/b"/>'
        '<outline text="D" xmlUrl="|rm -rf ~"/></outline></body></opml>',
        expected="opml",
    )
    assert [(x.url, x.title, x.tags) for x in items] == [
        ("https://example.org/b", "B & C", ("War",)),
    ]
    assert [each.what for each in skipped] == ["A", "D"]


def test_omnivore_has_texts_and_highlights_beside_its_metadata():
    buffer = io.BytesIO()
    entry = {"id": "1", "slug": "a", "title": "T", "url": "https://example.org/a",
             "state": "Archived", "readingProgress": 50, "labels": ["x"],
             "savedAt": "2024-10-29T16:30:11.000Z"}  # fmt: skip
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("metadata_0_to_20.json", json.dumps([entry, entry | {"state": "DELETED"}]))
        file.writestr("content/a.html", "<p>Some words.</p>")
        file.writestr("highlights/a.md", "> Some words.\n\n#y #z\n\nWhy\n\n> More #y\n")
    items, skipped = read_file(buffer.getvalue(), expected="omnivore")
    [item] = items
    assert (item.text.content, item.state, item.progress) == ("<p>Some words.</p>", "archived", 0.5)
    assert marks_of(item) == [("Some words.", "Why"), ("More", "")]
    assert item.highlights[0].tags == ("y", "z")
    assert len(skipped) == 1


def test_pocket_joins_its_tables_and_highlights_in_an_archive():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr(
            "part_000000.csv",
            "title,url,time_added,tags,status\nA,https://example.org/a,1600322788,,unread\n",
        )
        file.writestr(
            "annotations/part_000000.json",
            json.dumps([{"url": "https://example.org/a", "title": "A",
                         "highlights": [{"quote": "Words.", "created_at": 1600322788}]}]),
        )  # fmt: skip
    items, _ = read_file(buffer.getvalue(), expected="pocket")
    assert [(x.member, marks_of(x)) for x in items] == [
        ("part_000000.csv", []),
        ("annotations/part_000000.json", [("Words.", "")]),
    ]


def test_a_note_in_markdown_has_a_highlight_for_each_quotation():
    items, _ = read_file(
        "---\ntitle: T\nsource: https://example.org/a\nauthor:\n  - '[[Ada Byron]]'\n"
        "tags: [x, y]\n---\n# Shown\n\n> [!quote] Claim\n> One\n> two.\n^id1\n\nWhy\n\n#z\n\n"
        "## Part\n\n> Three.\n",
        expected="markdown",
    )
    [item] = items
    assert (item.title, item.url, item.authors, item.tags) == (
        "T",
        "https://example.org/a",
        ("Ada Byron",),
        ("x", "y"),
    )
    assert marks_of(item) == [("One\ntwo.", "Why"), ("Three.", "")]
    assert (item.highlights[0].tags, item.highlights[1].location) == (("z",), "Part")


def test_a_page_clipped_to_markdown_is_its_text_with_the_marked_passages():
    [item], _ = read_file(
        "---\nsource: https://example.org/a\ntitle: T\n---\nIt cost ==four *million*\n"
        "[crowns](https://x.example)== then, and ==== is no sign, nor is \\==this==.\n\n"
        "```\nif a ==b== c\n\n==d==\n```\n\n> She said ==so==.\n\n# Part\n\n`==e==` ==open",
        expected="markdown",
    )
    assert marks_of(item) == [("four million crowns", ""), ("so", "")]
    assert [x.line for x in item.highlights] == [5, 14]
    assert item.highlights[0].prefix == "It cost"
    assert (item.title, item.text.media_type) == ("T", "text/markdown")
    assert item.text.content.startswith("It cost four *million*\n[crowns](https://x.example) then")
    assert item.text.content.endswith("> She said so.\n\n# Part\n\n`==e==` ==open")
    assert "if a ==b== c\n\n==d==\n```" in item.text.content


def test_a_page_of_a_web_clipper_without_marks_is_its_text():
    head = "---\ntitle: T\nsource: https://example.org/a\ntags:\n  - clippings\n---\n"
    [item], _ = read_file(f"{head}Words.\n\n> Of others.\n", expected="markdown")
    assert (item.text.content, item.highlights) == ("Words.\n\n> Of others.\n", ())


def test_highlights_of_instapaper_name_their_page_in_the_heading():
    items, _ = read_file(
        "# [A title](https://example.org/a)\n\n> One.\n\nWhy\n\n> Two.\n", expected="markdown"
    )
    assert (items[0].title, items[0].url) == ("A title", "https://example.org/a")
    assert marks_of(items[0]) == [("One.", "Why"), ("Two.", "")]


@pytest.mark.parametrize("yaml", ["a: &x 1\nb: *x", "a: !!python/object:os.system x"])
def test_front_matter_with_aliases_or_tags_is_refused(yaml):
    items, skipped = read_file(f"---\n{yaml}\n---\n> Words.\n", expected="markdown")
    assert not items
    assert "front matter" in skipped[0].reason


def test_tabs_of_onetab_have_titles_after_a_bar():
    items, _ = read_file(
        "https://example.org/a | A | B\n\nhttps://example.org/b | C\n", expected="onetab"
    )
    assert [(x.url, x.title) for x in items] == [
        ("https://example.org/a", "A | B"),
        ("https://example.org/b", "C"),
    ]


def test_a_list_of_highlights_in_markdown_has_fields_notes_and_tags():
    [item], skipped = read_file(
        "# Bread\n\n![rw-book-cover](https://example.org/c.png)\n\n## Metadata\n"
        "- Author: [[Ann Lee]] and [[Bob Ray]]\n- Full Title: Bread costs more\n"
        "- Category: #articles\n- Document Tags: [[food]] [[home economics]] \n"
        "- URL: https://example.org/bread\n\n## Highlights\n"
        "- Bread rose by a tenth ([View Highlight](https://read.readwise.io/read/01))\n"
        "    - Note: Check: by how much?\n    - Tags: [[prices]] \n"
        "### In spring\n- First line\nsecond line ([Location 60](kindle://x))\n",
        expected="highlight-list",
    )
    assert not skipped
    assert (item.title, item.url, item.tags, item.authors) == (
        "Bread costs more",
        "https://example.org/bread",
        ("food", "home-economics"),
        ("Ann Lee", "Bob Ray"),
    )
    assert [(x.quote, x.note, x.tags, x.location) for x in item.highlights] == [
        ("Bread rose by a tenth", "Check: by how much?", ("prices",), ""),
        ("First line\nsecond line", "", (), "location 60"),
    ]


def test_a_list_of_highlights_with_plain_notes_and_hash_tags_is_read():
    [item], _ = read_file(
        "# Moss\n\n### Metadata\n\n- Title: Moss\n- URL: https://example.org/moss\n"
        "- Document Tags: #garden #slow\n\n### Highlights & Notes\n\n- Moss is patient.\n"
        "\t- so true\n\n- It waits.\n",
        expected="highlight-list",
    )
    assert (item.url, item.tags) == ("https://example.org/moss", ("garden", "slow"))
    assert marks_of(item) == [("Moss is patient.", "so true"), ("It waits.", "")]


def test_a_note_with_the_address_of_a_page_holds_its_text():
    [item], skipped = read_file(
        "---\r\ntitle: Knots\r\nlink: https://example.org/knots\r\ndate: 2023-07-08\r\n---\r\n"
        "A rope remembers.\r\n",
        expected="markdown",
    )
    assert not skipped
    assert (item.url, item.title, item.text.content.strip()) == (
        "https://example.org/knots",
        "Knots",
        "A rope remembers.",
    )
    assert item.added.date().isoformat() == "2023-07-08"


def test_a_note_without_a_word_and_with_an_address_is_a_link():
    [item], _ = read_file(
        '---\nurl: "https://example.org/knots"\ntags: [a]\n---\n', name="Knots.md"
    )
    assert (item.url, item.title, item.text, item.tags) == (
        "https://example.org/knots",
        "Knots",
        None,
        ("a",),
    )


def test_the_entries_of_a_feed_are_links_with_tags_and_listed_highlights():
    items, _ = read_file(
        '<?xml version="1.0"?>\n<rss version="2.0"><channel><title>Library</title>\n'
        "<link>https://example.org/</link>\n<item><title>Rooms &amp; more</title>"
        "<link>https://example.org/a?b=1&amp;c=2</link>"
        "<pubDate>Fri, 24 Feb 2017 11:06:00 +0000</pubDate><category>memory</category>"
        "<category>method</category><description><![CDATA[<p>From a group</p><p><strong>"
        "Highlights and Sticky Notes:</strong></p><ul><li>First.</li><li>Second <b>words</b>."
        "</li></ul>]]></description></item></channel></rss>",
        expected="rss",
    )
    [item] = items
    assert (item.url, item.title) == ("https://example.org/a?b=1&c=2", "Rooms & more")
    assert (item.tags, item.excerpt, item.added.year) == (
        ("memory", "method"),
        "From a group",
        2017,
    )
    assert marks_of(item) == [("First.", ""), ("Second words.", "")]


def test_the_entries_of_atom_have_their_address_in_an_attribute():
    [item], _ = read_file(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><entry><title>A</title>'
        '<link href="https://example.org/a"/><link rel="self" href="https://example.org/x"/>'
        '<category term="t"/><updated>2024-05-06T07:08:09Z</updated><summary>S</summary>'
        "</entry></feed>",
        expected="rss",
    )
    assert (item.url, item.title, item.tags, item.excerpt) == (
        "https://example.org/a",
        "A",
        ("t",),
        "S",
    )


def test_a_saved_page_with_an_end_of_what_never_began_keeps_its_highlights():
    items, skipped = read_file(
        "<!DOCTYPE html><html><!--\n Page saved with SingleFile \n url: https://example.org/a \n"
        " saved date: Tue Jan 02 2024 10:11:12 GMT+0100 (CET) \n--><title>T</title><body></center>"
        '<p>Some <span class="single-file-highlight single-file-highlight-yellow">marked</font> '
        "words</span></p> here.</p>",
        expected="singlefile",
    )
    assert [marks_of(item) for item in items] == [[("marked words", "")]]
    assert not skipped
