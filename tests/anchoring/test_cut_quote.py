"""Quotations are found as services cut them, and not where they are not."""

import pytest

from annotator.anchoring.cut_quote import Hint, find_quote
from annotator.model import Anchored, Orphan, Span

TEXT = (
    "The Office & the Price\n\n"
    "Prices rose — by “a tenth” — within a year,[3] the office said. It's final.\n\n"
    "Nobody knows how the price of rice will develop in the coming months.12 "
    "That is what they said.\n\n"
    "In the end the price fell. Nobody had been asked, the office said.\n\n"
    "米の価格は一年で一割上がった。役所が発表した。"
)
NUMBERS = tuple(Span(TEXT.index(each), TEXT.index(each) + len(each)) for each in ("[3]", "12 "))


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("Prices  rose\n— by “a tenth”", "Prices rose — by “a tenth”"),
        ('Prices rose - by "a tenth" - within', "Prices rose — by “a tenth” — within"),
        ("Prices rose by a tenth within a year", "Prices rose — by “a tenth” — within a year"),
        ("The Office &amp; the Price", "The Office & the Price"),
        ("It&amp;#39;s final.", "It's final."),
        ("<em>Prices</em> rose", "Prices rose"),
        ('[Prices](https://a.example/b_(c) "d") rose', "Prices rose"),
        ("within a year,[ 3 ] the office said.", "within a year,[3] the office said."),
        ("within a year, the office said.", "within a year,[3] the office said."),
        ("within a year,[3] the office said.", "within a year,[3] the office said."),
        ("the coming months. That is what", "the coming months.12 That is what"),
        ("Nobody knows how the price of ri…", "Nobody knows how the price of ri"),
        (
            "Prices rose … the office said.",
            "Prices rose — by “a tenth” — within a year,[3] the office said.",
        ),
        ("It's final. Nobody knows", "It's final.\n\nNobody knows"),
        ("It's final.\nNobody knows", "It's final.\n\nNobody knows"),
        ("final.Nobody knows", "final.\n\nNobody knows"),
        ("PRICES ROSE", "Prices rose"),
        ("It's final.\n\nThat is what they", TEXT[TEXT.index("It's") : TEXT.index(" said.\n\nIn")]),
        ("米の価格は、一年で", "米の価格は一年で"),
    ],
)
def test_a_quotation_is_found_as_it_was_cut(quote, words):
    found = find_quote(TEXT, quote, ignored=NUMBERS)
    assert isinstance(found, Anchored)
    assert (found.span.of(TEXT), found.fit) == (words, "exact")


@pytest.mark.parametrize("quote", ["", "…", "the bread of the baker", "ice"])
def test_what_is_not_there_is_not_found(quote):
    assert isinstance(find_quote(TEXT, quote), Orphan)


def test_context_or_position_chooses_between_equal_words():
    first, second = TEXT.index("the office said"), TEXT.rindex("the office said")
    assert isinstance(find_quote(TEXT, "the office said"), Orphan)
    by_prefix = find_quote(TEXT, "the office said", Hint(prefix="Nobody had been asked, "))
    assert by_prefix.span.start == second
    by_suffix = find_quote(TEXT, "the office said", Hint(suffix=". It's"))
    assert by_suffix.span.start == first
    by_share = find_quote(TEXT, "the office said", Hint(share=0.28))
    assert by_share.span.start == first


def test_a_position_far_from_all_of_the_equal_words_chooses_none():
    text = f"The mayor said. {'Nobody knew why. ' * 60}The mayor said. {'It rained. ' * 60}"
    second = text.rindex("The mayor said") / len(text)
    near = find_quote(text, "The mayor said", Hint(share=second + 0.1))
    assert near.span.start == text.rindex("The mayor said")
    assert isinstance(find_quote(text, "The mayor said", Hint(share=1.0)), Orphan)


def test_reworded_words_are_found_as_changed():
    found = find_quote(
        TEXT, "Nobody knows how the price of rice will develope in the coming months"
    )
    assert isinstance(found, Anchored)
    assert found.fit == "changed"
