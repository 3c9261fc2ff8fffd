"""The limits of a fetch: time, size and redirects."""

from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchOptions:
    """The limits of one fetch, and the reader's own cookies.

    `total_seconds` is the deadline of everything together: redirects, retries
    and their `waits`, one before each retry. `max_bytes` counts what comes over
    the wire, and again what it unpacks to. `cookies` is a Netscape cookies file.
    `linked_from` is the address of the page whose link is followed, if one is: a
    page on the internet may not lead into a private network. `repeats_if_too_many` is
    false for those who wait themselves for a server that is asked too often. `renders` says
    whether the user's browser runs the scripts of a page; `browser` is its name, if that is known.
    """

    total_seconds: float = 30.0
    connect_seconds: float = 10.0
    read_seconds: float = 15.0
    max_bytes: int = 10 * MEGABYTE  # the heaviest articles measured have 4
    max_redirects: int = 10  # real chains have up to five
    waits: tuple[float, ...] = (0.5, 2.0)
    cookies: Path | None = None
    linked_from: str = ""
    repeats_if_too_many: bool = True
    renders: bool | None = None
    browser: str = ""


OF_A_FILE = "https://imported.invalid/"  # in `linked_from`, for addresses that a file names
DEFAULT_OPTIONS = FetchOptions()
