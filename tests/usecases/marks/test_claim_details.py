"""A mark in its paragraph."""

import pytest

from annotator.usecases.marks.annotate import Draft, mark
from annotator.usecases.marks.links import MAX_AROUND, ClaimPassage, passage_of
from builders import find_span, make_article, make_extraction, make_page

TEXT = (
    "# Bread\n\nPrices rose by a tenth. Wages did not.\n\nNobody knows why. It rained.\n\nIt ended."
)


@pytest.fixture
def kept(library, moment):
    """Return a function that keeps a version of a story."""

    def keep(text):
        article = make_article(text)
        library.store(make_extraction(article), make_page(text), now=moment)
        return article

    return keep


@pytest.mark.parametrize(
    ("words", "before", "after"),
    [
        ("rose by a tenth.", "Prices ", " Wages did not."),
        ("Wages did not.", "Prices rose by a tenth. ", ""),
        ("Prices rose by a tenth. Wages did not.", "", ""),
        ("Wages did not.\n\nNobody knows why.", "Prices rose by a tenth. ", " It rained."),
        ("Wages did not.\n\n", "Prices rose by a tenth. ", ""),
    ],
)
def test_a_passage_is_shown_in_its_paragraphs_and_without_those_beside_them(
    library, kept, moment, words, before, after
):
    article = kept(TEXT)
    made = mark(library, article, find_span(article.text, words), Draft(), now=moment)
    assert passage_of(library, made) == ClaimPassage(before, words.rstrip(), after)


def test_a_long_paragraph_is_cut_between_words_on_both_sides(library, kept, moment):
    article = kept(f"{'before ' * 300}Prices rose.{' after' * 300}")
    made = mark(library, article, find_span(article.text, "Prices rose."), Draft(), now=moment)
    passage = passage_of(library, made)
    assert passage.before.startswith("…before before")
    assert passage.after.endswith("after after…")
    assert MAX_AROUND - 9 < len(passage.before) <= MAX_AROUND
    assert MAX_AROUND - 9 < len(passage.after) <= MAX_AROUND


def test_of_a_passage_that_is_gone_the_remembered_words_are_shown(library, kept, moment):
    article = kept(TEXT)
    made = mark(library, article, find_span(article.text, "Wages did not."), Draft(), now=moment)
    kept("Something else is on the page now, and at another length than before.")
    passage = passage_of(library, made)
    assert (passage.words, passage.is_found) == ("Wages did not.", False)
    assert passage.before.endswith("Prices rose by a tenth. ")
    assert passage.after.startswith("\n\nNobody knows why.")


def test_of_a_text_that_cannot_be_read_the_remembered_words_are_shown(library, kept, moment):
    article = kept(TEXT)
    made = mark(library, article, find_span(article.text, "Wages did not."), Draft(), now=moment)
    for path in (library.folder / "articles").rglob("revisions/*"):
        path.write_bytes(b"{")
    passage = passage_of(library, made)
    assert (passage.words, passage.is_found) == ("Wages did not.", True)
