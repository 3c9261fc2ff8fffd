"""The tables of services: columns by their names, awkward cells, rows that are left out."""

import pytest

from importing_files import marks_of, read_file


def test_pocket_has_titles_over_lines_and_tags_between_bars():
    items, _ = read_file(
        "title,url,time_added,tags,status\n"
        '"Over\n\ntwo",https://example.org/a,1600322788,war|peace,unread\n'
        "https://example.org/b,https://example.org/b,soon,,archive\n",
        expected="pocket",
    )
    assert [(x.title, x.state, x.tags, x.line) for x in items] == [
        ("Over two", "unread", ("war", "peace"), 2),
        ("", "archived", (), 5),
    ]
    assert items[0].added.year == 2020
    assert items[1].remarks == ("“soon” is not a date.",)


def test_instapaper_has_folders_a_selection_and_tags_in_json():
    items, _ = read_file(
        "URL,Title,Selection,Folder,Timestamp,Tags\n"
        'https://example.org/a,A,The words.,Starred,1700000000,"[""x"", ""y""]"\n'
        "https://example.org/b,B,,Archive,1700000000,[]\n"
        "https://example.org/c,C,,My list,1700000000,\n",
        expected="instapaper",
    )
    assert [(x.tags, x.state) for x in items] == [
        (("favourite", "x", "y"), None),
        ((), "archived"),
        (("My-list",), None),
    ]
    assert marks_of(items[0]) == [("The words.", "")]


def test_readwise_has_commands_in_notes_and_rows_that_are_discarded():
    items, skipped = read_file(
        "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,"
        "Highlighted at,Document tags,Favorite,Discard\n"
        "One.,Book,A. Author,B01,.idea A thought,yellow,x,page,12,2020-11-26 03:28:15+00:00,d,"
        "true,false\n"
        "Two.,Book,A. Author,B01,,,,page,13,2020-11-26 03:28:15.5+00:00,d,,true\n",
        expected="readwise",
    )
    [item] = items
    [mark] = item.highlights
    assert (item.title, item.authors, item.medium, item.tags) == (
        "Book",
        ("A. Author",),
        "book",
        ("d",),
    )
    assert (mark.note, mark.tags, mark.location, mark.order) == (
        "A thought",
        ("x", "favourite", "idea"),
        "page 12",
        12,
    )
    assert [each.line for each in skipped] == [3]


def test_reader_leaves_out_the_entries_of_feeds():
    items, skipped = read_file(
        "Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen\n"
        'A,https://example.org/a,1,"[\'x\', ""y\'s""]",2024-05-01,0.4,later,True\n'
        "B,https://example.org/b,2,[],2024-05-01,0,feed,False\n",
        expected="reader",
    )
    assert [(x.tags, x.state, x.progress) for x in items] == [(("x", "y's"), "reading", 0.4)]
    assert [each.line for each in skipped] == [3]


def test_hypothesis_has_any_separator_and_notes_on_pages():
    items, skipped = read_file(
        "Created at;Author;Page;URL;Group;Type;Quote/description;Comment;Tags\n"
        "2024-05-01;me;P;https://example.org/p;Public;Annotation;Words.;Why;a,b\n"
        "2024-05-01;me;P;https://example.org/p;Public;Page note;;All of it;c\n"
        "2024-05-01;you;P;https://example.org/p;Public;Reply;;No;\n",
        expected="hypothesis",
    )
    assert [marks_of(x) for x in items] == [[("Words.", "Why")], [("", "All of it")]]
    assert items[1].tags == ("c",)
    assert len(skipped) == 1


def test_raindrop_has_highlights_and_notes_in_a_cell_and_nested_folders():
    items, _ = read_file(
        "id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite\n"
        '1,T,N,E,https://example.org/a,Work / War,"x, y",2024-01-01T10:00:00.000Z,,'
        '"Highlight:One.\nNote:Why\nHighlight:Two.",true\n',
        expected="raindrop",
    )
    assert items[0].tags == ("x", "y", "Work/War", "favourite")
    assert marks_of(items[0]) == [("One.", "Why"), ("Two.", "")]


