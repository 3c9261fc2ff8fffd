"""Dates in the forms that exports use."""

import pytest

from annotator.importing.moments import moment, moment_or_remark


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        (1605842895, "2020-11-20T03:28:15+00:00"),
        ("1605842895", "2020-11-20T03:28:15+00:00"),
        (1605842895000, "2020-11-20T03:28:15+00:00"),
        (1605842895000000, "2020-11-20T03:28:15+00:00"),
        ("2020-11-26 03:28:15.25+00:00", "2020-11-26T03:28:15.250000+00:00"),
        ("2020-11-26T03:28:15+0200", "2020-11-26T01:28:15+00:00"),
        ("2020-11-26T03:28:15Z", "2020-11-26T03:28:15+00:00"),
        ("2024/11/14 05:48:28 +0000", "2024-11-14T05:48:28+00:00"),
        ("June 2, 2023 9:01 AM", "2023-06-02T09:01:00+00:00"),
        ("2023-06-02", "2023-06-02T00:00:00+00:00"),
        ("02.06.2023 14:30", "2023-06-02T14:30:00+00:00"),
        ("2. 6. 2023", "2023-06-02T00:00:00+00:00"),
        ("06/02/2023", "2023-06-02T00:00:00+00:00"),
    ],
)
def test_a_moment_is_read_in_any_form(value, iso):
    assert moment(value).isoformat() == iso


@pytest.mark.parametrize(
    "value", [None, "", "soon", "2019-13-45", -5, 1e300, "nan", "9" * 50, True]
)
def test_what_is_no_moment_gives_none(value):
    assert moment(value) is None


def test_a_wrong_date_is_reported_and_a_missing_one_is_not():
    remarks = []
    assert moment_or_remark("2019-13-45", remarks) is None
    assert moment_or_remark("0", remarks) is None
    assert remarks == ["“2019-13-45” is not a date."]
