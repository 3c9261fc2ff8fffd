"""The JSON of services."""

import json

from annotator.model import Claim
from importing_files import marks_of, read_file


def read_json(value, expected):
    return read_file(json.dumps(value, ensure_ascii=False, indent=1), expected=expected)


def test_pocket_leaves_out_what_is_deleted():
    entry = {
        "given_url": "https://example.org/a",
        "resolved_title": "A",
        "time_added": "1600000000",
    }
    items, skipped = read_json(
        {
            "list": {
                "1": entry | {"status": "1", "favorite": "1", "tags": {"x": {"tag": "x"}}},
                "2": entry | {"status": "2"},
            }
        },
        "pocket",
    )
    assert [(x.state, x.tags) for x in items] == [("archived", ("x", "favourite"))]
    assert len(skipped) == 1


def test_readwise_joins_the_parts_of_a_highlight():
    mark = {
        "text": "One",
        "location": 1,
        "note": ".c1 .idea",
        "id": 7,
        "highlighted_at": "2024-01-01",
    }
    items, _ = read_json(
        {
            "count": 1,
            "results": [
                {
                    "user_book_id": 3,
                    "title": "T",
                    "source_url": "https://example.org/a",
                    "category": "articles",
                    "book_tags": [{"id": 1, "name": "x"}],
                    "highlights": [
                        mark,
                        mark | {"text": "two", "location": 2, "note": ".c2", "id": 8},
                        mark | {"text": "Three.", "location": 3, "note": "Why", "id": 9},
                        mark | {"text": "Gone.", "is_discard": True},
                    ],
                }
            ],
        },
        "readwise",
    )
    [item] = items
    assert marks_of(item) == [("One … two", ""), ("Three.", "Why")]
    assert item.highlights[0].tags == ("idea",)
    assert len(item.remarks) == 1


def test_reader_joins_highlights_and_notes_to_their_document():
    document = {"source_url": "https://example.org/a", "location": "archive", "reading_progress": 1}
    items, skipped = read_json(
        {
            "results": [
                {"id": "n", "category": "note", "parent_id": "h", "content": "Why"},
                {"id": "h", "category": "highlight", "parent_id": "d", "content": "Words."},
                document | {"id": "d", "category": "article", "title": "T", "tags": {"x": {}}},
                {"id": "l", "category": "highlight", "parent_id": "gone", "content": "Lost."},
                document | {"id": "f", "category": "rss", "location": "feed"},
            ]
        },
        "reader",
    )
    [item] = items
    assert (item.state, item.tags, marks_of(item)) == ("archived", ("x",), [("Words.", "Why")])
    assert {each.what for each in skipped} == {"Lost.", "https://example.org/a"}


def test_wallabag_has_texts_and_annotations():
    items, _ = read_json(
        [
            {
                "id": 1,
                "url": "https://example.org/a",
                "title": "T",
                "is_archived": 1,
                "is_starred": "0",
                "created_at": "2016-09-08T11:55:58+0200",
                "content": "<p>Words.</p>",
                "mimetype": "text/html; charset=utf-8",
                "tags": ["x"],
                "annotations": [{"text": "Why", "quote": "Words."}],
            }
        ],
        "wallabag",
    )
    assert items[0].text.content == "<p>Words.</p>"
    assert (items[0].state, items[0].added.hour) == ("archived", 9)
    assert marks_of(items[0]) == [("Words.", "Why")]


def test_hypothesis_adds_replies_to_the_note_that_they_answer():
    target = {
        "selector": [
            {"type": "TextPositionSelector", "start": 5, "end": 11},
            {"type": "TextQuoteSelector", "exact": "Words.", "prefix": "a ", "suffix": " b"},
        ]
    }
    note = {"uri": "https://example.org/a", "user": "acct:me@x", "text": "Why", "tags": ["x"]}
    items, skipped = read_json(
        {
            "export_userid": "acct:me@x",
            "annotations": [
                note | {"id": "1", "target": [target], "document": {"title": ["T"]}},
                note | {"id": "2", "target": [target], "references": ["1"], "text": "No"},
                note | {"id": "3", "references": ["9"], "target": [{}]},
                note | {"id": "4", "target": [{"source": "https://example.org/a"}]},
            ],
        },
        "hypothesis",
    )
    first, on_page = items
    [mark] = first.highlights
    assert (mark.quote, mark.prefix, mark.suffix, mark.position.start) == ("Words.", "a ", " b", 5)
    assert mark.note == "Why\n\nme: No"
    assert (on_page.tags, marks_of(on_page)) == (("x",), [("", "Why")])
    assert len(skipped) == 1


