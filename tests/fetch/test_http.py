"""Pages fetched from a site on the loopback address."""

import asyncio
import gzip
import shutil
import socket
import ssl
import struct
import subprocess
import zlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from annotator import __version__
from annotator.errors import (
    AddressRefused,
    FetchError,
    InvalidAddress,
    NotAnArticle,
    ServerAnswered,
    TimedOut,
    TooLarge,
)
from annotator.fetch import FetchOptions, fetch_again, fetch_page
from annotator.model import HTML, MARKDOWN, PLAIN_TEXT, Document
from annotator.model.document import PDF
from waiting import PATIENCE

ARTICLE = "<!doctype html><title>Ä quiet article</title><p>The river ran past the mill."


async def test_a_page_comes_with_its_text_its_address_and_its_time(site, quick):
    address = site.on("/a", site.answer(ARTICLE.encode()))
    page = await fetch_page(f"{address}#part", options=quick)
    assert (page.url, page.html, page.media_type) == (address, ARTICLE, HTML)
    assert abs(datetime.now(UTC) - page.fetched_at).total_seconds() < 60
    assert not page.is_truncated


async def test_the_request_names_the_program_and_what_it_takes(site, quick):
    await fetch_page(site.on("/a?b=c", site.page("Hello")), options=quick)
    (request,) = site.requests
    assert request.target == "/a?b=c"
    assert request.headers["user-agent"] == f"annotator/{__version__}"
    assert request.headers["accept-encoding"] == "gzip, deflate"
    assert request.headers["accept"].startswith("text/html")
    assert "cookie" not in request.headers


async def test_headers_that_a_later_visit_needs_are_kept_and_no_secret_is(site, quick):
    said = site.answer(b"Hello", ETag='"1\x1b[31m2"', Set_Cookie="sid=secret", X_Other="1")
    page = await fetch_page(site.on("/a", said), options=quick)
    assert page.header("etag") == '"12"'
    assert page.header("ETag") == page.header("etag")
    assert {name for name, _ in page.headers} == {"content-type", "etag"}


@pytest.mark.parametrize(
    ("kind", "path", "body", "media_type"),
    [
        ("text/html", "/a", b"Hello", HTML),
        ("Text/HTML;;charset==", "/a", b"Hello", HTML),
        ("application/xhtml+xml", "/a", b"Hello", HTML),
        ("text/plain", "/a", b"# Hello", PLAIN_TEXT),
        ("text/plain; charset=utf-8", "/readme.md", b"Hello", MARKDOWN),
        ("text/plain", "/a.html", b"Hello", HTML),
        ("text/plain", "/a", b"<!doctype html><p>Hello", HTML),
        ("text/markdown", "/a", b"Hello", MARKDOWN),
        (None, "/a", b"<html><p>Hello", HTML),
        (None, "/a", b"Hello", PLAIN_TEXT),
    ],
)
async def test_a_page_is_of_the_kind_that_server_address_or_contents_say(
    site, quick, kind, path, body, media_type
):
    page = await fetch_page(site.on(path, site.answer(body, kind=kind)), options=quick)
    assert (page.media_type, page.html) == (media_type, body.decode())


@pytest.mark.parametrize(
    ("kind", "body", "what"),
    [
        ("application/pdf", b"<p>Sign in first</p>", "type application/pdf"),
        ("image/png", b"\x89PNG", "an image"),
        ("application/ld+json", b"{}", "JSON"),
        ("application/rss+xml", b"<rss>", "a feed"),
        ("application/xml", b"<rss>", "perhaps a feed"),
        ("text/xml; charset=utf-8", b"<feed>", "perhaps a feed"),
        ("application/octet-stream", ARTICLE.encode(), "type application/octet-stream"),
        ("text/\x1b]0;owned\x07html", ARTICLE.encode(), r"type text/\?\?0, which"),
        ("text/html", b"PK\x03\x04" + bytes(64), "ZIP"),
        ("text/html", gzip.compress(ARTICLE.encode(), mtime=0), "gzip"),
        ("text/html", bytes(10_000), "binary"),
        (None, bytes(range(256)) * 8, "binary"),
        ("text/html", b"", "empty"),
        ("text/html", b" \n\t" * 1000, "empty"),
    ],
)
async def test_what_is_no_article_is_called_what_it_is(site, quick, kind, body, what):
    address = site.on("/a", site.answer(body, kind=kind))
    with pytest.raises(NotAnArticle, match=f"^{address} .*{what}") as refused:
        await fetch_page(address, options=quick)
    assert refused.value.hint.endswith(".")


