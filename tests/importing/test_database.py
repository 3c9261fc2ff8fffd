"""Databases are opened in memory, for reading alone."""

import sqlite3

import pytest

from annotator.errors import ImportFailed
from annotator.importing.readers.database import columns_of, opened, tables_of


@pytest.fixture
def data(tmp_path):
    with sqlite3.connect(tmp_path / "it") as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE Bookmark (Text, Annotation)")
        database.execute("INSERT INTO Bookmark VALUES ('words', NULL)")
    database.close()
    return (tmp_path / "it").read_bytes()


def test_a_table_is_read(data):
    assert tables_of(data) == {"bookmark"}
    with opened(data) as database:
        [row] = database.execute("SELECT * FROM Bookmark")
        assert (row["Text"], row["Annotation"]) == ("words", None)
        assert columns_of(database, "Bookmark") == {"Text", "Annotation"}


@pytest.mark.parametrize(
    "order",
    [
        "ATTACH DATABASE '/etc/passwd' AS other",
        "DELETE FROM Bookmark",
        "SELECT load_extension('x')",
        "SELECT * FROM missing",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n",
    ],
)
def test_anything_else_is_refused(data, order):
    with pytest.raises(ImportFailed, match="database"), opened(data) as database:
        list(database.execute(order))


def test_a_damaged_database_is_refused(data):
    assert tables_of(data[:2000]) == frozenset()
    assert tables_of(b"SQLite format 3\0") == frozenset()
    assert tables_of(b"words") == frozenset()
