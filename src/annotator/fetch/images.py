"""A picture of a page: the bytes of an image, as a person asked for them."""

from annotator.errors import FetchError
from annotator.fetch.addresses import shown
from annotator.fetch.bodies import read_body
from annotator.fetch.client import httpx
from annotator.fetch.options import FetchOptions
from annotator.fetch.statuses import refuse_status

_SIGNATURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"RIFF")


async def read_image(response: httpx.Response, address: str, options: FetchOptions) -> bytes:
    """Return the PNG, JPEG, GIF or WebP image that a response holds.

    Raises `ServerAnswered` or `TooLarge`, and `FetchError` for what is no such image.
    """
    refuse_status(response, address)
    body = await read_body(response, address, limit=options.max_bytes)
    if not body.data.startswith(_SIGNATURES):
        raise FetchError(
            f"{shown(address)} is no picture that can be drawn.",
            "PNG, JPEG, GIF and WebP can be. A browser shows the others.",
        )
    return body.data
