"""Sources of articles: URLs, files and standard input; and the pictures in articles."""

import re
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from annotator import fetch
from annotator.errors import AddressRefused, AnnotatorError
from annotator.fetch.options import MEGABYTE, FetchOptions
from annotator.model import Article, Block, Page
from annotator.model.document import HEAD, KINDS, MAILBOX, kind_of
from annotator.model.identity import doi_address, doi_in

STANDARD_INPUT = "-"
MAX_LIST_BYTES = 1_000_000  # more addresses than anybody fetches at once

_PACKAGE = Path(__file__).resolve().parents[2]
_SAMPLE_FOLDERS = tuple(  # inside the package when installed, at the top of the repository if not
    folder / "sample_articles" for folder in (_PACKAGE, _PACKAGE.parents[1])
)
_SAMPLES = ("blog--code-table-footnotes", "longform--headings-pull-quotes", "opinion--metered")

_OF_MAILDIR = ("cur", "new")
_MESSAGE = rb"(?m)(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\n]*\d{4}[^\n]*\n(?=[A-Za-z-]+:)"
_ADDRESS = re.compile(r"""\b(?:https?|file)://[^\s<>"'`]+""", re.IGNORECASE)
_DOI = re.compile(r"(?:doi:\s*)?10\.\d{4,9}(?:\.\d+)*/\S+", re.IGNORECASE)
_FEED_READER = re.compile(r"Feed: .*\n(?:\w+: .*\n)*?Link: (https?://\S+)\n")  # newsboat
_AFTER_ADDRESS = ".,;:!?)]}"  # of a sentence, or of a link in Markdown


_FOR_PICTURES = FetchOptions(total_seconds=20.0, max_bytes=20 * MEGABYTE, waits=())


class Source(Struct, frozen=True):
    """A URL, the path of a file, or `-` with the bytes of standard input.

    A message in a mailbox has its bytes in `stdin`, too, and a name that says where it is.
    `url` is the original address of a file or of standard input. `tags` are for this source
    alone, and with `all_parts` so is adding the following pages of a split article.
    `instead` is a text of the article from elsewhere, for a page that fails or has less of it.
    `title` is a name in place of its own. `password` opens a locked document; it is stored nowhere.
    With `keeps_saved`, an article that is in the library stays as it is.
    `seen_as` is how a new file of a folder is remembered: what is in it, and its fingerprint.
    """

    name: str
    url: str = ""
    stdin: bytes | None = None
    tags: tuple[str, ...] = ()
    all_parts: bool = False
    instead: Page | None = None
    password: str = ""
    title: str = ""
    keeps_saved: bool = False
    seen_as: tuple[str, str] | None = None

    @property
    def host(self) -> str:
        """The server to fetch from; empty for local sources."""
        try:
            return urlsplit(locate(self.name)).hostname or ""
        except (ValueError, AnnotatorError):
            return ""

    @property
    def address(self) -> str:
        """The address to fetch, in full; empty for local sources, and for what is no address."""
        with suppress(AnnotatorError):
            location = locate(self.name)
            if self.stdin is None and fetch.looks_like_address(location):
                return fetch.check_address(location)
        return ""


def locate(name: str) -> str:
    """Return the address or the path that `name` stands for.

    A file of that name wins; otherwise `example.org/story` is an address, of https, and
    `10.1000/182` or `doi:10.1000/182` one of doi.org. A `file://` address is the path in it.
    Raises `AddressRefused` if that is on another computer.
    """
    name = name.strip()
    if name[:5].lower() == "file:":
        return _path_in(name)
    if fetch.looks_like_address(name) or is_file(name):
        return name
    doi = _DOI.fullmatch(name) and doi_in(name)
    return doi_address(doi) if doi else fetch.complete_address(name) or name


def sources_in(text: str) -> tuple[str, ...]:
    """Return the addresses and files that a text of lines names, each of them once.

    A line with addresses in it is those addresses; any other line is one source.
    """
    sources: list[str] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        words = line.split()
        if is_file(line):
            sources.append(line)
        elif addresses := _ADDRESS.findall(line):
            sources += (address.rstrip(_AFTER_ADDRESS) for address in addresses)
        elif all(_DOI.fullmatch(word) or fetch.complete_address(word) for word in words):
            sources += words
        else:
            sources.append(line)
    return tuple(dict.fromkeys(sources))


