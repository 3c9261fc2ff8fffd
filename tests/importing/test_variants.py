"""Files as older versions, other languages and other programs write them."""

import io
import json
import zipfile

import pytest

from importing_files import marks_of, read_file

END = "\n==========\n"


@pytest.mark.parametrize(
    ("place", "day", "wanted"),
    [
        ("Your Highlight on Page 7", "Added on Sunday, 8 March 15 21:03:12", "page 7"),
        ("Highlight on Page xii", "Added on Sunday, March 08, 2015, 09:03 PM", "page xii"),
        ("Highlight Loc. 2,345-47", "Added on March 8, 2015, 9:03 PM", "location 2345–2347"),
        ("Ihre Markierung bei Position 5", "Hinzugefügt am 8. März 2015 21:03", "location 5"),
    ],
)
def test_a_clipping_has_its_place_and_its_day(place, day, wanted):
    text = f"A Book (2nd ed.) (Writer)\n- {place} | {day}\n\nWords.{END}"
    [item], _ = read_file(text, expected="kindle")
    [mark] = item.highlights
    assert (item.title, item.authors) == ("A Book (2nd ed.)", ("Writer",))
    assert (mark.location, mark.created.date().isoformat()) == (wanted, "2015-03-08")


def test_a_table_with_a_nul_in_it_is_a_table():
    items, _ = read_file(
        "title,url,time_added\nA\0B,https://example.org/a,1600322788\n",
        expected="pocket",
    )
    assert [(x.title, x.url) for x in items] == [("AB", "https://example.org/a")]


def test_parts_of_a_highlight_in_the_table_of_readwise_are_one():
    items, _ = read_file(
        "Highlight,Book Title,Book Author,Amazon Book ID,Note,Location Type,Location\n"
        "end,B,A,B01,.c2 why,location,11\nstart,B,A,B01,.c1,location,10\nother,C,A,B02,,order,1\n",
        expected="readwise",
    )
    assert [marks_of(x) for x in items] == [[("start … end", "why")], [("other", "")]]


def test_highlights_of_raindrop_without_labels_are_highlights():
    items, _ = read_file(
        "title,note,excerpt,url,created,cover,highlights\n"
        'T,,,https://example.org/a,2024-01-01,,"Words.\nNote:why"\n',
        expected="raindrop",
    )
    assert marks_of(items[0]) == [("Words.", "why")]


def test_tags_and_comments_of_diigo_are_apart_from_the_quotes():
    items, _ = read_file(
        "title,url,tags,description,comments,annotations,created_at\n"
        'T,https://example.org/a,"a ""b c""",,,"Highlight: Words.\nComment: why",2024\n',
        expected="diigo",
    )
    assert (items[0].tags, marks_of(items[0])) == (("a", "b-c"), [("Words.", "why")])


def test_the_pages_of_links_of_instapaper_and_bare_bookmarks_are_read():
    items, _ = read_file(
        "<!DOCTYPE html><html><head><title>Instapaper: Export</title></head><body>"
        '<h1>Unread</h1><ol><li><a href="https://example.org/a">A</a></ol>'
        '<h1>My list</h1><ol><li><a href="https://example.org/b">B</a></ol></body></html>',
        expected="instapaper",
    )
    assert [(x.title, x.state, x.tags) for x in items] == [
        ("A", "unread", ()),
        ("B", None, ("My-list",)),
    ]
    items, _ = read_file(
        '<DL><DT><A HREF="https://example.org/a">A</A><DD>one<br>two\n'
        '<DT><A HREF="https://example.org/b">B\n</DL>',
        expected="bookmarks",
    )
    assert [(x.title, x.excerpt) for x in items] == [("A", "one two"), ("B", "")]


def test_a_list_has_markdown_links_brackets_and_two_addresses_on_a_line():
    items, _ = read_file(
        "- [T (1)](https://example.org/x_(y))\n<https://example.org/b>\n"
        "https://example.org/c and https://example.org/d\nC: https://example.org/e.\n",
        expected="list",
    )
    assert [(x.url.removeprefix("https://example.org/"), x.title) for x in items] == [
        ("x_(y)", "T (1)"),
        ("b", ""),
        ("c", ""),
        ("d", ""),
        ("e", "C"),
    ]


def test_a_document_of_hypothesis_has_its_address_and_pages():
    def quoted(words, *more):
        return {"selector": [{"type": "TextQuoteSelector", "exact": words}, *more]}

    page = {"type": "PageSelector", "index": 3, "label": "iv"}
    rows = [
        {"id": "1", "uri": "urn:x-pdf:1", "user": "u", "target": [quoted("Words.", page)],
         "document": {"title": ["D"], "link": [{"href": "https://example.org/d.pdf"}]}},
        {"id": "2", "uri": "https://example.org/a", "user": "u", "text": "", "tags": ["x"],
         "target": [{"source": "https://example.org/a"}]},
    ]  # fmt: skip
    items, skipped = read_file(json.dumps({"total": 2, "rows": rows}), expected="hypothesis")
    assert items[0].url == "https://example.org/d.pdf"
    assert items[0].highlights[0].location == "page iv"
    assert (items[1].tags, items[1].highlights, skipped) == (("x",), (), [])