@pytest.mark.parametrize("kind", ["application/pdf", "text/html", "application/octet-stream", None])
async def test_a_document_is_known_by_its_bytes_whatever_the_server_says(site, quick, kind):
    body = b"%PDF-1.7\nA report"
    document = await fetch_page(
        site.on("/a", site.answer(body, kind=kind, ETag='"7"')), options=quick
    )
    assert isinstance(document, Document)
    assert (document.media_type, document.data) == (PDF, body)
    assert document.header("etag") == '"7"'


async def test_a_document_that_has_not_changed_is_not_fetched_again(site, quick):
    address = site.on("/a", site.answer(b"%PDF-1.7\n", kind="application/pdf", ETag='"7"'))
    kept = await fetch_page(address, options=quick)
    site.on("/a", site.answer(b"", status=304))
    assert await fetch_again(address, kept=kept, options=quick) is kept


async def test_the_charset_of_the_header_is_used(site, quick):
    said = site.answer("Съешь ещё чаю".encode("koi8-r"), kind="text/html; charset=KOI8-R")
    assert (await fetch_page(site.on("/a", said), options=quick)).html == "Съешь ещё чаю"


async def test_the_first_of_two_content_types_counts(site, quick):
    said = site.answer(b"Hello", Content_type="application/pdf")
    assert (await fetch_page(site.on("/a", said), options=quick)).html == "Hello"


class TestStatus:
    @pytest.mark.parametrize(
        ("status", "hint"),
        [
            (404, "Check the address."),
            (401, "sign in"),
            (403, "save it there"),
            (410, "web archive"),
            (451, "legal"),
            (500, "Try again later"),
            (999, "browser"),
            (204, "browser"),
            (304, "browser"),
        ],
    )
    async def test_an_error_status_is_reported(self, site, quick, status, hint):
        address = site.on("/a", site.answer(b"<h1>An error page</h1>", status=status))
        with pytest.raises(
            ServerAnswered, match=f"^{address} returned {status}[ .].*{hint}"
        ) as problem:
            await fetch_page(address, options=quick)
        assert problem.value.status == status
        assert len(site.requests) == 1

    @pytest.mark.parametrize("status", [429, 502, 503, 504])
    async def test_what_passes_is_tried_twice_more(self, site, quick, status):
        busy = site.answer(status=status)
        address = site.on("/a", busy, busy, site.page("Hello"))
        assert "Hello" in (await fetch_page(address, options=quick)).html
        assert len(site.requests) == 3

    async def test_what_does_not_pass_is_told_after_three_tries(self, site, quick):
        address = site.on("/a", site.answer(status=503))
        with pytest.raises(ServerAnswered, match="returned 503"):
            await fetch_page(address, options=quick)
        assert len(site.requests) == 3

    async def test_a_retry_begins_where_the_reader_did(self, site, quick):
        site.on("/b", site.answer(status=503), site.page("Hello"))
        await fetch_page(site.on("/a", site.redirect("/b")), options=quick)
        assert [request.target for request in site.requests] == ["/a", "/b", "/a", "/b"]

    async def test_a_wait_that_is_longer_than_the_deadline_is_not_begun(self, site, quick):
        address = site.on("/a", site.answer(status=429, Retry_After="3600"))
        with pytest.raises(ServerAnswered, match="try again in 60 minutes") as problem:
            await fetch_page(address, options=quick)
        assert problem.value.retry_after == 3600
        assert len(site.requests) == 1

    async def test_the_server_s_wait_is_heeded_if_it_is_short(self, site, quick):
        busy = site.answer(status=429, Retry_After="0")
        assert await fetch_page(site.on("/a", busy, site.page("Hello")), options=quick)

    async def test_a_server_that_is_not_there_is_reported(self, site, quick):
        gone = await asyncio.start_server(site.serve, "127.0.0.1", 0)
        port = gone.sockets[0].getsockname()[1]
        gone.close()
        await gone.wait_closed()
        with pytest.raises(FetchError, match=r"^127\.0\.0\.1 refused the connection\."):
            await fetch_page(f"http://127.0.0.1:{port}/", options=quick)


