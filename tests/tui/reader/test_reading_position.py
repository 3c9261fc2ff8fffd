"""What is remembered of a reader's stay with an article."""

import pytest

from annotator.errors import LibraryReadOnly
from annotator.store import Position
from annotator.tui.reader.session import Visit
from annotator.usecases.articles import set_state
from annotator.usecases.open_article import open_article
from builders import MOMENT


@pytest.fixture
def article(keep):
    return keep()


def visit(library, article) -> Visit:
    return Visit(library, open_article(library, article.id), lambda: MOMENT)


def test_the_next_visit_begins_where_the_last_one_ended(library, article):
    first = visit(library, article)
    assert first.start == 0
    first.at(42, 0.5)
    first.keep()
    assert visit(library, article).start == 42


def test_an_article_is_being_read_until_its_end_was_seen(library, article):
    stay = visit(library, article)
    stay.end()
    assert library.record(article.id).state == "unread"
    stay.at(42, 0.5)
    stay.end()
    assert library.record(article.id).state == "reading"
    stay.at(99, 0.99)
    stay.end()
    assert library.record(article.id).state == "read"


def test_what_is_archived_stays_so(library, article):
    set_state(library, article.id, "archived", now=MOMENT)
    stay = visit(library, article)
    stay.at(99, 1.0)
    stay.end()
    assert library.record(article.id).state == "archived"
    assert library.positions.get(article.id) == Position(99, 1.0)


def test_a_place_that_cannot_be_kept_is_told_once(library, article, monkeypatch):
    def refuse(*_):
        raise LibraryReadOnly("The state folder may only be read.")

    monkeypatch.setattr(library.positions, "keep", refuse)
    stay = visit(library, article)
    stay.at(1, 0.1)
    with pytest.raises(LibraryReadOnly):
        stay.keep()
    stay.at(2, 0.2)
    stay.keep()
