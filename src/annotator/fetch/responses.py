"""A response to a page, document or image: its status, type, body and headers are checked."""

import asyncio
import re
import zlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from annotator.errors import FetchError, NotAnArticle, ServerAnswered, SignInFirst
from annotator.fetch.decoding import (
    FEED_HINT,
    GIVE_A_PAGE,
    decode_html,
    decode_text,
    media_type_of,
    preview,
    readable,
    refuse_foreign,
    refuse_size,
)
from annotator.fetch.failures import TRY_LATER, retry_after
from annotator.fetch.httpx_import import httpx
from annotator.fetch.options import FetchOptions
from annotator.fetch.urls import shown
from annotator.model import HTML, MARKDOWN, PLAIN_TEXT, Document, Original, Page
from annotator.model.document import HEAD, KINDS, kind_of, largest
from annotator.model.secrets import HIDDEN, without_secrets
from annotator.model.text import clean_line

_MEDIA_TYPES = {
    "": "",  # the contents have to tell
    "text/html": HTML,
    "application/xhtml+xml": HTML,
    "text/plain": PLAIN_TEXT,
    "text/markdown": MARKDOWN,
    "text/x-markdown": MARKDOWN,
}
_FOREIGN_TYPES = (
    (re.compile(r"application/(?:rss|atom|rdf)\+xml"), "a feed", FEED_HINT),
    (re.compile(r"(?:application|text)/xml|text/x-opml"), "data (XML), perhaps a feed", FEED_HINT),
    (re.compile(r"image/.*"), "an image", GIVE_A_PAGE),
    (re.compile(r"(?:audio|video)/.*"), "a sound or a film", GIVE_A_PAGE),
    (re.compile(r"application/(?:.*\+)?json"), "data for programs (JSON)", GIVE_A_PAGE),
)
# What servers call documents; the contents tell, of these and of pages.
_OF_DOCUMENTS = re.compile(
    r"application/(?:(?:x-)?pdf|epub\+zip|x-mimearchive|x-webarchive|mbox|(?:x-)?zip(?:-compressed)?|"
    r"octet-stream|(?:x-|force-)?download)|binary/octet-stream|message/rfc822|multipart/related"
)
_NOT_IN_A_TYPE = re.compile(r"[^\w./+-]")

# What a later visit, and the article's metadata, can use. Cookies and the rest are not kept.
_KEPT_HEADERS = frozenset(
    {"content-language", "content-type", "date", "etag", "last-modified", "link", "x-robots-tag"}
)
_OF_FEEDS = frozenset({"cache-control", "content-type", "etag", "expires", "last-modified"})
_MAX_HEADER = 1000  # characters


async def read_page(response: httpx.Response, address: str, options: FetchOptions) -> Original:
    """Return the page or document that a response to `address` holds.

    Raises `ServerAnswered`, `NotAnArticle` or `TooLarge`.
    """
    refuse_status(response, address)
    content_type = next(iter(response.headers.get_list("content-type")), "")
    named = content_type.partition(";")[0].strip().lower()
    may_be_large = not named or _OF_DOCUMENTS.fullmatch(named)
    if not may_be_large:
        _declared(named, address)  # refuses what cannot be one
    limit_of = largest if may_be_large else None
    body = await read_body(response, address, limit=options.max_bytes, limit_of=limit_of)
    rest = datetime.now(UTC), _kept(response, _KEPT_HEADERS), not body.is_whole
    if kind := kind_of(body.data):
        refuse_size(len(body.data), shown(address), limit=KINDS[kind].max_bytes)
        return Document(address, body.data, kind, *rest)
    declared = _declared(named, address)
    refuse_foreign(body.data, shown(address))
    if _SIGN_IN_MARK in body.data:
        raise SignInFirst(
            f"Your network answered with its page to sign in, not with {shown(address)}.",
            _HINTS[_SIGN_IN_FIRST],
        )
    media_type = _media_type(body.data, declared, address)
    decode = decode_html if media_type == HTML else decode_text
    # Guessing an encoding takes half a second; a thread keeps the screen responsive.
    text = await asyncio.to_thread(decode, body.data, content_type)
    return Page(address, readable(text, shown(address)), media_type, *rest)


async def read_feed(response: httpx.Response, address: str, options: FetchOptions) -> Page:
    """Return the text of a response, whatever type it declares: few feeds have the right one.

    Raises `ServerAnswered`, `NotAnArticle` for what is no text, or `TooLarge`.
    """
    refuse_status(response, address)
    body = await read_body(response, address, limit=options.max_bytes)
    refuse_foreign(body.data, shown(address))
    content_type = next(iter(response.headers.get_list("content-type")), "")
    text = await asyncio.to_thread(decode_html, body.data, content_type)
    rest = datetime.now(UTC), _kept(response, _OF_FEEDS), not body.is_whole
    return Page(address, text, HTML, *rest)


