"""The selectors of a passage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET
from msgspec.structs import replace

from annotator.anchoring import describe, describe_in
from annotator.anchoring.describe import CONTEXT, FAR_CONTEXT, MOST_CONTEXT, starts_of
from annotator.errors import InvalidSpan
from annotator.model import PageLabel, Span, TextPositionSelector
from builders import make_article

SENTENCES = [f"Sentence number {n} is about the {n * 7}th thing on the list. " for n in range(60)]
TEXT = "".join(SENTENCES)


def place_of(words, text=TEXT):
    start = text.index(words)
    return Span(start, start + len(words))


def test_a_passage_is_described_by_its_words_and_context():
    span = place_of(SENTENCES[5].strip())
    target = describe(TEXT, span, revision="abc")
    assert target.quote.exact == SENTENCES[5].strip()
    assert TEXT[: span.start].endswith(target.quote.prefix)
    assert TEXT[span.end :].startswith(target.quote.suffix)
    assert len(target.quote.prefix) == len(target.quote.suffix) == CONTEXT
    assert target.position == TextPositionSelector(span.start, span.end)
    assert (target.occurrences, target.revision) == (1, "abc")


def test_a_passage_at_either_end_of_a_text_has_no_context_there():
    quote = describe("One. Two.", Span(0, 9)).quote
    assert (quote.prefix, quote.suffix) == ("", "")


def test_more_context_is_stored_for_words_that_occur_several_times():
    target = describe(TEXT, Span(1000, 1009) if "x" in TEXT else place_of("is about"))
    assert target.occurrences == 60
    assert len(target.quote.suffix) == FAR_CONTEXT


def test_even_more_context_is_stored_where_passages_are_repeated():
    verse = "And every verse of it ends with the very same words as the verse before it did. "
    song = "".join(f"Verse {n}. {verse * 2}" for n in range(4))
    target = describe(song, place_of("Verse 2", song))
    assert FAR_CONTEXT < len(target.quote.suffix) <= MOST_CONTEXT
    endless = describe(verse * 40, Span(800, 860))
    assert len(endless.quote.suffix) == MOST_CONTEXT


def test_occurrences_are_counted_without_punctuation_and_case():
    text = "Rain fell. It is known that “rain fell”, and RAIN  FELL again."
    assert describe(text, Span(0, 10)).occurrences == 3


def test_punctuation_alone_is_counted_too():
    assert describe("a ... b ... c", Span(2, 5)).occurrences == 2


@pytest.mark.parametrize("span", [Span(3, 3), Span(0, 99)])
def test_an_empty_or_impossible_passage_is_refused(span):
    with pytest.raises(InvalidSpan, match="No passage runs from"):
        describe("Some text.", span)


@given(st.text(min_size=1, max_size=60), st.data())
def test_every_passage_can_be_described(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    target = describe(text, Span(start, end))
    assert target.quote.exact == text[start:end]
    assert target.occurrences >= 1


def test_places_overlap_only_if_they_share_a_character():
    assert starts_of("aa", "aaaa") == [0, 1, 2]
    assert starts_of("", "aaaa") == []


def test_a_passage_that_begins_with_a_space_is_described_with_it():
    target = describe("One two three.", Span(3, 7))
    assert (target.quote.exact, target.quote.prefix, target.quote.suffix) == (
        " two",
        "One",
        " three.",
    )


def test_so_much_context_is_stored_as_makes_a_passage_the_only_one():
    text = "".join(f"Word{number} is here. " for number in range(200))
    once = describe(text, place_of("Word100", text))
    assert (len(once.quote.prefix), len(once.quote.suffix)) == (32, 32)
    often = describe(text, place_of("here", text))
    assert (often.occurrences, len(often.quote.suffix)) == (200, 256)


def test_the_position_is_that_of_the_passage():
    target = describe("One two three.", Span(4, 7), revision="r1")
    assert (target.position.start, target.position.end, target.revision) == (4, 7, "r1")


def test_at_most_a_thousand_places_are_counted():
    assert describe("a " * 1_500, Span(0, 1)).occurrences == 1_000


def test_a_passage_of_a_document_with_pages_is_described_with_its_page():
    article = replace(make_article("It rained. It snowed."), page_labels=(PageLabel(0, "xiv", 14),))
    target = describe_in(article, Span(0, 10))
    assert (target.pages, target.page_number, target.revision) == ("xiv", 14, article.revision)
    unpaged = replace(article, page_labels=(PageLabel(0, "xiv"),))
    assert describe_in(unpaged, Span(0, 10)).page_number is UNSET
