"""Kindle in its newer forms, Bookcision, and Moon+ Reader."""

import pytest

from importing_files import marks_of, read_file

END = "\n==========\n"


@pytest.mark.parametrize(
    "head",
    [
        "– Ваша заметка в месте 60–61 | Добавлено: пятница, 2 июня 2023 г. в 9:01:02",
        "— Ваш выделенный отрывок в месте 60–61 | Добавлено: пятница, 2 июня 2023 г. в 9:01:02",
        "- Your Underline on page 5 | Location 60-61 | Added on Friday, June 2, 2023 9:01:02 AM",
        "- Ihre Unterstreichung bei Position 60-61 | Hinzugefügt am Freitag, 2. Juni 2023 9:01:02",
    ],
)
def test_clippings_with_longer_dashes_and_underlines_are_read(head):
    [book], skipped = read_file(f"A book (Ann Lee)\n{head}\n\nWords.{END}", expected="kindle")
    assert not skipped
    [mark] = book.highlights
    assert "Words." in (mark.quote, mark.note.partition(": ")[2])
    assert mark.created.date().isoformat() == "2023-06-02"


NOTEBOOK = """<html><head><title></title></head><body><div class="bodyContainer">
<div class="notebookFor">Notes and highlights for</div>
<div class="bookTitle">A book &amp; more</div><div class="authors">Lee, Ann; Ray, Bob</div>
<h2 class="sectionHeading">Chapter 1</h2>
<h3 class="noteHeading">Highlight (<span class="highlight_yellow">yellow</span>) - Page 5</div>
<div class="noteText">First words.</h3>
<h3 class="noteHeading">Note - Page 5</div><div class="noteText">Why?</h3>
<h3 class="noteHeading">Highlight (<span class="highlight_blue">blue</span>) - Location 99</div>
<div class="noteText">Second
words.</h3></div></body></html>"""


def test_the_notebook_of_a_kindle_app_has_chapters_colours_and_notes():
    [book], skipped = read_file(NOTEBOOK, expected="kindle-notebook")
    assert not skipped
    assert (book.title, book.authors, book.medium) == (
        "A book & more",
        ("Lee, Ann", "Ray, Bob"),
        "book",
    )
    assert marks_of(book) == [("First words.", "Why?"), ("Second words.", "")]
    assert [(mark.location, mark.colour) for mark in book.highlights] == [
        ("Chapter 1, page 5", "yellow"),
        ("Chapter 1, location 99", "blue"),
    ]


def test_a_note_of_a_notebook_that_is_elsewhere_is_one_of_its_own():
    page = NOTEBOOK.replace("Note - Page 5<", "Note - Page 5 · Location 70<").replace(
        "yellow</span>) - Page 5", "yellow</span>) - Page 4 · Location 60"
    )
    [book], _ = read_file(page, expected="kindle-notebook")
    assert marks_of(book) == [
        ("First words.", ""),
        ("", "Chapter 1, page 5 · location 70: Why?"),
        ("Second words.", ""),
    ]


def test_bookcision_has_highlights_and_notes_alone():
    [book], _ = read_file(
        '{"asin": "B01", "title": "A book", "authors": "Ann Lee and Bob Ray", "highlights": ['
        '{"text": "Words.", "isNoteOnly": false, "location": {"url": "", "value": 60},'
        ' "note": "Why?"}, {"text": "Alone.", "isNoteOnly": true, "location": {"value": 9},'
        ' "note": null}, {"text": "", "isNoteOnly": true, "note": "Empty."}]}',
        expected="bookcision",
    )
    assert (book.title, book.authors, book.source_id) == ("A book", ("Ann Lee", "Bob Ray"), "B01")
    assert marks_of(book) == [("Words.", "Why?"), ("", "Alone."), ("", "Empty.")]
    assert book.highlights[0].location == "location 60"


def test_moon_reader_has_records_of_lines():
    record = (
        "#\n7\nA book\n/sdcard/Books/a.epub\n/sdcard/books/a.epub\n3\n0\n1200\n6\n"
        "-11184811\n1685696462000\n\nWhy?<BR>So.\nWords.<BR>More.\n0\n0\n0\n"
    )
    mark_only = record.replace("Words.<BR>More.", "").replace("Why?<BR>So.", "")
    [book], [skipped] = read_file(
        f"0\nindent:false\ntrim:false\n{record}{mark_only}#\n", expected="moon-reader"
    )
    assert (book.title, marks_of(book)) == ("A book", [("Words.\nMore.", "Why?\nSo.")])
    assert (book.highlights[0].colour, book.highlights[0].created.year) == ("#555555", 2023)
    assert "bookmark" in skipped.reason


def test_linkding_has_states_and_notes_apart_from_descriptions():
    items, _ = read_file(
        "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>\n"
        '<DT><A HREF="https://example.org/a" ADD_DATE="1600322788" TOREAD="0" '
        'TAGS="x,linkding:bookmarks.archived">A</A>\n'
        "<DD>About it.[linkding-notes]Mine.\nAnd more.[/linkding-notes]\n"
        '<DT><A HREF="https://example.org/b" TOREAD="0" TAGS="">B</A>\n<DD>Only this.\n'
        '<DT><A HREF="https://example.org/c" TOREAD="1" TAGS="">C</A>\n</DL><p>\n',
        expected="bookmarks",
    )
    assert [(x.state, x.tags, x.excerpt, x.note) for x in items] == [
        ("archived", ("x",), "About it.", "Mine.\nAnd more."),
        ("read", (), "Only this.", ""),
        ("unread", (), "", ""),
    ]


def test_feeds_are_no_articles():
    items, skipped = read_file(
        '<opml><body><outline text="News" type="rss" xmlUrl="https://example.org/feed" '
        'htmlUrl="https://example.org/"/><outline text="A page" type="link" '
        'url="https://example.org/a"/></body></opml>',
        expected="opml",
    )
    assert [item.url for item in items] == ["https://example.org/a"]
    assert "feed" in skipped[0].reason
