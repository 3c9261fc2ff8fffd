import pytest

from annotator.errors import NotInLibrary
from annotator.model import Anchored, Claim, Orphan, Span
from annotator.model.query_parser import parse
from annotator.usecases.queries.search import notes, places
from builders import make_annotation, make_article, make_extraction, make_page

TEXT = "Prices rose by a tenth last year. Wages did not follow them at all. Nobody knows why."


@pytest.fixture
def keep(library, moment):
    """Add a text to the library and return its article."""

    def kept(text, url):
        article = make_article(text, url=url)
        library.store(make_extraction(article), make_page(url=url), now=moment)
        return article

    return kept


@pytest.fixture
def marks(library, keep):
    """Return three marks on two articles."""
    first, second = keep(TEXT, "https://a.org/1"), keep(TEXT, "https://b.org/2")
    made = (
        make_annotation(first, "Prices rose", tags=("food/prices",), note="By whom?"),
        make_annotation(first, "Wages", kind="question"),
        make_annotation(second, "Nobody", claim=Claim(speaker="Ann Lee", verdict="Half true")),
    )
    library.put(made)
    return made


def found(library, query, article_id=""):
    return {note.annotation.id for note in notes(library, parse(query), article_id=article_id)}


def test_all_marks_come_with_their_article_in_its_order(library, marks):
    every = notes(library)
    assert {note.annotation.id for note in every} == {mark.id for mark in marks}
    assert all(note.record.id == note.annotation.article_id for note in every)
    of_first = [note.annotation for note in every if note.record.url == "https://a.org/1"]
    assert of_first == list(marks[:2])


def test_marks_are_filtered_by_article_kind_tag_and_words(library, marks):
    prices, wages, nobody = (mark.id for mark in marks)
    assert found(library, "", marks[0].article_id) == {prices, wages}
    assert found(library, "rose", marks[2].article_id) == set()
    assert found(library, "kind:QUESTION") == {wages}
    assert found(library, "tag:food") == {prices}
    assert found(library, "tag:prices") == set()
    assert found(library, "whom ROSE") == {prices}
    assert found(library, "lee half") == {nobody}
    assert found(library, "kind:claim rose") == {prices}
    assert found(library, "absent") == set()


def test_an_unknown_article_is_refused(library):
    with pytest.raises(NotInLibrary):
        notes(library, article_id="0" * 16)


def test_positions_are_those_in_the_current_text(library, keep, marks, moment):
    changed = "A word first. Prices rose by a tenth last year. Nobody knows why."
    keep(changed, "https://a.org/1")
    where = places(library, notes(library))
    prices, wages, nobody = (where[mark.id] for mark in marks)
    assert prices == Anchored(Span(14, 25), "moved")
    assert isinstance(wages, Orphan)
    assert nobody == Anchored(Span(68, 74), "exact")
