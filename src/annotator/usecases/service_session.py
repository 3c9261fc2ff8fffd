"""Requests to a service that the user named, one after another, at the pace that it allows.

The token goes to this service alone: a redirect is refused, and no message has it. So does
whatever the service says: it is read as data, within limits.
"""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urlencode, urlsplit

from msgspec import Struct

from annotator import fetch
from annotator.errors import FetchError, ImportFailed, InvalidInput, ServerAnswered
from annotator.fetch import FetchOptions, fetch_answer
from annotator.importing.readers.json_values import JsonObject, read_json

_REFUSED: Final = frozenset({429})  # before anything was done
_BUSY: Final = frozenset({429, 503})
_MAX_WAITS: Final = 10  # for one answer
_UNSAID_WAIT: Final = 20  # seconds, if the service names none
_ANSWER_SECONDS: Final = 60.0  # for one answer; a page of a hundred texts takes some
_ANSWER_BYTES: Final = 50_000_000
_OWN_NETWORK: Final = (".home", ".home.arpa", ".internal", ".lan", ".local")
_MAX_TOKEN: Final = 4_096  # characters
MAX_RECEIVED: Final = 100_000_000  # characters, of all answers of a session


class Pace(Struct, frozen=True):
    """The shortest time between two requests in seconds, and the longest that is waited."""

    reads: float = 0.0
    writes: float = 0.0
    longest_wait: int = 60  # that a service may ask for; more than that is said to the user


class ServiceAnswer(Struct, frozen=True):
    """What a service answered: its JSON, None without any, and headers in lower case."""

    value: object
    headers: Mapping[str, str]

    @property
    def object(self) -> JsonObject:
        """The object that was answered, an empty one in place of anything else."""
        return self.value if isinstance(self.value, JsonObject) else JsonObject()


class ServiceSession:
    """The requests of one run to the service at `base`.

    `headers` have the token, and `on_wait` is told how many seconds are waited. `sleep` is how the
    time passes. If something is `missing`, nobody is asked, and methods raise that. They raise
    `FetchError`, and `ImportFailed` for what is no JSON.
    """

    def __init__(
        self,
        base: str,
        headers: Mapping[str, str],
        *,
        pace: Pace,
        on_wait: Callable[[int], None] = lambda _seconds: None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        missing: FetchError | None = None,
    ) -> None:
        full = base if fetch.looks_like_address(base) else fetch.complete_address(base) or base
        self.base = fetch.check_address(full).rstrip("/")
        if headers:
            _refuse_unencrypted(self.base)
        self._headers = {"Accept": "application/json", **headers}
        self._pace = pace
        self._on_wait = on_wait
        self.sleep = sleep
        self._missing = missing
        self._free_at = 0.0
        self.answers = 0
        self._received = 0

    async def ask(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        body: object = None,
        headers: Mapping[str, str] | None = None,
    ) -> ServiceAnswer:
        """Return the answer to a request below the address of the service.

        The body is sent as JSON, or as it is if it is bytes. A service that has too much to do
        is asked again when it says, within the limit of the pace; what may have been done is
        not asked for again.
        """
        if self._missing:
            raise self._missing
        url = f"{self.base}{path}{f'?{urlencode(query)}' if query else ''}"
        sent = dict(self._headers)
        content = body if isinstance(body, bytes) else b""
        if body is not None and not isinstance(body, bytes):
            content = json.dumps(body).encode()
            sent["Content-Type"] = "application/json"
        sent |= headers or {}
        options = FetchOptions(
            total_seconds=_ANSWER_SECONDS, max_bytes=_ANSWER_BYTES, repeats_if_too_many=False
        )
        for _ in range(_MAX_WAITS):
            await self._take_turn(self._pace.reads if method == "GET" else self._pace.writes)
            try:
                answer = await fetch_answer(
                    url, headers=sent, options=options, method=method, content=content
                )
                break
            except ServerAnswered as error:
                if error.status not in (_BUSY if method == "GET" else _REFUSED):
                    raise
                await self._wait_for(error)
        else:
            raise FetchError(
                f"{self.base} is too busy: it asked to wait {_MAX_WAITS} times.",
                "Try again later: the same command goes on where it stopped.",
            )
        self.answers += 1
        self._received += len(answer.text) if method == "GET" else 0
        if self._received > MAX_RECEIVED:
            raise ImportFailed(
                f"{self.base} sends more than {MAX_RECEIVED // 1_000_000} MB.",
                "Ask for less, or export a file there, in parts.",
            )
        if not answer.text.strip():
            return ServiceAnswer(None, answer.headers)
        parsed = read_json(answer.text)
        if parsed.problem:
            raise ImportFailed(f"The answer of {self.base} is not JSON.", "Check the address.")
        return ServiceAnswer(parsed.value, answer.headers)

    async def _take_turn(self, pause: float) -> None:
        now = asyncio.get_running_loop().time()
        if now < self._free_at:
            await self.sleep(self._free_at - now)
        self._free_at = max(now, self._free_at) + pause

    async def _wait_for(self, error: ServerAnswered) -> None:
        wait = error.retry_after or _UNSAID_WAIT
        if wait > self._pace.longest_wait:
            raise FetchError(
                error.message,
                f"It asks to wait {wait:,} seconds. After that, the same command goes on where it "
                "stopped.",
            ) from error
        self._on_wait(wait)
        await self.sleep(wait)


def _refuse_unencrypted(address: str) -> None:
    host = urlsplit(address).hostname or ""
    is_own = fetch.is_local_address(address) or host.endswith(_OWN_NETWORK)
    if not (is_own or address.startswith("https://") or re.fullmatch(r"[^.:]*", host)):
        raise InvalidInput(
            f"{host} would get the token without encryption.",
            "Use an address that begins with https://.",
        )


def token_variable(service: str) -> str:
    """Return the name of the environment variable for the token of a service."""
    return f"ANNOTATOR_{service.upper().replace('-', '_')}_TOKEN"


def token_in(path: Path) -> str:
    """Return the token in a file. Raises `InvalidInput` for a file without one."""
    try:
        token = path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        hint = "Check the path. The file has one line with the token."
        raise InvalidInput(f"The token file {path} cannot be read.", hint) from error
    return checked_token(token, str(path))


def checked_token(token: str, place: str) -> str:
    """Return a token that can be sent. Raises `InvalidInput`, which names only its place."""
    if not token or len(token) > _MAX_TOKEN or not token.isascii() or not token.isprintable():
        raise InvalidInput(f"{place} does not hold a token.", "It has one line with the token.")
    return token
