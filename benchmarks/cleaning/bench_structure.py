#!/usr/bin/env python3
"""Measure how much of the structure of articles extraction keeps, beside its peers.

    bench_structure.py CORPORA                    the shares kept, for each kind of structure
    bench_structure.py CORPORA --half even        the pages of one half of the sites
    bench_structure.py CORPORA --lost headings    what of a kind is lost, page by page

CORPORA is a folder of corpora as `scorer_corpora.py` describes them. Only pages
whose truth is a whole text are measured. Such a truth has no structure, so it
is taken from the page: a heading, an item, a quotation, a table, code, a link
or the caption of an image counts as expected if its text is in the truth (a
heading's or an item's, if it is a line of it; a link's, if that of its paragraph
is), and a footnote if its text is, and that of the paragraph that refers to it.
Left out are headings that repeat the title or are as long as a standfirst, and
headings, items and quotations whose text the page has a second time without that
structure, as pull quotes and tables of contents have: the truth does not say
which of both it means. A piece counts as kept if the result has a piece of that
kind with that text; a link, if it leads to the same place; code, if its lines are
still separate; a footnote, if the result has both the note and the reference to it.

A piece that is lost is `gone` if its text is not in the result, and `flat` if
the text is there without its structure. Sites are `even` or `odd` by a checksum of
their names, so that rules can be made on one half and judged on the other.

trafilatura and readability-lxml are measured where they are installed, and
Readability.js and Defuddle where `--node` names a folder that has them, as
`peers.py` says: trafilatura by its XML with formatting, links, images and tables,
the others by their HTML. Without CORPORA nothing is measured.
"""

import argparse
import importlib
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from lxml import etree, html

from annotator.extract import extract
from annotator.model import Article, Block, Page
from peers import NODE, html_by_node
from scorer_corpora import HALVES, Sample, half_of, read_corpora
from structure_elements import KINDS, Kind, Piece, Structure, fold, place_of, structure_of

LEAST = 8  # folded characters of a piece; shorter ones are in any text
LEAST_HEADING = 2
LEAST_AROUND = 30  # of the paragraph of a link; links in menus have less
CERTAIN = 60  # folded characters of a long piece that are compared; more may differ by a mark
_HTML_OF = {
    "head": "h2",
    "item": "li",
    "quote": "blockquote",
    "ref": "a",
    "row": "tr",
    "cell": "td",
    "graphic": "img",
    "lb": "br",
    "list": "ul",
}

LONGEST_HEADING = 80  # folded characters; longer ones are standfirsts
_REPEATED: frozenset[Kind] = frozenset({"headings", "list items", "quotes"})
_NUMBER = re.compile(r"\d{1,3}(?=\D)")
_CUT: frozenset[Kind] = frozenset({"footnotes", "captions"})  # may lack a label or a credit

_SHOWN = "//text()[not(ancestor::script or ancestor::style or ancestor::title)]"
_TITLES = "//title/text() | //meta[@property='og:title']/@content"

Reader = Callable[[Sequence[Sample]], Iterator[Structure]]


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path, nargs="?")
    parser.add_argument("--lost", choices=KINDS, help="name what of this kind is lost")
    parser.add_argument("--half", choices=HALVES, help="only this half of the sites")
    parser.add_argument("--only", nargs="+", default=(), metavar="CORPUS")
    parser.add_argument("--ours", action="store_true", help="without the peers")
    parser.add_argument("--node", type=Path, default=NODE, help="the folder of node_modules")
    options = parser.parse_args()
    if options.corpora is None:
        print("structure: name a folder of corpora to measure what is kept of it.")
        return
    samples = [
        sample
        for sample in read_corpora(options.corpora, options.only)
        if sample.truth.text and options.half in {None, half_of(sample.site)}
    ]
    if options.lost:
        _print_lost(samples, options.lost)
        return
    readers: dict[str, Reader] = {"annotator": _ours}
    if not options.ours:
        readers |= _peers(options.node)
    for corpus in dict.fromkeys(sample.corpus for sample in samples):
        _print_shares(corpus, [sample for sample in samples if sample.corpus == corpus], readers)