def test_diigo_has_highlights_on_lines():
    items, _ = read_file(
        "title,url,tags,description,comments,annotations,created_at\n"
        'T,https://example.org/a,no_tag,,,"Highlight: One.\nHighlight: Two.",'
        "2024/11/14 05:48:28 +0000\n",
        expected="diigo",
    )
    assert marks_of(items[0]) == [("One.", ""), ("Two.", "")]
    assert items[0].added.hour == 5


def test_wallabag_matter_oreilly_and_mymind_tell_their_columns():
    [wallabag], _ = read_file(
        "Title,URL,Content,Tags,MIME Type,Language,Creation date\n"
        "T,https://example.org/a,<p>Hello</p>,x,text/html,en,01/02/2024 10:00:00\n",
        expected="wallabag",
    )
    [matter], _ = read_file(
        "Title,Author,Publisher,URL,Tags,Word Count,In Queue,Favorited,Read,Highlight_Count,"
        "Last Interaction Date,File Id\n"
        "T,A,P,https://example.org/a,x;y,100,False,True,False,3,2024-01-01,f\n",
        expected="matter",
    )
    [oreilly], _ = read_file(
        "Book Title,Chapter Title,Date of Highlight,Book URL,Chapter URL,Annotation URL,Highlight,"
        "Color,Personal Note\nB,C,2024-01-01,https://o.example/b,,,Words.,yellow,N\n",
        expected="oreilly",
    )
    mymind, skipped = read_file(
        "id,type,title,url,content,note,tags,created\n1,Note,T,,Text.,,x,2024-01-01\n"
        "2,Image,U,,,,,2024-01-01\n",
        expected="mymind",
    )
    assert wallabag.text.content == "<p>Hello</p>"
    assert (matter.state, matter.tags) == ("archived", ("x", "y", "favourite"))
    assert "3 highlights" in matter.remarks[0]
    assert (oreilly.medium, marks_of(oreilly)) == ("book", [("Words.", "N")])
    assert (mymind[0].text.content, len(skipped)) == ("Text.", 1)


def test_a_table_of_another_service_is_read_by_its_usual_names():
    items, skipped = read_file(
        "Name;Link;Labels\nA;https://example.org/a;x,y\nB;;\n", expected="table"
    )
    assert [(x.title, x.tags) for x in items] == [("A", ("x", "y"))]
    assert [each.line for each in skipped] == [3]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_table_may_have_another_encoding(encoding):
    text = "title,url,time_added,tags,status\nCafé d’été à Zürich,https://example.org/a,1600322788,,unread\n"
    items, _ = read_file(text.encode(encoding), expected="pocket")
    assert items[0].title == "Café d’été à Zürich"


@pytest.mark.parametrize(
    "text",
    [
        "url,title,tags\nhttps://a.example/1,One,x|y\nhttps://a.example/2,Two,\n",
        "url;title;tags\nhttps://a.example/1;One;x|y\nhttps://a.example/2;Two;\n",
        "title\turl\ttags\nOne\thttps://a.example/1\tx|y\nTwo\thttps://a.example/2\t\n",
        "Ссылка;Название;tags\nhttps://a.example/1;One;x|y\nhttps://a.example/2;Two;\n",
    ],
)
def test_a_table_is_no_list_of_addresses(text):
    items, _ = read_file(text, expected="table")
    assert [(x.url, x.title, x.tags) for x in items] == [
        ("https://a.example/1", "One", ("x", "y")),
        ("https://a.example/2", "Two", ()),
    ]


def test_cells_of_a_table_without_names_are_no_part_of_an_address():
    items, _ = read_file(
        "https://a.example/2,c,2020-01-02\nhttps://a.example/3,d,2020-01-03\n", expected="list"
    )
    assert [(x.url, x.title) for x in items] == [
        ("https://a.example/2", "c, 2020-01-02"),
        ("https://a.example/3", "d, 2020-01-03"),
    ]


