"""The reading position: where an article opens again."""

import pytest

from annotator.errors import LibraryReadOnly
from annotator.store import Position
from annotator.tui.reader.session import ReadingPosition
from annotator.usecases.articles.open_article import open_article
from builders import MOMENT, set_state


@pytest.fixture
def article(keep):
    return keep()


def position(library, article) -> ReadingPosition:
    return ReadingPosition(library, open_article(library, article.id), lambda: MOMENT)


def test_an_article_opens_where_it_was_left(library, article):
    first = position(library, article)
    assert first.start == 0
    first.move(42, 0.5)
    first.save()
    assert position(library, article).start == 42


def test_an_article_counts_as_read_once_its_end_was_seen(library, article):
    reached = position(library, article)
    reached.end()
    assert library.article(article.id).record().state == "unread"
    reached.move(42, 0.5)
    reached.end()
    assert library.article(article.id).record().state == "reading"
    reached.move(99, 0.99)
    reached.end()
    assert library.article(article.id).record().state == "read"


def test_an_archived_article_stays_archived(library, article):
    set_state(library, article.id, "archived", now=MOMENT)
    reached = position(library, article)
    reached.move(99, 1.0)
    reached.end()
    assert library.article(article.id).record().state == "archived"
    assert library.positions.get(article.id) == Position(99, 1.0, 1.0)


def test_a_position_that_cannot_be_written_is_reported_once(library, article, monkeypatch):
    def refuse(*_):
        raise LibraryReadOnly("The state folder may only be read.")

    monkeypatch.setattr(library.positions, "save", refuse)
    reached = position(library, article)
    reached.move(1, 0.1)
    with pytest.raises(LibraryReadOnly):
        reached.save()
    reached.move(2, 0.2)
    reached.save()
