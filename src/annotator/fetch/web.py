"""Fetching a page of the web: every dimension of it bounded, every hop checked."""

import asyncio

from annotator.errors import FetchError, ServerAnswered, TimedOut
from annotator.fetch.addresses import check_address, follow, shown
from annotator.fetch.client import httpx
from annotator.fetch.connections import Hop, Trip, ask
from annotator.fetch.cookies import read_cookies
from annotator.fetch.failures import LATER, told_in_words
from annotator.fetch.options import FetchOptions
from annotator.fetch.responses import read_page
from annotator.fetch.retries import is_passing
from annotator.model import Page

_REDIRECTS = frozenset({301, 302, 303, 307, 308})


async def fetch_page(url: str, *, options: FetchOptions, kept: Page | None = None) -> Page:
    """Return the page at `url`, `kept` itself if that has not changed; raises a `FetchError`."""
    address = check_address(url)
    trip = Trip(options, httpx.Cookies(read_cookies(options.cookies)), kept)
    try:
        async with asyncio.timeout(options.total_seconds) as deadline:
            return await _persist(address, trip, deadline)
    except TimeoutError as error:
        told = f"{shown(address)} did not come within {options.total_seconds:g} seconds."
        raise TimedOut(told, LATER) from error


async def _persist(address: str, trip: Trip, deadline: asyncio.Timeout) -> Page:
    for wait in trip.options.waits:
        try:
            return await _follow(address, trip)
        except FetchError as error:
            pause = max(wait, error.retry_after) if isinstance(error, ServerAnswered) else wait
            if not is_passing(error) or _is_too_late(pause, deadline):
                raise
        await asyncio.sleep(pause)
    return await _follow(address, trip)


def _is_too_late(pause: float, deadline: asyncio.Timeout) -> bool:
    now, end = asyncio.get_running_loop().time(), deadline.when()
    return end is not None and now + pause >= end


async def _follow(address: str, trip: Trip) -> Page:
    hop = Hop(address)
    for _ in range(trip.options.max_redirects + 1):
        found = await _visit(hop, trip)
        if isinstance(found, Page):
            return found
        hop = found
    raise FetchError(
        f"{shown(address)} redirects more than {trip.options.max_redirects} times.",
        "Look at the page in a browser: it may want cookies, or a sign-in.",
    )


async def _visit(hop: Hop, trip: Trip) -> Page | Hop:
    with told_in_words(hop.address):
        async with ask(hop, trip) as answer:
            response = answer.response
            trip.cookies.extract_cookies(response)
            if trip.kept and _is_unchanged(response, hop, trip):
                return trip.kept
            locations = response.headers.get_list("location")
            if response.status_code not in _REDIRECTS or not locations:
                return await read_page(response, hop.address, trip.options)
            target = follow(hop.address, locations[0])
            return Hop(target, is_led=hop.is_led or not answer.is_local)


def _is_unchanged(response: httpx.Response, hop: Hop, trip: Trip) -> bool:
    return response.status_code == httpx.codes.NOT_MODIFIED and bool(trip.conditions(hop.address))
