"""A book as one article: its chapters are sections, and nothing is judged or removed.

What is stored of a book is the same archive without its pictures, fonts and sounds.
"""

import re
import zipfile
from io import BytesIO
from typing import Final

from msgspec.structs import replace

from annotator.errors import CleaningError
from annotator.extract.blocks.cuts import without
from annotator.extract.blocks.walker import read_passages
from annotator.extract.documents.epub.chapters import Chapters, page_signs
from annotator.extract.documents.epub.package import CONTAINER, ENCRYPTION, Book
from annotator.extract.documents.readers import DocumentReader
from annotator.extract.dom.parse import Tree
from annotator.extract.metadata.facts import MAX_EXCERPT
from annotator.extract.passages import ArticleDraft, Passage
from annotator.extract.pipeline import MAX_BLOCKS, assemble, shown_passages
from annotator.extract.residue.restoring import apply_overrides
from annotator.model.article import Article, PageLabel
from annotator.model.document import EPUB, Document
from annotator.model.extraction import Completeness, Extraction
from annotator.model.identity import doi_in
from annotator.model.overrides import Overrides
from annotator.model.span import Span
from annotator.model.text import clean_line, clean_text

MAX_STORED: Final = 60_000_000  # bytes of the texts of a book
MOST_NAMED = 5  # parts that the label of the article names

_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_AUTHOR = frozenset({"", "aut", "author"})
_TIME = (1980, 1, 1, 0, 0, 0)  # the same for equal books
_TAG = re.compile(r"<[^<>]{0,1000}>")


def _unpack(document: Document) -> Document:
    """Return the book with its texts only."""
    book = Book(document.data)
    paths = [CONTAINER, ENCRYPTION, book.package_path, *book.listings]
    paths += [part.path for part in book.spine]
    packed, size = BytesIO(), 0
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype", _TIME), EPUB)
        for path in dict.fromkeys(paths):
            try:
                data = book.read(path)
            except CleaningError:
                if path in {CONTAINER, book.package_path} or book.has(path):
                    raise
                continue  # the reader says which parts are missing
            size += len(data)
            if size > MAX_STORED:
                raise CleaningError(
                    f"The texts of the book have more than {MAX_STORED // 1_000_000} MB.",
                    "Add the part that you want to read as a file of its own.",
                )
            archive.writestr(zipfile.ZipInfo(path, _TIME), data)
    return replace(document, data=packed.getvalue())


def _read(document: Document, choices: Overrides) -> Extraction:
    book = Book(document.data)
    chapters = Chapters(book)
    passages, regions = read_passages(Tree(chapters.root, ""), chapters.notes())
    places = {id(passage): _take_signs(passage) for passage in passages}
    apply_overrides(ArticleDraft(passages, regions), choices)
    blocks, removals = assemble(passages)
    article = replace(_described(book), blocks=blocks)
    if not article.text.strip():
        raise _without_text(chapters)
    labels, waiting = [], list[int]()
    shown = {
        id(passage): start
        for passage, start in zip(shown_passages(passages), article.starts, strict=True)
    }
    for passage in passages:
        signs, start = places[id(passage)], shown.get(id(passage))
        if start is None:  # the page begins at what is shown next
            waiting += [number for _, number in signs]
            continue
        labels += [PageLabel(start, chapters.labels[number]) for number in waiting]
        labels += [
            PageLabel(start + min(at, len(passage.text)), chapters.labels[number])
            for at, number in signs
        ]
        waiting = []
    if labels:
        article = replace(article, page_labels=tuple(sorted(labels, key=lambda page: page.offset)))
    return Extraction(article, removals, _completeness(chapters, len(blocks)))


def _take_signs(passage: Passage) -> list[tuple[int, int]]:
    """Take the signs of pages out of a passage; return their places and numbers."""
    signs = list(page_signs(passage.text))
    if not signs:
        return []
    taken = places, cuts = list[tuple[int, int]](), list[Span]()
    for start, end, number in signs:
        places.append((start - sum(map(len, cuts)), number))
        cuts.append(Span(start, end))
    passage.block = without(passage.block, cuts)
    return taken[0]


def _described(book: Book) -> Article:
    date = next(filter(None, map(_DATE.match, book.facts("date"))), None)
    description = " ".join(_TAG.sub(" ", next(iter(book.facts("description")), "")).split())
    doi = next(filter(None, map(doi_in, book.facts("identifier"))), "")
    article = Article(
        id="",
        url="",
        title=next(iter(book.facts("title")), ""),
        byline=tuple(dict.fromkeys(_authors(book))),
        site_name=next(iter(book.facts("publisher")), ""),
        published=date[0] if date else "",
        language=next(iter(book.facts("language")), ""),
        excerpt=clean_text(description[:MAX_EXCERPT]),
    )
    return replace(article, doi=doi) if doi else article


def _authors(book: Book) -> list[str]:
    """Return the names of those who wrote the book: others have another role."""
    roles = {
        str(meta.get("refines", "")).removeprefix("#"): (meta.text or "").strip()
        for meta in book.package.iter("{*}meta")
        if meta.get("property") == "role"
    }
    names = []
    for creator in book.package.iter("{*}creator"):
        attributes = {str(name).rpartition("}")[2]: value for name, value in creator.items()}
        role = str(attributes.get("role", "")) or roles.get(str(creator.get("id", "")), "")
        name = clean_line("".join(map(str, creator.itertext())))
        if name and role in _AUTHOR:
            names.append(name)
    return names


def _completeness(chapters: Chapters, blocks: int) -> Completeness:
    evidence = []
    for paths, what in (
        (chapters.locked, "locked by its publisher"),
        (chapters.missing, "missing"),
    ):
        if paths:
            names = ", ".join(f"“{path}”" for path in paths[:MOST_NAMED])
            more = f" and {len(paths) - MOST_NAMED} more" if len(paths) > MOST_NAMED else ""
            evidence.append(f"Parts of the book are {what}: {names}{more}.")
    if blocks >= MAX_BLOCKS:
        evidence.append(f"The book has more than {MAX_BLOCKS:,} paragraphs.")
    return Completeness("partial" if evidence else "full", tuple(evidence))


def _without_text(chapters: Chapters) -> CleaningError:
    if chapters.locked:
        return CleaningError(
            "The book is locked by its publisher (DRM), so its text cannot be read.",
            "Read it in the program that it was bought for.",
        )
    return CleaningError(
        "The book has no text: its pages are pictures, or are missing.",
        "Text in pictures has to be recognised first, for example with ocrmypdf.",
    )


EPUB_READER: Final = DocumentReader(unpack=_unpack, read=_read)
