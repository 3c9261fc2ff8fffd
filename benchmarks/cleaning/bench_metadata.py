#!/usr/bin/env python3
"""Measure how often title, authors and day of articles are right, beside peers.

    bench_metadata.py CORPORA                     the counts of each corpus
    bench_metadata.py CORPORA --worst authors     what is wrong, page by page

CORPORA is a folder of corpora as `scorer_corpora.py` describes them, whose truth
also has `title`, `authors` and `published`; a corpus without them is left out. The
sites are in two halves by a checksum of their names. `--worst` lists pages of the
even half only, so that the figures of the odd one are of sites from which no rule
was made.

A title is exact if its letters and digits are those of the truth, and near if
one contains the other or they differ by a small edit. Names are exact if they
are the same set, and near if some are the same. A day is near if it is the day
before or after, as it may be in another time zone.

trafilatura, newspaper4k and htmldate (days only) are measured where they are
installed, and Readability.js where `--node` names a folder that has it:

    npm install --prefix FOLDER @mozilla/readability jsdom

Without CORPORA nothing is measured.
"""

import argparse
import gzip
import json
import logging
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from difflib import SequenceMatcher
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, NamedTuple

from annotator.extract.dom.elements import folded
from annotator.extract.dom.parse import parse
from annotator.extract.metadata import read_metadata
from annotator.extract.metadata.dates import iso
from scorer_corpora import HALVES, half_of, site_of

Field = Literal["title", "authors", "day"]
FIELDS: tuple[Field, ...] = ("title", "authors", "day")
GRADES = ("exact", "near", "wrong", "missing")
ALIKE = 0.85  # similarity of two titles that differ by a small edit
_SCRIPT = """
import { createInterface } from "node:readline";
import { JSDOM, VirtualConsole } from "jsdom";
import { Readability } from "@mozilla/readability";
for await (const line of createInterface({ input: process.stdin })) {
  const { url, html } = JSON.parse(line);
  let found = null;
  try {
    const dom = new JSDOM(html, { url, virtualConsole: new VirtualConsole() });
    found = new Readability(dom.window.document).parse();
  } catch {}
  const { title, byline, publishedTime } = found ?? {};
  process.stdout.write(JSON.stringify({ title, byline, publishedTime }) + "\\n");
}
"""


class Described(NamedTuple):
    """Metadata of a page, empty where there is none."""

    title: str = ""
    authors: tuple[str, ...] = ()
    day: str = ""


class Page(NamedTuple):
    """A page of a corpus with its true metadata."""

    corpus: str
    id: str
    url: str
    site: str
    html: str
    truth: Described


Reader = Callable[[Sequence[Page]], Iterator[Described]]


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path, nargs="?")
    parser.add_argument("--corpus", action="append", help="only this one; may be repeated")
    parser.add_argument("--worst", choices=FIELDS, help="list what is not exact")
    parser.add_argument("--alone", action="store_true", help="leave out the peers")
    parser.add_argument("--node", type=Path, help="the folder with Readability.js")
    options = parser.parse_args()
    if options.corpora is None:
        print("metadata: name a folder of corpora to measure it.")
        return
    logging.disable(logging.CRITICAL)
    pages = [
        page
        for page in _read(options.corpora)
        if not options.corpus or page.corpus in options.corpus
    ]
    if options.worst:
        _print_worst([page for page in pages if half_of(page.site) == HALVES[0]], options.worst)
        return
    readers = {"annotator": _each(_by_annotator)}
    if not options.alone:
        readers |= _peers(options.node)
    results = {name: _timed(name, reader, pages) for name, reader in readers.items()}
    for half in HALVES:
        print(f"\n{half} sites")
        for corpus in [*dict.fromkeys(page.corpus for page in pages), ""]:
            _print_counts(corpus, half, pages, results)


def _read(folder: Path) -> Iterator[Page]:
    for path in sorted(folder.glob("*/truth.json")):
        for row in json.loads(path.read_text("utf-8")):
            truth = Described(
                row.get("title") or "",
                tuple(row.get("authors") or ()),
                _day(row.get("published") or ""),
            )
            if truth == Described():
                continue
            html = gzip.decompress((path.parent / "pages" / row["page"]).read_bytes())
            text = html.decode("utf-8", "replace")
            corpus = path.parent.name
            site = row.get("site") or site_of(row["url"]) or f"{corpus}:{row['id']}"
            yield Page(corpus, row["id"], row["url"], site, text, truth)


def _day(published: str) -> str:
    """Return the day of a date, which one corpus writes in words."""
    return published[:10] if published[:4].isdigit() else iso(published)[:10]


def _timed(name: str, reader: Reader, pages: Sequence[Page]) -> list[Described]:
    start = time.process_time()
    found = list(reader(pages))
    each = (time.process_time() - start) / max(1, len(pages))
    print(f"{name}: {each * 1000:.1f} ms of cpu a page", file=sys.stderr)
    return found


