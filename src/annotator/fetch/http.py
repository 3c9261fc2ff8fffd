"""Fetching a page over HTTP: its time and size are limited, and every redirect is checked."""

import asyncio
import logging

from annotator.errors import FetchError, ServerAnswered, TimedOut
from annotator.fetch.cookies import read_cookies
from annotator.fetch.failures import TRY_LATER, as_fetch_error, is_transient
from annotator.fetch.httpx_import import httpx
from annotator.fetch.options import FetchOptions
from annotator.fetch.private_networks import host_of, is_local, is_this_machine
from annotator.fetch.responses import read_image, read_page
from annotator.fetch.transport import FetchContext, Found, RedirectHop, ask
from annotator.fetch.urls import check_address, follow, shown
from annotator.model import Page
from annotator.model.identity import is_web_address

_REDIRECTS = frozenset({301, 302, 303, 307, 308})

_log = logging.getLogger(__name__)


async def fetch_page(url: str, *, options: FetchOptions, kept: Page | None = None) -> Page:
    """Return the page at `url`, or `kept` if it has not changed. Raises `FetchError`."""
    trip = FetchContext(options, httpx.Cookies(read_cookies(options.cookies)), read_page, kept)
    return await _travel(RedirectHop(check_address(url)), trip)


async def fetch_image(url: str, *, page: str, options: FetchOptions) -> bytes:
    """Return the image at `url`, which `page` shows. Raises `FetchError`.

    A page on the internet cannot make us fetch an image from a private network.
    """
    trip = FetchContext(options, httpx.Cookies(read_cookies(options.cookies)), read_image)
    host = host_of(page) if is_web_address(page) else ""
    came_from_internet = not (host and (is_this_machine(host) or is_local(host)))
    return await _travel(
        RedirectHop(check_address(url), came_from_internet=came_from_internet), trip
    )


async def _travel(start: RedirectHop, trip: FetchContext[Found]) -> Found:
    options = trip.options
    try:
        async with asyncio.timeout(options.total_seconds) as deadline:
            return await _persist(start, trip, deadline)
    except TimeoutError as error:
        problem = f"{shown(start.address)} did not arrive within {options.total_seconds:g} seconds."
        raise TimedOut(problem, TRY_LATER) from error


async def _persist(
    start: RedirectHop, trip: FetchContext[Found], deadline: asyncio.Timeout
) -> Found:
    for wait in trip.options.waits:
        try:
            return await _follow(start, trip)
        except FetchError as error:
            pause = max(wait, error.retry_after) if isinstance(error, ServerAnswered) else wait
            if not is_transient(error) or _is_too_late(pause, deadline):
                raise
            _log.debug("%s Trying again in %g seconds.", error.message, pause)
        await asyncio.sleep(pause)
    return await _follow(start, trip)


def _is_too_late(pause: float, deadline: asyncio.Timeout) -> bool:
    now, end = asyncio.get_running_loop().time(), deadline.when()
    return end is not None and now + pause >= end


async def _follow(start: RedirectHop, trip: FetchContext[Found]) -> Found:
    hop = start
    for _ in range(trip.options.max_redirects + 1):
        found = await _visit(hop, trip)
        if not isinstance(found, RedirectHop):
            return found
        hop = found
    raise FetchError(
        f"{shown(start.address)} redirects more than {trip.options.max_redirects} times.",
        "Look at the page in a browser: it may want cookies, or a sign-in.",
    )


async def _visit(hop: RedirectHop, trip: FetchContext[Found]) -> Found | RedirectHop:
    with as_fetch_error(hop.address):
        async with ask(hop, trip) as answer:
            response = answer.response
            _log.debug("%s answered %d", shown(hop.address), response.status_code)
            trip.cookies.extract_cookies(response)
            if trip.kept and _is_unchanged(response, hop, trip):
                return trip.kept
            locations = response.headers.get_list("location")
            if response.status_code not in _REDIRECTS or not locations:
                return await trip.read(response, hop.address, trip.options)
            target = follow(hop.address, locations[0])
            return RedirectHop(
                target, came_from_internet=hop.came_from_internet or not answer.is_local
            )


def _is_unchanged(response: httpx.Response, hop: RedirectHop, trip: FetchContext[Found]) -> bool:
    return response.status_code == httpx.codes.NOT_MODIFIED and bool(trip.conditions(hop.address))