class TestRedirects:
    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    async def test_a_page_is_had_from_where_it_moved(self, site, quick, status):
        moved = site.on("/b", site.page("Moved"))
        page = await fetch_page(site.on("/a", site.redirect("/b#x", status=status)), options=quick)
        assert page.url == moved
        assert "Moved" in page.html

    async def test_the_body_of_a_redirect_is_not_read(self, site, quick):
        site.on("/b", site.page("Moved"))
        endless = site.redirect("/b", Content_Length=10**9)
        assert await fetch_page(site.on("/a", endless), options=quick)

    async def test_the_first_of_two_locations_counts(self, site, quick):
        site.on("/b", site.page("Moved"))
        two = site.redirect("/b", location="/c")
        assert (await fetch_page(site.on("/a", two), options=quick)).url == site.url("/b")

    async def test_a_space_in_a_location_is_written_as_browsers_do(self, site, quick):
        site.on("/b%20c", site.page("Moved"))
        assert await fetch_page(site.on("/a", site.redirect("/b c")), options=quick)

    async def test_a_loop_ends_after_ten_redirects(self, site, quick):
        address = site.on("/a", site.redirect("/a"))
        with pytest.raises(FetchError, match=f"^{address} redirects more than 10 times"):
            await fetch_page(address, options=quick)
        assert len(site.requests) == 11

    async def test_a_cookie_that_the_redirect_sets_opens_the_loop(self, site, quick):
        address = site.on("/a", site.redirect("/a", Set_Cookie="seen=1"), site.page("Welcome"))
        assert "Welcome" in (await fetch_page(address, options=quick)).html
        assert site.requests[1].headers["cookie"] == "seen=1"

    async def test_cookies_do_not_outlive_a_fetch(self, site, quick):
        address = site.on("/a", site.answer(b"Hello", Set_Cookie="seen=1"))
        await fetch_page(address, options=quick)
        await fetch_page(address, options=quick)
        assert "cookie" not in site.requests[1].headers

    @pytest.mark.parametrize(
        ("to", "refusal"),
        [
            ("file:///etc/passwd", AddressRefused),
            ("FILE:///etc/passwd", AddressRefused),
            ("ftp://127.0.0.1/x", AddressRefused),
            ("javascript:alert(1)", AddressRefused),
            ("data:text/html,hello", AddressRefused),
            ("http://me:secret@127.0.0.1:1/", AddressRefused),
            ("http://2130706433:1/", InvalidAddress),
            ("http://xn--a/", InvalidAddress),
            ("http://[::1/", InvalidAddress),
            ("http://127.0.0.1:99999/", InvalidAddress),
            ("http://127.0.0.1 .invalid/", InvalidAddress),
            ("http:\\\\127.0.0.1:1\\x", InvalidAddress),
            ("/\x1b[31m", InvalidAddress),
            (f"/{'a' * 10_000}", InvalidAddress),
        ],
    )
    async def test_a_redirect_to_what_is_no_page_is_not_followed(self, site, quick, to, refusal):
        address = site.on("/a", site.redirect(to))
        with pytest.raises(refusal, match=f"^{address} redirects") as refused:
            await fetch_page(address, options=quick)
        assert "secret" not in str(refused.value)
        assert "\x1b" not in str(refused.value)
        assert len(site.requests) == 1

    async def test_a_redirect_to_nowhere_is_told_as_what_it_is(self, site, quick):
        address = site.on("/a", site.answer(status=302))
        with pytest.raises(ServerAnswered, match="returned 302"):
            await fetch_page(address, options=quick)


