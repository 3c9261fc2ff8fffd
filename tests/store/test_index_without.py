"""The files answer when the index cannot be used."""

import sqlite3

import pytest

from annotator.model.query import Field, Words
from annotator.store import Library, questions
from builders import make_annotation


@pytest.fixture
def filled(library, article, kept):
    library.put([make_annotation(article, "Nine ten", tags=("count",), note="How many?")])
    return library


def answers(library, mark):
    return (
        library.records(),
        library.ask(questions.articles.article_lines()),
        library.ask(questions.marks.mark_lines()),
        library.annotation(mark.id[:20]),
        [
            each.annotation
            for each in library.ask(questions.marks.find_marks(Field("tag", "count")))
        ],
        library.ask(questions.articles.find_articles(Words("eleven"))),
        [
            each.record.id
            for each in library.ask(questions.search.search(Words("many"), limit=3)).articles
        ],
        [each.name for each in library.ask(questions.names.tag_spellings())],
    )


def test_without_a_cache_everything_is_answered(filled, article, kept, tmp_path):
    [mark] = filled.article(article.id).annotations()
    without = answers(filled, mark)
    with Library.open(filled.folder, state=tmp_path / "s", cache=tmp_path / "c") as indexed:
        assert answers(indexed, mark) == without
    assert without[0] == (filled.article(article.id).record(),)
    assert without[4] == [mark]
    assert without[6] == [article.id]


def test_a_read_only_cache_is_not_needed(filled, article, tmp_path):
    [mark] = filled.article(article.id).annotations()
    (tmp_path / "c").write_text("a file in the way of the folder")
    with Library.open(filled.folder, state=tmp_path / "s", cache=tmp_path / "c") as library:
        assert answers(library, mark) == answers(filled, mark)


def test_an_index_locked_by_another_program_is_not_needed(filled, article, tmp_path, monkeypatch):
    monkeypatch.setattr("annotator.store.index.connection.MAX_WAIT", 0.01)
    [mark] = filled.article(article.id).annotations()
    folders = {"state": tmp_path / "s", "cache": tmp_path / "c"}
    with Library.open(filled.folder, **folders) as library:
        library.records()
        [path] = tmp_path.rglob("index.db")
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        filled.put([make_annotation(article, "One two", id="7zzz")])
        with Library.open(filled.folder, **folders) as late:
            assert answers(late, mark) == answers(filled, mark)
        other.close()
        assert path.exists()
        assert answers(library, mark) == answers(filled, mark)


def test_a_library_is_closed_while_another_program_locks_the_index(
    filled, article, tmp_path, monkeypatch
):
    monkeypatch.setattr("annotator.store.index.connection.MAX_WAIT", 0.01)
    folders = {"state": tmp_path / "s", "cache": tmp_path / "c"}
    with Library.open(filled.folder, **folders) as library:
        library.records()
        [path] = tmp_path.rglob("index.db")
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        library.put([mark := make_annotation(article, "One two", tags=("late",))])
    other.close()
    with Library.open(filled.folder, **folders) as library:
        [tagged] = library.ask(questions.marks.find_marks(Field("tag", "late")))
        assert tagged.annotation.id == mark.id


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"x" * 5000])
def test_a_file_that_is_not_an_index_is_replaced(filled, article, tmp_path, content):
    folders = {"state": tmp_path / "s", "cache": tmp_path / "c"}
    with Library.open(filled.folder, **folders) as library:
        library.records()
    [path] = tmp_path.rglob("index.db")
    path.write_bytes(content)
    with Library.open(filled.folder, **folders) as library:
        assert library.records() == filled.records()
        assert len(library.ask(questions.articles.find_articles(Words("eleven")))) == 1
    assert path.read_bytes().startswith(b"SQLite format 3\0")
    assert "_memory_index" not in vars(library)


def test_an_index_of_another_version_is_replaced(filled, tmp_path):
    folders = {"state": tmp_path / "s", "cache": tmp_path / "c"}
    with Library.open(filled.folder, **folders) as library:
        library.records()
    [path] = tmp_path.rglob("index.db")
    other = sqlite3.connect(path)
    other.execute("PRAGMA user_version = 999")
    other.close()
    with Library.open(filled.folder, **folders) as library:
        assert library.records() == filled.records()


def test_only_the_owner_can_read_the_index(filled, tmp_path):
    with Library.open(filled.folder, state=tmp_path / "s", cache=tmp_path / "c") as library:
        library.records()
    [path] = tmp_path.rglob("index.db")
    assert path.parent.stat().st_mode & 0o077 == 0
