"""Sources of articles: URLs, files and standard input."""

from urllib.parse import urlsplit

from msgspec import Struct

STANDARD_INPUT = "-"


class Source(Struct, frozen=True):
    """A URL, the path of a file, or `-` with the bytes of standard input.

    `url` is the original address of a file or of standard input.
    """

    name: str
    url: str = ""
    stdin: bytes | None = None

    @property
    def host(self) -> str:
        """The server to fetch from; empty for local sources."""
        try:
            return urlsplit(self.name).hostname or ""
        except ValueError:
            return ""