def looks_like_source(name: str) -> bool:
    """Return whether a name is an address or the path of a file, and not just some words."""
    is_address = fetch.looks_like_address(name) or bool(fetch.complete_address(name))
    is_address = is_address or bool(_DOI.fullmatch(name))
    return is_address or name.startswith(("/", "~/", "./")) or is_file(name)


def sample_articles() -> tuple[str, ...]:
    """Return the paths of some pages to try the program on; empty if they were not installed."""
    paths = (folder / f"{name}.html" for name in _SAMPLES for folder in _SAMPLE_FOLDERS)
    return tuple(str(path) for path in paths if path.is_file())


def addresses_in(data: bytes) -> tuple[str, ...]:
    """Return the addresses of a list with one on each line; nothing if it is anything else.

    Empty lines and lines that begin with `#` are left out. A page or a text with addresses
    in it is not such a list, but for an article that a feed reader pipes, below its address.
    """
    if len(data) > MAX_LIST_BYTES:
        return ()
    text = data.decode("utf-8-sig", "replace")
    if piped := _FEED_READER.match(text):
        return (piped[1],)
    lines = [line.strip() for line in text.splitlines()]
    names = [line for line in lines if line and not line.startswith("#")]
    are_addresses = all(map(_is_address_with_page, names))
    return tuple(dict.fromkeys(names)) if are_addresses else ()


async def fetch_picture(article: Article, image: Block) -> bytes:
    """Return the bytes of an image of `article`.

    Raises `AddressRefused` for an image without a web address, and for one in a
    private network unless the article is there too; otherwise a `FetchError`.
    """
    if not image.source.lower().startswith(("http://", "https://")):
        raise AddressRefused(
            "This image has no address of its own.", "Press o to open the page in a browser."
        )
    return await fetch.fetch_image(image.source, page=article.url, options=_FOR_PICTURES)


def in_clipboard() -> tuple[Source, ...]:
    """Return the addresses in the clipboard, or else the text there. Raises a `FetchError`."""
    text, html, url = fetch.read_clipboard()
    addresses = addresses_in(text) if text.strip() else ()
    return tuple(map(Source, addresses)) or (Source(fetch.THE_CLIPBOARD, url, html or text),)


def messages_in(name: str) -> tuple[Source, ...]:
    """Return the messages in a mailbox, a file (mbox) or a folder (Maildir); else nothing.

    Raises a `FetchError` for a mailbox that cannot be read.
    """
    path = Path(name)
    with suppress(OSError, ValueError):  # not a possible file name
        if path.is_dir():
            folders = [path / part for part in _OF_MAILDIR if (path / part).is_dir()]
            files = sorted(file for folder in folders for file in folder.iterdir())
            return tuple(Source(str(file)) for file in files if file.is_file())
        with path.open("rb") as file:
            if not file.read(HEAD).startswith(b"From "):
                return ()
        data = fetch.read_data(path, limit=KINDS[MAILBOX].max_bytes)
        if kind_of(data) != MAILBOX:
            return ()
        starts = [match.start() for match in re.finditer(_MESSAGE, data)]
        return tuple(
            Source(f"{name}#{number}", stdin=_message(data[start:end]))
            for number, (start, end) in enumerate(pairwise([*starts, len(data)]), 1)
        )
    return ()


def _message(part: bytes) -> bytes:
    """Return a message as it was before a mailbox put a line before it, and signs into it."""
    return re.sub(rb"(?m)^>(>*From )", rb"\1", part.partition(b"\n")[2])


def is_file(name: str) -> bool:
    """Return whether there is a file of that name."""
    try:
        return Path(name).is_file()
    except (OSError, ValueError):  # not a possible file name
        return False


def _is_address_with_page(line: str) -> bool:
    if fetch.looks_like_address(line):
        return len(line.split()) == 1
    return bool(_DOI.fullmatch(line)) or ("/" in line and bool(fetch.complete_address(line)))


def _path_in(url: str) -> str:
    try:
        parts = urlsplit(url)
        host = parts.netloc.lower()
    except ValueError:
        return url
    if host not in {"", "localhost"}:
        raise AddressRefused(
            f"{url} is a file on another computer.", "Copy it to this one, and give its path."
        )
    return str(fetch.path_of(f"file://{parts.path}") or url)
