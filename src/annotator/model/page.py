"""A page as it was had: decoded, not yet cleaned."""

from datetime import datetime

from msgspec import Struct

HTML = "text/html"
PLAIN_TEXT = "text/plain"
MARKDOWN = "text/markdown"


class Page(Struct, frozen=True):
    """A source as text, with the address it was finally had from.

    `url` is empty for a text that came without an address, and `file:` for a
    local file. `headers` are the server's, names in lower case.
    """

    url: str
    html: str
    media_type: str = HTML
    fetched_at: datetime | None = None
    headers: tuple[tuple[str, str], ...] = ()
    is_truncated: bool = False

    def header(self, name: str) -> str:
        """Return the first header of that name, or nothing."""
        return next((value for key, value in self.headers if key == name.lower()), "")