def test_lists_of_karakeep_and_collections_of_linkwarden_are_tags():
    karakeep, skipped = read_json(
        {
            "bookmarks": [
                {
                    "createdAt": 1700000000,
                    "title": "T",
                    "tags": ["x"],
                    "lists": ["2"],
                    "content": {"type": "link", "url": "https://example.org/a"},
                    "archived": True,
                },
                {"createdAt": 1, "title": "E", "content": None},
                {"createdAt": 1, "title": "N", "content": {"type": "text", "text": "# A note"}},
            ],
            "lists": [{"id": "1", "name": "Work"}, {"id": "2", "name": "War", "parentId": "1"}],
        },
        "karakeep",
    )
    assert [(x.tags, x.state) for x in karakeep] == [
        (("x", "Work/War"), "archived"),
        ((), "unread"),
    ]
    assert len(skipped) == 1
    link = {"name": "T", "url": "https://example.org/a", "tags": [{"name": "x"}]}
    linkwarden, _ = read_json(
        {
            "collections": [
                {"id": 1, "name": "Work", "links": []},
                {"id": 2, "name": "War", "parentId": 1, "links": [link]},
            ],
            "pinnedLinks": [link],
        },
        "linkwarden",
    )
    assert [x.tags for x in linkwarden] == [("x", "Work/War"), ("x", "pinned")]


def test_glasp_pinboard_and_readest_tell_their_fields():
    [glasp], _ = read_json(
        {
            "results": [
                {
                    "id": "1",
                    "title": "T",
                    "url": "https://example.org/a",
                    "domain": "example.org",
                    "document_note": "All",
                    "highlights": [{"id": "h", "text": "Words.", "note": "Why"}],
                }
            ]
        },
        "glasp",
    )
    [pinboard], _ = read_json(
        [
            {
                "href": "https://example.org/a",
                "description": "T",
                "extended": "N",
                "time": "2016-10-31T15:57:56Z",
                "toread": "yes",
                "tags": "x y",
            }
        ],
        "pinboard",
    )
    [readest], skipped = read_json(
        {
            "$format": "readest-annotations",
            "version": 1,
            "book": {"title": "B", "author": "A"},
            "annotations": [
                {"id": "1", "type": "annotation", "text": "Words.", "createdAt": 1700000000000},
                {"id": "2", "type": "bookmark", "text": "Some"},
            ],
        },
        "readest",
    )
    assert (glasp.note, marks_of(glasp)) == ("All", [("Words.", "Why")])
    assert (pinboard.title, pinboard.state, pinboard.tags) == ("T", "unread", ("x", "y"))
    assert readest.highlights[0].created.year == 2023
    assert len(skipped) == 1


def test_zotero_puts_annotations_below_the_item_of_their_attachment():
    items, _ = read_json(
        [
            {"key": "A", "version": 1, "data": {"key": "A", "itemType": "webpage", "title": "T",
             "url": "https://example.org/a", "tags": [{"tag": "x"}],
             "creators": [{"creatorType": "author", "firstName": "Ada", "lastName": "Byron"}]}},
            {"key": "B", "version": 1, "data": {"key": "B", "itemType": "attachment",
             "parentItem": "A"}},
            {"key": "C", "version": 1, "data": {"key": "C", "itemType": "annotation",
             "parentItem": "B", "annotationType": "highlight", "annotationText": "Words.",
             "annotationComment": "Why", "annotationColor": "#ffd400",
             "annotationSortIndex": "00001|000123|00045", "annotationPageLabel": "2"}},
        ],
        "zotero",
    )  # fmt: skip
    [item] = items
    assert (item.url, item.authors, item.tags) == ("https://example.org/a", ("Ada Byron",), ("x",))
    assert marks_of(item) == [("Words.", "Why")]
    assert item.highlights[0].location == "page 2"


