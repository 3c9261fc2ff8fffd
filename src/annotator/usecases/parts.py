"""The parts that an article goes on in: asked for one after the other, as a reader would."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from annotator.errors import AnnotatorError
from annotator.model import Page
from annotator.model.multipart import join
from annotator.model.text import MAX_TEXT
from annotator.usecases.cleaning import clean

if TYPE_CHECKING:
    from annotator.fetch import FetchOptions

MOST_PARTS = 20


async def with_parts(page: Page, options: "FetchOptions | None" = None) -> Page:
    """Return a page with all the parts that follow it, of the same host, joined below it.

    They end with one that cannot be had or would be too much; it is named in what is returned.
    """
    from annotator import fetch

    parts, seen = [page], {page.url}
    following = await _following(page)
    while following and following not in seen and _host(following) == _host(page.url):
        seen.add(following)
        try:
            part = await fetch.fetch_page(following, options=options or fetch.FetchOptions())
            after = await _following(part)
        except AnnotatorError:  # one that cannot be cleaned is as good as missing
            return join(parts, missing=following)
        if _is_too_much(parts, part):
            return join(parts, missing=following)
        if any(part.html == each.html for each in parts):  # a site that shows one for any number
            break
        parts.append(part)
        following = after
    return join(parts)


def _is_too_much(parts: Sequence[Page], part: Page) -> bool:
    is_long = sum(len(each.html) for each in (*parts, part)) > MAX_TEXT
    return is_long or len(parts) == MOST_PARTS


async def _following(page: Page) -> str:
    return (await clean(page)).offers.following


def _host(url: str) -> str:
    return urlsplit(url).netloc.lower()
