"""Articles that are served in parts: join their pages into one, and split it again."""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from annotator.model.document import Page

_MARK = re.compile(r"\n<!--annotator-(part|missing) ([^\s>]{1,8192})-->\n")


def join(pages: Sequence[Page], *, missing: str = "") -> Page:
    """Return the pages joined into the first one; `missing` is the address that was not fetched.

    The result is stored like any page, so that the article can be extracted again.
    """
    first = pages[0]
    texts = [_MARK.sub("", first.html)]
    texts += [f"{_mark('part', page.url)}{_MARK.sub('', page.html)}" for page in pages[1:]]
    if missing:
        texts.append(_mark("missing", missing))
    return replace(first, html="".join(texts), is_truncated=any(p.is_truncated for p in pages))


def is_joined(page: Page) -> bool:
    """Return whether a page was joined from parts."""
    return _MARK.search(page.html) is not None


def split(page: Page) -> tuple[tuple[Page, ...], str]:
    """Return the parts of a joined page, and the address of a missing one or an empty string."""
    text, *rest = _MARK.split(page.html)
    triples = list(zip(rest[::3], rest[1::3], rest[2::3], strict=True))
    parts = [replace(page, html=text)]
    parts += [replace(page, url=url, html=html) for kind, url, html in triples if kind == "part"]
    return tuple(parts), next((url for kind, url, _ in triples if kind == "missing"), "")


def _mark(kind: str, url: str) -> str:
    return f"\n<!--annotator-{kind} {url.replace('>', '%3E').replace(' ', '%20')}-->\n"
