"""TinyDB with ids of text, one write for several tables, and no stale answers."""

import pytest
from tinydb import Query, where

from annotator.codec import to_plain
from annotator.errors import DamagedFile
from annotator.store.disk import files
from annotator.store.format.article_tables import parse_tables
from annotator.store.format.tinydb_storage import ArticleDatabase
from builders import make_annotation


@pytest.fixture
def database(library, kept):
    with ArticleDatabase(library._reader.article(kept.id)._file) as opened:
        yield opened


@pytest.fixture
def another(library, kept):
    with ArticleDatabase(library._reader.article(kept.id)._file) as opened:
        yield opened


def document(article, **fields):
    return to_plain(make_annotation(article, "two")) | fields


def test_an_inserted_document_gets_an_id_of_text(database, kept):
    first, second = (database.annotations.insert(document(kept)) for _ in range(2))
    assert first < second
    assert len(first) == 26
    assert database.annotations.get(doc_id=first).doc_id == first


def test_the_default_table_holds_the_marks(database, kept):
    identity = database.insert(document(kept, note="Mine."))
    assert database.annotations.get(doc_id=identity)["note"] == "Mine."


def test_queries_see_what_another_wrote(database, another, kept):
    database.annotations.replace({"01a": document(kept)})
    assert database.annotations.search(where("kind") == "claim")
    another.annotations.update({"kind": "question"})
    assert not database.annotations.search(where("kind") == "claim")
    assert database.annotations.count(Query().kind == "question") == 1


def test_changing_a_found_document_changes_nothing(database, kept):
    database.annotations.replace({"01a": document(kept, tags=["x"])})
    database.annotations.get(doc_id="01a")["tags"].append("y")
    assert database.annotations.get(doc_id="01a")["tags"] == ["x"]


def test_an_update_that_fails_halfway_changes_nothing(database, kept):
    database.annotations.replace({"01a": document(kept), "01b": document(kept)})

    def update(table):
        for identity, found in table.items():
            found["note"] = "spoilt"
            if identity == "01b":
                raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        database.annotations._update_table(update)
    database.annotations.insert(document(kept, note="Mine."))
    assert {found["note"] for found in database.annotations} == {"", "Mine."}


def test_a_value_that_cannot_be_stored_is_refused_before_anything_is_written(database, file, kept):
    before = file.read_bytes()
    with pytest.raises(TypeError):
        database.annotations.insert(document(kept, note=object()))
    with pytest.raises(ValueError, match="surrogate"):
        database.annotations.insert(document(kept, note="\ud800"))
    with pytest.raises(ValueError, match=r"\$.annotations"):
        database.annotations.insert(document(kept, kind=7))
    assert file.read_bytes() == before


def test_a_transaction_writes_all_tables_at_once(database, another, file, kept):
    before = file.read_bytes()
    with database.locked.transaction():
        database.annotations.replace({"01a": document(kept)})
        database.tombstones.replace({"01b": {"removed": "2026-01-01T00:00:00Z"}})
        assert "01a" in {found.doc_id for found in database.annotations}
        assert not list(another.annotations)
        assert file.read_bytes() == before
    assert len(another.annotations) == len(another.tombstones) == 1
    assert file.with_name("annotations.json.bak").read_bytes() == file.read_bytes()


def test_a_transaction_that_fails_writes_nothing(database, file, kept):
    before = file.read_bytes()

    def fail():
        with database.locked.transaction():
            database.annotations.replace({"01a": document(kept)})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert file.read_bytes() == before
    assert len(database.annotations) == 0


def test_a_transaction_that_changes_nothing_does_not_touch_the_file(database, file, kept):
    database.annotations.replace({"01a": document(kept)})
    before = files.fingerprint(file)
    database.annotations.replace({"01a": database.annotations.get(doc_id="01a")})
    assert files.fingerprint(file) == before


def test_a_table_can_be_dropped_but_never_the_record(database, file, kept):
    database.annotations.replace({"01a": document(kept)})
    database.drop_table("annotations")
    assert len(database.annotations) == 0
    for drop in (database.drop_tables, lambda: database.drop_table("article")):
        with pytest.raises(ValueError, match="article"):
            drop()
    assert database.article.get(doc_id=kept.id)["title"] == kept.title


def test_damage_is_found_at_the_first_change(database, file, kept):
    file.write_bytes(b"")
    file.with_name("annotations.json.bak").write_bytes(b"")
    with pytest.raises(DamagedFile):
        database.annotations.replace({"01a": document(kept)})
    assert file.read_bytes() == b""


def test_a_file_of_many_marks_is_written_with_sorted_keys(database, file, kept):
    database.annotations.replace({name: document(kept) for name in ("01c", "01a", "01b")})
    text = file.read_text()
    assert text.index('"01a"') < text.index('"01b"') < text.index('"01c"') < text.index('"article"')
    assert text.endswith("}\n")


def test_an_unchanged_file_gives_the_same_values(library, article, file):
    library.put([make_annotation(article, "Six seven"), make_annotation(article, "Nine ten")])
    tables = parse_tables(file.read_bytes())
    assert len(tables.annotations) == 2
    assert parse_tables(file.read_bytes(), tables) is tables


def test_a_file_without_rows_is_not_an_article_s_file():
    with pytest.raises(ValueError, match="no record of an article"):
        parse_tables(b"{}\n")