def test_the_clipper_joins_the_pieces_of_one_highlight():
    piece = {"type": "text", "xpath": "/p", "notes": [], "groupId": "g"}
    items, _ = read_json(
        [
            {
                "url": "https://example.org/a",
                "highlights": [],
                "data": [
                    piece
                    | {"id": "1", "content": "<p>One <b>word</b>.</p>"}
                    | {"textQuote": {"prefix": "Before. ", "suffix": "Two."}},
                    piece
                    | {"id": "2", "content": "Two.", "notes": ["Why"]}
                    | {"textQuote": {"prefix": "word.", "suffix": " After."}},
                ],
            }
        ],
        "clipper",
    )
    assert marks_of(items[0]) == [("One word.\n\nTwo.", "Why")]
    [mark] = items[0].highlights
    assert (mark.prefix, mark.suffix) == ("Before. ", " After.")


def test_highlights_of_the_clipper_without_a_group_stay_apart():
    page = {"url": "https://example.org/a", "highlights": [{"text": "One."}, {"text": "Two."}]}
    pieces = [
        {"xpath": "/p", "content": content, "textQuote": {}} for content in ("Three.", "Four.")
    ]
    items, _ = read_json([page, page | {"highlights": [], "data": pieces}], "clipper")
    assert [[quote for quote, _ in marks_of(item)] for item in items] == [
        ["One.", "Two."],
        ["Three.", "Four."],
    ]


