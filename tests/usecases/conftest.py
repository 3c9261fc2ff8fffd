"""An article in the library, a mark on it, and another program that has the library open."""

from datetime import timedelta

import pytest

from annotator.model import Span
from annotator.store import Library
from annotator.usecases.marks.annotate import Draft, mark
from builders import make_article, make_extraction, make_page


@pytest.fixture(autouse=True)
def _cleaned_here(cleaned_here):
    """Start no worker for a page, but in the tests of the sandbox."""


@pytest.fixture
def article(library, moment):
    """Return an article that is in the library."""
    article = make_article("Prices rose by a tenth. Wages did not.")
    library.store(make_extraction(article), make_page(), now=moment)
    return article


@pytest.fixture
def annotation(library, article, moment):
    """Return a mark on the first sentence."""
    return mark(library, article, Span(0, 23), Draft(tags=("prices",)), now=moment)


@pytest.fixture
def elsewhere(library, tmp_path):
    """Return the same library, as another program has it open."""
    with Library.open(library.folder, state=tmp_path / "state") as opened:
        yield opened


@pytest.fixture
def later(moment):
    """Return a moment after the first one."""
    return moment + timedelta(minutes=5)
