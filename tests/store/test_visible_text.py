"""No text of a library holds what a terminal would obey, whoever wrote its files."""

import json

import pytest
from msgspec.structs import replace

from annotator.codec import decode, encode
from annotator.model.text import is_clean
from annotator.store import SAVED_QUERIES, Library
from annotator.store.format.table_rows import parse_raw, serialize, with_checksum
from annotator.store.format.visible_text import has_hidden, visible
from builders import make_annotation

HIDDEN = "\x1b]0;x\x07 \x7f \x9b31m \u2028 \u202e"


def test_marks_and_records_are_read_without_it(library, kept, file, tmp_path):
    library.put([make_annotation(kept, "Six", id="01de")])
    rows = parse_raw(file.read_bytes())
    for table, key, field in (("annotations", "01de", "note"), ("article", kept.id, "title")):
        row = decode(rows[table][key], dict[str, object])
        rows[table][key] = with_checksum(key, row | {field: f"One{HIDDEN}two"})
    file.write_bytes(serialize(rows))
    with Library.open(library.folder, state=tmp_path / "s", cache=tmp_path / "c") as later:
        [mark] = later.article(kept.id).annotations()
        [record] = later.records()
        for text in (mark.note, record.title):
            assert text.startswith("One")
            assert text.endswith("two")
            assert is_clean(text)
            assert len(text) == len(f"One{HIDDEN}two")
        later.article(kept.id).revise("01de", lambda mark: replace(mark, kind="question"))
    note = json.loads(file.read_bytes())["annotations"]["01de"]["note"]
    assert is_clean(note)


def test_the_text_of_an_article_is_read_without_it(library, kept):
    path = library.article(kept.id).revisions.folder / f"{kept.revision}.json"
    plain = decode(path.read_bytes(), dict[str, object])
    plain["article"]["byline"] = [f"Ann{HIDDEN}"]
    del plain["digest"]
    path.write_bytes(encode(plain))
    article = library.article(kept.id).extraction().article
    assert is_clean(article.byline[0])
    assert article.text == kept.text


def test_names_in_the_catalog_are_read_without_it(library, moment):
    library.catalog.put(SAVED_QUERIES, {f"a{HIDDEN}": f"tag:{HIDDEN}"}, now=moment)
    [(name, query)] = library.catalog.values(SAVED_QUERIES).items()
    assert is_clean(name)
    assert is_clean(query)


@pytest.mark.parametrize(
    "character", [*"\x00\x08\x0b\x0c\r\x1b\x1f\x7f\x80\x9f\u2028\u202e\u2066\u2069"]
)
def test_it_is_noticed_whether_it_is_escaped_or_not(character):
    for data in (encode([f"a{character}b"]), json.dumps([f"a{character}b"]).encode()):
        assert has_hidden(data)
    assert visible([f"a{character}b"]) == ["a\ufffdb"]


@pytest.mark.parametrize(
    "text",
    ["a\nb\tc", r"\frac \begin \rho \u001b", "Ärger “x” – 電気 🙂", "ارتفعت الأسعار", 'C:\\n "q"'],
)
def test_other_text_stays(text):
    assert visible([text]) == [text]
    assert not has_hidden(encode([text]))


def test_characters_beside_the_hidden_ones_stay():
    for character in "\t\n ~\xa0\u2027\u202f\u2065\u206a":
        assert visible(f"a{character}b") == f"a{character}b"
        assert not has_hidden(f"a{character}b".encode())
    for character in "\u2028\u202e\u2066\u2069\x7f\x80\x9f\x1f":
        assert visible(f"a{character}b") == "a\ufffdb"


def test_values_of_every_shape_are_read_without_it():
    assert visible({"a": ["x\x1b", 1, None, True], "b": {"c": "\x07"}, "d": 1.5}) == {
        "a": ["x\ufffd", 1, None, True],
        "b": {"c": "\ufffd"},
        "d": 1.5,
    }