def test_an_annotation_of_the_web_model_may_be_a_claim_without_details():
    body = {"value": "claim", "purpose": "classifying"}
    target = {"source": "https://example.org/a",
              "selector": {"type": "TextQuoteSelector", "exact": "It rose."}}  # fmt: skip
    items, _ = read_json(
        {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation", "body": body}
        | {"target": target},
        "w3c",
    )
    [mark] = items[0].highlights
    assert (mark.kind, mark.claim, mark.note) == ("claim", Claim(), "")


def test_an_annotation_of_the_web_model_has_notes_tags_and_positions():
    selector = {
        "type": "TextQuoteSelector",
        "exact": "Words.",
        "prefix": "a ",
        "refinedBy": {"type": "TextPositionSelector", "start": 1, "end": 7},
    }
    items, skipped = read_json(
        {
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "type": "AnnotationPage",
            "items": [
                {
                    "id": "urn:1",
                    "type": "Annotation",
                    "body": [
                        {"type": "TextualBody", "value": "<p>Why</p>", "format": "text/html"},
                        {"type": "TextualBody", "value": "x", "purpose": "tagging"},
                        {"value": "y", "purpose": ["describing", "tagging"]},
                        {"value": "z", "role": "tagging"},
                        {"value": "question", "purpose": ["classifying"]},
                        "And so on.",
                    ],
                    "target": {"source": "https://example.org/a", "selector": selector},
                },
                {"id": "urn:2", "type": "Annotation", "bodyValue": "B",
                 "target": {"source": "https://example.org/i.png",
                            "selector": {"type": "SvgSelector", "value": "<svg/>"}}},
            ],
        },
        "w3c",
    )  # fmt: skip
    passage, drawing = items
    [mark] = passage.highlights
    assert (mark.note, mark.tags, mark.position.start) == ("Why\n\nAnd so on.", ("x", "y", "z"), 1)
    assert mark.kind == "question"
    assert (drawing.highlights[0].quote, drawing.highlights[0].note) == ("", "B")
    assert "not a passage of text" in drawing.remarks[0]
    assert not skipped


def test_another_list_is_read_by_its_usual_names():
    items, _ = read_json(
        [{"url": "https://example.org/a", "title": "T", "tags": ["x"], "is_saved": True}], "json"
    )
    assert (items[0].title, items[0].tags) == ("T", ("x",))


def test_pinboard_is_read_as_xml_and_its_description_is_about_the_page():
    items, _ = read_file(
        '<?xml version="1.0"?><posts user="ann">\n<post href="https://example.org/?a=1&amp;b=2"'
        ' time="2011-05-06T11:12:13Z" description="Bread" extended="Why it rose." tag="food home"'
        ' hash="1" shared="no" toread="yes" />\n'
        '<post href="https://example.org/b" description="B" extended="" tag="" hash="2"/></posts>',
        expected="pinboard",
    )
    assert [(x.url, x.title, x.tags, x.state) for x in items] == [
        ("https://example.org/?a=1&b=2", "Bread", ("food", "home"), "unread"),
        ("https://example.org/b", "B", (), "read"),
    ]
    assert (items[0].excerpt, items[0].note, items[0].line) == ("Why it rose.", "", 2)


def test_json_of_unknown_services_keeps_what_has_the_usual_names():
    """Such as the answers of linkding's API."""
    items, skipped = read_file(
        '{"results": [{"url": "https://example.org/a", "title": "", "website_title": "A",'
        '"description": "About it.", "notes": "Mine.", "tag_names": ["x", "y"],'
        '"date_added": "2024-05-05", "date_modified": "2024-05-06", "unread": false,'
        '"is_archived": false, "favicon_url": "f"},'
        '{"url": "https://example.org/b", "unread": true, "extended": "E", "folder": "Later/on",'
        '"time_added": "1600322788", "highlights": ["First.", "Second."]},'
        '{"url": "https://example.org/c", "status": "archive", "highlights":'
        ' [{"text": "Third.", "comment": "why", "tags": ["t"], "highlighted_at": "2024-05-07"}]}]}',
        expected="json",
    )
    assert [(x.title, x.state, x.tags, x.excerpt, x.note) for x in items] == [
        ("A", "read", ("x", "y"), "About it.", "Mine."),
        ("", "unread", ("Later/on",), "E", ""),
        ("", "archived", (), "", ""),
    ]
    assert [x.added.year for x in items[:2]] == [2024, 2020]
    assert [marks_of(x) for x in items[1:]] == [
        [("First.", ""), ("Second.", "")],
        [("Third.", "why")],
    ]
    [mark] = items[2].highlights
    assert (mark.tags, mark.created.day) == (("t",), 7)
    assert [each.reason for each in skipped] == [
        "What these mean is not known, so they are left out: favicon_url."
    ]


def test_vivaldi_has_descriptions_separators_and_a_trash():
    items, skipped = read_file(
        '{"version": 1, "roots": {"bookmark_bar": {"type": "folder", "name": "Bookmarks",'
        '"children": [{"type": "url", "name": "A", "url": "https://example.org/a",'
        '"meta_info": {"Description": "About it."}}, {"type": "url", "name": "---",'
        '"url": "http://bookmark.placeholder.url/", "meta_info": {"Separator": "true"}}]},'
        '"trash": {"type": "folder", "name": "Trash", "children": [{"type": "url", "name": "B",'
        '"url": "https://example.org/b"}]}}}',
        expected="bookmarks",
    )
    assert [(x.url, x.excerpt) for x in items] == [("https://example.org/a", "About it.")]
    assert [(each.what, each.reason) for each in skipped] == [
        ("B", "It is in the trash of the browser.")
    ]


def test_readeck_has_bookmarks_with_their_annotations_and_annotations_of_others():
    bookmark = {
        "id": "b1", "url": "https://example.org/a", "title": "A", "is_archived": False,
        "is_marked": True, "read_progress": 40, "labels": ["x"], "authors": ["Ann Lee"],
        "created": "2024-05-12T10:00:00Z",
    }  # fmt: skip
    archived = bookmark | {"id": "b3", "url": "https://example.org/c", "is_archived": True}
    annotation = {"bookmark_id": "b1", "bookmark_url": "https://example.org/a", "text": "Words."}
    other = {"bookmark_id": "b2", "bookmark_url": "https://example.org/b", "bookmark_title": "B",
             "text": "More."}  # fmt: skip
    items, skipped = read_json(
        {"bookmarks": [bookmark, archived], "annotations": [annotation, other]}, "readeck"
    )
    assert not skipped
    assert [(one.url, one.title, one.state, marks_of(one)) for one in items] == [
        ("https://example.org/a", "A", "reading", [("Words.", "")]),
        ("https://example.org/c", "A", "archived", []),
        ("https://example.org/b", "B", None, [("More.", "")]),
    ]
    assert items[0].tags == ("x", "favourite")
    assert items[0].authors == ("Ann Lee",)
    assert items[0].added.isoformat() == "2024-05-12T10:00:00+00:00"


def test_linkwarden_has_links_of_collections_with_the_names_of_these_as_tags():
    link = {"name": "A", "url": "https://example.org/a", "tags": [{"name": "x"}]}
    items, skipped = read_json(
        {
            "collections": [
                {"id": 1, "name": "War", "links": [link]},
                {"id": 2, "parentId": 1, "name": "Sea", "links": [link, {"name": "No address"}],
                 "rssSubscriptions": [{"name": "A feed", "url": "https://example.org/feed"}]},
            ],
            "pinnedLinks": [link],
        },
        "linkwarden",
    )  # fmt: skip
    assert [one.tags for one in items] == [("x", "War"), ("x", "War/Sea"), ("x", "pinned")]
    assert [(one.reason, one.what) for one in skipped] == [
        ("The link has no address.", "No address"),
        ("It is a feed, not a page.", "A feed"),
    ]


def test_linkwarden_s_links_of_its_api_have_highlights_at_their_places():
    highlight = {"text": "Words.", "comment": "Why?", "startOffset": 5, "endOffset": 11}
    marks = [highlight, highlight | {"text": "First.", "startOffset": 1}]
    link = {"name": "A", "url": "https://example.org/a", "collection": {"name": "War"}}
    [item], _ = read_json({"links": [link | {"highlights": marks}]}, "linkwarden")
    assert item.tags == ("War",)
    assert marks_of(item) == [("Words.", "Why?"), ("First.", "Why?")]
    assert [mark.order for mark in item.highlights] == [5, 1]


def test_pocket_s_page_of_links_has_what_was_read_under_a_heading_of_its_own():
    page = """<!DOCTYPE html><html><head><title>Pocket Export</title></head><body>
<h1>Unread</h1><ul><li><a href="https://example.org/a" time_added="1600000000" tags="x,y">A</a></li>
<li><a href="https://example.org/b" time_added="1600000000" tags="">https://example.org/b</a></li></ul>
<h1>Read Archive</h1><ul><li><a href="https://example.org/c" time_added="1600000001">C</a></li></ul>
</body></html>"""
    items, skipped = read_file(page, expected="pocket")
    assert not skipped
    assert [(one.url, one.title, one.state, one.tags) for one in items] == [
        ("https://example.org/a", "A", "unread", ("x", "y")),
        ("https://example.org/b", "", "unread", ()),
        ("https://example.org/c", "C", "archived", ()),
    ]
    assert items[0].added.year == 2020


def _hypothesis(user, number, **values):
    address = "https://example.org/a"
    selector = {"type": "TextQuoteSelector", "exact": f"Words {number}"}
    target = [{"source": address, "selector": [selector]}]
    return {"id": f"h{number}", "user": user, "uri": address, "text": "", "tags": []} | {
        "target": target,
        "created": "2026-03-14T09:26:53+00:00",
        **values,
    }


def test_hypothesis_names_the_authors_of_a_group_and_nobody_in_a_file_of_ones_own():
    ann = _hypothesis("acct:ann@hypothes.is", 1, user_info={"display_name": "Ann Lee"})
    also, bo = (_hypothesis(f"acct:{name}@hypothes.is", at) for at, name in ((2, "ann"), (3, "bo")))
    items, _ = read_json({"annotations": [ann, also, bo]}, "hypothesis")
    assert [item.highlights[0].author for item in items] == ["Ann Lee", "ann", "bo"]
    items, _ = read_json({"annotations": [also]}, "hypothesis")
    assert [item.highlights[0].author for item in items] == [""]


def test_a_web_annotation_names_its_creator_but_no_program_or_address():
    def of(creator):
        return {
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": "urn:x:1",
            "type": "Annotation",
            "creator": creator,
            "target": {
                "source": "https://example.org/a",
                "selector": {"type": "TextQuoteSelector", "exact": "Words"},
            },
        }

    for creator, name in (
        ({"type": "Person", "name": "Ann\x1b[1m Lee"}, "Ann Lee"),
        ([{"type": "Software", "name": "Robot"}], ""),
        ("https://example.org/ann", ""),
        ([{"type": "Person", "nickname": "bo"}, {"name": "Cy"}], "bo"),
    ):
        items, _ = read_json(of(creator), "w3c")
        assert [item.highlights[0].author for item in items] == [name]
