"""All threads may read and change a library at the same time."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

from msgspec.structs import replace

from annotator.model.query import Field, Words
from annotator.store import Library, questions
from builders import MOMENT, make_annotation, make_article, make_extraction, make_page

THREADS = 8
ROUNDS = 6


def filled(library, count):
    articles = [make_article(f"Text {n}.", url=f"https://example.org/{n}") for n in range(count)]
    for article in articles:
        library.store(make_extraction(article), make_page(), now=MOMENT)
    return articles


def test_changes_of_many_threads_are_all_kept_and_all_found(tmp_path):
    folders = {"state": tmp_path / "state", "cache": tmp_path / "cache"}
    with Library.open(tmp_path / "data", **folders) as library:
        articles = filled(library, 3)

        def work(thread):
            for number in range(ROUNDS):
                article = articles[(thread + number) % len(articles)]
                mark = make_annotation(article, "Text", tags=("made",))
                library.put([mark])
                library.article(article.id).revise(mark.id, partial(replace, note="mine"))
                assert mark.id in {own.id for own in library.article(article.id).annotations()}
                tagged = library.ask(questions.marks.find_marks(Field("tag", "made")))
                assert mark.id in {marked.annotation.id for marked in tagged}
                assert library.ask(questions.search.search(Words("mine"), limit=1)).marks
                library.ask(questions.links.linked_targets())

        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(work, range(THREADS)))
        marks = library.ask(questions.marks.find_marks())
        assert len(marks) == THREADS * ROUNDS
        assert {marked.annotation.note for marked in marks} == {"mine"}
        assert library.notices == ()


def test_threads_that_read_while_others_write_see_what_was_written_last(tmp_path):
    library = Library.open(tmp_path / "data", state=tmp_path / "state")
    [article] = filled(library, 1)
    shared = make_annotation(article, "Text", note="")
    library.put([shared])

    def write(_):
        library.article(article.id).revise(
            shared.id, lambda mark: replace(mark, note=mark.note + "x")
        )

    def read(_):
        return len(library.article(article.id).annotations()[0].note)

    with ThreadPoolExecutor(THREADS) as pool:
        written, lengths = pool.map(write, range(40)), pool.map(read, range(200))
        list(written)
        assert all(0 <= length <= 40 for length in lengths)
    assert read(None) == 40
