"""Dates in the forms that pages use."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.extract.metadata.dates import date_in_address, first_date, iso


@pytest.mark.parametrize(
    ("text", "language", "date"),
    [
        ("2022-06-30", "", "2022-06-30"),
        ("2022-06-30T10:00:00Z", "", "2022-06-30T10:00:00+00:00"),
        ("2022-06-30T10:00:00", "", "2022-06-30"),
        ("20220630", "", "2022-06-30"),
        ("2020-01-05 10:30:00 +0200", "", "2020-01-05T10:30:00+02:00"),
        ("Mon, 01 Jun 2020 10:00:00 GMT", "", "2020-06-01T10:00:00+00:00"),
        ("Tue Jun 30 2022 12:00:00 GMT+0200 (CEST)", "", "2022-06-30T12:00:00+02:00"),
        ("June 30, 2022", "en", "2022-06-30"),
        ("3rd of May 2021 at 5:30 pm EST", "en", "2021-05-03T17:30:00-05:00"),
        ("Published on 5 April 2019", "en", "2019-04-05"),
        ("30 juin 2022", "fr", "2022-06-30"),
        ("12. März 2021", "de", "2021-03-12"),
        ("30.06.2022, 12:30 Uhr", "de", "2022-06-30"),
        ("3 de mayo de 2024", "es", "2024-05-03"),
        ("3 maggio 2024", "it", "2024-05-03"),
        ("3 maja 2024", "pl", "2024-05-03"),
        ("3 мая 2024 г.", "ru", "2024-05-03"),
        ("3 Μαΐου 2024", "el", "2024-05-03"),
        ("2022年6月30日", "ja", "2022-06-30"),
        ("03/04/2021", "en-US", "2021-03-04"),
        ("03/04/2021", "en", "2021-03-04"),
        ("03/04/2021", "en-GB", "2021-04-03"),
        ("03/04/2021", "fr", "2021-04-03"),
        ("30/04/2021", "", "2021-04-30"),
        ("1656583200", "", "2022-06-30T10:00:00+00:00"),
        ("1656583200000", "", "2022-06-30T10:00:00+00:00"),
    ],
)
def test_dates_become_iso_8601(text, language, date):
    assert iso(text, language=language) == date


@pytest.mark.parametrize(
    "text",
    [
        "",
        "May 2021",
        "10:30",
        "yesterday",
        "2021-13-45",
        "3 May",
        "1021-05-03",
        "in 2021",
        None,
        7,
        "03/04/2021",
        "2021 " * 40,
    ],
)
def test_a_text_without_a_certain_day_is_not_a_date(text):
    assert iso(text) == ""


def test_the_first_date_counts():
    assert first_date(["soon", "2021-05-03", "2022-01-01"]) == "2021-05-03"
    assert first_date([]) == ""


def test_dates_are_read_from_addresses():
    assert date_in_address("https://a.example/2021/05/03/x") == "2021-05-03"
    assert date_in_address("https://a.example/2021-5-3-x") == "2021-05-03"
    assert date_in_address("https://a.example/2021/15/03/") == ""


@given(st.text(max_size=60))
def test_no_text_makes_reading_a_date_fail(text):
    assert isinstance(iso(text), str)


@given(st.datetimes(timezones=st.just(None)))
def test_iso_dates_come_back_as_they_are(moment):
    date = moment.date().isoformat()
    assert iso(date) == (date if 1900 <= moment.year <= 2100 else "")
