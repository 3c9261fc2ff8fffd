"""Fetching a page of the web: every dimension of it bounded, every hop checked."""

import asyncio

from annotator.errors import FetchError, ServerAnswered, TimedOut
from annotator.fetch.cookies import read_cookies
from annotator.fetch.failures import LATER, is_passing, told_in_words
from annotator.fetch.httpx_import import httpx
from annotator.fetch.options import FetchOptions
from annotator.fetch.private_networks import host_of, is_local, is_this_machine
from annotator.fetch.responses import read_image, read_page
from annotator.fetch.transport import Found, Hop, Trip, ask
from annotator.fetch.urls import check_address, follow, shown
from annotator.model import Page
from annotator.model.identity import is_web_address

_REDIRECTS = frozenset({301, 302, 303, 307, 308})


async def fetch_page(url: str, *, options: FetchOptions, kept: Page | None = None) -> Page:
    """Return the page at `url`, `kept` itself if that has not changed; raises a `FetchError`."""
    trip = Trip(options, httpx.Cookies(read_cookies(options.cookies)), read_page, kept)
    return await _travel(Hop(check_address(url)), trip)


async def fetch_image(url: str, *, page: str, options: FetchOptions) -> bytes:
    """Return the image at `url`, which `page` names; raises a `FetchError`.

    A page of the internet cannot have one of the person's own network fetched.
    """
    trip = Trip(options, httpx.Cookies(read_cookies(options.cookies)), read_image)
    host = host_of(page) if is_web_address(page) else ""
    is_led = not (host and (is_this_machine(host) or is_local(host)))
    return await _travel(Hop(check_address(url), is_led=is_led), trip)


async def _travel(start: Hop, trip: Trip[Found]) -> Found:
    options = trip.options
    try:
        async with asyncio.timeout(options.total_seconds) as deadline:
            return await _persist(start, trip, deadline)
    except TimeoutError as error:
        told = f"{shown(start.address)} did not come within {options.total_seconds:g} seconds."
        raise TimedOut(told, LATER) from error


async def _persist(start: Hop, trip: Trip[Found], deadline: asyncio.Timeout) -> Found:
    for wait in trip.options.waits:
        try:
            return await _follow(start, trip)
        except FetchError as error:
            pause = max(wait, error.retry_after) if isinstance(error, ServerAnswered) else wait
            if not is_passing(error) or _is_too_late(pause, deadline):
                raise
        await asyncio.sleep(pause)
    return await _follow(start, trip)


def _is_too_late(pause: float, deadline: asyncio.Timeout) -> bool:
    now, end = asyncio.get_running_loop().time(), deadline.when()
    return end is not None and now + pause >= end


async def _follow(start: Hop, trip: Trip[Found]) -> Found:
    hop = start
    for _ in range(trip.options.max_redirects + 1):
        found = await _visit(hop, trip)
        if not isinstance(found, Hop):
            return found
        hop = found
    raise FetchError(
        f"{shown(start.address)} redirects more than {trip.options.max_redirects} times.",
        "Look at the page in a browser: it may want cookies, or a sign-in.",
    )


async def _visit(hop: Hop, trip: Trip[Found]) -> Found | Hop:
    with told_in_words(hop.address):
        async with ask(hop, trip) as answer:
            response = answer.response
            trip.cookies.extract_cookies(response)
            if trip.kept and _is_unchanged(response, hop, trip):
                return trip.kept
            locations = response.headers.get_list("location")
            if response.status_code not in _REDIRECTS or not locations:
                return await trip.read(response, hop.address, trip.options)
            target = follow(hop.address, locations[0])
            return Hop(target, is_led=hop.is_led or not answer.is_local)


def _is_unchanged(response: httpx.Response, hop: Hop, trip: Trip[Found]) -> bool:
    return response.status_code == httpx.codes.NOT_MODIFIED and bool(trip.conditions(hop.address))
