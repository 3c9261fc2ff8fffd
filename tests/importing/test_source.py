"""A file is recognized by its contents, and read within limits."""

import io
import zipfile

import pytest
from msgspec import structs, to_builtins

from annotator.errors import ImportFailed
from annotator.importing.importers import importer, importers, read, recognise
from annotator.importing.item import ImportedHighlight, ImportedItem, ItemText, Skipped
from annotator.importing.readers import limits
from annotator.importing.sanitise import cleaned
from annotator.importing.source import SourceFile
from annotator.model.text import is_clean

HOSTILE = "a\x1b]52;c;eA==\x07b\x1b[31m\x9bc\u202ed"


def zipped(files, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def found_in(data, name=""):
    return [each for match in recognise(SourceFile(name, data)) for each in read(match)]


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode(),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("utf-16-be"),
        lambda text: text.encode("cp1252"),
        lambda text: text.encode()[:-1],
    ],
)
def test_text_is_decoded_whatever_its_encoding(encode):
    text = "Voilà – café\nhttps://example.org/a Déjà vu\nmore\nhttps://example.org/b x"
    source = SourceFile("", encode(text))
    assert source.text.startswith("Voilà – café\nhttps://example.org/a Déjà vu\n")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("url,title\n", ("url", "title")),
        ("URL;Title;Time_Added\n", ("url", "title", "time added")),
        ('"a\nb"\tc\n', ("a b", "c")),
        ("https://example.org/a", ()),
        ('{"a": 1, "b": 2}', ()),
    ],
)
def test_the_columns_of_a_table_are_found(text, names):
    assert SourceFile("", text.encode()).columns == names


def test_rows_are_read_by_names_with_their_lines():
    text = 'url,Title\nu1,"two\nlines"\n\nu2\nu3,x,extra\n'
    rows = list(SourceFile("", text.encode()).rows())
    assert [(row.text("URL"), row.text("title"), row.line) for row in rows] == [
        ("u1", "two\nlines", 2),
        ("u2", "", 5),
        ("u3", "x", 6),
    ]


def test_a_huge_cell_is_skipped_with_its_line_and_the_next_row_is_read():
    text = f"url,title\nu1,{'x' * (limits.MAX_CELL + 1)}\nu2,y\n"
    huge, row = SourceFile("", text.encode()).rows()
    assert isinstance(huge, Skipped)
    assert (huge.line, huge.what) == (2, "u1")
    assert row.text("url") == "u2"


def test_the_files_of_an_archive_are_told_one_by_one():
    data = zipped({"a/one": b"https://example.org/1\n", "b.bin": b"\0\1", "__MACOSX/one": b"x"})
    item, left_out = found_in(data)
    assert (item.url, item.member, item.line) == ("https://example.org/1", "a/one", 1)
    assert (left_out.what, left_out.reason) == ("b.bin", "It is of no known format.")


def test_books_beside_highlights_are_told_in_one_line():
    book = zipped({"mimetype": b"application/epub+zip", "a.xhtml": b"<p/>"}, zipfile.ZIP_STORED)
    item, left_out = found_in(
        zipped({"one": b"https://example.org/1\n", "a.epub": book, "b.epub": book})
    )
    assert item.url == "https://example.org/1"
    assert left_out.what == "2 books"
    assert "`annotator add`" in left_out.reason
    with pytest.raises(ImportFailed, match="is a book"):
        recognise(SourceFile("a.epub", book))


def test_bombs_are_refused():
    bomb = SourceFile("", zipped({"a": b"0" * 10_000_000}))
    with pytest.raises(ImportFailed, match="unpacks to more than"):
        bomb.member("a")
    stored = zipped({"a": b"x" * 100, "b": b"y" * 100}, zipfile.ZIP_STORED)
    entry = stored.index(b"PK\x01\x02", stored.index(b"PK\x01\x02") + 1)
    overlapping = stored[: entry + 42] + b"\0\0\0\0" + stored[entry + 46 :]
    with pytest.raises(ImportFailed, match="overlap"):
        SourceFile("", overlapping)
    with pytest.raises(ImportFailed, match="damaged"):
        SourceFile("", zipped({"a": b"x"})[:-10])
    lzma = SourceFile("", zipped({"a": b"x"}, zipfile.ZIP_LZMA))
    with pytest.raises(ImportFailed, match="unusual"):
        lzma.member("a")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"  \n", "is empty"),
        (b"%PDF-1.7", "is a PDF document"),
        (b"just words\n", "is of no known format"),
        (b'{"a": [1, 2', "is of no known format. Line 1: "),
        (b"\0\1\2\3" * 100, "is of no known format"),
    ],
)
def test_a_foreign_file_is_refused_in_words(data, words):
    with pytest.raises(ImportFailed, match=words):
        recognise(SourceFile("x.json", data))


def test_every_format_has_a_title_and_leaves_a_foreign_file_alone():
    for each in importers():
        assert each.title
        assert importer(each.name) is each
        for data in (b"", b"\0\1", b"words", b"{}", b"[]", b"a,b\n1,2\n", b"<x/>", zipped({})):
            assert not each.sniff(SourceFile("x", data)), each.name


def test_text_is_sanitised_whatever_a_format_returns():
    [item] = found_in(b"https://example.org/a \x1b]52;c;eA==\x07Title\x1b[31m\n")
    assert item == ImportedItem(url="https://example.org/a", title="Title", line=1)


def hostile(kind, **values):
    """Return a value of a kind all of whose texts are hostile, but for those that are given."""
    fields = structs.fields(kind)
    texts = {field.name: HOSTILE for field in fields if field.type is str}
    lists = {field.name: (HOSTILE,) for field in fields if field.type == tuple[str, ...]}
    return kind(**texts | lists | values)


def texts_in(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from texts_in(inner)


def test_no_text_of_an_item_keeps_what_a_terminal_obeys():
    item = hostile(
        ImportedItem,
        url="https://example.org/a",
        text=ItemText(HOSTILE, "text/plain"),
        highlights=(hostile(ImportedHighlight),),
    )
    for value in (item, hostile(Skipped, line=1)):
        texts = list(texts_in(to_builtins(cleaned(value, member=HOSTILE))))
        assert len(texts) >= len([text for text in texts_in(to_builtins(value)) if text])
        assert [text for text in texts if not is_clean(text)] == []
