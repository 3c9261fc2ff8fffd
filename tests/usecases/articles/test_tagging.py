from datetime import timedelta

import pytest

from annotator.errors import InvalidTag, NotInLibrary
from annotator.usecases.articles.tagging import TagUse, matching, tag_article, tag_uses, with_tags
from builders import make_annotation, make_article, make_extraction, make_page


@pytest.fixture
def article(library, moment):
    """Return an article that is in the library."""
    article = make_article("Prices rose by a tenth. Wages did not.")
    library.store(make_extraction(article), make_page(), now=moment)
    return article


def put(library, article, moment, **tags_by_quote):
    for quote, tags in tags_by_quote.items():
        library.put([make_annotation(article, quote, tags=tags, modified=moment)])


def names(uses):
    return [use.name for use in uses]


def test_tags_of_articles_and_marks_are_counted_whatever_their_case(library, article, moment):
    tag_article(library, article.id, add=["Food"], now=moment)
    put(library, article, moment + timedelta(days=1), Prices=["food", "prices"])
    assert tag_uses(library) == (
        TagUse("Food", 2, moment + timedelta(days=1)),
        TagUse("prices", 1, moment + timedelta(days=1)),
    )


def test_a_library_without_tags_has_no_matching_ones(library):
    assert matching(tag_uses(library), "") == ()


def test_a_recently_used_tag_comes_before_one_used_more_often_long_ago(library, article, moment):
    put(library, article, moment, Prices=["old"], rose=["old"], tenth=["old"])
    put(library, article, moment + timedelta(days=90), Wages=["new"])
    assert names(matching(tag_uses(library), "")) == ["new", "old"]


def test_tags_with_that_prefix_come_first_then_levels_and_words_then_the_rest(
    library, article, moment
):
    put(library, article, moment, Prices=["energy/grid", "grid", "old-grid", "upgrid", "wind"])
    assert names(matching(tag_uses(library), "#Grid")) == [
        "grid",
        "energy/grid",
        "old-grid",
        "upgrid",
    ]
    assert names(matching(tag_uses(library), "grid", limit=1)) == ["grid"]


def test_spaces_match_the_dashes_of_a_tag(moment):
    uses = [TagUse("food-prices", 1, moment)]
    assert matching(uses, " food pr") == tuple(uses)


def test_an_article_is_tagged_once_whatever_the_spelling(library, article, moment):
    later = moment + timedelta(hours=1)
    record = tag_article(library, article.id, add=["Food Prices", "#food-prices"], now=later)
    assert record.tags == ("Food-Prices",)
    assert record.modified == later
    again = tag_article(library, article.id, add=["food-prices"], now=later + timedelta(hours=1))
    assert again == record


def test_tags_are_removed_whatever_their_case(library, article, moment):
    tag_article(library, article.id, add=["Food", "wages"], now=moment)
    assert tag_article(library, article.id, remove=["FOOD", "none"], now=moment).tags == ("wages",)


def test_a_tag_both_added_and_removed_stays():
    assert with_tags(["a"], add=["b"], remove=["a", "b"]) == ("b",)


def test_an_empty_tag_and_an_unknown_article_are_refused(library, article, moment):
    with pytest.raises(InvalidTag):
        tag_article(library, article.id, add=[" # "], now=moment)
    with pytest.raises(NotInLibrary):
        tag_article(library, "0" * 16, add=["a"], now=moment)
