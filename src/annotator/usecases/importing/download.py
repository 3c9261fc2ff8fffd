"""Downloads over the API of a service: all that it holds, at the pace that it asks for.

The token is sent to the service and is kept nowhere: neither in the library nor in a log.
"""

import asyncio
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from msgspec import Struct

from annotator.errors import FetchError, ImportFailed, InvalidInput, ServerAnswered
from annotator.fetch import FetchOptions, complete_address, fetch_answer, looks_like_address
from annotator.importing.readers.json_values import read_json
from annotator.importing.readers.limits import MAX_FILE_BYTES
from annotator.importing.services import Request, Service
from annotator.importing.source import SourceFile

_ANSWER_SECONDS = 60.0  # for one answer; a page of a hundred texts takes some
_ANSWER_BYTES = 50_000_000
_MAX_WAITS = 10  # for one answer
_LONGEST_WAIT = 900  # seconds; a service that says more is asked again another day
_UNSAID_WAIT = 20  # seconds, if the service names none
_BUSY = frozenset({429, 503})
_MAX_TOKEN = 4_096  # characters


class DownloadProgress(Struct, frozen=True):
    """The number of answers so far, and the seconds that the service asks to wait."""

    answers: int
    waiting: int = 0


Show = Callable[[DownloadProgress], None]


async def download(
    service: Service, *, server: str = "", token: str = "", show_progress: Show | None = None
) -> SourceFile:
    """Return a file with all that a service holds of its user, to be read by its format.

    `server` is the address of the user's own server. Raises `InvalidInput` if an address or
    a token is missing, `FetchError`, or `ImportFailed` for an answer that cannot be read.
    """
    base = _address_of(service, server)
    if service.authorization and not token:
        raise InvalidInput(
            f"{service.title} needs a token.",
            f"Put it into {variable_of(service)}, or into a file for --token-file. "
            f"You find it at {service.where}.",
        )
    headers = {"Accept": "application/json"}
    if service.authorization:
        headers["Authorization"] = service.authorization.format(token=token)
    document = await _Download(base, headers, show_progress or (lambda _: None)).of(service)
    now = datetime.now(UTC).date().isoformat()
    return SourceFile(f"{service.title} {now}", json.dumps(document).encode())


def token_of(service: Service, path: Path | None, environment: Mapping[str, str]) -> str:
    """Return the token in a file, else in the variable of the service; empty without both."""
    if path is None:
        return environment.get(variable_of(service), "").strip()
    try:
        token = path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"The token file {path} cannot be read.", "Check the path.") from error
    if not token or len(token) > _MAX_TOKEN or not token.isascii() or not token.isprintable():
        raise InvalidInput(f"{path} does not hold a token.", "It has one line with the token.")
    return token


def variable_of(service: Service) -> str:
    """Return the name of the environment variable for the token of a service."""
    return f"ANNOTATOR_{service.name.upper()}_TOKEN"


def _address_of(service: Service, server: str) -> str:
    address = server or service.address
    if not address:
        raise InvalidInput(
            f"{service.title} runs on a server of your own.",
            f"Give its address: --service {service.name}=ADDRESS.",
        )
    full = address if looks_like_address(address) else complete_address(address) or address
    return full.rstrip("/").removesuffix("/api/v1")


class _Download:
    """The requests of one download, one after the other."""

    def __init__(self, base: str, headers: Mapping[str, str], show: Show) -> None:
        self._base = base
        self._headers = headers
        self._show = show
        self._answers = 0
        self._received = 0  # characters

    async def of(self, service: Service) -> dict[str, object]:
        """Return the document that the steps of a service end with."""
        steps = service.steps()
        answer: Any = None
        while True:
            try:
                request = steps.send(answer)
            except StopIteration as finished:
                document: dict[str, object] = finished.value
                return document
            answer = await self._answer(request)

    async def _answer(self, request: Request) -> object:
        query = f"?{urlencode(request.query)}" if request.query else ""
        url = f"{self._base}{request.path}{query}"
        options = FetchOptions(total_seconds=_ANSWER_SECONDS, max_bytes=_ANSWER_BYTES)
        for _ in range(_MAX_WAITS):
            try:
                text = await fetch_answer(url, headers=self._headers, options=options)
                break
            except ServerAnswered as error:
                wait = error.retry_after or _UNSAID_WAIT
                if error.status not in _BUSY or wait > _LONGEST_WAIT:
                    raise
                self._show(DownloadProgress(self._answers, wait))
                await asyncio.sleep(wait)
        else:
            raise FetchError(
                f"{self._base} is too busy: it asked to wait {_MAX_WAITS} times.",
                "Try again later.",
            )
        self._answers += 1
        self._received += len(text)
        if self._received > MAX_FILE_BYTES:
            raise ImportFailed(
                f"{self._base} sends more than {MAX_FILE_BYTES // 1_000_000} MB.",
                "Export a file there, in parts.",
            )
        self._show(DownloadProgress(self._answers))
        parsed = read_json(text)
        if parsed.problem:
            raise ImportFailed(f"The answer of {self._base} is not JSON.", "Check the address.")
        return parsed.value
