"""The index gives the same answers as the files, whatever happened to either."""

import os
import shutil
import tempfile
from collections import Counter
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from annotator.errors import IndexingStopped
from annotator.model import Link, tags
from annotator.model.query import Field, Words
from annotator.store import Library, questions
from builders import MOMENT, make_annotation, make_article, make_extraction, make_page

VOCABULARY = ("alpha", "beta", "gamma", "delta", "omega")
ARTICLES = st.integers(0, 3)
WORDS = st.sampled_from(VOCABULARY)
LONG_AGO = 1_000_000_000  # seconds; a file of that time is not read again unless it changed


class Machines:
    """One folder, two programs with one index, and a machine that has none."""

    def __init__(self, root: Path, stack: ExitStack) -> None:
        self.root = root
        self.cache = root / "cache"
        self.time = 0
        self.marks: list = []
        here = {"state": root / "state", "cache": self.cache}
        self.programs = [stack.enter_context(Library.open(root / "data", **here)) for _ in "ab"]
        elsewhere = Library.open(root / "data", state=root / "elsewhere")
        self.libraries = [*self.programs, stack.enter_context(elsewhere)]

    def article(self, number, word="alpha"):
        text = f"All of {word} in number {number}.\n\nMore of it."
        return make_article(text, url=f"https://site{number}.org/")

    def now(self):
        self.time += 1
        return MOMENT + timedelta(minutes=self.time)

    def file(self, number):
        name = self.article(number).id
        return self.root / "data" / "articles" / name[:2] / name / "annotations.json"

    def index(self):
        return next(iter(self.cache.rglob("index.db")), None)

    def ids(self, number):
        return [each.id for each in self.marks if each.article_id == self.article(number).id]


def keep(machines, library, number, word):
    article = machines.article(number, word)
    library.store(make_extraction(article), make_page(url=article.url), now=machines.now())


def mark(machines, library, number, word):
    if not machines.file(number).exists():
        return
    link = Link("supports", machines.marks[0].id if machines.marks else "https://x.org")
    made = make_annotation(
        machines.article(number), "in number", tags=(word, f"{word}/sub"), note=f"On {word}.",
        links=(link,), modified=machines.now(),
    )  # fmt: skip
    library.put([made])
    machines.marks.append(made)


def edit(machines, library, number, word):
    if machines.file(number).exists():
        for mark in library.article(machines.article(number).id).annotations()[:1]:
            library.article(mark.article_id).revise(
                mark.id, lambda it: replace(it, note=word).at(machines.now())
            )


def unmark(machines, library, number, _word):
    if machines.file(number).exists():
        library.article(machines.article(number).id).remove(
            machines.ids(number)[:1], now=machines.now()
        )


def tag(machines, library, number, word):
    if machines.file(number).exists():
        library.article(machines.article(number).id).update(
            lambda it: replace(it, tags=(word.title(),))
        )


def discard(machines, library, number, _word):
    if machines.file(number).exists():
        library.trash(machines.article(number).id)


def age(machines, _library, number, _word):
    """Make a file and its folder look old, so that their fingerprint is believed."""
    if machines.file(number).exists():
        machines.time += 1
        for path in (machines.file(number), machines.file(number).parent):
            os.utime(path, (LONG_AGO + machines.time,) * 2)


def put_back(machines, _library, number, _word):
    """Replace a file with an older version of it, as git and sync tools do."""
    backup = machines.file(number).with_name("annotations.json.bak")
    if backup.exists():
        copy = machines.file(number).with_name("copy")
        shutil.copyfile(backup, copy)
        copy.replace(machines.file(number))


def lose_index(machines, _library, _number, _word):
    if path := machines.index():
        path.unlink()