def _print_counts(
    corpus: str, half: str, pages: Sequence[Page], results: dict[str, list[Described]]
) -> None:
    """Print a line for each reader: how many are exact, near, wrong and missing."""
    chosen = [
        place
        for place, page in enumerate(pages)
        if half_of(page.site) == half and corpus in ("", page.corpus)
    ]
    totals = [sum(bool(getattr(pages[i].truth, field)) for i in chosen) for field in FIELDS]
    heads = (f"{f} {'/'.join(GRADES)} of {n}" for f, n in zip(FIELDS, totals, strict=True))
    print(f"\n{corpus or 'all':14} " + "  ".join(f"{head:>41}" for head in heads))
    for name, found in results.items():
        cells = []
        for field in FIELDS:
            counts = Counter(grade(field, found[i], pages[i].truth) for i in chosen)
            cells.append(" / ".join(f"{counts[each]:3}" for each in GRADES))
        print(f"{name:14} " + "  ".join(f"{cell:>41}" for cell in cells))


def _print_worst(pages: Sequence[Page], field: Field) -> None:
    for page, found in zip(pages, map(_by_annotator, pages), strict=True):
        result = grade(field, found, page.truth)
        if result in {"near", "wrong", "missing"}:
            print(f"{result:8}{page.corpus}/{page.id}  {page.url[:120]}")
            print(f"    true: {getattr(page.truth, field)}\n    ours: {getattr(found, field)}")


def grade(field: Field, found: Described, truth: Described) -> str:
    """Return how right a field is; empty if the truth does not say."""
    if not getattr(truth, field):
        return ""
    if not getattr(found, field):
        return "missing"
    if field == "title":
        return _grade_of_titles(found.title, truth.title)
    return _grade_of_names(found, truth) if field == "authors" else _grade_of_days(found, truth)


def _grade_of_titles(found: str, true: str) -> str:
    short, long = sorted((folded(found), folded(true)), key=len)
    if short == long:
        return "exact"
    is_part = bool(short) and short in long
    is_near = is_part or SequenceMatcher(None, short, long).ratio() > ALIKE
    return "near" if is_near else "wrong"


def _grade_of_names(found: Described, truth: Described) -> str:
    ours, true = (frozenset(map(folded, each.authors)) for each in (found, truth))
    if ours == true:
        return "exact"
    return "near" if ours & true else "wrong"


def _grade_of_days(found: Described, truth: Described) -> str:
    try:
        days = abs((date.fromisoformat(found.day) - date.fromisoformat(truth.day)).days)
    except ValueError:
        return "wrong"
    return "exact" if days == 0 else "near" if days == 1 else "wrong"


def _each(read: Callable[[Page], Described]) -> Reader:
    return lambda pages: map(read, pages)


def _by_annotator(page: Page) -> Described:
    facts = read_metadata(parse(page.html, url=page.url), page.url)
    return Described(facts.title, facts.byline, facts.published[:10])


def _peers(node: Path | None) -> dict[str, Reader]:
    found: dict[str, Reader] = {}
    if find_spec("trafilatura"):
        found["trafilatura"] = _each(_by_trafilatura)
    if find_spec("newspaper"):
        found["newspaper4k"] = _each(_by_newspaper)
    if find_spec("htmldate"):
        found["htmldate"] = _each(_by_htmldate)
    if node:
        found["Readability.js"] = lambda pages: _by_readability(node, pages)
    return found


def _by_trafilatura(page: Page) -> Described:
    found = import_module("trafilatura.metadata").extract_metadata(
        page.html, default_url=page.url, extensive=True
    )
    if found is None:
        return Described()
    return Described(found.title or "", _names(found.author), found.date or "")


def _by_newspaper(page: Page) -> Described:
    newspaper = import_module("newspaper")
    try:
        article = newspaper.Article(page.url, fetch_images=False)
        article.download(input_html=page.html)
        article.parse()
    except Exception:  # noqa: BLE001 - whatever it raises, it has no metadata
        return Described()
    published = article.publish_date
    day = published.date().isoformat() if isinstance(published, datetime) else ""
    return Described(article.title or "", tuple(article.authors), day)


def _by_htmldate(page: Page) -> Described:
    found = import_module("htmldate").find_date(page.html, url=page.url, original_date=True)
    return Described(day=found or "")


def _by_readability(folder: Path, pages: Sequence[Page]) -> Iterator[Described]:
    command = ["node", "--input-type=module", "--eval", _SCRIPT]
    lines = "".join(json.dumps({"url": each.url, "html": each.html}) + "\n" for each in pages)
    done = subprocess.run(
        command, cwd=folder, input=lines, capture_output=True, text=True, check=True
    )
    for line in done.stdout.splitlines():
        found = json.loads(line)
        day = iso(found.get("publishedTime") or "")[:10]
        yield Described(found.get("title") or "", _names(found.get("byline")), day)


def _names(byline: str | None) -> tuple[str, ...]:
    """Return the names of a line of a peer, which joins them by semicolons, commas or words."""
    text = (byline or "").removeprefix("By ").replace(" and ", ", ").replace(";", ",")
    return tuple(filter(None, map(str.strip, text.split(","))))


if __name__ == "__main__":
    main()
