"""Failures of a network, in sentences that say what to do."""

import errno
import socket

import pytest

from annotator.errors import AddressRefused, FetchError, NotAnArticle, ServerAnswered, SignInFirst
from annotator.fetch import fetch_page, may_pass
from annotator.fetch.failures import as_fetch_error
from annotator.fetch.httpx_import import httpx

SIGN_IN = b"<!doctype html><form>Your room number<input name=room><button>Agree</button></form>"


async def failure(address, options) -> FetchError:
    with pytest.raises(FetchError) as refused:
        await fetch_page(address, options=options)
    return refused.value


async def test_a_network_that_wants_a_sign_in_is_told_from_the_page(site, quick):
    site.on("/login?back=http%3A%2F%2F127.0.0.1%3A0%2Fc", site.answer(SIGN_IN))
    way_back = f"127.0.0.1%3A{site.port}%2Fc"
    gate = f"/login?back=http%3A%2F%2F{way_back}%3Fa%3D1"
    site.on(gate, site.answer(SIGN_IN))
    answers = {
        "/a": site.answer(SIGN_IN, status=511),
        "/b": site.answer(b"<html><!-- <WISPAccessGatewayParam> -->" + SIGN_IN),
        "/c?a=1": site.redirect(site.url(gate, host="localhost")),
    }
    for path, answer in answers.items():
        error = await failure(site.on(path, answer), quick)
        assert isinstance(error, SignInFirst | ServerAnswered)
        assert "sign in" in error.hint
        assert may_pass(error)


@pytest.mark.parametrize("end", ["/story?from=127.0.0.1", "/new/story?ref={here}/story", "/b"])
async def test_an_article_that_moved_to_another_host_is_no_page_to_sign_in(site, quick, end):
    end = end.replace("{here}", f"http://127.0.0.1:{site.port}")
    site.on(end, site.page("Hello"))
    moved = site.on("/story", site.redirect(site.url(end, host="localhost")))
    assert "Hello" in (await fetch_page(moved, options=quick)).html


async def test_a_connection_that_is_cut_is_lost(site, quick):
    error = await failure(site.on("/a", site.answer(b"<p>Half", Content_Length=900)), quick)
    assert "was lost" in error.message
    assert may_pass(error)


async def test_a_proxy_that_is_not_there_is_named_without_its_password(quick, monkeypatch):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        proxy = f"http://ann:secret@127.0.0.1:{closed.getsockname()[1]}"
    monkeypatch.setenv("http_proxy", proxy)
    error = await failure("http://example.org/a", quick)
    assert error.message == "The proxy 127.0.0.1 cannot be reached."
    assert "http_proxy" in error.hint


def unreached(cause: OSError) -> FetchError:
    error = httpx.ConnectError("All connection attempts failed")
    error.__cause__ = OSError("failed")
    error.__cause__.__cause__ = ExceptionGroup("several", [ConnectionRefusedError(), cause])
    with pytest.raises(FetchError) as refused, as_fetch_error("https://example.org/a"):
        raise error
    return refused.value


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        (socket.gaierror(socket.EAI_AGAIN, "try again"), "You seem to be offline"),
        (socket.gaierror(socket.EAI_NONAME, "unknown"), "No server named example.org"),
        (OSError(errno.ENETUNREACH, "no route"), "There is no way to example.org from here"),
        (OSError(errno.EHOSTUNREACH, "no route"), "There is no way to example.org from here"),
    ],
)
def test_being_offline_is_told_from_a_server_that_refuses(cause, words):
    error = unreached(cause)
    assert words in error.message
    assert "online" in error.hint or "connection" in error.hint
    assert may_pass(error)


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_a_server_in_trouble_may_have_the_page_later(status):
    assert may_pass(ServerAnswered("Busy.", status=status))


@pytest.mark.parametrize(
    "error",
    [
        *(ServerAnswered("No.", status=each) for each in (401, 403, 404, 410, 451)),
        NotAnArticle("A PDF."),
        AddressRefused("No."),
        FetchError("It redirects more than 10 times."),
    ],
    ids=lambda error: f"{type(error).__name__} {getattr(error, 'status', '')}",
)
def test_a_page_that_is_gone_or_no_article_stays_so(error):
    assert not may_pass(error)
