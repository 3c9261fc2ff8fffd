"""Items and highlights by tables of fields."""

from datetime import UTC, datetime

from annotator.importing.fields import FieldTable, flagged, format_of_fields, percent, split
from annotator.importing.item import ImportedHighlight, Skipped
from annotator.importing.source import SourceFile

PAGE = FieldTable(
    item={
        "url": "link url",
        "title": "meta.title title",
        "added": "saved",
        "progress": percent("read"),
        "tags": ("tags", flagged("starred liked")),
    },
    marks="marks",
    mark={"created": "when"},
    skip=lambda page: "It is gone." if page.flag("gone") else "",
)


def only_item(text):
    [page] = SourceFile("x.json", text.encode()).json_objects()
    return PAGE.read(page)


def test_the_first_field_that_is_not_empty_counts():
    item = only_item('[{"link": " ", "url": "https://e.org/a", "meta": {"title": "T"}, "id": 7}]')
    assert (item.url, item.title, item.source_id) == ("https://e.org/a", "T", "7")


def test_tags_are_those_of_all_rules():
    item = only_item('[{"tags": ["a", "b"], "liked": 1}]')
    assert item.tags == ("a", "b", "favourite")


def test_progress_in_percent_is_a_share_and_nothing_is_none():
    assert only_item('[{"read": 25}]').progress == 0.25
    assert only_item('[{"title": "T"}]').progress is None


def test_highlights_have_their_usual_fields_and_a_wrong_date_is_remarked():
    item = only_item('[{"saved": "2024-01-02",\n "marks": [{"text": "words", "when": "soon"}]}]')
    assert item.added == datetime(2024, 1, 2, tzinfo=UTC)
    assert item.highlights == (ImportedHighlight(quote="words", line=2),)
    assert item.remarks == ("“soon” is not a date.",)


def test_what_is_skipped_says_why_and_shows_itself():
    assert only_item('[{"gone": true, "title": "T"}]') == Skipped(1, "It is gone.", "T")


def test_a_row_is_one_highlight_unless_it_has_no_words():
    rows = FieldTable(item={"tags": split("labels", "|")}, mark={"quote": "passage"})
    source = SourceFile(
        "x.csv", b"URL,Passage,Labels\nhttps://e.org/a,words,a|b\nhttps://e.org/b,,\n"
    )
    first, second = map(rows.read, source.rows())
    assert first.highlights == (ImportedHighlight(quote="words", line=2),)
    assert (first.tags, second.highlights) == (("a", "b"), ())


def test_a_format_of_fields_tells_its_tables_and_its_json():
    table = FieldTable(item={})
    shelf = format_of_fields(
        "shelf", "Shelf", columns=("shelf_id url",), row=table, signs=("shelf url",), record=table
    )
    for text in ("Shelf ID,URL\n1,https://e.org/a\n", '[{"shelf": 1, "url": "https://e.org/a"}]'):
        source = SourceFile("", text.encode())
        assert shelf.sniff(source) is True
        assert [item.url for item in shelf.read(source)] == ["https://e.org/a"]
    assert shelf.sniff(SourceFile("", b"Name,URL\n1,2\n")) is False


def test_a_highlight_that_is_skipped_says_why_and_the_others_are_read():
    table = FieldTable(
        item={"title": "book.name"},
        marks="marks",
        skip_mark=lambda mark: "It is gone." if mark.flag("gone") else "",
    )
    text = b'[{"book": {"name": "T"}, "marks": [{"text": "a", "gone": true}, {"text": "b"}]}]'
    [page] = SourceFile("x.json", text).json_objects()
    skipped, item = table.items(page)
    assert skipped == Skipped(1, "It is gone.", "a")
    assert (item.title, [mark.quote for mark in item.highlights]) == ("T", ["b"])
