"""The reader of the lines of PDFs: the article, its pages, and how complete it is."""

from collections.abc import Iterator, Sequence

from msgspec import UNSET, MsgspecError
from msgspec.json import decode

from annotator.errors import CleaningError
from annotator.extract.documents.pdf.layout import PdfLayout, read_layout
from annotator.extract.documents.pdf.lines import PdfText
from annotator.extract.documents.pdf.page_names import labels_of
from annotator.extract.documents.pdf.references import Written
from annotator.extract.documents.readers import DocumentReader
from annotator.extract.passages import ArticleDraft, Passage, Region, Rule
from annotator.extract.pipeline import assemble
from annotator.extract.residue.restoring import apply_overrides
from annotator.model.article import Article, Block, PageLabel
from annotator.model.document import Document
from annotator.model.extraction import Completeness, Extraction
from annotator.model.overrides import Overrides

FEW_LETTERS = 40  # on a page on average: what a scanner adds to its pictures
MANY_UNKNOWN = 0.12  # of all characters; in a text that can be read, only signs and numbers
MOST_NAMED = 5  # pages in a sentence
_HEAD = Rule("document", "running-head", "Printed at the edge of several pages.")
_OCR = "Recognise its text with ocrmypdf, and add that file."


def _read(document: Document, choices: Overrides) -> Extraction:
    try:
        text = decode(document.data, type=PdfText)
    except MsgspecError as error:
        raise CleaningError(
            "The stored lines of this PDF are damaged.", "Add the file again."
        ) from error
    layout = read_layout(text)
    _refuse_pictures(text, layout)
    written, facts = layout.written, layout.facts
    body = Region("body", "", 0)
    passages = [Passage(one.block, body) for one in written]
    heads = Passage(Block("paragraph", "\n".join(layout.heads)), body, verdict=_HEAD)
    draft = ArticleDraft([heads, *passages], [body], facts.title, facts.byline)
    apply_overrides(draft, choices)
    blocks, removals = assemble(draft.passages)
    kept = [one for one, passage in zip(written, passages, strict=True) if passage.is_kept]
    article = Article(
        id="",
        url=document.url,
        title=facts.title,
        byline=facts.byline,
        site_name=facts.site_name,
        published=facts.published,
        canonical_url=facts.canonical_url,
        blocks=blocks,
        page_labels=tuple(_page_labels(kept, blocks, labels_of(text.labels, layout.numbers))),
        doi=layout.doi or UNSET,
    )
    return Extraction(article, removals, _completeness(text))


LINES_READER = DocumentReader(read=_read)


def _refuse_pictures(text: PdfText, layout: PdfLayout) -> None:
    letters = sum(len(line.text) for line in text.lines)
    if text.pictures and letters < FEW_LETTERS * len(text.labels):
        raise CleaningError("This PDF holds pictures of pages.", _OCR)
    if not layout.written:
        raise CleaningError("This PDF holds no text.", f"If it shows some: {_OCR}")


def _completeness(text: PdfText) -> Completeness:
    """Return whether the whole text could be read."""
    letters = sum(len(line.text) for line in text.lines)
    evidence = []
    if text.unknown > MANY_UNKNOWN * letters:
        evidence.append(
            "The text in this PDF is damaged: many of its characters have no meaning. "
            "ocrmypdf --force-ocr makes a new text."
        )
    if text.pictures:
        evidence.append(f"{_named(text.pictures)} pictures without text; ocrmypdf recognises it.")
    return Completeness("partial" if evidence else "full", tuple(evidence))


def _named(pages: Sequence[int]) -> str:
    if len(pages) == 1:
        return f"Page {pages[0] + 1} of the file holds"
    if len(pages) > MOST_NAMED:
        return f"{len(pages)} pages of the file, from page {pages[0] + 1} on, hold"
    return f"Pages {', '.join(str(page + 1) for page in pages)} of the file hold"


def _page_labels(
    kept: Sequence[Written], blocks: tuple[Block, ...], labels: Sequence[str]
) -> Iterator[PageLabel]:
    """Yield where in the text of the article another page begins."""
    starts = Article("", "", "", blocks=blocks).starts
    last = -1
    # running heads come first if they were restored
    for one, start in zip(kept, starts[len(blocks) - len(kept) :], strict=True):
        for offset, page in one.pages:
            if page != last:
                yield PageLabel(start + offset, labels[page], page + 1)
            last = page