def _print_shares(corpus: str, samples: list[Sample], readers: dict[str, Reader]) -> None:
    """Print a line for each reader with the share that it keeps of each kind."""
    wanted = [expected(sample) for sample in samples]
    counts = {kind: sum(len(each.pieces[kind]) for each in wanted) for kind in KINDS}
    print(f"\n{corpus}: {len(samples)} pages")
    print(f"{'% kept of':18}" + "".join(f"{kind:>12}" for kind in KINDS))
    print(f"{'expected':18}" + "".join(f"{counts[kind]:12}" for kind in KINDS))
    for name, read in readers.items():
        kept = dict.fromkeys(KINDS, 0)
        for got, each in zip(read(samples), wanted, strict=True):
            for kind in KINDS:
                kept[kind] += sum(is_kept(kind, piece, got) for piece in each.pieces[kind])
        shares = (
            f"{100 * kept[kind] / counts[kind]:12.1f}" if counts[kind] else f"{'-':>12}"
            for kind in KINDS
        )
        print(f"{name:18}" + "".join(shares), flush=True)


def _print_lost(samples: Iterable[Sample], kind: Kind) -> None:
    for sample in samples:
        article = extract(Page(sample.url, sample.html)).article
        got, shown = structure_of_article(article), fold(article.text)
        for piece in expected(sample).pieces[kind]:
            if not is_kept(kind, piece, got):
                fate = "flat" if piece.text[:CERTAIN] in shown else "gone"
                page = f"{sample.corpus} {sample.number}"
                print(f"{fate}  {page}  {piece.text[:100]}  {piece.target}")


def expected(sample: Sample) -> Structure:
    """Return the structure of a page within its article."""
    tree = _tree(sample.html)
    shown = fold("".join(map(str, tree.xpath(_SHOWN))))
    titles = [fold(title) for title in map(str, tree.xpath(_TITLES))]
    found = structure_of(tree)
    whole = fold(sample.truth.text)
    lines = {fold(line) for line in sample.truth.text.splitlines()}
    wanted = Structure()
    for kind in KINDS:
        counts = Counter(found.pieces[kind])
        wanted.pieces[kind] += [
            piece
            for piece, count in counts.items()
            if _is_expected(kind, piece, whole, lines)
            and not (kind == "headings" and any(t.startswith(piece.text) for t in titles))
            and not (kind in _REPEATED and shown.count(piece.text[:CERTAIN]) > count)
        ]
    return wanted


def _is_expected(kind: Kind, piece: Piece, whole: str, lines: set[str]) -> bool:
    """Return whether a piece of a page is in its truth, `whole` or a line of it."""
    text, around = piece.text[:CERTAIN], piece.around[:CERTAIN]
    if kind == "headings":
        return piece.text in lines and LEAST_HEADING <= len(piece.text) <= LONGEST_HEADING
    if kind == "list items":
        return len(piece.text) >= LEAST and any(_is_item(text, line) for line in lines)
    if kind == "links":
        return len(around) >= LEAST_AROUND and around in whole and bool(piece.target)
    return text in whole and around in whole and len(piece.text) >= LEAST


def _is_item(text: str, line: str) -> bool:
    """Return whether a line is an item; some truths write its number."""
    bare = _NUMBER.sub("", line, count=1)
    return (
        line.startswith(text) or bare.startswith(text)
        if len(text) == CERTAIN
        else (text in {line, bare})
    )