def cut_index(machines, _library, number, _word):
    if path := machines.index():
        os.truncate(path, path.stat().st_size * number // 4)


def garble_index(machines, _library, number, word):
    if path := machines.index():
        with path.open("r+b") as file:
            file.seek(4096 * (number * VOCABULARY.index(word)))
            file.write(bytes(range(256)) * 16)


HAPPENINGS = (
    keep, keep, mark, mark, edit, unmark, tag, discard, age, age, put_back,
    lose_index, cut_index, garble_index,
)  # fmt: skip
STEP = st.tuples(st.sampled_from(HAPPENINGS), st.integers(0, 2), ARTICLES, WORDS)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(st.lists(STEP, max_size=14))
def test_the_index_answers_like_the_files_whatever_happened(steps):
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        machines = Machines(Path(folder), stack)
        for happens, library, number, word in steps:
            happens(machines, machines.libraries[library], number, word)
            for program in machines.programs:
                compare(program, word)


def compare(program, word):
    tables = map(program._reader.tables, program._paths.ids())
    there = [article.record for article in tables if article]
    records = tuple(sorted(there, key=lambda record: (record.added, record.id), reverse=True))
    assert program.records() == records
    marks = [mark for record in records for mark in program.article(record.id).annotations()]
    assert [each.annotation for each in program.ask(questions.marks.find_marks())] == marks
    assert {each.record for each in program.ask(questions.marks.find_marks())} <= set(records)
    assert program.ask(questions.marks.mark_counts()) == Counter(mark.article_id for mark in marks)
    assert [line.split("\t")[0] for line in program.ask(questions.articles.article_lines())] == [
        it.id for it in records
    ]
    lines = "\n".join(program.ask(questions.marks.mark_lines()))
    assert [line.split("\t")[0] for line in lines.splitlines()] == [mark.id for mark in marks]
    uses = Counter(tags.key(name) for bearer in (*records, *marks) for name in bearer.tags)
    found = Counter()
    for spelling in program.ask(questions.names.tag_spellings()):
        found[spelling.key] += spelling.uses
    assert found == uses
    for mark in marks[:1]:
        assert program.annotation(mark.id) == mark
    compare_words(program, word, records, marks)


def compare_words(program, word, records, marks):
    def says(mark):
        return word in f"{mark.note} {' '.join(mark.tags)}".lower()

    texts = {each.id: program.article(each.id).extraction().article.text for each in records}
    fitting = [each for each in marks if says(each)]
    bearing = {each.article_id for each in fitting}
    assert [
        each.annotation for each in program.ask(questions.marks.find_marks(Words(word)))
    ] == fitting
    assert program.ask(questions.articles.find_articles(Words(word))) == tuple(
        each
        for each in records
        if word in texts[each.id] or word in map(tags.key, each.tags) or each.id in bearing
    )
    assert program.ask(questions.articles.find_articles(Field("tag", word))) == tuple(
        each
        for each in records
        if word in map(tags.key, each.tags)
        or any(word in mark.tags for mark in marks if mark.article_id == each.id)
    )
    assert "_memory_index" not in vars(program)  # the file was used, or a new one made


@pytest.fixture
def indexed(tmp_path, library):
    """Return a second program on the library, with an index."""
    with Library.open(library.folder, state=tmp_path / "s", cache=tmp_path / "cache") as opened:
        yield opened


def test_a_file_that_is_read_again_only_for_its_age_changes_nothing(
    indexed, library, article, kept, tmp_path
):
    indexed.records()
    [path] = tmp_path.rglob("index.db")
    before = path.with_name("index.db-wal").stat().st_size
    assert indexed.records() == indexed.records()
    assert path.with_name("index.db-wal").stat().st_size == before


def test_a_text_that_arrives_after_its_record_is_found(indexed, file, kept):
    [text] = (file.parent / "revisions").glob("*.json")
    away = text.rename(text.with_suffix(".away"))
    assert indexed.ask(questions.articles.find_articles(Words("eleven"))) == ()
    assert len(indexed.ask(questions.articles.find_articles(Words("article")))) == 1  # by its title
    away.rename(text)
    assert len(indexed.ask(questions.articles.find_articles(Words("eleven")))) == 1


def test_the_text_of_an_article_that_is_open_is_not_read_again_for_the_index(indexed, kept):
    opened = indexed.article(kept.id).extraction()
    for version in indexed.folder.rglob("revisions/*.json"):
        version.unlink()
    assert len(indexed.ask(questions.articles.find_articles(Words("eleven")))) == 1
    assert opened.article == kept


def test_a_mark_that_lost_its_place_is_found_as_orphaned(indexed, library, article, kept, moment):
    marks = (make_annotation(article, "Six seven eight"), make_annotation(article, "Nine ten"))
    library.put(marks)
    assert indexed.ask(questions.marks.find_marks(Field("is", "orphaned"))) == ()
    changed = make_article("One two three four five.\n\nNine ten eleven twelve.")
    library.store(make_extraction(changed), make_page(), now=moment)
    [orphan] = indexed.ask(questions.marks.find_marks(Field("is", "orphaned")))
    assert orphan.annotation == marks[0]
    library.store(make_extraction(article), make_page(), now=moment)
    assert indexed.ask(questions.marks.find_marks(Field("is", "orphaned"))) == ()


def test_a_mark_whose_words_changed_is_found_as_reworded(indexed, library, article, kept, moment):
    marks = (make_annotation(article, "Six seven eight"), make_annotation(article, "Nine ten"))
    library.put(marks)
    assert indexed.ask(questions.marks.find_marks(Field("is", "reworded"))) == ()
    changed = make_article(article.text.replace("Six seven eight", "Six seventy eight"))
    library.store(make_extraction(changed), make_page(), now=moment)
    [reworded] = indexed.ask(questions.marks.find_marks(Field("is", "reworded")))
    assert reworded.annotation == marks[0]


def test_bringing_up_to_date_stops_when_asked_to(indexed, kept):
    asked = []
    indexed.bring_up_to_date(lambda: bool(asked.append(True)))
    assert asked == [True]
    indexed.bring_up_to_date()
    indexed.bring_up_to_date(lambda: bool(asked.append(True)))
    assert asked == [True]  # nothing was left to do


def test_a_damaged_article_is_reported_and_the_others_are_listed(indexed, file, kept, library):
    for path in file.parent.glob("annotations*"):
        path.write_bytes(b"{")
    assert indexed.records() == ()
    assert "damaged" in " ".join(indexed.notices)


def test_closing_ingests_what_was_written(tmp_path, article, moment):
    folders = {"state": tmp_path / "state", "cache": tmp_path / "cache"}
    with Library.open(tmp_path / "data", **folders) as library:
        library.records()
        library.store(make_extraction(article), make_page(), now=moment)
    with Library.open(tmp_path / "data", **folders) as library:
        rows = library._index._connection.run(
            lambda it: it.execute("SELECT count(*) FROM articles WHERE worded != ''").fetchone()
        )
    assert rows == (1,)


def test_an_index_that_was_stopped_goes_on_where_it_was(tmp_path, moment):
    folders = {"state": tmp_path / "state", "cache": tmp_path / "cache"}
    with Library.open(tmp_path / "data", state=tmp_path / "state") as library:
        for number in range(250):
            article = make_article("Words.", url=f"https://example.org/{number}")
            library.store(make_extraction(article), make_page(article.url), now=moment)
    for path in (tmp_path / "data").rglob("*"):
        os.utime(path, (LONG_AGO, LONG_AGO))
    told = []
    with Library.open(tmp_path / "data", **folders) as library:
        library.watch_index(lambda *at: told.append(at) or len(told) < 3)
        with pytest.raises(IndexingStopped):
            library.records()
    assert told == [(0, 250), (100, 250), (200, 250)]
    with Library.open(tmp_path / "data", **folders) as library:
        library.watch_index(lambda *at: told.append(at) or True)
        assert len(library.records()) == 250
    assert told[3:] == [(0, 50), (50, 50)]
