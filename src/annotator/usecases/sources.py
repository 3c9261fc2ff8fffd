"""What a person names to be read or kept."""

from urllib.parse import urlsplit

from msgspec import Struct

STANDARD_INPUT = "-"


class Source(Struct, frozen=True):
    """What a person names: an address, a file, or `-` with the bytes of standard input.

    `url` is where a file or standard input once came from.
    """

    name: str
    url: str = ""
    stdin: bytes | None = None

    @property
    def host(self) -> str:
        """The server to be asked; nothing for what is local."""
        try:
            return urlsplit(self.name).hostname or ""
        except ValueError:
            return ""
