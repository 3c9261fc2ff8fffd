"""The files of readers of books: Kindle, KOReader, Kobo, Calibre."""

import base64
import json
import sqlite3

import pytest

from annotator.errors import ImportFailed
from annotator.importing.readers.lua import read_lua
from importing_files import marks_of, read_file

END = "=========="


def clipping(head, words="Words.", title="Book (A. Author)"):
    return f"\ufeff{title}\r\n{head}\r\n\r\n{words}\r\n{END}\r\n"


HEADS = """\
2023-06-02T21:01 60  Your Highlight on page 5 | Location 60-61 | Added on June 2, 2023 9:01:02 PM
2019-09-30T00:14 98  Your Highlight at location 98-99 | Added on 30 September 2019 00:14:06
2020-08-03T10:11 10  La subrayado en la posición 10-12 | Añadido 3 de agosto de 2020 10:11:12
2023-06-02T09:01 60  Seu destaque ou posição 60-61 | Adicionado: 2 de junho de 2023 09:01:02
2014-03-03T23:07 10  Ihre Markierung bei Position 10-12 | Hinzugefügt am 3. März 2014 23:07:20
2020-07-02T21:50 60  Votre surlignement emplacement 60-61 | Ajouté le 2 juillet 2020 21:50:28
2019-06-03T08:10 10  La tua evidenziazione alla posizione 10-12 | Aggiunto 3 giugno 2019 08:10:00
2021-05-03T08:10 10  Uw markering op locatie 10-12 | Toegevoegd op maandag 3 mei 2021 08:10:00
2023-02-09T18:35 12  您在位置 #12-13的标注 | 添加于 2023年2月9日星期四 下午6:35:21
2020-03-17T00:01 12  5ページ|位置No. 12-13のハイライト |作成日: 2020年3月17日火曜日 0:01:02
2020-03-17T18:35 12  위치 12-13의 하이라이트 | 추가됨: 2020년 3월 17일 화요일 오후 6:35:21
2012-12-03T19:42 12  Ваше выделение в месте 12–13 | Добавлено: 3 декабря 2012 г. в 19:42:30
"""  # day and hour, location, and the line of the file that says both


@pytest.mark.parametrize("case", HEADS.splitlines())
def test_a_clipping_tells_its_place_and_time_in_each_language(case):
    day, location, head = case.split(maxsplit=2)
    items, skipped = read_file(clipping(f"- {head}"), expected="kindle")
    [item] = items
    [mark] = item.highlights
    assert (item.title, item.authors, mark.quote) == ("Book", ("A. Author",), "Words.")
    assert mark.created.isoformat().startswith(day)
    assert mark.order == float(location)
    assert not item.remarks
    assert not skipped


def test_a_note_is_on_the_highlight_that_ends_where_it_is():
    added = "Added on Monday, 30 September 2019 00:14:06"
    items, skipped = read_file(
        clipping(f"- Your Highlight at location 98-99 | {added}", "Some words")
        + clipping(f"- Your Note at location 99 | {added}", "Why")
        + clipping(f"- Your Highlight at location 98-103 | {added}", "Some words that go on.")
        + clipping(f"- Your Note at location 500 | {added}", "Alone")
        + clipping(f"- Your Bookmark at location 156 | {added}", "")
        + clipping(f"- Your Highlight at location 200 | {added}", ""),
        expected="kindle",
    )
    assert marks_of(items[0]) == [
        ("Some words that go on.", "Why"),
        ("", "Location 500: Alone"),
    ]
    assert [each.line for each in skipped] == [21, 26]


def test_a_sidecar_is_read_as_a_literal():
    items, skipped = read_file(
        "-- we can read Lua syntax here!\nreturn {\n"
        '    ["annotations"] = {\n        [1] = {\n'
        '            ["chapter"] = "One",\n            ["color"] = "yellow",\n'
        '            ["datetime"] = "2024-01-02 10:11:12",\n'
        '            ["drawer"] = "lighten",\n            ["note"] = "a \\"b\\"\\\nc",\n'
        '            ["pageno"] = 12,\n            ["text"] = "Words.",\n        },\n'
        '        [2] = { ["datetime"] = "2024-01-02 10:11:12", ["text"] = "a page" },\n    },\n'
        '    ["doc_props"] = { ["title"] = "Book", ["authors"] = "A\\\nB" },\n'
        '    ["percent_finished"] = 0.25,\n    ["summary"] = { ["status"] = "complete" },\n}\n',
        expected="koreader",
    )
    [item] = items
    assert (item.title, item.authors, item.state, item.progress) == (
        "Book",
        ("A", "B"),
        "read",
        0.25,
    )
    assert marks_of(item) == [("Words.", 'a "b"\nc')]
    assert item.highlights[0].location == "One, page 12"
    assert len(skipped) == 1


