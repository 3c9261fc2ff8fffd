import pytest

from annotator.errors import InvalidInput, InvalidSpan
from annotator.model import Span
from annotator.usecases.marks.annotate import MAX_PLACES, find_quote, parse_span
from builders import make_article

ARTICLE = make_article("“It’s over,” she said — twice.\n\nIt was not over. It was\nnever over.")


def passage(quote):
    return find_quote(ARTICLE, quote).of(ARTICLE.text)


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("It was not over.", "It was not over."),
        ("  she said ", "she said"),
        ('"It\'s over,"', "“It’s over,”"),
        ("she said - twice", "she said — twice"),
        ("IT WAS NOT", "It was not"),
        ("it was never over", "It was\nnever over"),
        ("twice. It was not", "twice.\n\nIt was not"),
    ],
)
def test_a_quote_is_found_as_people_type_it(quote, words):
    assert passage(quote) == words


def test_an_exact_match_wins_over_a_similar_one():
    assert find_quote(make_article("OVER and over"), "over") == Span(9, 13)


def test_the_matches_of_an_ambiguous_quote_are_listed():
    with pytest.raises(InvalidInput) as caught:
        find_quote(ARTICLE, "over")
    assert caught.value.message == "“over” appears 3 times."
    assert "--at 6:10  …“It’s [over],” she said — twice. It…" in caught.value.hint


def test_a_very_common_word_is_not_listed_in_full():
    with pytest.raises(InvalidInput) as caught:
        find_quote(make_article("no " * 100), "no")
    assert caught.value.hint.count("--at") == MAX_PLACES
    assert caught.value.hint.endswith("and 95 more")


@pytest.mark.parametrize("quote", ["It is not there", "", " \n ", "\u200b"])
def test_a_quote_without_a_match_is_refused_with_a_hint(quote):
    with pytest.raises(InvalidInput) as caught:
        find_quote(ARTICLE, quote)
    assert caught.value.hint


def test_a_span_is_two_numbers():
    assert parse_span(" 3:12 ") == Span(3, 12)


@pytest.mark.parametrize("text", ["", "3", "3:", "a:b", "-1:4", "5:3", "3:4:5", "9" * 5000 + ":1"])
def test_an_invalid_span_is_refused(text):
    with pytest.raises(InvalidSpan):
        parse_span(text)


def test_matches_within_a_word_are_shown_within_it():
    with pytest.raises(InvalidInput) as caught:
        find_quote(ARTICLE, "ve")
    assert "It’s o[ve]r" in caught.value.hint
