"""Paragraphs of the corpora, so that judgements on them need not hold their text.

A gold file names a paragraph by corpus, page and digest, and says the rest by
positions in it: one can follow every judgement who has the pages, and none of
what they say is here.
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
    """A stretch of text between two breaks of a page, its white space folded."""

    corpus: str
    page: str
    language: str  # as the page says it, empty if it does not
    text: str

    @property
    def digest(self) -> str:
        """What the gold file knows it by."""
        return digest(self.text)


def digest(text: str) -> str:
    """Return what a gold file knows a text by."""
    return sha256(text.encode()).hexdigest()[:16]


def read_paragraphs(corpora: Path) -> Iterator[Paragraph]:
    """Yield the paragraphs of all pages, in the order of the corpora, each text once a page."""
    for truth in sorted(corpora.glob("*/truth.json")):
        for row in json.loads(truth.read_text(encoding="utf-8")):
            yield from _of_page(truth.parent, row["page"])


def _by_digest(corpora: Path, pages: set[tuple[str, str]]) -> dict[str, str]:
    """Return the texts of the paragraphs of some pages, each a corpus and a page, by digest."""
    found = (each for corpus, page in sorted(pages) for each in _of_page(corpora / corpus, page))
    return {each.digest: each.text for each in found}


def read_gold(gold: Path, corpora: Path) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield each judgement of a gold file with the text of the paragraph that it is on."""
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    texts = _by_digest(corpora, {(row["corpus"], row["page"]) for row in rows})
    for row in rows:
        yield row, texts[row["paragraph"]]


def options_of(description: str, *, corpora: Path) -> Namespace:
    """Return what the command line asks of a bench: which part of the gold, and its errors."""
    parser = ArgumentParser(description=description.partition("\n")[0])
    parser.add_argument("corpora", nargs="?", type=Path, default=corpora)
    parser.add_argument("--held-out", action="store_true", help="the part that tuning never sees")
    parser.add_argument("--errors", action="store_true", help="show the errors of the tuned part")
    return parser.parse_args()


def _of_page(corpus: Path, page: str) -> Iterator[Paragraph]:
    raw = gzip.decompress((corpus / "pages" / page).read_bytes())
    root = html.document_fromstring(raw, parser=html.HTMLParser(encoding="utf-8"))
    language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    folded = (re.sub(r"\s+", " ", text).strip() for text in "".join(_runs(root)).split("\n"))
    for text in dict.fromkeys(folded):
        if text:
            yield Paragraph(corpus.name, page, language, text)


def _runs(element: html.HtmlElement) -> Iterator[str]:
    """Yield the text of a page with a line feed for every break, and no other."""
    if not isinstance(element.tag, str) or element.tag in UNREAD.split():
        return
    edge = "" if element.tag in INLINE.split() else "\n"
    yield edge + " ".join((element.text or "").split("\n"))
    for child in element:
        yield from _runs(child)
        yield " ".join((child.tail or "").split("\n"))
    yield edge
