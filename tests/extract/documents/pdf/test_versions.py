"""Marks in a PDF that is replaced by another version of it: other type, pages and hyphens."""

import re

import pytest
from msgspec.structs import replace

from annotator.anchoring import anchor, describe
from annotator.extract import read_document, unpack
from annotator.model import Anchored, Article, Document, Span
from annotator.model.document import PDF
from pdf_files import make_pdf, printed

TEXT = """\
For four decades the only eels in the upper river were in photographs. There is one on the
wall of the bait shop, of a man holding a fish as long as his leg.

This spring the eels came back. Between April and May, biologists counted more than a thousand
of them, most no longer than a pencil, in traps set above the place where the old mill stood.

What nobody can say is where they had been. An eel that meets a wall will wait below it for
years. Some were surely there all that time, in the pool under the spillway.

The town, meanwhile, has found a use for the bed of the millpond. It is a meadow now, with a
path around it that follows the old edge of the ice. A bench there carries the names of both
campaigns."""


def version(*, width: float, hyphen_at: int, page_lines: int) -> Article:
    """Return the text in lines of that width, with a word divided on every second line."""
    lines = printed(*TEXT.split("\n\n"), width=width, space=8)
    divided = list(lines)
    for at in range(0, len(lines) - 1, 2):
        here, below = divided[at].text, divided[at + 1].text
        first, _, rest = below.partition(" ")
        if first.isalpha() and first.islower() and len(first) > hyphen_at + 1 and rest:
            divided[at] = replace(divided[at], text=f"{here} {first[:hyphen_at]}-")
            divided[at + 1] = replace(divided[at + 1], text=f"{first[hyphen_at:]} {rest}")
    pages = [divided[at : at + page_lines] for at in range(0, len(divided), page_lines)]
    drop = [page[0].base - 740 for page in pages]
    places = [
        [(line.left, line.base - by, line.size, line.text) for line in page]
        for page, by in zip(pages, drop, strict=True)
    ]
    article = read_document(unpack(Document("file:///eels.pdf", make_pdf(places), PDF))).article
    assert re.search(r"\w-\w", article.text) is None  # all words are whole again
    return article


@pytest.mark.parametrize("width", [200, 320, 440])
def test_marks_are_found_again_in_another_version_of_a_file(width):
    old = version(width=260, hyphen_at=3, page_lines=9)
    new = version(width=width, hyphen_at=2, page_lines=7)
    sentences = [match.span() for match in re.finditer(r"[A-Z][^.]+\.", old.text)]
    assert len(sentences) >= 10
    for start, end in sentences:
        found = anchor(describe(old.text, Span(start, end)), new.text)
        assert isinstance(found, Anchored)
        words = old.text[start:end].split()
        assert found.span.of(new.text).split() == words
        assert new.page_at(found.span.start) is not None
