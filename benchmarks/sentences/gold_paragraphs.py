"""Paragraphs of the corpora, for gold files that do not contain their text.

A gold file identifies a paragraph by corpus, page and digest, and gives positions
in it. The judgements can be checked by anybody who has the pages, and no text of
the pages is in this repository.
"""

import gzip
import json
import re
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from lxml import html

INLINE = (
    "a abbr acronym b bdi bdo big cite code data dfn em font i ins kbd label mark q s samp small "
    "span strike strong sub sup time tt u var wbr"
)
UNREAD = "script style noscript template svg head select textarea button"


class Paragraph(NamedTuple):
    """A stretch of text between two line breaks of a page, with white space collapsed."""

    corpus: str
    page: str
    language: str  # as the page declares it, or empty
    text: str

    @property
    def digest(self) -> str:
        """The name of the paragraph in gold files."""
        return digest(self.text)


def digest(text: str) -> str:
    """Return the name of a text in gold files."""
    return sha256(text.encode()).hexdigest()[:16]


def read_paragraphs(corpora: Path) -> Iterator[Paragraph]:
    """Yield the paragraphs of all pages, in the order of the corpora, each text once per page."""
    for truth in sorted(corpora.glob("*/truth.json")):
        for row in json.loads(truth.read_text(encoding="utf-8")):
            yield from _of_page(truth.parent, row["page"])


def _by_digest(corpora: Path, pages: set[tuple[str, str]]) -> dict[str, str]:
    """Return the paragraphs of `pages`, pairs of corpus and page, by their digest."""
    found = (each for corpus, page in sorted(pages) for each in _of_page(corpora / corpus, page))
    return {each.digest: each.text for each in found}


def read_gold(gold: Path, corpora: Path) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield each judgement of a gold file with the text of its paragraph."""
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    texts = _by_digest(corpora, {(row["corpus"], row["page"]) for row in rows})
    for row in rows:
        yield row, texts[row["paragraph"]]


def options_of(description: str) -> Namespace:
    """Return the options of a benchmark: the corpora, the part of the gold file, the errors."""
    parser = ArgumentParser(description=description.partition("\n")[0])
    parser.add_argument("corpora", nargs="?", type=Path)
    parser.add_argument("--held-out", action="store_true", help="use the part not used for tuning")
    parser.add_argument("--errors", action="store_true", help="show the errors of the tuned part")
    options = parser.parse_args()
    if options.corpora is None:
        parser.exit(message="Without CORPORA nothing is measured.\n")
    return options


def _of_page(corpus: Path, page: str) -> Iterator[Paragraph]:
    raw = gzip.decompress((corpus / "pages" / page).read_bytes())
    root = html.document_fromstring(raw, parser=html.HTMLParser(encoding="utf-8"))
    language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    folded = (re.sub(r"\s+", " ", text).strip() for text in "".join(_runs(root)).split("\n"))
    for text in dict.fromkeys(folded):
        if text:
            yield Paragraph(corpus.name, page, language, text)


def _runs(element: html.HtmlElement) -> Iterator[str]:
    """Yield the text of a page with a line feed for every break, and no other line feed."""
    if not isinstance(element.tag, str) or element.tag in UNREAD.split():
        return
    edge = "" if element.tag in INLINE.split() else "\n"
    yield edge + " ".join((element.text or "").split("\n"))
    for child in element:
        yield from _runs(child)
        yield " ".join((child.tail or "").split("\n"))
    yield edge
