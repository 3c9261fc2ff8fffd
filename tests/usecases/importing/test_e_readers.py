"""Highlights made on e-readers in our own books come back to the words of their articles."""

import json
import sqlite3
from urllib.parse import quote as percent_encoded

import pytest
from msgspec.structs import replace

from annotator.model import Block
from annotator.usecases.importing.plan import make_plan
from annotator.usecases.importing.run import ImportOptions, run_import
from annotator.usecases.marks.annotate import Draft, delete, mark
from builders import find_span, make_article, make_extraction, make_page

TEXT = """## Prices

The price of bread rose by a tenth. The price of gas rose by a third.

Bakers blame the price of flour, and nobody knows how the price of rice will develop.

- The price of milk did not change.
"""
OTHER = "The price of bread is a price that nobody wants to pay."


@pytest.fixture
def article(library, moment):
    return kept(library, make_article(TEXT, title="Bread costs more"), moment)


def kept(library, article, moment):
    library.store(make_extraction(article), make_page(url=article.url), now=moment)
    return library.article(article.id).extraction().article


async def import_file(library, path, moment, **options):
    plan = make_plan([path])
    assert not plan.failures
    return await run_import(library, plan, ImportOptions(may_fetch=False, **options), now=moment)


def lua(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\\n") + '"'


def highlight(text, place, *, number=1, note="", drawer="lighten", color="yellow"):
    """Return an entry of `annotations` as KOReader 2026.08 writes it."""
    note_line = f'            ["note"] = {lua(note)},\n' if note else ""
    return (
        f'        [{number}] = {{\n            ["chapter"] = "Prices",\n'
        f'            ["color"] = "{color}",\n'
        f'            ["datetime"] = "2026-05-0{number} 20:01:12",\n'
        f'            ["drawer"] = "{drawer}",\n{note_line}'
        f'            ["page"] = "{place}",\n            ["pageno"] = {number + 1},\n'
        f'            ["pos0"] = "{place}",\n            ["pos1"] = "{place}",\n'
        f'            ["text"] = {lua(text)},\n        }},\n'
    )


def sidecar(tmp_path, *entries, ids=(), name="Bread costs more", more="", props=""):
    """Return the sidecar of a book, in its folder."""
    identifiers = "\n".join(f"urn:annotator:{one}" for one in ids)
    folder = tmp_path / f"{name}.sdr"
    folder.mkdir(exist_ok=True)
    path = folder / "metadata.epub.lua"
    path.write_text(
        f"-- /storage/books/{name}.sdr/metadata.epub.lua\nreturn {{\n"
        f'    ["annotations"] = {{\n{"".join(entries)}    }},\n'
        f'    ["doc_path"] = {lua(f"/storage/books/{name}.epub")},\n'
        f'    ["doc_props"] = {{\n        ["authors"] = "Ann Lee",\n'
        f'        ["identifiers"] = {lua(identifiers)},\n'
        f'        ["title"] = "Bread costs more",\n{props}    }},\n'
        f'    ["partial_md5_checksum"] = "4a0cf9f3c21ec5497839ecad2209d76b",\n{more}}}\n',
        "utf-8",
    )
    return path


def readest(tmp_path, *marks):
    """Return the annotations of a book as Readest 0.11 exports them."""
    entries = [
        {
            "id": f"qfqy25{number}",
            "type": "annotation",
            "cfi": cfi,
            "note": "",
            "createdAt": 1777600000000 + number,
            "updatedAt": 1777600000000 + number,
            "text": text,
            "style": "underline",
            "color": "yellow",
        }
        for number, (text, cfi) in enumerate(marks)
    ]
    book = {"title": "Another title", "author": "", "hash": "4a0c", "format": "EPUB"}
    whole = {"$format": "readest-annotations", "version": 1, "book": book, "annotations": entries}
    path = tmp_path / "annotations.json"
    path.write_text(json.dumps(whole), "utf-8")
    return path


def marks_of(library, article):
    return [
        (placed.quote, placed.target.position.start)
        for placed in library.article(article.id).annotations()
    ]


def start_of(article, words, occurrence=0):
    return find_span(article.text, words, occurrence=occurrence).start


async def test_the_identifier_of_a_book_leads_to_its_article(library, article, moment, tmp_path):
    twin = kept(
        library, make_article(TEXT, title="Bread costs more", url="https://b.example/"), moment
    )
    path = sidecar(tmp_path, highlight("Bakers blame", ""), ids=[article.id], name="mine")
    report = await import_file(library, path, moment)
    assert (report.updated, report.exact) == (1, 1)
    assert marks_of(library, article) == [("Bakers blame", start_of(article, "Bakers"))]
    assert marks_of(library, twin) == []


@pytest.mark.parametrize("is_folder", [True, False])
async def test_so_does_the_name_of_its_file(library, article, moment, tmp_path, is_folder):
    path = sidecar(tmp_path, highlight("Bakers blame", ""), name=f"Renamed--{article.id}")
    if is_folder:
        path.write_text(path.read_text("utf-8").replace("doc_path", "some_path"), "utf-8")
    await import_file(library, tmp_path if is_folder else path, moment)
    assert marks_of(library, article) == [("Bakers blame", start_of(article, "Bakers"))]


async def test_words_that_are_repeated_are_told_by_an_xpointer(library, article, moment, tmp_path):
    place = article.text.splitlines()[4].index("price of rice")
    first = highlight("price", "/body/DocFragment/body/section[2]/p[1]/text().40", number=1)
    fourth = highlight(
        "price", f"/body[1]/DocFragment[1]/body[1]/section[2]/p[2]/text()[1].{place}", number=2
    )
    report = await import_file(library, sidecar(tmp_path, first, fourth, ids=[article.id]), moment)
    wanted = [("price", start_of(article, "price", 1)), ("price", start_of(article, "price", 3))]
    assert sorted(marks_of(library, article)) == wanted
    assert report.exact == 2


async def test_and_by_a_cfi_whose_spine_names_the_article(library, article, moment, tmp_path):
    place = article.text.splitlines()[4].index("price of rice")
    cfi = f"epubcfi(/6/2[a{article.id}]!/4/4/6[b2],/1:{place},/1:{place + 5})"
    await import_file(library, readest(tmp_path, ("price", cfi)), moment)
    assert marks_of(library, article) == [("price", start_of(article, "price", 3))]


async def test_a_kobo_names_the_file_and_counts_from_its_root(library, article, moment, tmp_path):
    volume = f"file:///mnt/onboard/{percent_encoded(f'Bread costs more--{article.id}.epub')}"
    place = article.text.splitlines()[4].index("price of rice")
    path = tmp_path / "KoboReader.sqlite"
    with sqlite3.connect(path) as database:
        database.executescript(
            "CREATE TABLE content (ContentID TEXT, Title TEXT, Attribution TEXT);"
            "CREATE TABLE Bookmark (BookmarkID TEXT, VolumeID TEXT, ContentID TEXT, Text TEXT,"
            " StartContainerPath TEXT, Annotation TEXT, DateCreated TEXT, ChapterProgress REAL,"
            " Hidden TEXT, Type TEXT);"
        )
        database.execute("INSERT INTO content VALUES (?, 'Bread', NULL)", (volume,))
        row = ("1", volume, f"{volume}#(0){article.id}.xhtml", "price")
        row += (f"{article.id}.xhtml#point(/1/4/4/6/1:{place})", None, "2026-05-01T10:11:12.000")
        database.execute(
            f"INSERT INTO Bookmark VALUES ({'?, ' * 7} 0.4, 'false', 'highlight')", row
        )
    database.close()
    await import_file(library, path, moment)
    assert marks_of(library, article) == [("price", start_of(article, "price", 3))]


async def test_clippings_of_a_kindle_go_by_title_and_words(library, article, moment, tmp_path):
    path = tmp_path / "My Clippings.txt"
    path.write_text(
        "\ufeffBread costs more (Ann Lee)\r\n- Your Highlight on page 1 | Location 10-11 | "
        "Added on Friday, 1 May 2026 20:01:12\r\n\r\nBakers blame the price of flour\r\n"
        "==========\r\n",
        "utf-8",
    )
    await import_file(library, path, moment)
    assert marks_of(library, article) == [
        ("Bakers blame the price of flour", start_of(article, "Ba"))
    ]


async def test_a_place_is_found_in_a_book_that_is_older_than_some_marks(
    library, article, moment, tmp_path
):
    place = article.text.splitlines()[4].index("price of rice")
    path = sidecar(
        tmp_path,
        highlight("price", f"/body/DocFragment[1]/body/section[2]/p[2]/text().{place}"),
        ids=[article.id],
    )
    for words in ("Bakers", "of flour, and"):
        mark(library, article, find_span(article.text, words), Draft(note="N."), now=moment)
    await import_file(library, path, moment)
    assert ("price", start_of(article, "price", 3)) in marks_of(library, article)


async def test_the_sign_of_a_note_and_marks_of_the_book_are_no_words(
    library, article, moment, tmp_path
):
    mark(library, article, find_span(article.text, "blame"), Draft(note="N."), now=moment)
    path = sidecar(
        tmp_path,
        highlight("Bakers blame* the\nThe price of milk", ""),
        highlight("nobody knows", "", number=2),
        ids=[article.id],
    )
    await import_file(library, path, moment)
    assert ("nobody knows", start_of(article, "nobody")) in marks_of(library, article)


async def test_the_name_of_a_picture_is_on_no_other_words(library, moment, tmp_path):
    picture = Block("image", "A caption.", source="https://e.example/a.png", alternative="A woman")
    blocks = (picture, Block("paragraph", "It was a woman who found them."))
    article = kept(library, replace(make_article("x"), blocks=blocks), moment)
    place = "/body/DocFragment[1]/body/section[2]/figure[1]/a/text().2"
    report = await import_file(
        library, sidecar(tmp_path, highlight("woman", place), ids=[article.id]), moment
    )
    assert report.not_found == 1


async def test_a_mark_on_the_same_words_is_not_made_twice(library, article, moment, tmp_path):
    own = mark(
        library,
        article,
        find_span(article.text, "Bakers blame"),
        Draft(note="Do they?"),
        now=moment,
    )
    bare = mark(library, article, find_span(article.text, "nobody knows"), Draft(), now=moment)
    path = sidecar(
        tmp_path,
        highlight("Bakers blame", ""),
        highlight("nobody knows", "", number=2, note="Who?"),
        ids=[article.id],
    )
    report = await import_file(library, path, moment)
    assert report.known == 2
    there = {each.id: (each.note, each.kind) for each in library.article(article.id).annotations()}
    assert there == {own.id: ("Do they?", "claim"), bare.id: ("Who?", "claim")}


async def test_a_highlight_on_the_same_words_elsewhere_is_another_one(
    library, article, moment, tmp_path
):
    mark(library, article, find_span(article.text, "price"), Draft(), now=moment)
    place = article.text.splitlines()[4].index("price of rice")
    path = sidecar(
        tmp_path,
        highlight("price", f"/body/DocFragment[1]/body/section[2]/p[2]/text().{place}"),
        ids=[article.id],
    )
    await import_file(library, path, moment)
    assert sorted(start for _, start in marks_of(library, article)) == [
        start_of(article, "price", 0),
        start_of(article, "price", 3),
    ]


async def test_a_second_import_changes_nothing(library, article, moment, tmp_path):
    path = sidecar(tmp_path, highlight("Bakers blame", "", note="Why?"), ids=[article.id])
    await import_file(library, path, moment)
    before = library.article(article.id).annotations(), library.article(article.id).record()
    report = await import_file(library, path, moment)
    assert (report.unchanged, report.known) == (1, 1)
    assert (
        library.article(article.id).annotations(),
        library.article(article.id).record(),
    ) == before


async def test_other_pages_of_the_same_book_change_nothing(library, article, moment, tmp_path):
    place = "/body/DocFragment[1]/body/section[2]/p[2]/text().0"
    path = sidecar(tmp_path, highlight("Bakers blame", place), ids=[article.id])
    await import_file(library, path, moment)
    path.write_text(path.read_text("utf-8").replace('["pageno"] = 2', '["pageno"] = 9'), "utf-8")
    report = await import_file(library, path, moment)
    assert len(marks_of(library, article)) == 1
    assert report.lines == ()


async def test_one_that_was_deleted_on_the_device_is_told_and_stays(
    library, article, moment, tmp_path
):
    both = highlight("Bakers blame", ""), highlight("nobody knows", "", number=2)
    await import_file(library, sidecar(tmp_path, *both, ids=[article.id]), moment)
    report = await import_file(library, sidecar(tmp_path, both[0], ids=[article.id]), moment)
    assert [(line.what, line.reason) for line in report.lines] == [
        ("gone", "“nobody knows” is not there any more.")
    ]
    assert len(marks_of(library, article)) == 2
    report = await import_file(library, sidecar(tmp_path, both[0], ids=[article.id]), moment)
    assert report.lines == ()


async def test_one_that_was_deleted_here_does_not_come_back(library, article, moment, tmp_path):
    path = sidecar(tmp_path, highlight("Bakers blame", ""), ids=[article.id])
    await import_file(library, path, moment)
    [only] = library.article(article.id).annotations()
    delete(library, [only], now=moment)
    path = sidecar(tmp_path, highlight("Bakers blame", "", note="!"), ids=[article.id])
    report = await import_file(library, path, moment)
    assert marks_of(library, article) == []
    assert [line.what for line in report.lines] == ["removed"]


async def test_how_a_highlight_is_drawn_and_its_colour_become_kinds(
    library, article, moment, tmp_path
):
    path = sidecar(
        tmp_path,
        highlight("Bakers", "", drawer="underscore"),
        highlight("nobody", "", number=2, color="red"),
        highlight("develop", "", number=3, color="green"),
        ids=[article.id],
    )
    kinds = {"underscore": "evidence", "red": "question"}
    await import_file(library, path, moment, colours=kinds)
    assert {each.quote: each.kind for each in library.article(article.id).annotations()} == {
        "Bakers": "evidence",
        "nobody": "question",
        "develop": "highlight",
    }


async def test_highlights_of_a_book_of_several_go_to_their_articles(
    library, article, moment, tmp_path
):
    other = kept(library, make_article(OTHER, url="https://b.example/"), moment)
    both = "price of bread", "price of bread"
    marks = [
        highlight(
            words, f"/body/DocFragment[{number}]/body/section[2]/p[1]/text().4", number=number
        )
        for number, words in enumerate(both, start=1)
    ]
    more = '    ["summary"] = { ["note"] = "Good.", ["status"] = "complete" },\n'
    ids = [f"book:{'0' * 16}", other.id, article.id]
    path = sidecar(tmp_path, *marks, ids=ids, name="all", more=more)
    report = await import_file(library, path, moment)
    assert marks_of(library, other) == [("price of bread", 4)]
    assert marks_of(library, article) == [("price of bread", start_of(article, "price"))]
    assert library.article(article.id).record().state == "unread"
    assert [line.title for line in report.lines if line.what == "skipped"] == ["Good."]


async def test_a_cfi_in_such_a_book_names_the_article_as_well(library, article, moment, tmp_path):
    other = kept(library, make_article(OTHER, url="https://b.example/"), moment)
    cfi = f"epubcfi(/6/4[a{other.id}]!/4/4/2[b0],/1:4,/1:18)"
    await import_file(library, readest(tmp_path, ("price of bread", cfi)), moment)
    assert (marks_of(library, other), marks_of(library, article)) == ([("price of bread", 4)], [])


async def test_a_book_of_an_article_that_is_not_here_is_never_another_one(
    library, article, moment, tmp_path
):
    path = sidecar(tmp_path, highlight("Bakers blame the price", ""), ids=["0123456789abcdef"])
    report = await import_file(library, path, moment)
    assert report.added == 1
    assert marks_of(library, article) == []


async def test_what_was_read_on_the_device_is_read_and_tags_are_no_news(
    library, article, moment, tmp_path
):
    more = '    ["summary"] = { ["status"] = "complete" },\n'
    props = '        ["keywords"] = "energy",\n'
    await import_file(library, sidecar(tmp_path, ids=[article.id], more=more, props=props), moment)
    record = library.article(article.id).record()
    assert (record.state, record.tags) == ("read", ())
