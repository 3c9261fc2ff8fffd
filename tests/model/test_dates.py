from datetime import date

import pytest

from annotator.errors import InvalidInput
from annotator.model.dates import is_future, normalise_date


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("", ""),
        ("  ", ""),
        ("2024-05-12", "2024-05-12"),
        ("2024-5-2", "2024-05-02"),
        ("2024-05", "2024-05"),
        ("2024", "2024"),
        ("1066", "1066"),
        ("2024/05/12", "2024-05-12"),
        ("2024-05-12T09:26:53Z", "2024-05-12"),
        ("2024-05-12 09:26", "2024-05-12"),
        ("12.5.2024", "2024-05-12"),
        ("12. 05. 2024", "2024-05-12"),
        ("13/5/2024", "2024-05-13"),
        ("5/13/2024", "2024-05-13"),
        ("5/5/2024", "2024-05-05"),
        ("05/2024", "2024-05"),
        ("12 May 2024", "2024-05-12"),
        ("May 12, 2024", "2024-05-12"),
        ("Sept. 3rd, 2024", "2024-09-03"),
        ("3rd of May 2024", "2024-05-03"),
        ("May 2024", "2024-05"),
        ("12. Mai 2024", "2024-05-12"),
        ("1er août 2024", "2024-08-01"),
        ("12 de mayo de 2024", "2024-05-12"),
        ("2024年5月12日", "2024-05-12"),
        ("2024年5月", "2024-05"),
        ("2024년 5월 12일", "2024-05-12"),
        ("2024-02-29", "2024-02-29"),
        ("٢٠٢٤-٠٥", "2024-05"),
    ],
)
def test_usual_ways_to_write_a_date_are_kept_as_iso_8601(written, iso):
    assert normalise_date(written) == iso


@pytest.mark.parametrize(
    "written",
    [
        *("yesterday", "2024-13", "2024-02-30", "2023-02-29", "12-5-24", "0000", "May", "12 May"),
        *("in 2024", "2024-2025", "1990s", "2024-05-12-01", "99999", "31/31/2024", "12 Foo 2024"),
        "²⁰²⁴",
    ],
)
def test_what_is_not_a_date_is_refused_with_what_to_write(written):
    with pytest.raises(InvalidInput, match="is not a date") as refused:
        normalise_date(written)
    assert "2024-05-12" in refused.value.hint


def test_a_date_that_could_be_two_is_refused_with_both():
    with pytest.raises(InvalidInput, match="“3/5/2024” could be two dates") as refused:
        normalise_date("3/5/2024")
    assert refused.value.hint == "Write 2024-03-05 or 2024-05-03."


def test_a_long_text_is_refused_in_a_short_sentence():
    with pytest.raises(InvalidInput) as refused:
        normalise_date("x\x1b[31m" * 200)
    assert len(refused.value.message) < 80


@pytest.mark.parametrize(
    ("iso", "is_after"),
    [
        *(("2024-05-12", False), ("2024-05-13", True), ("2024-05", False), ("2024-06", True)),
        *(("2024", False), ("2025", True), ("", False), ("zukünftig", False)),
    ],
)
def test_a_date_is_in_the_future_if_all_of_it_is(iso, is_after):
    assert is_future(iso, date(2024, 5, 12)) is is_after


def test_a_day_in_december_could_be_a_month_and_thirteen_could_not():
    with pytest.raises(InvalidInput, match="could be two dates"):
        normalise_date("12/5/2024")
    with pytest.raises(InvalidInput, match="could be two dates"):
        normalise_date("5/12/2024")
    assert normalise_date("12/12/2024") == "2024-12-12"
    assert normalise_date("13/12/2024") == normalise_date("12/13/2024") == "2024-12-13"


@pytest.mark.parametrize(
    "text", ["12.5.2024 and more", "5/2024 or so", "12 May 2024 (Sunday)", "on 2024-05-12", "20245"]
)
def test_a_date_with_other_words_is_refused(text):
    with pytest.raises(InvalidInput, match="is not a date"):
        normalise_date(text)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("5/2024", "2024-05"),
        ("May 2024", "2024-05"),
        ("May 5, 2024", "2024-05-05"),
        ("2024年5月", "2024-05"),
        ("2024-05-12T09:30:00Z", "2024-05-12"),
        ("2024.5.2", "2024-05-02"),
        (" ", ""),
    ],
)
def test_what_is_left_out_stays_out_and_times_of_day_are_dropped(text, iso):
    assert normalise_date(text) == iso


@pytest.mark.parametrize("text", ["2024-13", "30.2.2024", "0000", "32 May 2024", "2024-05/12"])
def test_a_day_that_does_not_exist_is_refused(text):
    with pytest.raises(InvalidInput, match=f"“{text}” is not a date"):
        normalise_date(text)
