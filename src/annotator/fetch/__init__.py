"""Pages and files as text: the only place that meets the network.

Nothing of the network is loaded before a page is fetched, so that a local file
costs none of it.
"""

from annotator.fetch.local import MAX_FILE_BYTES, path_of, read_bytes, read_file
from annotator.fetch.options import DEFAULT_OPTIONS, FetchOptions
from annotator.fetch.urls import check_address, looks_like_address
from annotator.model import Page

__all__ = [
    "DEFAULT_OPTIONS",
    "MAX_FILE_BYTES",
    "FetchOptions",
    "check_address",
    "fetch_again",
    "fetch_image",
    "fetch_page",
    "looks_like_address",
    "path_of",
    "read_bytes",
    "read_file",
]


async def fetch_page(url: str, *, options: FetchOptions = DEFAULT_OPTIONS) -> Page:
    """Return the page at `url`, had within the limits of `options`.

    Raises a `FetchError` in words, whatever the server does. Cancelling closes
    the connection at once.
    """
    from annotator.fetch import http

    return await http.fetch_page(url, options=options)


async def fetch_again(url: str, *, kept: Page, options: FetchOptions = DEFAULT_OPTIONS) -> Page:
    """Return the page at `url` as `fetch_page` does, or `kept` itself.

    That is if the server of `kept` says that the page has not changed since.
    """
    from annotator.fetch import http

    return await http.fetch_page(url, options=options, kept=kept)


async def fetch_image(url: str, *, page: str, options: FetchOptions = DEFAULT_OPTIONS) -> bytes:
    """Return the image at `url`, which the page at the address `page` shows.

    Raises a `FetchError` in words. A page of the internet cannot have one of
    the person's own network fetched.
    """
    from annotator.fetch import http

    return await http.fetch_image(url, page=page, options=options)