@pytest.mark.parametrize(
    "text", ["return { os.execute('x') }", "return {[1] = function() end}", "return {", "x = 1"]
)
def test_a_program_is_never_run(text):
    with pytest.raises(ImportFailed):
        read_lua(text)


def test_older_sidecars_have_bookmarks_with_quotes_and_notes():
    items, _ = read_file(
        'return { ["bookmarks"] = { { ["highlighted"] = true, ["notes"] = "Words.", '
        '["text"] = "Page 3 Words. @ 2020-01-02 10:11:12", '
        '["datetime"] = "2020-01-02 10:11:12" } },'
        ' ["highlight"] = { [3] = { { ["text"] = "Words." } }, '
        '[9] = { { ["text"] = "More." } } } }',
        expected="koreader",
    )
    assert marks_of(items[0]) == [("Words.", ""), ("More.", "")]


def test_koreader_exports_books_in_json():
    items, _ = read_file(
        json.dumps(
            {
                "title": "Book",
                "author": "A",
                "entries": [
                    {"sort": "highlight", "page": 3, "time": 1700000000, "text": "Words.",
                     "note": "Why", "chapter": "One"}
                ],
            }
        ),
        expected="koreader",
    )  # fmt: skip
    assert items[0].highlights[0].location == "One, page 3"


def test_a_kobo_has_books_in_a_database(tmp_path):
    path = tmp_path / "KoboReader.sqlite"
    database = sqlite3.connect(path)
    database.executescript(
        """
        CREATE TABLE content (ContentID TEXT, Title TEXT, Attribution TEXT);
        CREATE TABLE Bookmark (BookmarkID TEXT, VolumeID TEXT, ContentID TEXT, Text TEXT,
            Annotation TEXT, DateCreated TEXT, ChapterProgress REAL, Hidden TEXT, Type TEXT);
        INSERT INTO content VALUES ('v', 'Book', 'A. Author'), ('c', 'One', NULL);
        INSERT INTO Bookmark VALUES
            ('1', 'v', 'c', 'Words.', 'Why', '2024-01-02T10:11:12.000', 0.5, 'false', 'note'),
            ('2', 'v', 'c', 'Gone.', NULL, '2024-01-02T10:11:12Z', 0.1, 'true', 'highlight'),
            ('3', 'v', 'c', NULL, NULL, '2024-01-02T10:11:12Z', 0.1, 'false', 'dogear');
        """
    )
    database.commit()
    database.close()
    items, skipped = read_file(path.read_bytes(), expected="kobo")
    [item] = items
    assert (item.title, item.authors, marks_of(item)) == (
        "Book",
        ("A. Author",),
        [("Words.", "Why")],
    )
    assert item.highlights[0].location == "One"
    assert len(skipped) == 2


def test_calibre_keeps_bookmarks_in_base64():
    marks = [
        {"type": "highlight", "highlighted_text": "Words.", "notes": "Why", "spine_index": 2,
         "style": {"which": "green"}, "timestamp": "2024-01-02T10:11:12Z", "uuid": "u"},
        {"type": "highlight", "highlighted_text": "Gone.", "removed": True},
        {"type": "last-read", "pos": "x"},
    ]  # fmt: skip
    encoded = base64.b64encode(json.dumps(marks).encode()).decode()
    items, skipped = read_file(
        f"encoding=json+base64:\n{encoded[:40]}\n{encoded[40:]}\n",
        name="Book.txt",
        expected="calibre",
    )
    assert (items[0].title, marks_of(items[0])) == ("Book", [("Words.", "Why")])
    assert len(skipped) == 2


def test_a_lua_file_that_is_cut_off_in_a_text_ends_in_the_middle():
    with pytest.raises(ImportFailed, match="ends in the middle"):
        read_lua('return { ["text"] = "The old sli')