def test_a_heading_above_a_list_makes_no_table():
    items, _ = read_file("My links, 2024\nhttps://a.example/1,2\nhttps://a.example/2\n")
    assert [x.url for x in items] == ["https://a.example/1,2", "https://a.example/2"]


def test_lines_of_cells_that_look_like_markdown_stay_cells():
    items, _ = read_file(
        'url,quote,note\nhttps://a.example/1,"> One.","# Mine\n\n> Two."\n', expected="table"
    )
    assert marks_of(items[0]) == [("> One.", "# Mine\n\n> Two.")]


def test_columns_that_mean_nothing_and_cells_without_a_column_are_named():
    items, skipped = read_file(
        "url,title,mood\nhttps://a.example/1,One,good\nhttps://a.example/2,Two,bad,more\n"
    )
    assert "mood" in skipped[0].reason
    assert "more" in items[1].remarks[0]


def test_columns_may_have_names_in_other_languages():
    items, skipped = read_file(
        "Titel;Adresse;Schlagwörter;Gespeichert am;Notiz;Gelesen;Farbe\n"
        "Käse;https://example.org/a;küche, käse;05.03.2024;Mit Rinde;nein;gelb\n"
        "Brot;https://example.org/b;;01.12.2024 14:30;;ja;\n",
        expected="table",
    )
    assert [(x.title, x.tags, x.note, x.state) for x in items] == [
        ("Käse", ("küche", "käse"), "Mit Rinde", "unread"),
        ("Brot", (), "", "read"),
    ]
    assert [x.added.date().isoformat() for x in items] == ["2024-03-05", "2024-12-01"]
    assert [each.reason for each in skipped] == [
        "What these mean is not known, so they are left out: farbe."
    ]


def test_a_cell_of_highlights_holds_quotations_or_paragraphs():
    signed, _ = read_file(
        'title,url,highlights\nA,https://example.org/a,"> First.\nwhy\n\n> Second\n> line."\n'
        'B,https://example.org/b,"no quotes, 3 > 2"\n',
        expected="table",
    )
    assert [marks_of(x) for x in signed] == [
        [("First.", "why"), ("Second\nline.", "")],
        [("", "no quotes, 3 > 2")],
    ]
    plain, _ = read_file(
        'title,url,note,highlights\nA,https://example.org/a,mine,"First.\n\nSecond."\n'
        "B,https://example.org/b,,2\n",
        expected="table",
    )
    assert [(x.note, marks_of(x)) for x in plain] == [
        ("mine", [("First.", ""), ("Second.", "")]),
        ("", []),
    ]


def test_the_column_of_addresses_is_that_of_pages_and_the_title_has_words():
    items, skipped = read_file(
        "id,Nr.,Thema,image_url,page_url,discussion,labels\n"
        "https://ids.example/1,1,Lamp,https://i.example/1.jpg,https://example.org/a,"
        'https://f.example/1,"[""brass"",""a, b""]"\n'
        "https://ids.example/2,2,Stool,https://i.example/2.jpg,https://example.org/b,,[]\n",
        expected="table",
    )
    assert [(x.url, x.title, x.tags) for x in items] == [
        ("https://example.org/a", "Lamp", ("brass", "a-b")),
        ("https://example.org/b", "Stool", ()),
    ]
    assert [each.reason for each in skipped] == [
        "What these mean is not known, so they are left out: nr, image url, discussion."
    ]


def test_sticky_notes_of_diigo_are_notes_and_descriptions_are_about_the_page():
    [item], _ = read_file(
        "title,url,tags,description,comments,annotations,created_at\n"
        'T,https://example.org/a,no_tag,About it.,Mine.,"Highlight: First.\n\nHighlight: Second\n'
        'line.\nSticky note: why",2017-02-24 11:06:00 UTC\n',
        expected="diigo",
    )
    assert (item.excerpt, item.note) == ("About it.", "Mine.")
    assert marks_of(item) == [("First.", ""), ("Second\nline.", "why")]
