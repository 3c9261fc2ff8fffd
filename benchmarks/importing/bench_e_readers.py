"""Mark passages in exported books as KOReader and Readest do, and bring them back.

    python benchmarks bench_e_readers [CORPORA…] [--count 200] [--seed 7] [--write FILE]

Articles are those of `sample_articles/`, and of corpora (see `scorer_corpora.py`) if there are
some. The highlights are made from the XHTML of the books alone (`e_readers.py`). Half of them
are in books of one article, half in a book of several; every fourth is of words that are repeated.
A highlight has come back if its mark is in its article, on its words, at its place.
"""

import argparse
import asyncio
import json
import random
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from annotator.extract import extract
from annotator.model import HTML, PLAIN_TEXT, Article, Page, Span
from annotator.store import Library
from annotator.usecases.exporting.books import book_of
from annotator.usecases.exporting.export_collection import CollectionOptions, collection_export
from annotator.usecases.importing.plan import make_plan
from annotator.usecases.importing.run import ImportOptions, run_import
from annotator.usecases.marks.annotate import Draft, mark
from e_readers import (
    Book,
    Chapter,
    Passage,
    TextNode,
    block_of,
    cfi,
    name_of,
    open_book,
    readest_export,
    sidecar,
)
from scorer_corpora import read_corpora

SAMPLES = Path(__file__).parents[2] / "sample_articles"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
WORD = re.compile(r"\w+")
FIGURE = frozenset({"figure", "figcaption"})
LEAST_TEXT = 600
LEAST_WORD = 4  # letters of a word that is marked alone


def articles(corpora: Sequence[Path], most: int, chance: random.Random) -> Iterator[Page]:
    """Yield the pages of the samples and, in random order, those of corpora."""
    for path in sorted(SAMPLES.iterdir()):
        kind = HTML if path.suffix == ".html" else PLAIN_TEXT
        yield Page(f"https://sample.example/{path.name}", path.read_text("utf-8"), kind)
    pages = [page for folder in corpora for page in read_corpora(folder)]
    chance.shuffle(pages)
    for page in pages[:most]:
        yield Page(page.url or f"https://corpus.example/{page.corpus}/{page.number}", page.html)


def fill(library: Library, pages: Iterator[Page], chance: random.Random) -> None:
    """Store the pages as articles, each with a few marks, some of which have notes."""
    for page in pages:
        try:
            extraction = extract(page)
        except Exception:  # noqa: BLE001 - a page without an article has no book
            continue
        if len(extraction.article.text) < LEAST_TEXT:
            continue
        library.store(extraction, page, now=NOW)
        article = extraction.article
        for _ in range(3):
            start = chance.randrange(len(article.text) - 80)
            draft = Draft(kind="claim", note=chance.choice(["", "A note."]))
            span = Span(start, start + chance.randint(10, 80)).trimmed(article.text)
            mark(library, article, span, draft, now=NOW)


def passage_in(chapter: Chapter, chance: random.Random, *, is_repeated: bool) -> Passage | None:
    """Return a passage of whole words, or one or two words that are more than once in the text."""
    nodes = chapter.nodes
    if is_repeated:
        words = [
            (number, *match.span(), match[0].casefold())
            for number, node in enumerate(nodes)
            for match in WORD.finditer(node.text)
        ]
        counts = Counter(word for *_, word in words if len(word) >= LEAST_WORD)
        same = [word for word in words if counts[word[3]] > 1]
        if not same:
            return None
        number, start, end, _ = chance.choice(same)
        return Passage(chapter, number, start, number, end)
    first = chance.randrange(len(nodes))
    last = min(len(nodes) - 1, first + chance.choice([0, 0, 0, 1, 2, 4]))
    starts = [match.start() for match in WORD.finditer(nodes[first].text)]
    ends = [match.end() for match in WORD.finditer(nodes[last].text)]
    if not starts or not ends:
        return None
    start = chance.choice(starts)
    end = chance.choice([at for at in ends if last > first or at > start] or [0])
    return Passage(chapter, first, start, last, end) if end else None


def letters(text: str) -> str:
    """Return the letters and digits of a text."""
    return "".join(filter(str.isalnum, text.casefold()))


def is_right(article: Article, span: Span, passage: Passage) -> bool:
    """Return whether a mark is on the words of a passage, and on which of them if they repeat.

    An article may lack the name of a picture and who made it, but nothing before and after.
    """
    there = letters(span.of(article.text))
    pieces = [(node, letters(piece)) for node, piece in passage.pieces]
    wanted = "".join(piece for _, piece in pieces)
    nodes = passage.chapter.nodes
    if there != wanted:
        named = [
            number for number, (node, _) in enumerate(pieces) if name_of(block_of(node)) in FIGURE
        ]
        if not named:
            return False
        before = "".join(piece for _, piece in pieces[: named[0]])
        after = "".join(piece for _, piece in pieces[named[-1] + 1 :])
        within = "".join(piece for _, piece in pieces[named[0] : named[-1] + 1])
        middle = there.removeprefix(before)
        middle = middle[: len(middle) - len(after)]
        is_there = len(there) >= len(before + after) and there.endswith(after)
        return is_there and there.startswith(before) and bool(there) and middle in within
    block = block_number(nodes[passage.first])
    if article.block_at(span.start) != block:
        return False
    same = [
        node.text
        for node in nodes[: passage.first]
        if block_number(node) == block and not is_label(node)
    ]
    ahead = letters("".join(same) + nodes[passage.first].text[: passage.start])
    own = article.text[article.starts[block] : span.start]
    return len(letters(own)) == len(ahead) or name_of(block_of(nodes[passage.first])) in FIGURE


