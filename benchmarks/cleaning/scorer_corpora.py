"""Corpora of pages with the article that a careful reader sees in each.

A corpus is a folder with `truth.json`, a list of `{id, page, url, text}` or of
`{id, page, url, with, without}` (segments that must and must not be in the
article), and `pages/`, which holds the pages as UTF-8, gzipped. A row may name
the `site` of its page; if it does not, that is the registrable domain of its
address. Pages of one site are alike, so what is learned from one proves nothing
about the other: they are always in the same fold, whatever their corpora.

Texts are compared as readers see them: without invisible characters, such as
soft hyphens, and with composed letters.
"""

import gzip
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from unicodedata import normalize
from urllib.parse import urlsplit
from zlib import crc32

from annotator.model.text import clean_text

FOLDS = 5
HALVES = ("even", "odd")

_CONTROLS = dict.fromkeys(range(0x7F, 0xA0), " ")


@dataclass(frozen=True, slots=True)
class Truth:
    """The true article of a page: a text, or segments that are in it and that are not."""

    text: str = ""
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()

    @property
    def is_partial(self) -> bool:
        """Whether most of the page has no label, as with segments."""
        return bool(self.present or self.absent)


@dataclass(frozen=True, slots=True)
class Sample:
    """A page of a corpus; `number` is its place in the truth, `id` its name there."""

    corpus: str
    number: int
    id: str
    site: str
    url: str
    html: str
    truth: Truth

    @property
    def fold(self) -> int:
        """The fold of its site, 0 to FOLDS - 1."""
        return crc32(self.site.encode()) % FOLDS


def read_corpora(folder: Path, only: Collection[str] = ()) -> Iterator[Sample]:
    """Yield the pages of the corpora below a folder, or of some, in the order of their truth."""
    for path in sorted(folder.glob("*/truth.json")):
        if only and path.parent.name not in only:
            continue
        for number, row in enumerate(json.loads(path.read_text(encoding="utf-8"))):
            page = gzip.decompress((path.parent / "pages" / row["page"]).read_bytes())
            truth = Truth(
                as_read(row.get("text", "")),
                tuple(map(as_read, row.get("with", ()))),
                tuple(map(as_read, row.get("without", ()))),
            )
            yield Sample(
                path.parent.name,
                number,
                row["id"],
                row.get("site") or site_of(row["url"]) or f"{path.parent.name}:{row['id']}",
                row["url"],
                page.decode("utf-8", "replace"),
                truth,
            )


def as_read(text: str) -> str:
    """Return a text without invisible characters, and with composed letters.

    Control characters are the remains of quotation marks, and separate words.
    """
    return normalize("NFC", clean_text(text.translate(_CONTROLS)))


def half_of(site: str) -> str:
    """Return the half that a site is in, `even` or `odd`: one to make rules on, one to judge."""
    return HALVES[crc32(site.encode()) % 2]


def site_of(url: str) -> str:
    """Return the registrable domain of an address, empty if it has none, as of invented hosts."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return str(_domains()(host).top_domain_under_public_suffix) if find_spec("tldextract") else host


@cache
def _domains() -> Any:  # noqa: ANN401 - the library is not installed where types are checked
    return import_module("tldextract").TLDExtract(suffix_list_urls=())
