"""Downloads over the API of a service: all that it holds, at the pace that it asks for.

The token is sent to the service and is kept nowhere: neither in the library nor in a log.
"""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from msgspec import Struct

from annotator.errors import InvalidInput
from annotator.importing.services import Service
from annotator.importing.source import SourceFile
from annotator.usecases.service_session import Pace, ServiceSession, token_in, token_variable

_PACE = Pace(longest_wait=900)  # who asks for more is asked again another day


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
            f"Put it into {token_variable(service.name)}, or into a file for --token-file. "
            f"You find it at {service.where}.",
        )
    headers: dict[str, str] = {}
    if service.authorization:
        headers["Authorization"] = service.authorization.format(token=token)
    show = show_progress or (lambda _: None)
    session = ServiceSession(
        base,
        headers,
        pace=_PACE,
        on_wait=lambda seconds: show(DownloadProgress(session.answers, seconds)),
    )
    document = await _document(service, session, show)
    now = datetime.now(UTC).date().isoformat()
    return SourceFile(f"{service.title} {now}", json.dumps(document).encode())


def token_of(service: Service, path: Path | None, environment: Mapping[str, str]) -> str:
    """Return the token in a file, else in the variable of the service; empty without both."""
    return token_in(path) if path else environment.get(token_variable(service.name), "").strip()


def _address_of(service: Service, server: str) -> str:
    address = server or service.address
    if not address:
        raise InvalidInput(
            f"{service.title} runs on a server of your own.",
            f"Give its address: --service {service.name}=ADDRESS.",
        )
    return address.rstrip("/").removesuffix("/api/v1")


async def _document(service: Service, session: ServiceSession, show: Show) -> dict[str, object]:
    """Return the document that the steps of a service end with."""
    steps = service.steps()
    answer: Any = None
    while True:
        try:
            request = steps.send(answer)
        except StopIteration as finished:
            document: dict[str, object] = finished.value
            return document
        answer = (await session.ask("GET", request.path, query=request.query)).value
        show(DownloadProgress(session.answers))