class TestZones:
    """Pages of the internet, for which the site stands in as a proxy."""

    @pytest.fixture(autouse=True)
    def _as_proxy(self, site, monkeypatch):
        monkeypatch.setenv("http_proxy", site.url())

    async def test_a_page_is_had_through_the_proxy(self, site, quick):
        site.on("http://news.example/a", site.page("News"))
        assert "News" in (await fetch_page("http://news.example/a", options=quick)).html

    async def test_the_internet_may_lead_to_the_internet(self, site, quick):
        site.on("http://news.example/a", site.redirect("http://other.example/b"))
        site.on("http://other.example/b", site.page("Moved"))
        assert await fetch_page("http://news.example/a", options=quick)

    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]"])
    async def test_the_internet_may_not_lead_to_this_machine(self, site, quick, host):
        site.on("/secret", site.page("Secret"))
        site.on("http://news.example/a", site.redirect(site.url("/secret", host=host)))
        with pytest.raises(AddressRefused, match="is in your own network"):
            await fetch_page("http://news.example/a", options=quick)
        assert [request.target for request in site.requests] == ["http://news.example/a"]

    @pytest.mark.parametrize("host", ["10.0.0.1", "169.254.169.254", "[fc00::1]"])
    async def test_the_internet_may_not_lead_to_a_private_network(self, site, quick, host):
        site.on("http://news.example/a", site.redirect("http://other.example/b"))
        site.on("http://other.example/b", site.redirect(f"http://{host}/"))
        with pytest.raises(AddressRefused, match="is in your own network"):
            await fetch_page("http://news.example/a", options=quick)
        assert len(site.requests) == 2

    async def test_what_the_reader_typed_is_theirs_to_open(self, site, quick):
        site.on("/b", site.page("Mine"))
        address = site.on("/a", site.redirect(site.url("/b", host="localhost")))
        assert "Mine" in (await fetch_page(address, options=quick)).html

    @pytest.mark.parametrize(
        "proxy", ["socks5://127.0.0.1:1", "gopher://127.0.0.1:1", "http://[::1"]
    )
    async def test_a_proxy_that_cannot_be_used_is_reported(self, quick, monkeypatch, proxy):
        monkeypatch.setenv("http_proxy", proxy)
        with pytest.raises(FetchError, match=r"(?i)proxy"):
            await fetch_page("http://news.example/a", options=quick)


