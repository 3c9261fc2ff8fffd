"""Corpora of pages with the article that a careful reader sees in each.

A corpus is a folder with `truth.json`, a list of `{id, page, url, text}` or of
`{id, page, url, with, without}` (segments that must and must not be in the
article), and `pages/`, which holds the pages as UTF-8, gzipped.
"""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PARTS = 5  # of a corpus; the last is held out until the end, the others are folds


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
    """A page of a corpus."""

    corpus: str
    number: int
    url: str
    html: str
    truth: Truth

    @property
    def part(self) -> int:
        """The part of its corpus, 0 to PARTS - 1; the last is held out."""
        return self.number % PARTS


def read_corpora(folder: Path) -> Iterator[Sample]:
    """Yield all pages of the corpora below a folder, each corpus in the order of its truth."""
    for path in sorted(folder.glob("*/truth.json")):
        for number, row in enumerate(json.loads(path.read_text(encoding="utf-8"))):
            page = gzip.decompress((path.parent / "pages" / row["page"]).read_bytes())
            truth = Truth(
                row.get("text", ""), tuple(row.get("with", ())), tuple(row.get("without", ()))
            )
            html = page.decode("utf-8", "replace")
            yield Sample(path.parent.name, number, row["url"], html, truth)
