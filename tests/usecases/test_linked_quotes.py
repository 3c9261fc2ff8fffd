import pytest

from annotator.model import Link, Span
from annotator.usecases.annotate import Draft, delete, link, linked_quotes, mark
from builders import make_article, make_extraction, make_page


@pytest.fixture
def marks(library, moment):
    """Return two marks of an article."""
    article = make_article("Prices rose by a tenth. Wages did not.")
    library.store(make_extraction(article), make_page(), now=moment)
    return [
        mark(library, article, span, Draft(), now=moment) for span in (Span(0, 23), Span(24, 38))
    ]


def test_linked_marks_have_quotes_and_linked_pages_have_none(library, marks, moment):
    one, other = marks
    link(library, one, Link("opposes", other.id), now=moment)
    link(library, one, Link("informs", "https://example.org/report"), now=moment)
    assert linked_quotes(library, library.annotation(one.id)) == {other.id: "Wages did not."}


def test_a_deleted_linked_mark_has_no_quote(library, marks, moment):
    one, other = marks
    link(library, one, Link("opposes", other.id), now=moment)
    delete(library, other, now=moment)
    assert linked_quotes(library, library.annotation(one.id)) == {}
