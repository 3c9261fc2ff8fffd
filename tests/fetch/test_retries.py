from datetime import UTC, datetime

import pytest

from annotator.fetch.retries import LONGEST_WAIT, retry_after

NOW = datetime(2026, 3, 14, 9, 26, 53, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("2", 2),
        (" 120 ", 120),
        ("0", 0),
        ("99999999999999999999", LONGEST_WAIT),
        ("Sat, 14 Mar 2026 09:27:53 GMT", 60),
        ("Sat, 14 Mar 2026 09:27:53 -0000", 60),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0),
        ("Wed, 21 Oct 2099 07:28:00 GMT", LONGEST_WAIT),
    ],
)
def test_a_wait_is_read_in_seconds_and_as_a_date(value, seconds):
    assert retry_after(value, now=NOW) == seconds


@pytest.mark.parametrize(
    "value", ["", "soon", "-5", "1.5", "²", "nan", "Wed, 99 Foo 2099", "1" * 41, "\x1b[31m"]
)
def test_what_is_no_wait_is_none(value):
    assert retry_after(value, now=NOW) is None
