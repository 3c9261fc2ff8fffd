"""What other cleaners make of a page, as text.

They run once for each page and version: their texts are kept in a file. The
libraries of Python are measured if they are installed, those of Node.js if a
folder has them:

    pip install trafilatura newspaper4k
    npm install --prefix FOLDER @mozilla/readability jsdom defuddle linkedom
"""

import json
import logging
import os
import re
import sqlite3
import subprocess
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from hashlib import sha256
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from tempfile import gettempdir
from typing import NamedTuple
from zlib import compress, decompress

from lxml import html
from lxml.etree import ParserError, iterwalk, strip_elements
from readability import Document
from readability.readability import Unparseable

from scorer_corpora import Sample

CACHE = Path(gettempdir()) / "annotator-peers.sqlite"
NODE = Path(gettempdir()) / "annotator-peers"  # the folder with `node_modules`
OF_NODE = {"Readability.js": "@mozilla/readability", "Defuddle": "defuddle"}
SCRIPT = Path(__file__).with_name("peers.mjs")

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")  # readability-lxml fails on them
BLOCKS = frozenset(
    {"p", "li", "h1", "h2", "h3", "h4", "pre", "blockquote", "div", "tr", "td", "br"}
)


class PeerText(NamedTuple):
    """The text of a page, with and without the captions that are marked as such."""

    text: str
    without_captions: str


class Peer(NamedTuple):
    """Another cleaner: `clean` gets pages one after another."""

    name: str
    version: str
    clean: Callable[[Sequence[Sample]], Iterator[PeerText]]


def installed_peers(node: Path = NODE) -> list[Peer]:
    """Return the cleaners that are installed."""
    logging.disable(logging.CRITICAL)
    found = [Peer("readability-lxml", version("readability-lxml"), _each(_by_readability))]
    if find_spec("trafilatura"):
        found.append(Peer("trafilatura", version("trafilatura"), _each(_by_trafilatura)))
    if find_spec("newspaper"):
        found.append(Peer("newspaper4k", version("newspaper4k"), _each(_by_newspaper)))
    for name, released in _of_node(node).items():
        found.append(Peer(name, released, _by_node(name, node)))
    return found


def html_by_node(node: Path = NODE) -> dict[str, Callable[[Sequence[Sample]], Iterator[str]]]:
    """Return the cleaners of Node.js that are installed; each gives the HTML of pages."""
    return {name: partial(_content, name, node) for name in _of_node(node)}


def _of_node(node: Path) -> dict[str, str]:
    """Return the installed cleaners of Node.js with their versions."""
    found = {}
    for name, package in OF_NODE.items():
        described = node / "node_modules" / package / "package.json"
        if which("node") and described.exists():
            found[name] = str(json.loads(described.read_text("utf-8"))["version"])
    return found


class PeerTexts:
    """The texts of peers, kept in a file between runs."""

    def __init__(self, cache: Path = CACHE) -> None:
        self._cache = sqlite3.connect(cache, timeout=60, isolation_level=None)
        self._cache.execute("CREATE TABLE IF NOT EXISTS texts (key TEXT PRIMARY KEY, value BLOB)")

    def of(self, peer: Peer, samples: Sequence[Sample]) -> list[PeerText]:
        """Return what a peer makes of pages."""
        keys = [_key(peer, sample) for sample in samples]
        known = {key: text for key in keys if (text := self._known(key)) is not None}
        new = [(k, s) for k, s in zip(keys, samples, strict=True) if k not in known]
        cleaned = peer.clean([sample for _, sample in new])
        for (key, _), text in zip(new, cleaned, strict=True):
            known[key] = text
            value = compress(json.dumps(text).encode())
            self._cache.execute("INSERT OR REPLACE INTO texts VALUES (?, ?)", (key, value))
        return [known[key] for key in keys]

    def _known(self, key: str) -> PeerText | None:
        row = self._cache.execute("SELECT value FROM texts WHERE key = ?", (key,)).fetchone()
        return PeerText(*json.loads(decompress(row[0]))) if row else None


def _key(peer: Peer, sample: Sample) -> str:
    page = f"{peer.name} {peer.version}\n{sample.url}\n{sample.html}"
    return sha256(page.encode("utf-8", "replace")).hexdigest()


def readability_text(page: str, url: str) -> str:
    """Return what readability-lxml makes of a page; nothing if it cannot."""
    return text_of_html(_readable(page, url))


def text_of_html(content: str, *, captions: bool = True) -> str:
    """Return the text of HTML, with a line for each block."""
    try:
        tree = html.fromstring(content)
    except (ParserError, ValueError):  # of nothing, and of characters that XML does not know
        return ""
    if not captions:
        strip_elements(tree, "figcaption", with_tail=False)
    return "".join(_pieces(tree))


def _pieces(tree: html.HtmlElement) -> Iterator[str]:
    for event, element in iterwalk(tree, events=("start", "end")):
        yield "\n" if element.tag in BLOCKS else ""
        if isinstance(element.tag, str) or event == "end":
            yield str((element.text if event == "start" else element.tail) or "")


def _each(
    clean: Callable[[Sample], PeerText],
) -> Callable[[Sequence[Sample]], Iterator[PeerText]]:
    return lambda samples: map(clean, samples)


def _readable(page: str, url: str) -> str:
    try:
        return str(Document(_CONTROL.sub("", page), url=url).summary())
    except (Unparseable, ParserError, ValueError):
        return ""


def _of_html(content: str) -> PeerText:
    return PeerText(text_of_html(content), text_of_html(content, captions=False))


def _by_readability(sample: Sample) -> PeerText:
    return _of_html(_readable(sample.html, sample.url))


def _by_trafilatura(sample: Sample) -> PeerText:
    trafilatura = import_module("trafilatura")
    text = trafilatura.extract(sample.html, url=sample.url, include_comments=False) or ""
    return PeerText(text, text)


def _by_newspaper(sample: Sample) -> PeerText:
    try:
        article = import_module("newspaper").Article(sample.url, fetch_images=False)
        article.download(input_html=sample.html)
        article.parse()
    except Exception:  # noqa: BLE001 - a page that a cleaner gives up is one without text
        return PeerText("", "")
    return PeerText(article.text, article.text)


def _by_node(name: str, folder: Path) -> Callable[[Sequence[Sample]], Iterator[PeerText]]:
    return lambda samples: map(_of_html, _content(name, folder, samples))


def _content(name: str, folder: Path, samples: Sequence[Sample]) -> Iterator[str]:
    """Yield the HTML that a cleaner of Node.js makes of pages."""
    if not samples:
        return
    # Code that is given as an option finds its packages in the working folder.
    command = ["node", "--input-type=module", "--eval", SCRIPT.read_text("utf-8")]
    with subprocess.Popen(
        command,
        cwd=folder,
        env=os.environ | {"CLEANER": name.lower()},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    ) as node:
        assert node.stdin
        assert node.stdout
        for sample in samples:
            print(json.dumps({"url": sample.url, "html": sample.html}), file=node.stdin)
            node.stdin.flush()
            yield str(json.loads(node.stdout.readline())["content"])
        node.stdin.close()
