"""Finding quotations in the style of any language."""

import pytest

from annotator.citing.draft import is_long_enough, quotations
from annotator.model import Span


def words(text):
    return [each.words.of(text) for each in quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It is late,” she said.", "It is late,"),
        ("‘It is late,’ she said.", "It is late,"),
        ("„Es ist spät“, sagte sie.", "Es ist spät"),
        ("»Es ist spät«, sagte sie.", "Es ist spät"),
        ("« Il est tard », dit-elle.", "Il est tard"),
        ("”Det är sent”, sade hon.", "Det är sent"),
        ("彼女は「もう遅い」と言った。", "もう遅い"),
        ('"It is late," she said.', "It is late,"),
        ("'It is late,' she said.", "It is late,"),
        ("وقالت: «تأخر الوقت».", "تأخر الوقت"),
    ],
)
def test_quotation_marks_of_any_language_hold_a_quotation(text, expected):
    assert words(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "L’été d’hier, it’s the dogs’ own, the ’90s.",
        "He is 5'10\" tall, she is 6'2\".",
        "A mark “ that is never closed. Another sentence.",
        "“”",
    ],
)
def test_apostrophes_and_inches_are_no_quotation(text):
    assert words(text) == []


def test_a_quotation_keeps_the_quotation_inside_of_it():
    assert words("“She said ‘no’ twice,” he told us.") == ["She said ‘no’ twice,"]
    assert words("“a “b c” d” and “e”") == ["a “b c” d", "e"]


def test_a_paragraph_that_goes_on_quoting_is_a_quotation_to_its_end():
    assert words("“It was late. Nobody came.") == ["It was late. Nobody came."]


def test_a_mark_that_opens_the_next_quotation_does_not_end_one():
    assert words("»Es ist spät«, sagte sie, »und kalt dazu«.") == ["Es ist spät", "und kalt dazu"]


def test_one_or_two_words_are_a_name_or_irony():
    assert not is_long_enough("free market")
    assert is_long_enough("free of charge")
    assert is_long_enough("急ぐ人には向かない")


def test_only_quotations_that_are_closed_are_some_however_many_are_opened():
    assert words("“" * 50 + "one” and “two or three”") == ["one", "two or three"]
    assert words("'a " * 2000 + "“two or three”") == ["two or three"]


def test_the_mark_that_ends_a_quotation_does_not_open_the_next_one():
    assert words('"Is it late?", she asked, "and is it cold?"') == [
        "Is it late?",
        "and is it cold?",
    ]
    assert words("”Är det sent?”, sade hon, ”och kallt?”") == ["Är det sent?", "och kallt?"]


def test_a_year_without_its_century_opens_no_quotation():
    assert words("The ’90s were the dogs’ years.") == []
    assert words("The 'old times' were the dogs' years.") == ["old times"]


def test_where_the_closing_mark_ends_is_told():
    [quotation] = quotations("So « Il est tard » .")
    assert (quotation.words, quotation.end) == (Span(5, 16), 18)
    [open_end] = quotations("“It is late")
    assert (open_end.words, open_end.end) == (Span(1, 11), 11)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“ ” and “it is late”", ["it is late"]),
        ('"90 days is late," she said', ["90 days is late,"]),
        ('It is 5 " wide and 6 " long.', []),
        ("“It is late”she said “or early”.", ["It is late", "or early"]),
        ("So she said «it is late»to him «or early».", ["it is late", "or early"]),
    ],
)
def test_a_mark_is_before_a_word_or_after_one(text, expected):
    assert words(text) == expected


def test_a_paragraph_that_is_never_closed_is_a_quotation_only_if_it_is_short():
    assert words("“" + "a b " * 700) == [("a b " * 700).strip()]
    assert words("“" + "a b " * 800) == []


def test_an_apostrophe_before_a_single_letter_ends_nothing():
    assert words("‘So it’s, in a way, late,’ she said.") == ["So it’s, in a way, late,"]
    assert words("‘The dogs’ are late’ and it’s so.") == ["The dogs"]


def test_a_mark_at_the_end_opens_nothing():
    assert words("It is late “") == words('It is late "') == words("It is late '") == []
