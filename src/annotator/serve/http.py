"""Requests and answers of HTTP as values; the head of a request is read without trusting it."""

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Self
from urllib.parse import parse_qsl, unquote, urlsplit

from msgspec import Struct

from annotator.codec import decode

MAX_HEAD = 16 << 10  # bytes
MAX_BODY = 64 << 20  # bytes; a page with its pictures has 5 to 40 MB
JSON = "application/json"
HTML = "text/html; charset=utf-8"
ALWAYS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}

_LINE = re.compile(r"([A-Z]{1,16}) (/[\x21-\x7e]*) HTTP/1\.[01]")
_FIELD = re.compile(r"([\w!#$%&'*+.^`|~-]+):[ \t]*([^\x00-\x08\x0a-\x1f\x7f]*)", re.ASCII)
_ONCE = {"authorization", "content-length", "content-type", "host", "origin", "sec-fetch-site"}


class Refused(Exception):
    """A request that is not answered as it wishes: why, about which page, and if the user knows."""

    def __init__(
        self, status: int, sentence: str, *, page: str = "", is_told: bool = False, **fields: str
    ) -> None:
        super().__init__(sentence)
        self.page, self.is_told = page, is_told
        self.status, self.sentence = status, sentence
        self.fields = {name.replace("_", "-"): value for name, value in fields.items()}


class Incoming(Struct, frozen=True):
    """A request. The names of its header fields are in lower case; `peer` is who sent it."""

    method: str
    path: str
    query: Mapping[str, str] = {}
    fields: Mapping[str, str] = {}
    body: bytearray = bytearray()
    peer: str = ""

    def field(self, name: str) -> str:
        """Return a header field, empty if it is missing."""
        return self.fields.get(name, "")

    def length(self, limit: int) -> int:
        """Return the size of the body. Raises `Refused` if it is too large, or not told."""
        if self.field("transfer-encoding"):
            raise Refused(411, "Send the length of the body; it is not read in chunks.")
        told = self.fields.get("content-length", "0")
        if not re.fullmatch("[0-9]{1,15}", told):
            raise Refused(400, "The length of the body is not a number.")
        if int(told) > limit:
            raise Refused(413, f"The body is larger than {limit >> 20} MB.")
        return int(told)

    def values(self) -> dict[str, object]:
        """Return the JSON object in the body. Raises `Refused` if it holds none."""
        try:
            return decode(bytes(self.body or b"{}"), dict[str, object])
        except ValueError as error:
            raise Refused(400, "The body is not a JSON object.") from error


class Reply(Struct, frozen=True):
    """An answer to a request."""

    body: bytes
    status: int = 200
    media_type: str = JSON
    fields: Mapping[str, str] = {}

    @classmethod
    def of(cls, value: object, status: int = 200, fields: Mapping[str, str] | None = None) -> Self:
        """Return an answer with a value as JSON."""
        return cls(json.dumps(value).encode(), status, JSON, fields or {})

    @classmethod
    def refusing(cls, status: int, sentence: str, fields: Mapping[str, str]) -> Self:
        """Return an answer that tells a program why there is no other."""
        return cls.of({"error": sentence}, status, fields)

    def head(self) -> bytes:
        """Return the lines before the body; no other program may keep or reinterpret it."""
        fields = {
            "Content-Type": self.media_type,
            "Content-Length": str(len(self.body)),
            "Connection": "close",
            **ALWAYS,
            **self.fields,
        }
        lines = [f"HTTP/1.1 {self.status} {HTTPStatus(self.status).phrase}"]
        lines += [f"{name}: {value}" for name, value in fields.items()]
        return "\r\n".join([*lines, "", ""]).encode("latin-1", "replace")


class Route(Struct, frozen=True):
    """What answers requests of a method at a path, or, if that ends in `/` after a name, below it.

    An empty path is above all. `takes` is the size of its largest body. What takes long after the
    body was read is awaited in a second step, when that is no longer in memory. The server's own
    pages may ask it if it is `for_own_pages`, and any page on the web may open it in a tab if it
    is `for_all_pages`.
    """

    method: str
    path: str
    answer: Callable[[Incoming], Awaitable[Reply | Awaitable[Reply]]]
    takes: int = 0
    needs_token: bool = True
    for_own_pages: bool = False
    for_all_pages: bool = False

    def leads_to(self, path: str) -> bool:
        """Return whether this route is the one of a path."""
        is_above = self.path != "/" and self.path[-1:] in {"", "/"}
        return path == self.path or (is_above and path.startswith(self.path))


def read_head(data: bytes) -> Incoming:
    """Return the request whose head is `data`. Raises `Refused` for what no browser sends."""
    first, *rest = data.decode("latin-1").removesuffix("\r\n\r\n").split("\r\n")
    line = _LINE.fullmatch(first)
    fields: dict[str, str] = {}
    for text in rest:
        field = _FIELD.fullmatch(text)
        name = field[1].lower() if field else ""
        if not field or (name in fields and name in _ONCE):
            raise Refused(400, "A header is damaged, or sent twice.")
        fields[name] = field[2].rstrip(" \t")
    if not line:
        raise Refused(400, "The first line is not an HTTP request.")
    try:
        parts = urlsplit(line[2])
        query = dict(parse_qsl(parts.query, keep_blank_values=True, max_num_fields=50))
    except ValueError as error:
        raise Refused(400, "The address cannot be read.") from error
    return Incoming(line[1], unquote(parts.path), query, fields)