def test_a_collection_without_annotations_says_so():
    items, skipped = read_file(
        json.dumps(
            {
                "@context": "http://www.w3.org/ns/anno.jsonld",
                "type": "AnnotationCollection",
                "first": "https://example.org/page1",
            }
        ),
        expected="w3c",
    )
    assert not items
    assert skipped[0].reason == "It holds no annotations, only where they are."


def test_bodies_and_targets_may_be_choices():
    [item, other], _ = read_file(
        json.dumps(
            {
                "@context": "http://www.w3.org/ns/anno.jsonld",
                "body": {"type": "Choice", "items": [{"id": "https://example.org/n"}]},
                "target": {"items": ["https://example.org/a", "https://example.org/b"]},
            }
        ),
        expected="w3c",
    )
    assert (item.url, other.url) == ("https://example.org/a", "https://example.org/b")
    assert marks_of(item) == [("", "https://example.org/n")]


def test_zotero_has_a_trash_and_addresses_of_papers():
    items, skipped = read_file(
        json.dumps(
            [
                {"key": "A", "version": 1, "data": {"key": "A", "itemType": "journalArticle",
                 "title": "J", "DOI": "10.1000/x1", "date": "1955"}},
                {"key": "B", "version": 1, "data": {"key": "B", "itemType": "webpage",
                 "title": "Gone", "url": "https://example.org/b", "deleted": 1}},
            ]
        ),
        expected="zotero",
    )  # fmt: skip
    assert [(x.url, x.published) for x in items] == [("https://doi.org/10.1000/x1", "1955")]
    assert skipped[0].what == "Gone"


def test_a_sidecar_has_bytes_as_numbers_and_notes_in_html():
    [item], _ = read_file(
        'return {["doc_props"] = {["title"] = "T", ["authors"] = "N/A"}, ["annotations"] = {{'
        '["drawer"] = "lighten", ["text"] = "caf\\195\\169 \\\\", ["note"] = "<b>why</b>", '
        '["note_format"] = "html"}}}',
        expected="koreader",
    )
    assert (item.authors, marks_of(item)) == ((), [("café \\", "why")])


def test_a_highlight_over_two_paragraphs_of_a_saved_page_has_a_break():
    mark = 'class="single-file-highlight single-file-highlight-yellow"'
    [item], _ = read_file(
        "<!--\n Page saved with SingleFile\n url: https://example.org/a\n--><title>T</title>"
        f"<p>x <mark {mark}>One</mark></p><p><mark {mark}>two</mark> y</p>",
        expected="singlefile",
    )
    assert marks_of(item) == [("One\ntwo", "")]


def test_labels_of_omnivore_may_be_numbers_and_pictures():
    row = {"slug": "s", "title": "T", "url": "https://example.org/a", "savedAt": "2024-01-01"}
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("metadata_0_to_20.json", json.dumps([row]))
        archive.writestr(
            "highlights/s.md", "> Words.\n\n#2024 #🌳 #R&D\n#1 in all of it, they say\n"
        )
    [item], _ = read_file(data.getvalue(), expected="omnivore")
    [mark] = item.highlights
    assert (mark.quote, mark.tags, mark.note) == (
        "Words.",
        ("2024", "🌳", "R&D"),
        "#1 in all of it, they say",
    )


@pytest.mark.parametrize(
    "end",
    [
        "B,https://exam",
        'B,"https://example.org/b,1600322788,,unread\nC,https://example.org/c,1600322788,,unread\n',
    ],
)
def test_the_last_row_of_a_cut_table_is_skipped(end):
    items, skipped = read_file(
        f"title,url,time_added,tags,status\nA,https://example.org/a,1600322788,,unread\n{end}",
        expected="pocket",
    )
    assert [x.title for x in items] == ["A"]
    assert skipped[0].reason.startswith("The file ends in the middle of this row")


def test_an_address_without_a_host_is_none():
    items, _ = read_file("title,url,time_added\nA,http://,1600322788\n", expected="pocket")
    assert (items[0].url, items[0].remarks) == ("", ("“http://” is not a web address.",))


def test_a_note_has_the_address_of_the_page_and_quotes_without_links_back():
    [item], _ = read_file(
        "---\ntitle: Bread: dear\n---\n# Bread\n\n[Omnivore](https://omnivore.app/me/x)\n"
        "[Read Original](https://example.org/a)\n\n> Words. [⤴️](https://omnivore.app/me/x#1)\n\n"
        "- > More. ([View Highlight](https://read.readwise.io/read/1))\n",
        expected="markdown",
    )
    assert (item.url, item.title) == ("https://example.org/a", "Bread: dear")
    assert marks_of(item) == [("Words.", ""), ("More.", "")]
