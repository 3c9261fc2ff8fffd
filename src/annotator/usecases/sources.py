"""What a person names to be read or kept."""

from dataclasses import dataclass
from urllib.parse import urlsplit

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Source:
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