def is_kept(kind: Kind, piece: Piece, got: Structure) -> bool:
    """Return whether a result has a piece of structure."""
    text = piece.text[:CERTAIN]
    for other in got.pieces[kind]:
        if kind in {"links", "footnotes"} and piece.target != other.target:
            continue
        is_same = text in other.text or (kind in _CUT and other.text[:CERTAIN] in piece.text)
        if is_same and (kind != "code" or other.is_broken or not piece.is_broken):
            return True
    return False


def structure_of_article(article: Article) -> Structure:
    """Return the structure of an article's blocks."""
    found = Structure()
    kinds: dict[str, Kind] = {
        "heading": "headings",
        "code": "code",
        "table": "tables",
    }
    referred = {
        mark.href: fold(mark.span.of(block.text))
        for block in article.blocks
        for mark in block.marks
        if mark.kind == "footnote_reference"
    }
    items: list[str] = []
    quotes: list[str] = []
    for block in article.blocks:
        if block.kind in kinds:
            found.add(kinds[block.kind], block.text)
        elif block.kind == "image":
            found.add("captions", f"{block.text or block.alternative} {block.credit}")
        elif block.kind == "footnote" and block.label in referred:
            found.add("footnotes", block.text, target=referred[block.label])
        if block.kind in {"list_item", "footnote"} or block.depth:
            _continue(items, block, is_new=block.kind != "paragraph")
        if block.quote_depth or block.kind in {"quote", "embed"}:
            quotes.append(block.text)
        for mark in block.marks:
            if mark.kind == "link":
                found.add("links", mark.span.of(block.text), target=place_of(mark.href))
    for item in items:
        found.add("list items", item)
    found.add("quotes", "\n".join(quotes))
    return found


def _continue(items: list[str], block: Block, *, is_new: bool) -> None:
    if is_new or not items:
        items.append(block.text)
    else:
        items[-1] += block.text


def _ours(samples: Sequence[Sample]) -> Iterator[Structure]:
    for sample in samples:
        yield structure_of_article(extract(Page(sample.url, sample.html)).article)


def _peers(node: Path) -> dict[str, Reader]:
    """Return the readers of the other cleaners that are installed."""
    found: dict[str, Reader] = {}
    for name, module, read in (
        ("trafilatura", "trafilatura", _by_trafilatura),
        ("readability-lxml", "readability", _by_readability),
    ):
        try:
            importlib.import_module(module)
        except ImportError:
            print(f"{name} is not installed", file=sys.stderr)
        else:
            found[name] = partial(map, read)
    for name, clean in html_by_node(node).items():
        found[name] = partial(_each_of_html, clean)
    return found


def _each_of_html(
    clean: Callable[[Sequence[Sample]], Iterator[str]], samples: Sequence[Sample]
) -> Iterator[Structure]:
    return map(_of_html, clean(samples))


def _of_html(content: str) -> Structure:
    try:
        return structure_of(_tree(content))
    except etree.ParserError:  # a page of which a peer keeps nothing
        return Structure()


def _by_readability(sample: Sample) -> Structure:
    document = importlib.import_module("readability").Document
    try:
        return structure_of(_tree(document(sample.html, url=sample.url or None).summary()))
    except Exception:  # noqa: BLE001 - a peer that fails on a page keeps nothing of it
        return Structure()


def _by_trafilatura(sample: Sample) -> Structure:
    trafilatura = importlib.import_module("trafilatura")
    xml = trafilatura.extract(
        sample.html,
        url=sample.url or None,
        output_format="xml",
        include_comments=False,
        include_formatting=True,
        include_links=True,
        include_images=True,
        include_tables=True,
    )
    if not xml:
        return Structure()
    root = etree.fromstring(xml.encode())
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = _HTML_OF.get(element.tag, element.tag)
            if target := element.get("target"):
                element.set("href", target)
    for code in root.iter("code"):
        code.tag = "pre"
    return structure_of(_tree(etree.tostring(root, encoding="unicode")))


def _tree(page: str) -> html.HtmlElement:
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, huge_tree=True)
    return html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)


if __name__ == "__main__":
    main()
