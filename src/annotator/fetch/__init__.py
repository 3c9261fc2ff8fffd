"""Pages from the web, from files and from standard input; the only package that uses the network.

httpx is loaded when the first page is fetched, so that a local file does not pay for it.
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
    """Return the page at `url`, fetched within the limits of `options`.

    Raises `FetchError`, whatever the server does. Cancelling closes the connection
    at once.
    """
    from annotator.fetch import http

    return await http.fetch_page(url, options=options)


async def fetch_again(url: str, *, kept: Page, options: FetchOptions = DEFAULT_OPTIONS) -> Page:
    """Return the page at `url` as `fetch_page` does.

    Returns `kept` itself if the server reports that it has not changed.
    """
    from annotator.fetch import http

    return await http.fetch_page(url, options=options, kept=kept)


async def fetch_image(url: str, *, page: str, options: FetchOptions = DEFAULT_OPTIONS) -> bytes:
    """Return the image at `url`, which the page at the address `page` shows.

    Raises `FetchError`. A page on the internet cannot make us fetch an image from a
    private network.
    """
    from annotator.fetch import http

    return await http.fetch_image(url, page=page, options=options)
