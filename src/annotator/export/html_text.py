"""Text and links in HTML."""

import html

from annotator.export.addresses import safe_href


def escaped(text: str) -> str:
    """Return `text` for an element, or for an attribute in double quotes."""
    return html.escape(text, quote=True)


def link(address: str, written: str) -> str:
    """Return `written`, which is HTML, as a link if `address` may be one."""
    href = safe_href(address)
    if not href:
        return written
    return f'<a href="{escaped(href)}" rel="noopener noreferrer nofollow">{written}</a>'
