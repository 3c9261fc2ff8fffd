"""Dates of entries, in the forms that feeds have; what is no date is none, and never now."""

from datetime import UTC, datetime

import pytest

from annotator.feeds.reading import moment


@pytest.mark.parametrize(
    "written",
    [
        "Tue, 05 Mar 2024 09:30:00 EST",
        "Tue, 5 Mar 2024 14:30:00 GMT",
        "Tue, 05 Mar 2024 15:30:00 CET",
        "Tue, 05 Mar 2024 20:00:00 IST",
        "5 Mar 2024 14:30 +0000",
        "2024-03-05T14:30:00Z",
        "2024-03-05T09:30:00-05:00",
        "2024-03-05 14:30:00",
        "March 5, 2024 2:30 pm",
    ],
)
def test_a_date_is_read_in_every_usual_form(written):
    assert moment(written) == datetime(2024, 3, 5, 14, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "hour"),
    [("BST", 8), ("CEST", 7), ("EEST", 6), ("MSK", 6), ("HKT", 1), ("KST", 0), ("AST", 13)],
)
def test_zones_are_known_by_their_names(zone, hour):
    read = moment(f"Tue, 05 Mar 2024 09:00:00 {zone}")
    assert read is not None
    assert (read.day, read.hour) == (5, hour)


def test_a_long_text_with_a_date_in_it_is_none():
    assert moment("2024-03-05T14:30:00Z" + " " * 60 + "or later, as the editors said again") is None


@pytest.mark.parametrize(
    "written", ["", "yesterday", "14:30", "March 2024", "0001-01-01", "9999-12-31T23:59:59-12:00"]
)
def test_what_is_no_whole_date_is_none(written):
    assert moment(written) is None