class TestLimits:
    @pytest.fixture
    def tight(self, quick) -> FetchOptions:
        return replace(quick, max_bytes=10_000)

    @pytest.mark.parametrize("packing", ["gzip", "x-gzip", "deflate"])
    async def test_a_packed_page_is_unpacked(self, site, quick, packing):
        pack = zlib.compress if packing == "deflate" else gzip.compress
        said = site.answer(pack(ARTICLE.encode()), Content_Encoding=packing)
        assert (await fetch_page(site.on("/a", said), options=quick)).html == ARTICLE

    async def test_deflate_without_its_header_is_unpacked_too(self, site, quick):
        bare = zlib.compress(ARTICLE.encode())[2:-4]
        said = site.answer(bare, Content_Encoding="deflate")
        assert (await fetch_page(site.on("/a", said), options=quick)).html == ARTICLE

    async def test_junk_behind_a_packed_page_is_none_of_it(self, site, quick):
        said = site.answer(gzip.compress(ARTICLE.encode()) + b"junk" * 50, Content_Encoding="gzip")
        assert (await fetch_page(site.on("/a", said), options=quick)).html == ARTICLE

    async def test_a_packed_page_that_breaks_off_is_marked_so(self, site, quick):
        packed = gzip.compress(ARTICLE.encode())[:-12]
        said = site.answer(packed, Content_Encoding="gzip")
        page = await fetch_page(site.on("/a", said), options=quick)
        assert page.is_truncated
        assert ARTICLE.startswith(page.html)

    @pytest.mark.parametrize("packing", ["br", "zstd", "gzip, gzip", "\x1b[31m"])
    async def test_a_packing_that_was_not_asked_for_is_refused(self, site, quick, packing):
        address = site.on("/a", site.answer(b"Hello", Content_Encoding=packing))
        with pytest.raises(FetchError, match="compressed with an unsupported method") as problem:
            await fetch_page(address, options=quick)
        assert "\x1b" not in str(problem.value)

    async def test_a_page_that_is_not_packed_as_it_says_is_reported(self, site, quick):
        address = site.on("/a", site.answer(ARTICLE.encode(), Content_Encoding="gzip"))
        with pytest.raises(FetchError, match=r"^The response of 127\.0\.0\.1 cannot be read\."):
            await fetch_page(address, options=quick)

    @pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
    async def test_a_bomb_is_left_when_it_passes_the_limit(self, site, tight, pack):
        packing = "gzip" if pack is gzip.compress else "deflate"
        said = site.answer(pack(b"A" * 30_000_000), Content_Encoding=packing)
        with pytest.raises(TooLarge, match=r"larger than 0\.01 MB"):
            await fetch_page(site.on("/a", said), options=replace(tight, max_bytes=10_000))

    async def test_a_page_as_large_as_the_limit_is_read(self, site, tight):
        said = site.answer(b"A" * tight.max_bytes)
        assert len((await fetch_page(site.on("/a", said), options=tight)).html) == tight.max_bytes

    async def test_a_page_that_announces_too_much_is_not_begun(self, site, tight):
        said = site.answer(b"Hello", Content_Length=tight.max_bytes + 1)
        with pytest.raises(TooLarge):
            await fetch_page(site.on("/a", said), options=tight)

    async def test_a_page_that_never_ends_is_left(self, site, tight):
        async def endless(_, writer):
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
            while not writer.is_closing():
                writer.write(b"<p>more</p>" * 100)
                await writer.drain()

        with pytest.raises(TooLarge):
            await fetch_page(site.on("/a", endless), options=tight)
        await asyncio.wait_for(site.left.wait(), PATIENCE)

    async def test_a_page_shorter_than_it_says_is_reported(self, site, quick):
        address = site.on("/a", site.answer(b"Hello", Content_Length=1000))
        with pytest.raises(FetchError, match="was lost"):
            await fetch_page(address, options=quick)

    async def test_a_connection_that_breaks_off_is_reported(self, site, quick):
        async def reset(_, writer):
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>")
            await writer.drain()
            line = writer.get_extra_info("socket")
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()

        with pytest.raises(FetchError, match=r"127\.0\.0\.1 was lost"):
            await fetch_page(site.on("/a", reset), options=quick)

    @pytest.mark.parametrize("said", [b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 000 x\r\n\r\n", b""])
    async def test_an_invalid_response_is_reported(self, site, quick, said):
        with pytest.raises(FetchError, match=r"127\.0\.0\.1"):
            await fetch_page(site.on("/a", said), options=quick)


class TestTime:
    async def test_one_deadline_holds_for_a_page_that_trickles(self, site):
        async def trickle(_, writer):
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
            for _ in range(500):
                writer.write(b"a")
                await writer.drain()
                await asyncio.sleep(0.02)

        address = site.on("/a", trickle)
        with pytest.raises(TimedOut, match=f"^{address} did not arrive within 0.2 seconds"):
            await fetch_page(address, options=FetchOptions(total_seconds=0.2))

    async def test_a_server_that_says_nothing_is_left(self, site):
        with pytest.raises(TimedOut, match=r"^127\.0\.0\.1 did not respond\."):
            await fetch_page(site.on("/a", site.silence), options=FetchOptions(read_seconds=0.1))

    async def test_cancelling_closes_the_connection_at_once(self, site, quick):
        task = asyncio.create_task(fetch_page(site.on("/a", site.silence), options=quick))
        await asyncio.wait_for(site.asked.wait(), PATIENCE)
        assert not site.left.is_set()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.wait_for(site.left.wait(), PATIENCE)


class TestSecureConnections:
    async def test_a_server_without_tls_is_reported(self, site, quick):
        async def speak_first(_, writer):
            writer.write(site.page("Hello"))
            writer.close()

        async with await asyncio.start_server(speak_first, "127.0.0.1", 0) as server:
            with pytest.raises(FetchError, match=r"does not offer a secure connection\..*http://"):
                await fetch_page(_secure(server), options=quick)

    async def test_cancelling_while_the_two_sides_agree_closes_the_connection(self, quick):
        greeted, left = asyncio.Event(), asyncio.Event()

        async def listen(reader, writer):
            await reader.read(1)
            greeted.set()
            await reader.read()
            left.set()
            writer.close()

        async with await asyncio.start_server(listen, "127.0.0.1", 0) as server:
            task = asyncio.create_task(fetch_page(_secure(server), options=quick))
            await asyncio.wait_for(greeted.wait(), PATIENCE)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            await asyncio.wait_for(left.wait(), PATIENCE)

    @pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes the certificate")
    async def test_a_certificate_that_nobody_vouches_for_is_refused(self, site, quick, tmp_path):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*_certificate(tmp_path))
        async with await asyncio.start_server(site.serve, "127.0.0.1", 0, ssl=context) as server:
            with pytest.raises(FetchError, match=r"certificate of 127\.0\.0\.1 is not valid: self"):
                await fetch_page(_secure(server), options=quick)
        assert not site.requests


def _secure(server: asyncio.Server) -> str:
    return f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/"


def _certificate(folder):
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        [
            *(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
            ),
            *(
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-keyout",
                key,
                "-out",
                certificate,
            ),
            *("-addext", "subjectAltName=IP:127.0.0.1"),
        ],
        check=True,
        capture_output=True,
    )
    return certificate, key
