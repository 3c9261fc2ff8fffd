"""Fetching a page over HTTP: its time and size are limited, and every redirect is checked.

The user's own cookies are sent only to the hosts that they belong to.
"""

import asyncio
import logging
import re
from collections.abc import Mapping
from dataclasses import replace
from http.cookiejar import Cookie, CookieJar, DefaultCookiePolicy
from pathlib import Path
from urllib.parse import unquote, urlsplit

from annotator.errors import FetchError, ServerAnswered, SignInFirst, TimedOut
from annotator.fetch.failures import TRY_LATER, as_fetch_error, is_transient
from annotator.fetch.httpx_import import httpx
from annotator.fetch.options import DEFAULT_OPTIONS, FetchOptions
from annotator.fetch.private_networks import SIGN_IN_HINT, is_local_address
from annotator.fetch.responses import ApiAnswer, read_answer, read_feed, read_image, read_page
from annotator.fetch.transport import FetchContext, Found, Reader, RedirectHop, ask, proxy_for
from annotator.fetch.urls import check_address, follow, shown
from annotator.model import Original, Page
from annotator.model.text import clean_line

_SAVE_IT = "Otherwise open the page in a browser, save it there, and add the file."

_COOKIES = re.compile(r"\ufeff?#(?: Netscape)? HTTP Cookie File")
_TOO_MANY = httpx.codes.TOO_MANY_REQUESTS
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_LASTING_REDIRECTS = frozenset({301, 308})

_FEEDS_FIRST = {
    "Accept": "application/feed+json, application/atom+xml, application/rss+xml,"
    " application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, text/html;q=0.5, */*;q=0.1"
}

_log = logging.getLogger(__name__)


async def fetch_page(url: str, *, options: FetchOptions = DEFAULT_OPTIONS) -> Original:
    """Return the page or document at `url`, fetched within the limits of `options`.

    Raises `FetchError`, whatever the server does. Cancelling closes the connection
    at once.
    """
    return (await _travel(_start(url, options), _context(options, read_page)))[0]


async def fetch_again(
    url: str, *, kept: Original | None, options: FetchOptions = DEFAULT_OPTIONS
) -> Original:
    """Return the page or document at `url` as `fetch_page` does.

    Returns what was `kept` of it itself if the server reports that it has not changed.
    """
    context: FetchContext[Original] = _context(options, read_page, kept)
    return (await _travel(_start(url, options), context))[0]


async def fetch_feed(
    url: str, *, kept: Page | None = None, options: FetchOptions = DEFAULT_OPTIONS
) -> tuple[Page, str]:
    """Return the text at the address of a feed, whatever it is, and the address to ask next time.

    That is another one if the server says that the feed has moved for good. The page is `kept`
    itself if the server reports that it has not changed. Raises as `fetch_page` does.
    """
    start = _start(url, options)
    context = replace(_context(options, read_feed, kept), headers=_FEEDS_FIRST)
    page, hop = await _travel(start, context)
    return page, hop.lasting or start.address


async def fetch_image(url: str, *, page: str, options: FetchOptions = DEFAULT_OPTIONS) -> bytes:
    """Return the image at `url`, which the page at the address `page` shows.

    Raises `FetchError`. A page on the internet cannot make us fetch an image from a
    private network.
    """
    start = RedirectHop(check_address(url), came_from_internet=not is_local_address(page))
    return (await _travel(start, _context(options, read_image)))[0]


async def fetch_answer(
    url: str,
    *,
    headers: Mapping[str, str],
    options: FetchOptions = DEFAULT_OPTIONS,
    method: str = "GET",
    content: bytes = b"",
) -> ApiAnswer:
    """Return what an API answers at `url`; `headers` go to this address alone.

    Raises `FetchError`, also for a redirect: what is in the headers may be secret. Only what
    changes nothing is asked for again after a passing failure: the answer alone may be lost.
    """
    start = replace(_start(url, options), method=method, content=content)
    waits = options.waits if method == "GET" else ()
    direct = replace(options, max_redirects=0, waits=waits)
    context = FetchContext(direct, httpx.Cookies(), read_answer, headers=headers)
    return (await _travel(start, context))[0]


def _start(url: str, options: FetchOptions) -> RedirectHop:
    """Return where to begin: what a page or a file of somebody else names is not local."""
    came_from_internet = bool(options.linked_from) and not is_local_address(options.linked_from)
    return RedirectHop(check_address(url), came_from_internet=came_from_internet)


def _context(
    options: FetchOptions, read: Reader[Found], kept: Found | None = None
) -> FetchContext[Found]:
    return FetchContext(options, httpx.Cookies(read_cookies(options.cookies)), read, kept)


async def _travel(start: RedirectHop, context: FetchContext[Found]) -> tuple[Found, RedirectHop]:
    """Return what is at the end of all redirects, and the last hop."""
    options = context.options
    try:
        async with asyncio.timeout(options.total_seconds) as deadline:
            return await _persist(start, context, deadline)
    except TimeoutError as error:
        problem = f"{shown(start.address)} did not arrive within {options.total_seconds:g} seconds."
        raise TimedOut(problem, TRY_LATER) from error


