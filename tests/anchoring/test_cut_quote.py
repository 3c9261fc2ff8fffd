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


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("“a tenth”", "“a tenth”"),
        ("a tenth", "a tenth"),
        ('"a tenth"', "“a tenth”"),
        ("rose —", "rose —"),
        ("— by", "— by"),
        ("- by", "— by"),
        ("It's final.", "It's final."),
        ("It's final!", "It's final"),
        ("(It's final", "It's final"),
        ("(...) the office said. [...] final", "the office said. It's final"),
        ("Prices rose ... the office said", TEXT[24 : TEXT.index(". It's")]),
        ("![the price](a.png) fell", "the price fell"),
        ("the price¹ fell", "the price fell"),
        ("the price fell [a].", "the price fell"),
        ("the price fell &amp;quot;", "the price fell"),
    ],
)
def test_the_place_has_the_punctuation_that_the_quote_has(quote, words):
    place = find_quote(TEXT, quote, ignored=NUMBERS)
    assert isinstance(place, Anchored)
    assert place.span.of(TEXT) == words


def test_the_parts_of_a_quote_are_in_order_and_not_too_far_apart():
    text = f"The first words are here. {'x ' * 2400}The last words are there."
    assert find_quote(text, "first words … last words").span.of(text).startswith("first words are")
    assert isinstance(find_quote(text, "last words … first words"), Orphan)
    far = f"The first words are here. {'x ' * 5100}The last words are there."
    assert isinstance(find_quote(far, "first words … last words"), Orphan)


def test_a_quote_is_whole_words_unless_it_is_long():
    text = "The prices of breadcrumbs and crumbs rose within the last year in all of the towns."
    assert find_quote(text, "crumbs").span.start == text.index(" crumbs") + 1
    long = "umbs rose within the last year in all of the tow"
    assert find_quote(text, long).span.of(text) == long


def test_a_long_passage_that_is_there_twice_is_the_first_one():
    line = "Nobody knows how the price of rice will develop. "
    assert find_quote(line * 2, line.strip()).span == Span(0, len(line) - 1)
    assert find_quote(line * 2, line.strip(), Hint(share=0.55)).span.start == len(line)


def test_a_single_letter_of_context_chooses_and_context_that_fits_both_does_not():
    text = "A cat sat. B cat sat. A cat sat."
    assert find_quote(text, "cat sat", Hint(prefix="B ")).span.start == 13
    assert isinstance(find_quote(text, "cat sat", Hint(prefix="A ")), Orphan)


def test_of_two_places_the_one_that_is_twice_as_near_is_chosen_by_its_position():
    text = f"The mayor said. {'Nobody knew. ' * 10}The mayor said. {'It rained. ' * 10}"
    second = text.rindex("The mayor said")
    assert (
        find_quote(text, "The mayor said", Hint(share=second * 0.7 / len(text))).span.start
        == second
    )
    assert isinstance(
        find_quote(text, "The mayor said", Hint(share=second * 0.6 / len(text))), Orphan
    )


def test_spans_that_are_ignored_may_be_missing_from_a_quote_and_need_not_be():
    text = "It fell1 in May2 of that year."
    numbers = (Span(7, 8), Span(15, 16))
    assert find_quote(text, "fell in May of", ignored=numbers).span.of(text) == "fell1 in May2 of"


def test_quotation_marks_with_spaces_inside_belong_to_a_quote_that_has_them():
    text = "Elle a dit\xa0: «\xa0Il est tard dans la ville\xa0», puis rien."
    words = "«\xa0Il est tard dans la ville\xa0»"
    assert find_quote(text, "« Il est tard dans la ville »").span.of(text) == words
    assert find_quote(text, "Il est tard dans la ville").span.of(text) == words[2:-2]
