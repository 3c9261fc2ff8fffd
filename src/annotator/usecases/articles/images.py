"""Fetching an image of an article, only when its reader asks for it."""

from annotator.errors import AddressRefused
from annotator.fetch import fetch_image
from annotator.fetch.options import MEGABYTE, FetchOptions
from annotator.model import Article, Block

_OPTIONS = FetchOptions(total_seconds=20.0, max_bytes=20 * MEGABYTE, waits=())


async def fetch_picture(article: Article, image: Block) -> bytes:
    """Return the bytes of an image of `article`.

    Raises `AddressRefused` for an image without a web address, and for one in a
    private network unless the article is there too; otherwise a `FetchError`.
    """
    if not image.source.lower().startswith(("http://", "https://")):
        raise AddressRefused(
            "This image has no address of its own.", "Press o to open the page in a browser."
        )
    return await fetch_image(image.source, page=article.url, options=_OPTIONS)