def _kept(response: httpx.Response, names: Collection[str]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.lower(), clean_line(value, limit=_MAX_HEADER))
        for name, value in response.headers.multi_items()
        if name.lower() in names
    )


def _declared(named: str, address: str) -> str:
    if named in _MEDIA_TYPES:
        return _MEDIA_TYPES[named]
    for pattern, what, hint in _FOREIGN_TYPES:
        if pattern.fullmatch(named):
            raise NotAnArticle(f"{shown(address)} is {what}.", hint)
    name = _NOT_IN_A_TYPE.sub("?", named)[:60]
    raise NotAnArticle(f"{shown(address)} has the type {name}, which is not a page.", GIVE_A_PAGE)


def _media_type(data: bytes, declared: str, address: str) -> str:
    if declared in {HTML, MARKDOWN}:
        return declared
    # Servers of source code call pages and Markdown plain text, too.
    suffix = PurePosixPath(urlsplit(address).path).suffix
    return media_type_of(preview(data), suffix=suffix or (".txt" if declared else ""))


_PAGES = frozenset({200, 203})
_SIGN_IN_FIRST = HTTPStatus.NETWORK_AUTHENTICATION_REQUIRED
_SIGN_IN_MARK = b"<WISPAccessGatewayParam"  # by which networks tell programs of their sign-in page
_SERVER_ERRORS = range(500, 600)

_SAVE_IT = "Open the page in a browser, save it there, and add the file."
_HINTS = {
    401: f"It requires you to sign in. {_SAVE_IT}",
    402: f"It requires payment. {_SAVE_IT}",
    403: f"It refuses this program, or requires you to sign in. {_SAVE_IT}",
    404: "Check the address.",
    407: "Your proxy requires you to sign in. Check the proxy's settings.",
    410: "The page was removed permanently. A web archive may still have it.",
    451: "The page is withheld for legal reasons.",
    _SIGN_IN_FIRST: "Your network wants you to sign in first: do so in a browser, and try again.",
}
_MINUTE, _HOUR = 60, 3600


def refuse_status(response: httpx.Response, address: str) -> None:
    """Raise `ServerAnswered` unless the response holds a page."""
    status = response.status_code
    if status in _PAGES:
        return
    seconds = retry_after(response.headers.get("retry-after", ""), now=datetime.now(UTC)) or 0
    try:
        phrase = f" ({HTTPStatus(status).phrase.lower()})"
    except ValueError:  # a number that no standard names
        phrase = ""
    problem = f"{shown(address)} returned {status}{phrase}."
    raise ServerAnswered(problem, _hint(status, seconds), status=status, retry_after=seconds)


def _hint(status: int, seconds: int) -> str:
    if status in _HINTS:
        return _HINTS[status]
    if seconds:
        return f"It asks you to try again in {_in_words(seconds)}."
    if status == httpx.codes.TOO_MANY_REQUESTS:
        return "Too many requests. Try again later."
    if status in _SERVER_ERRORS:
        return "The server reported an error. Try again later."
    return "Look at the page in a browser."


def _in_words(seconds: int) -> str:
    for unit, name in ((_HOUR, "hours"), (_MINUTE, "minutes")):
        if seconds >= 2 * unit:
            return f"{-(-seconds // unit)} {name}"
    return f"{seconds} seconds" if seconds > 1 else "a second"


_GZIP, _ZLIB, _BARE = 31, 15, -15  # the window bits by which zlib knows the header
_LENGTH_DIGITS = 20  # longer numbers are no lengths


@dataclass(frozen=True, slots=True)
class Body:
    """The bytes of a page. `is_whole` is false if the compressed stream ended early."""

    data: bytes
    is_whole: bool


async def read_body(
    response: httpx.Response,
    address: str,
    *,
    limit: int,
    limit_of: Callable[[bytes, int], int] | None = None,
) -> Body:
    """Return the body: at most `limit` bytes, both as sent and as unpacked.

    Where it depends on how the body begins, `limit_of` makes the limit of that and of `limit`.
    Raises `TooLarge`, and `FetchError` for an unsupported compression.
    """
    length = response.headers.get("content-length", "")[:_LENGTH_DIGITS]
    announced = int(length) if length.isdecimal() else 0
    if limit_of is None:
        refuse_size(announced, shown(address), limit=limit)
    unpacker, received, data = _unpacker(response, address), 0, bytearray()
    async for piece in response.aiter_raw():
        received += len(piece)
        data += unpacker.feed(piece, limit - len(data) + 1)
        if limit_of and len(data) >= min(HEAD, announced or HEAD):
            limit, limit_of = limit_of(bytes(data[:HEAD]), limit), None
            refuse_size(announced, shown(address), limit=limit)
        refuse_size(max(received, len(data)), shown(address), limit=limit)
    return Body(bytes(data), unpacker.is_finished)


