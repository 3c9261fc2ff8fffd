import socket
from datetime import UTC, datetime

import pytest

from annotator.errors import FetchError, ServerAnswered
from annotator.fetch.failures import LONGEST_WAIT, as_fetch_error, is_transient, retry_after
from annotator.fetch.httpx_import import httpx

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


def problem(error: Exception) -> FetchError:
    with pytest.raises(FetchError) as refused, as_fetch_error("https://example.org/a"):
        raise error
    return refused.value


def unknown_host() -> httpx.ConnectError:
    error = httpx.ConnectError("failed")
    error.__cause__ = socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    return error


@pytest.mark.parametrize("error", [httpx.ConnectError("refused"), httpx.ConnectTimeout("slow")])
def test_a_connection_that_fails_may_succeed_in_a_moment(error):
    assert is_transient(problem(error))


@pytest.mark.parametrize("error", [httpx.ReadError("reset"), httpx.ReadTimeout("slow"), OSError()])
def test_an_answer_that_fails_is_not_asked_for_again(error):
    assert not is_transient(problem(error))


@pytest.mark.parametrize("error", [unknown_host(), socket.gaierror(socket.EAI_NONAME, "unknown")])
def test_an_unknown_host_is_not_retried(error):
    failure = problem(error)
    assert failure.message == "No server named example.org was found."
    assert not is_transient(failure)


def test_a_proxy_that_refuses_is_told_in_its_words():
    failure = problem(httpx.ProxyError("407 \x1b[31mSign in"))
    assert failure.message == "The proxy refused: 407 Sign in."


def test_a_status_passes_or_lasts():
    assert is_transient(ServerAnswered("Busy.", status=503))
    assert not is_transient(ServerAnswered("Gone.", status=410))
