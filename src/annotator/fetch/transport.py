"""One request to one host on its own connection, which may not reach a private network."""

import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from annotator import __version__
from annotator.errors import FetchError
from annotator.fetch.httpx_import import httpx
from annotator.fetch.options import FetchOptions
from annotator.fetch.private_networks import (
    addresses_of,
    host_of,
    is_local,
    is_this_machine,
    refuse_local,
)
from annotator.model import Document, Original, Page

Found = TypeVar("Found")

_HEADERS = {
    "User-Agent": f"annotator/{__version__}",
    "Accept": "text/html, application/xhtml+xml, text/markdown;q=0.8, text/plain;q=0.7, */*;q=0.1",
    # Only what can be unpacked piece by piece: 93 bytes of brotli make 100 MB at once.
    "Accept-Encoding": "gzip, deflate",
}

Reader = Callable[[httpx.Response, str, FetchOptions], Awaitable[Found]]


@dataclass(frozen=True)
class FetchContext(Generic[Found]):
    """The values that all hops of a fetch share; `kept` is the page as fetched earlier.

    `read` turns the last response into the result, `headers` are sent beside the usual ones.
    """

    options: FetchOptions
    cookies: httpx.Cookies
    read: Reader[Found]
    kept: Found | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def certificates(self) -> ssl.SSLContext:
        """The TLS context, with the trusted certificate authorities."""
        return httpx.create_ssl_context()

    @property
    def timeouts(self) -> dict[str, float | None]:
        """The time limits of each step of a request."""
        options = self.options
        return httpx.Timeout(options.read_seconds, connect=options.connect_seconds).as_dict()

    def conditions(self, address: str) -> dict[str, str]:
        """Return the headers of a conditional request, only for the address of the kept page."""
        kept = self.kept
        return (
            conditions_of(kept) if isinstance(kept, Page | Document) and kept.url == address else {}
        )


@dataclass(frozen=True, slots=True)
class RedirectHop:
    """An address to request; `came_from_internet` if a server on the internet led to it.

    `lasting` is the last address to which what was asked for has moved for good, and
    `is_temporary` is true once a redirect was not. `method` and `content` are of the first
    request alone.
    """

    address: str
    came_from_internet: bool = False
    lasting: str = ""
    is_temporary: bool = False
    method: str = "GET"
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class Answer:
    """A response whose body is not yet read. `is_local` if it is from a private network."""

    response: httpx.Response
    is_local: bool


@asynccontextmanager
async def ask(hop: RedirectHop, context: FetchContext[Any]) -> AsyncIterator[Answer]:
    """Send the request for `hop` and yield the answer; the connection closes with the context.

    Raises `AddressRefused` if a server on the internet redirected to a private network.
    """
    line = _Line(hop, proxy_for(hop.address))
    if hop.came_from_internet:
        # Behind a proxy only an address in figures can be judged: names are the proxy's to look up.
        host = host_of(hop.address)
        for ip in (host,) if line.proxy else await addresses_of(hop.address):
            refuse_local(ip, hop.address)
    extensions = {"timeout": context.timeouts, "trace": line.watch}
    headers = {**_HEADERS, **context.conditions(hop.address), **context.headers}
    request = httpx.Request(
        hop.method, hop.address, headers=headers, content=hop.content or None, extensions=extensions
    )
    context.cookies.set_cookie_header(request)
    # A client would build the next request of a redirect by itself, and fail on a bad one.
    async with (
        aclosing(line),
        _transport(context, line.proxy) as transport,
        aclosing(await transport.handle_async_request(request)) as response,
    ):
        response.request = request
        yield Answer(response, is_local(line.peer))


@dataclass(slots=True)
class _Line:
    """The connection of a hop, once it is established.

    httpcore leaves it open if a fetch is cancelled while the two sides agree
    on how to encrypt, and knows nothing of zones.
    """

    hop: RedirectHop
    proxy: str | None
    peer: str = ""
    streams: list[Any] = field(default_factory=list)  # httpcore's, which httpx does not name

    async def watch(self, event: str, details: Mapping[str, Any]) -> None:
        """Trace the events of httpcore; refuse a local host before anything is sent to it."""
        if not event.endswith("connect_tcp.complete"):
            return
        stream = details["return_value"]
        self.streams.append(stream)
        if self.proxy:
            self.peer = host_of(self.hop.address)
        else:
            self.peer = str(stream.get_extra_info("server_addr")[0])
        if self.hop.came_from_internet:
            refuse_local(self.peer, self.hop.address)  # a name may lead elsewhere than a moment ago

    async def aclose(self) -> None:
        """Close the connection if it is still open."""
        for stream in self.streams:
            await stream.aclose()


def _transport(context: FetchContext[Any], proxy: str | None) -> httpx.AsyncHTTPTransport:
    try:
        return httpx.AsyncHTTPTransport(verify=context.certificates, proxy=proxy, trust_env=False)
    except ImportError as error:
        raise FetchError(
            "A SOCKS proxy needs an optional package.",
            "Install the Python package socksio, or set an HTTP proxy.",
        ) from error
    except (ValueError, httpx.InvalidURL) as error:
        raise FetchError(
            "The address of the proxy is not valid.",
            "Check the variables http_proxy, https_proxy and all_proxy.",
        ) from error


_CONDITIONS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}


def conditions_of(kept: Original) -> dict[str, str]:
    """Return the conditional headers for `kept`; none if its server sent no validators."""
    if kept.is_truncated:
        return {}
    values = {header: kept.header(name) for name, header in _CONDITIONS.items()}
    # A value that was cut or cleaned when it was stored is not what the server sent.
    return {
        header: value
        for header, value in values.items()
        if value and value.isascii() and value.isprintable()
    }


def proxy_for(address: str) -> str | None:
    """Return the proxy for `address`, or None to connect directly.

    As in browsers, this machine is never reached through a proxy.
    """
    host, known = host_of(address), getproxies()
    proxy = known.get(urlsplit(address).scheme) or known.get("all")
    if not proxy or is_this_machine(host) or proxy_bypass(host):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"
