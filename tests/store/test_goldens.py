"""What the library, its index and its memories hold is kept in files, with the number of each.

A program that finds another number makes an index and a memory again, and opens a newer library
read-only. So none of them may change at the same number.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from annotator.model import Claim
from annotator.model.feed import Feed, InboxRow
from annotator.model.query import Field, Words
from annotator.store import (
    FEEDS,
    INBOX,
    FeedMemory,
    FeedState,
    Guest,
    ImportMemory,
    ItemBase,
    Library,
    MarkBase,
    RememberedItem,
    questions,
)
from annotator.store.backup import restore_backup, write
from annotator.store.format.library_schema import SCHEMA
from annotator.store.index.connection import SCHEMA_VERSION
from annotator.store.machine import feed_memory, import_memory, publish_memory
from annotator.store.machine.publish_memory import PublishMemory, SentItem
from builders import MOMENT, make_annotation
from goldens import VERSION, check_goldens
from varied_library import fill

HERE = Path(__file__).parent / "goldens"
BETWEEN = "+"  # in the names of kept files, in place of the slash
CHANGING = {"signature", "looks"}  # columns with fingerprints of files, which no two runs share


@pytest.fixture
def filled(tmp_path):
    folders = {"state": tmp_path / "state", "cache": tmp_path / "cache"}
    with Library.open(tmp_path / "data", **folders, author=lambda: "Ann Lee") as library:
        fill(library)
        for record in library.records()[:1]:  # and one mark is deleted, which leaves a tombstone
            article = library.article(record.id).extraction().article
            library.put([make_annotation(article, article.text[:10], id="01de", note="Gone.")])
            library.article(record.id).remove(["01de"], now=MOMENT)
            library.ask_author(lambda: "Bo Chan")  # who changes one of the others
            changed = library.article(record.id).annotations()[0]
            library.put([replace(changed, claim=Claim(status="checking")).at(MOMENT)])
        feed = Feed(
            "https://river.example/feed",
            MOMENT,
            "River",
            "https://river.example/",
            ("water",),
            True,
        )
        row = InboxRow(
            "ab12", MOMENT, "Flood", "https://river.example/1", "Ann", MOMENT, "The river rose.", 90
        )
        library.catalog.put(
            FEEDS, {"ab12": feed, "cd34": Feed("https://b.example/", MOMENT)}, now=MOMENT
        )
        library.catalog.put(INBOX, {"ab12cd": row, "ab12ef": InboxRow("ab12", MOMENT)}, now=MOMENT)
        library.catalog.put(INBOX, {"ab12ef": None}, now=MOMENT)
        yield library


def files_of(folder):
    """Return the JSON files of a library, by their paths from its folder."""
    paths = (path for path in sorted(folder.rglob("*.json")))
    return {str(path.relative_to(folder)): path.read_text("utf-8") for path in paths}


def dump(path):
    """Return the tables of a database and all that is in them, a row on each line."""
    with closing(sqlite3.connect(path)) as database:
        tables = database.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
        virtual = tuple(f"{name}_" for name, sql in tables if sql and "VIRTUAL" in sql)
        lines = []
        for name, sql in tables:
            if sql and not name.startswith(virtual):
                lines.append(f"{sql};")
                if "CREATE TABLE" in sql or "VIRTUAL" in sql:
                    lines += rows_of(database, name)
    return "\n".join(lines) + "\n"


def rows_of(database, table):
    cursor = database.execute(f"SELECT * FROM {table}")
    names = [column[0] for column in cursor.description]
    for row in sorted(cursor, key=repr):
        yield repr([value for name, value in zip(names, row, strict=True) if name not in CHANGING])


def words_of(marks):
    return [(mark.id, mark.quote, mark.kind, mark.note, mark.tags) for mark in marks]


def test_the_files_of_a_library_are_as_they_were(request, filled):
    check_goldens(
        request,
        HERE / f"library-{SCHEMA}",
        {name.replace("/", BETWEEN): text for name, text in files_of(filled.folder).items()},
        version=str(SCHEMA),
        numbers="SCHEMA in store/format/library_schema.py (and keep the files of the last number)",
    )


def lay_out(kept, folder):
    for path in kept.iterdir():
        if path.name != VERSION:
            target = folder / path.name.replace(BETWEEN, "/")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())


@pytest.mark.parametrize("kept", sorted(path.name for path in HERE.glob("library-*")))
def test_the_files_of_each_version_are_read(kept, filled, tmp_path):
    lay_out(HERE / kept, tmp_path / "again")
    with Library.open(tmp_path / "again", state=tmp_path / "state") as again:
        assert not again.is_read_only
        assert {record.title for record in again.records()} == {
            record.title for record in filled.records()
        }
        for record in again.records():
            own, known = again.article(record.id), filled.article(record.id)
            assert words_of(own.annotations()) == words_of(known.annotations())
            assert own.deleted_marks().keys() == known.deleted_marks().keys()
            assert own.extraction().article.text == known.extraction().article.text
        is_older = not kept.endswith(f"-{SCHEMA}")
        assert len(list(again.state.glob("backups/*"))) == is_older
        assert len(again.notices) == is_older


@pytest.mark.parametrize("kept", sorted(path.name for path in HERE.glob("library-*")))
def test_a_backup_of_each_version_is_restored(kept, filled, tmp_path):
    lay_out(HERE / kept, tmp_path / "again")
    write(tmp_path / "again", tmp_path / "backup.tar.zst")
    restore_backup(tmp_path / "backup.tar.zst", tmp_path / "restored")
    with Library.open(tmp_path / "restored", state=tmp_path / "state") as restored:
        assert {record.id for record in restored.records()} == {
            record.id for record in filled.records()
        }
        for record in restored.records():
            marks = restored.article(record.id).annotations()
            assert words_of(marks) == words_of(filled.article(record.id).annotations())


def test_the_index_holds_what_it_held(request, filled, tmp_path):
    filled.ask(questions.search.search(Words("coal"), limit=1))
    filled.ask(questions.marks.find_marks(Field("is", "orphaned")))
    [path] = (tmp_path / "cache").rglob("index.db")
    check_goldens(
        request,
        HERE / "index",
        {"index.txt": dump(path)},
        version=str(SCHEMA_VERSION),
        numbers="SCHEMA_VERSION in store/index/connection.py",
    )


def test_the_memory_of_feeds_holds_what_it_held(request, tmp_path):
    state = FeedState(
        MOMENT,
        MOMENT,
        fetched=MOMENT,
        until=MOMENT,
        url="https://river.example/feed",
        etag='"1"',
        modified="Sat, 14 Mar 2026 09:26:53 GMT",
        seen=("ab12cd",),
        interval=7_200,
        errors=1,
        error="It timed out.",
    )
    with FeedMemory(tmp_path) as memory:
        memory.remember({"ab12": state, "cd34": FeedState(MOMENT, MOMENT)})
    check_goldens(
        request,
        HERE / "feed-memory",
        {"memory.txt": dump(tmp_path / "feeds" / "memory.db")},
        version=str(feed_memory.VERSION),
        numbers="VERSION in store/machine/feed_memory.py",
    )


def test_the_memory_of_imports_holds_what_it_held(request, tmp_path):
    base = ItemBase(tags=("a",), state="read", given=("b",), lacks_text=True)
    mark = MarkBase("01aa", "Coal", placed="coal", note="Mine.", kind="claim", tags=("c",))
    with ImportMemory(tmp_path) as memory:
        memory.remember("service", "1", RememberedItem.begun("ab12"))
        memory.remember("service", "2", RememberedItem("cd34", "0f", True, base, {"h1": mark}))
        memory.keep_report(b"{}")
    check_goldens(
        request,
        HERE / "import-memory",
        {"memory.txt": dump(tmp_path / "imports" / "memory.db")},
        version=str(import_memory.VERSION),
        numbers="VERSION in store/machine/import_memory.py",
    )


def test_the_memory_of_publishing_holds_what_it_held(request, tmp_path):
    begun = SentItem("begun", "Coal", "ab12", MOMENT, MOMENT, body={"text": "Mine."})
    sent = replace(begun, stage="sent", remote_id="x1", updated="2026-03-14T09:26:53+00:00")
    guest = Guest(
        "g1", "Bob", "Coal", prefix="a", suffix="b", note="No.", tags=("t",), created="2026",
        address="https://hypothes.is/a/g1",
    )  # fmt: skip
    with PublishMemory(tmp_path) as memory:
        memory.remember("desk", {"01aa": sent, "01bb": begun, "01cc": replace(sent, stage="gone")})
        memory.put_guests("desk", "ab12", [guest])
    check_goldens(
        request,
        HERE / "publish-memory",
        {"memory.txt": dump(tmp_path / "publishing" / "memory.db")},
        version=str(publish_memory.VERSION),
        numbers="VERSION in store/machine/publish_memory.py",
    )


def test_a_memory_of_publishing_that_is_broken_is_made_again(tmp_path):
    path = tmp_path / "publishing" / "memory.db"
    path.parent.mkdir()
    path.write_bytes(b"no database at all" * 100)
    with PublishMemory(tmp_path) as memory:
        assert memory.sent("desk") == {}
