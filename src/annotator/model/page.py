"""A fetched page: decoded, but not extracted yet."""

from datetime import datetime

from msgspec import Struct

HTML = "text/html"
PLAIN_TEXT = "text/plain"
MARKDOWN = "text/markdown"

# Beside the headers of a server: the title that the user gave, and where the text is from.
TITLE, TEXT_FROM = "x-title", "x-text-from"
FROM_BROWSER = "your browser, which ran the scripts of the page"


class Page(Struct, frozen=True, tag="page"):
    """A source as text, with its address after all redirects.

    `url` is empty for text without an address, and a `file:` URL for a local
    file. `headers` are those of the server, names in lower case.
    """

    url: str
    html: str
    media_type: str = HTML
    fetched_at: datetime | None = None
    headers: tuple[tuple[str, str], ...] = ()
    is_truncated: bool = False

    @property
    def content(self) -> str:
        """The text, which tells two pages apart: headers change with each answer."""
        return self.html

    def header(self, name: str) -> str:
        """Return the first header of that name, or an empty string."""
        return next((value for key, value in self.headers if key == name.lower()), "")
