import pytest
from msgspec.structs import replace

from annotator.errors import NotInLibrary
from annotator.model import Anchored, Orphan, Span
from annotator.store import Position
from annotator.usecases.articles.open_article import anchor_marks, open_article
from builders import make_annotation, make_article, make_extraction, make_page

BEFORE = "Prices rose by a tenth last year. Wages did not follow them at all. Nobody knows why."
AFTER = "A word first. Prices rose by a tenth last year. Nobody knows why."


def test_an_article_opens_with_its_marks_and_position(library, moment):
    article = make_article(BEFORE)
    library.store(make_extraction(article), make_page(), now=moment)
    second, first = (make_annotation(article, words) for words in ("Wages", "Prices"))
    library.put((second, first))
    library.positions.save(article.id, Position(12, 0.25))
    opened = open_article(library, article.id)
    assert opened.article == article
    assert opened.record == library.article(article.id).record()
    assert [each.annotation for each in opened.placed] == [first, second]
    assert opened.position == Position(12, 0.25, 0.25)


def test_an_article_never_opened_has_no_position(library, moment):
    article = make_article(BEFORE)
    library.store(make_extraction(article), make_page(), now=moment)
    opened = open_article(library, article.id)
    assert (opened.placed, opened.position) == ((), None)


def test_an_unknown_article_cannot_be_opened(library):
    with pytest.raises(NotInLibrary):
        open_article(library, "0" * 16)


def test_marks_of_this_revision_are_where_they_were_made():
    article = make_article("No. No. No.")
    annotation = make_annotation(article, "No.", occurrence=1)
    assert anchor_marks(article, [annotation])[0].place == Anchored(Span(4, 7))


def test_marks_of_an_older_revision_are_found_again_and_orphans_come_last():
    old, new = make_article(BEFORE), make_article(AFTER)
    gone = make_annotation(old, "Wages did not follow them at all.")
    moved = make_annotation(old, "Nobody knows why.")
    first = make_annotation(old, "Prices rose by a tenth last year.")
    placed = anchor_marks(new, [first, gone, moved])
    assert [each.annotation for each in placed] == [first, moved, gone]
    assert [each.span and each.span.of(new.text) for each in placed] == [
        "Prices rose by a tenth last year.",
        "Nobody knows why.",
        None,
    ]
    assert placed[0].place.fit == "moved"
    assert isinstance(placed[2].place, Orphan)


def test_a_position_that_does_not_hold_its_quote_is_searched_for():
    article = make_article(BEFORE)
    annotation = make_annotation(article, "Nobody knows why.")
    wrong = replace(annotation.target, position=replace(annotation.target.position, start=3))
    placed = anchor_marks(article, [replace(annotation, target=wrong)])
    assert placed[0].span.of(article.text) == "Nobody knows why."


def test_of_marks_that_start_together_the_shorter_comes_first():
    article = make_article(BEFORE)
    long, short = make_annotation(article, "Prices rose"), make_annotation(article, "Prices")
    assert [each.annotation for each in anchor_marks(article, [long, short])] == [short, long]
