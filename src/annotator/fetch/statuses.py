"""What a status that is no page means, and what to do about it."""

from datetime import UTC, datetime

from annotator.errors import ServerAnswered
from annotator.fetch.addresses import shown
from annotator.fetch.client import httpx
from annotator.fetch.retries import retry_after

_PAGES = frozenset({200, 203})
_SERVER_ERRORS = range(500, 600)

_SAVE_IT = "Open the page in a browser, save it there, and add the file."
_HINTS = {
    401: f"It wants you to sign in. {_SAVE_IT}",
    402: f"It wants to be paid. {_SAVE_IT}",
    403: f"It refuses this program, or wants you to sign in. {_SAVE_IT}",
    404: "Check the address.",
    407: "Your proxy wants you to sign in. Check the proxy's settings.",
    410: "The page was taken down for good. A web archive may still have it.",
    451: "The page is withheld for legal reasons.",
}
_MINUTE, _HOUR = 60, 3600


def refuse_status(response: httpx.Response, address: str) -> None:
    """Raise `ServerAnswered` unless the response holds a page."""
    status = response.status_code
    if status in _PAGES:
        return
    seconds = retry_after(response.headers.get("retry-after", ""), now=datetime.now(UTC)) or 0
    told = f"{shown(address)} answered {status}."
    raise ServerAnswered(told, _hint(status, seconds), status=status, retry_after=seconds)


def _hint(status: int, seconds: int) -> str:
    if status in _HINTS:
        return _HINTS[status]
    if seconds:
        return f"It asks you to try again in {_in_words(seconds)}."
    if status == httpx.codes.TOO_MANY_REQUESTS:
        return "It was asked too often. Try again later."
    if status in _SERVER_ERRORS:
        return "The server is in trouble. Try again later."
    return "Look at the page in a browser."


def _in_words(seconds: int) -> str:
    for unit, name in ((_HOUR, "hours"), (_MINUTE, "minutes")):
        if seconds >= 2 * unit:
            return f"{-(-seconds // unit)} {name}"
    return f"{seconds} seconds" if seconds > 1 else "a second"