def _unpacker(response: httpx.Response, address: str) -> "_Unpacked | _Inflater":
    """Return what unpacks the pieces of a body, each into no more bytes than there is room for."""
    packing = response.headers.get("content-encoding", "").strip().lower()
    if packing in {"", "identity"}:
        return _Unpacked()
    if packing in {"gzip", "x-gzip"}:
        return _Inflater(_GZIP)
    if packing == "deflate":
        return _Inflater(_ZLIB)
    raise FetchError(
        f"{shown(address)} is compressed with an unsupported method: "
        f"{clean_line(packing, limit=40)}.",
        "Save the page in a browser, and add the file.",
    )


class _Unpacked:
    is_finished = True

    def feed(self, piece: bytes, room: int) -> bytes:
        return piece[:room]


class _Inflater:
    def __init__(self, header: int) -> None:
        self._header = header
        self._stream = zlib.decompressobj(header)

    @property
    def is_finished(self) -> bool:
        return self._stream.eof

    def feed(self, piece: bytes, room: int) -> bytes:
        if self._stream.eof:
            return b""  # whatever follows the stream is none of the page
        try:
            return self._stream.decompress(piece, room)
        except zlib.error:
            if self._header != _ZLIB:
                raise
            # "deflate" without its header, as some servers send it
            self._header, self._stream = _BARE, zlib.decompressobj(_BARE)
            return self._stream.decompress(piece, room)


@dataclass(frozen=True, slots=True)
class ApiAnswer:
    """The text of an API's answer, and its headers, whose names are in lower case."""

    text: str
    headers: Mapping[str, str]


async def read_answer(response: httpx.Response, address: str, options: FetchOptions) -> ApiAnswer:
    """Return an API's answer, which is in UTF-8.

    Raises `ServerAnswered`, with what to do about a token or what the server says is wrong,
    or `TooLarge`.
    """
    status = response.status_code
    if status in _NO_ACCESS:
        raise ServerAnswered(
            f"{shown(address)} does not accept the token.",
            "Check the token, and what it may read and write.",
            status=status,
        )
    if status not in _WRONG | _DONE:
        refuse_status(response, address)
    body = await read_body(response, address, limit=options.max_bytes)
    text = body.data.decode("utf-8", "replace")
    if status in _WRONG:
        problem = f"{shown(address)} refuses what was sent ({status})."
        said = without_secrets(clean_line(_without_headers(text, response), limit=_MAX_SAID))
        raise ServerAnswered(problem, f"It says: {said}" if said else "", status=status)
    if not body.is_whole:
        raise FetchError(f"The answer of {shown(address)} is cut.", TRY_LATER)
    return ApiAnswer(text, {name.lower(): value for name, value in response.headers.items()})


def _without_headers(text: str, response: httpx.Response) -> str:
    """Return what a server says without what it was sent in headers: one of them is the token."""
    headers = [item for item in response.request.headers.items() if item[0] not in _PLAIN]
    words = [word for _, value in headers for word in value.split()]
    for word in words:
        text = text.replace(word, HIDDEN) if len(word) >= _SHORTEST_SECRET else text
    return text


_NO_ACCESS = frozenset({401, 403})
_DONE = frozenset({200, 201, 202, 203, 204})
_WRONG = frozenset({400, 409, 412, 413, 415, 422, 428})
_MAX_SAID = 300  # characters of what a server says is wrong
_PLAIN = frozenset({"accept", "accept-encoding", "content-type", "host", "user-agent"})
_SHORTEST_SECRET = 8  # characters
_SIGNATURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"RIFF")


async def read_image(response: httpx.Response, address: str, options: FetchOptions) -> bytes:
    """Return the PNG, JPEG, GIF or WebP image that a response holds.

    Raises `ServerAnswered` or `TooLarge`, and `FetchError` for what is no such image.
    """
    refuse_status(response, address)
    body = await read_body(response, address, limit=options.max_bytes)
    if not body.data.startswith(_SIGNATURES):
        raise FetchError(
            f"{shown(address)} is not a picture that can be drawn.",
            "PNG, JPEG, GIF and WebP can be. A browser shows the others.",
        )
    return body.data