def is_label(node: TextNode) -> bool:
    """Return whether a text is the number of a footnote at its beginning."""
    above = node.parent.getparent()
    return (
        above is not None
        and above.get("class") == "footnote"
        and above[0] is node.parent
        and not above.text
    )


def block_number(node: TextNode) -> int:
    """Return the number of the block of an article that a text is in, by its id."""
    around = (element.get("id") or "" for element in (node.parent, *node.parent.iterancestors()))
    return next(int(name[1:]) for name in around if re.fullmatch(r"b\d+", name))


def books_of(library: Library) -> Iterator[Book]:
    """Yield a book of every other article, then one of all others."""
    options = CollectionOptions()
    every = [record.id for record in library.records()]
    alone, ids = every[::2], every[1::2]
    for article_id in alone:
        yield open_book(f"A title--{article_id}", book_of(library, article_id, options))
    export = collection_export(library, ids, format_name="epub", options=options)
    yield open_book("all", b"".join(piece for piece in export.data() if isinstance(piece, bytes)))


def marked(
    books: Sequence[Book], count: int, chance: random.Random
) -> Iterator[tuple[Book, Passage]]:
    """Yield passages: half of them in the last book, which has all articles."""
    for number in range(count):
        book = chance.choice(books[:-1]) if number % 2 else books[-1]
        chapter = chance.choice(book.chapters)
        passage = passage_in(chapter, chance, is_repeated=number % 4 < 1)
        if passage and letters("".join(piece for _, piece in passage.pieces)):
            yield book, passage


def bring_back(library: Library, name: str, text: str) -> dict[str, int]:
    """Import a file, and return what the report counts."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_text(text, "utf-8")
        plan = make_plan([path])
        report = asyncio.run(run_import(library, plan, ImportOptions(may_fetch=False), now=NOW))
    return {key: getattr(report, key) for key in ("added", "updated", "unchanged", "not_found")}


def judge(library: Library, marks: Sequence[tuple[Passage, str]], app: str) -> list[dict[str, str]]:
    """Return what came of each passage, whose highlight has a note of its own."""
    there = {
        placed.note: (record.id, placed)
        for record in library.records()
        for placed in library.article(record.id).annotations()
    }
    results = []
    for passage, note in marks:
        words = letters("".join(piece for _, piece in passage.pieces))
        article_id, placed = there.get(note, ("", None))
        if placed is None:
            fate = "lost"
        elif article_id != passage.chapter.item.removeprefix("a"):
            fate = "wrong article"
        elif not placed.target.revision:
            fate = "not placed"
        else:
            article = library.article(article_id).extraction().article
            at = placed.target.position
            fate = "right" if is_right(article, Span(at.start, at.end), passage) else "wrong place"
        results.append({"app": app, "fate": fate, "cfi": cfi(passage), "words": words[:60]})
    return results


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("corpora", nargs="*", type=Path)
    parser.add_argument("--count", type=int, default=240)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--pages", type=int, default=40)
    parser.add_argument("--write", type=Path)
    choices = parser.parse_args()
    results = []
    for app in ("koreader", "readest"):
        chance = random.Random(f"{choices.seed}{app}")
        with tempfile.TemporaryDirectory() as home:
            library = Library.open(Path(home) / "library", state=Path(home) / "state")
            fill(library, articles(choices.corpora, choices.pages, chance), chance)
            books = list(books_of(library))
            passages = marked(books, choices.count // 2, chance)
            marks = [(*one, f"note {number}") for number, one in enumerate(passages)]
            files = {}
            for book in books:
                own = [(passage, note) for other, passage, note in marks if other is book]
                if own:
                    is_new = chance.choice([False, True])
                    text = (
                        sidecar(book, own, is_new=is_new)
                        if app == "koreader"
                        else readest_export(book, own)
                    )
                    files[book.name] = text
            name = "metadata.epub.lua" if app == "koreader" else "annotations.json"
            first = [bring_back(library, name, text) for text in files.values()]
            again = [bring_back(library, name, text) for text in files.values()]
            results += judge(library, [one[1:] for one in marks], app)
            print(
                app,
                "first:",
                dict(sum(map(Counter, first), Counter())),
                "again:",
                dict(sum(map(Counter, again), Counter())),
            )
    for app in ("koreader", "readest"):
        fates = Counter(one["fate"] for one in results if one["app"] == app)
        print(
            f"{app}: {fates['right'] / max(1, fates.total()):.1%} of {fates.total()}  {dict(fates)}"
        )
    if choices.write:
        choices.write.write_text(json.dumps(results, indent=1, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main()