async def _persist(
    start: RedirectHop, context: FetchContext[Found], deadline: asyncio.Timeout
) -> tuple[Found, RedirectHop]:
    for wait in context.options.waits:
        try:
            return await _follow(start, context)
        except FetchError as error:
            pause = max(wait, error.retry_after) if isinstance(error, ServerAnswered) else wait
            too_many = isinstance(error, ServerAnswered) and error.status == _TOO_MANY
            is_left_to_caller = too_many and not context.options.repeats_if_too_many
            end, now = deadline.when(), asyncio.get_running_loop().time()
            is_too_late = end is not None and now + pause >= end
            if is_left_to_caller or is_too_late or not is_transient(error):
                raise
            _log.debug("%s Trying again in %g seconds.", error.message, pause)
        await asyncio.sleep(pause)
    return await _follow(start, context)


async def _follow(start: RedirectHop, context: FetchContext[Found]) -> tuple[Found, RedirectHop]:
    hop = start
    for _ in range(context.options.max_redirects + 1):
        answer = await _visit(hop, context)
        if not isinstance(answer, RedirectHop):
            _refuse_gate(start.address, hop.address)
            return answer, hop
        hop = answer
    if not context.options.max_redirects:
        raise FetchError(
            f"{shown(start.address)} redirects to {shown(hop.address)}.",
            "Give the address that it redirects to; the token is sent nowhere else.",
        )
    raise FetchError(
        f"{shown(start.address)} redirects more than {context.options.max_redirects} times.",
        "Look at the page in a browser: it may want cookies, or a sign-in.",
    )


def _refuse_gate(asked: str, final: str) -> None:
    """Raise `SignInFirst` if the last redirect led to another site, to be sent back from there.

    Pages to sign in or to agree have the address to go back to in their own.
    """
    start, end = urlsplit(asked), urlsplit(final)
    way_back = f"{start.netloc}{start.path}"
    has_moved = start.netloc == end.netloc or end.path.endswith(start.path)
    if not has_moved and way_back in unquote(unquote(end.query)):
        problem = f"{shown(asked)} leads to a page of {shown(end.netloc)} that asks for something."
        raise SignInFirst(problem, f"{SIGN_IN_HINT} {_SAVE_IT}")


async def _visit(hop: RedirectHop, context: FetchContext[Found]) -> Found | RedirectHop:
    with as_fetch_error(hop.address, proxy=proxy_for(hop.address)):
        async with ask(hop, context) as answer:
            response = answer.response
            _log.debug("%s answered %d", shown(hop.address), response.status_code)
            context.cookies.extract_cookies(response)
            is_unchanged = response.status_code == httpx.codes.NOT_MODIFIED
            if context.kept and is_unchanged and context.conditions(hop.address):
                return context.kept
            locations = response.headers.get_list("location")
            if response.status_code not in _REDIRECTS or not locations:
                return await context.read(response, hop.address, context.options)
            target = follow(hop.address, locations[0])
            is_lasting = response.status_code in _LASTING_REDIRECTS and not hop.is_temporary
            return RedirectHop(
                target,
                came_from_internet=hop.came_from_internet or not answer.is_local,
                lasting=target if is_lasting else hop.lasting,
                is_temporary=not is_lasting,
            )


def read_cookies(path: Path | None) -> CookieJar:
    """Return the cookies of a Netscape cookies file, or an empty jar for none.

    A cookie for `example.org` goes to that host alone; one for `.example.org`
    to the hosts below it too, as its file says.
    """
    # Python's own rule would send a host's cookie to every host below it.
    policy = DefaultCookiePolicy(strict_ns_domain=DefaultCookiePolicy.DomainStrictNonDomain)
    jar = CookieJar(policy)
    if path is None:
        return jar
    name = clean_line(str(path))
    if not path.is_file():
        raise FetchError(f"No such cookies file: {name}.", "Check its path.")
    try:
        lines = path.read_text("utf-8").split("\n")
    except OSError as error:
        raise FetchError(f"{name} cannot be read: {error.strerror}.", "Check the file.") from error
    except ValueError:  # it is binary
        lines = []
    if not lines or not _COOKIES.match(lines[0]):
        raise FetchError(
            f"{name} is not a Netscape cookies file.",
            "It must begin with “# Netscape HTTP Cookie File”, as browser extensions write it.",
        )
    for number, line in enumerate(lines, start=1):
        text = line.removeprefix("#HttpOnly_").rstrip("\r")
        if not text.strip() or text.startswith(("#", "$")):
            continue
        try:
            jar.set_cookie(_cookie(text))
        except ValueError as error:
            raise FetchError(
                f"{name}, line {number}: this is not a cookie.",
                "A cookie has seven fields with tabs between them; the fifth is a number.",
            ) from error
    return jar


def _cookie(line: str) -> Cookie:
    """Return the cookie in a line of a file; raises `ValueError` if there is none.

    Whether it goes to the hosts below its own is in the second field. Some programs
    write a dot before the host and some do not, whatever that field says.
    """
    host, below, path, secure, expires, name, value = line.split("\t", 6)
    is_of_domain = below.upper() == "TRUE"
    domain = host.lstrip(".")
    if "." not in domain:  # how Python's rules call a host without a dot
        domain += ".local"
    seconds = int(float(expires)) if expires else 0  # browsers write 0 for a cookie of the session
    return Cookie(
        version=0,
        name=name or value,
        value=value if name else None,
        port=None,
        port_specified=False,
        domain=f".{domain}" if is_of_domain else domain,
        domain_specified=is_of_domain,
        domain_initial_dot=is_of_domain,
        path=path,
        path_specified=False,
        secure=secure.upper() == "TRUE",
        expires=seconds or None,
        discard=not seconds,
        comment=None,
        comment_url=None,
        rest={},
    )
