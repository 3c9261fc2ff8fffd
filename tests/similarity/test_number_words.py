"""Words that begin a number, a day or a time."""

import pytest

from annotator.similarity.number_words import may_begin_number


@pytest.mark.parametrize(
    ("word", "language"),
    [
        ("twelve", "en"),
        ("dozen", "en"),
        ("march", "en"),
        ("tuesday", "en"),
        ("second", "en"),
        ("half", "en"),
        ("doubled", "en"),
        ("midnight", "en"),
        ("funfundzwanzig", "de"),
        ("dreimal", "de"),
        ("segunda", "pt"),  # segunda-feira
        ("meia", "pt"),  # meia-noite
    ],
)
def test_words_of_numbers_days_and_times_are_read(word, language):
    assert may_begin_number(word, language)


@pytest.mark.parametrize(("word", "language"), [("harbour", "en"), ("gemeinde", "de")])
def test_other_words_are_passed_over(word, language):
    assert not may_begin_number(word, language)
