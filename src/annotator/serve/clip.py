"""The small page that a bookmarklet opens, to save the page from which it was called.

The server accepts no request of a web page, but the page may send its text to a window that it
opened. That shows it as text, and gives it to the server when the user agrees: once, and without
a token.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable
from html import escape
from pkgutil import get_data
from secrets import token_urlsafe
from urllib.parse import quote

from annotator.serve.capture import CaptureRoutes, form_of, page_of
from annotator.serve.http import HTML, MAX_BODY, Incoming, Refused, Reply, Route
from annotator.serve.request_checks import RequestChecks

MAX_OPEN = 100  # windows that may still save
_POLICY = (
    "default-src 'none'; script-src 'nonce-{0}'; style-src 'nonce-{0}'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def bookmarklet(port: int) -> str:
    """Return the address of the bookmark."""
    lines = _file("bookmarklet.js").replace("PORT", str(port)).splitlines()
    return "javascript:" + quote("".join(map(str.strip, lines)), safe="!'()*;,/?:@&=+$#")


def clip_routes(taking: CaptureRoutes, checks: RequestChecks, port: int) -> tuple[Route, ...]:
    """Return the routes of the page, also at `/`, and of what it saves."""
    tickets = deque[str](maxlen=MAX_OPEN)

    async def show(_request: Incoming) -> Reply:
        nonce, ticket = token_urlsafe(16), token_urlsafe(16)
        tickets.append(ticket)
        page = _file("clip.html").replace("NONCE", nonce).replace("TICKET", ticket)
        page = page.replace("BOOKMARK", escape(bookmarklet(port)))
        return Reply(page.encode(), 200, HTML, {"Content-Security-Policy": _POLICY.format(nonce)})

    async def save(request: Incoming) -> Awaitable[Reply]:
        form = await asyncio.to_thread(form_of, request)
        url, html, title, ticket = (
            form.get(name, b"").decode("utf-8", "replace")
            for name in ("url", "html", "title", "ticket")
        )
        if not checks.is_own(request.field("origin")) or ticket not in tickets:
            raise Refused(403, "Close this window, and use the bookmark again.")
        reply = await taking.take(url, page_of(html, title))
        tickets.remove(ticket)
        return reply

    return (
        Route("GET", "/", show, needs_token=False),
        Route("GET", "/clip", show, needs_token=False, for_own_pages=True, for_all_pages=True),
        Route("POST", "/clip", save, takes=MAX_BODY, needs_token=False, for_own_pages=True),
    )


def _file(name: str) -> str:
    return (get_data(__package__, name) or b"").decode()
