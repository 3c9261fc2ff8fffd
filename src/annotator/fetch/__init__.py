"""Pages and files as text: the only place that meets the network.

Nothing of the network is loaded before a page is fetched, so that a local file
costs none of it.
"""

from annotator.fetch.addresses import check_address, looks_like_address
from annotator.fetch.local import MAX_FILE_BYTES, read_bytes, read_file
from annotator.fetch.options import DEFAULT_OPTIONS, FetchOptions
from annotator.model import Page

__all__ = [
    "DEFAULT_OPTIONS",
    "MAX_FILE_BYTES",
    "FetchOptions",
    "check_address",
    "fetch_page",
    "looks_like_address",
    "read_bytes",
    "read_file",
]


async def fetch_page(url: str, *, options: FetchOptions = DEFAULT_OPTIONS) -> Page:
    """Return the page at `url`, had within the limits of `options`.

    Raises a `FetchError` in words, whatever the server does. Cancelling closes
    the connection at once.
    """
    from annotator.fetch import web

    return await web.fetch_page(url, options=options)