@pytest.mark.slow
def test_of_a_sidecar_that_is_cut_off_all_whole_highlights_are_read():
    mark = (
        '        [{0}] = {{\n            ["drawer"] = "lighten",\n'
        '            ["pos0"] = {{ ["page"] = {0} }},\n            ["text"] = "Words {0}.",\n'
        "        }},\n"
    )
    marks = "".join(mark.format(number) for number in (1, 2, 3))
    start = 'return {\n    ["annotations"] = {\n'
    rest = '    },\n    ["doc_props"] = { ["title"] = "Book" },\n    ["x"] = true,\n}\n'
    text, ends = start + marks + rest, []
    for number in (1, 2, 3):
        last = f'Words {number}.",\n        }}'
        ends.append(text.index(last) + len(last))
    for end in range(ends[0], len(text.rstrip()) - 1):
        [item], [skip] = read_file(text[:end], name="a/The story.sdr/metadata.epub.lua")
        whole = [f"Words {number}." for number, at in enumerate(ends, 1) if at <= end]
        assert [quote for quote, _ in marks_of(item)] == whole
        assert item.title in {"The story", "Book"}
        assert skip.reason == "The file ends in the middle."
    with pytest.raises(ImportFailed, match="ends in the middle"):
        read_lua(text[: ends[0] - 1])


def test_fields_of_lua_are_separated_by_commas_or_semicolons():
    assert read_lua('return { a = 1; b = 2, c = "x"; }')[0] == {"a": 1, "b": 2, "c": "x"}
    with pytest.raises(ImportFailed):
        read_lua("return { a = 1 b = 2 }")


def test_the_text_of_export_kobo_has_a_block_for_each_mark():
    rule = "=== === ===\n"
    items, skipped = read_file(
        "Type:           highlight\nTitle:          A book\nAuthor:         Ann Lee\n"
        f"Date created:   2021-11-02T21:15:33.000\nReference text:\n{rule}First\nwords.\n{rule}\n\n"
        "Type:           annotation\nTitle:          A book\nAuthor:         Ann Lee\n"
        f"Date created:   2021-11-03T07:01:00.000\nAnnotation:\n{rule}Title: why?\n{rule}\n"
        f"Reference text:\n{rule}Second.\n{rule}\n\n"
        "Type:           bookmark\nTitle:          Another\nAuthor:         None\n"
        "Date created:   2021-11-03T07:01:00.000\n",
        expected="kobo",
    )
    [book] = items
    assert (book.title, book.authors, book.medium) == ("A book", ("Ann Lee",), "book")
    assert marks_of(book) == [("First\nwords.", ""), ("Second.", "Title: why?")]
    assert [x.created.day for x in book.highlights] == [2, 3]
    assert [each.line for each in skipped] == [27]


def test_a_book_that_calibre_only_numbers_says_so():
    [book], _ = read_file(
        '{"type": "calibre_annotation_collection", "annotations": [{"book_id": 15,'
        '"type": "highlight", "highlighted_text": "Words.", "start_cfi": "/2"}]}',
        expected="calibre",
    )
    assert book.title == "Calibre book 15"


def test_a_sidecar_of_koreader_has_keywords_and_the_author_of_older_ones():
    items = [
        read_file(f"return {{ {fields}, {marks} }}", expected="koreader")[0][0]
        for fields in (
            '["doc_props"] = { ["title"] = "A", ["keywords"] = "maps\\nfiction" }',
            '["stats"] = { ["title"] = "A", ["authors"] = "Ann Lee" }',
        )
        for marks in ['["annotations"] = { { ["text"] = "Words.", ["drawer"] = "lighten" } }']
    ]
    assert [(x.tags, x.authors) for x in items] == [(("maps", "fiction"), ()), ((), ("Ann Lee",))]


def test_a_note_that_was_clipped_twice_is_there_once():
    added = "Added on Monday, 30 September 2019 00:14:06"
    note = clipping(f"- Your Note at location 99 | {added}", "Why")
    highlight = clipping(f"- Your Highlight at location 98-99 | {added}", "Some words")
    items, _ = read_file(f"{highlight}{note}{note}", expected="kindle")
    assert marks_of(items[0]) == [("Some words", "Why")]
