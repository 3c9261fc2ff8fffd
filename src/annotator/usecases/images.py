"""Having a picture of an article, when a person asks for it and not before."""

from annotator.errors import AddressRefused
from annotator.fetch import fetch_image
from annotator.fetch.options import MEGABYTE, FetchOptions
from annotator.model import Article, Block

_SECONDS = 20.0
_LIMIT = 20 * MEGABYTE


async def fetch_picture(article: Article, image: Block) -> bytes:
    """Return the bytes of a picture of `article`.

    Raises `AddressRefused` for one that has no address of the web, or that lies
    in the person's own network while the article does not; otherwise a `FetchError`.
    """
    if not image.source.lower().startswith(("http://", "https://")):
        raise AddressRefused(
            "This picture has no address of its own.", "Press o to see the page in a browser."
        )
    options = FetchOptions(total_seconds=_SECONDS, max_bytes=_LIMIT, waits=())
    return await fetch_image(image.source, page=article.url, options=options)
