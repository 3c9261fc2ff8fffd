"""The reader of the lines of PDFs: the article, what its pages are called, how complete it is."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import UNSET, MsgspecError
from msgspec.json import decode

from annotator.errors import CleaningError
from annotator.extract.documents.pdf.layout import PdfLayout, read_layout
from annotator.extract.documents.pdf.lines import PdfText
from annotator.extract.documents.pdf.references import Written
from annotator.extract.documents.readers import DocumentReader
from annotator.extract.passages import ArticleDraft, Passage, Region, Rule
from annotator.extract.pipeline import assemble
from annotator.extract.residue.restoring import apply_overrides
from annotator.model.article import Article, Block, PageLabel
from annotator.model.document import Document
from annotator.model.extraction import Completeness, Extraction
from annotator.model.overrides import Overrides

_NEAR = (-3, -2, -1, 1, 2, 3)  # pages on either side, whose numbers confirm a number
_TENS = ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc")
_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_ROMANS = [tens + ones for tens in _TENS for ones in _ONES]

_Number = tuple[bool, int]  # whether it is roman, and its value


def labels_of(own: Sequence[str], printed: Mapping[int, Sequence[str]]) -> list[str]:
    """Return the label of each page: the file's own, else what is printed, else a count.

    Running heads have other numbers, too, such as a year. That of the page counts on from page
    to page. Where some pages have one, others that do not are named after the page before.
    """
    count = [str(page + 1) for page in range(len(own))]
    if any(own) and [*own] not in (count, ["0", *count[:-1]]):
        return [label or name for label, name in zip(own, count, strict=True)]
    candidates = {page: {*map(_value, numbers)} for page, numbers in printed.items()}
    labels: list[str] = []
    is_roman, value, last = False, 0, -1
    for page in range(len(own)):
        if number := _confirmed(page, candidates):
            (is_roman, value), last = number, page
        value_here = value + page - last
        is_named = last >= 0 and (not is_roman or value_here < len(_ROMANS))
        name = _ROMANS[value_here] if is_named and is_roman else str(value_here)
        labels.append(name if is_named else "")
    return labels if any(labels) else count


def _confirmed(page: int, candidates: Mapping[int, set[_Number]]) -> _Number | None:
    """Return the number on a page that most pages around it count on from."""
    times = {
        (is_roman, value): sum(
            (is_roman, value + step) in candidates.get(page + step, ()) for step in _NEAR
        )
        for is_roman, value in sorted(candidates.get(page, ()))
        if value >= 0
    }
    best = max(times, key=times.__getitem__, default=None)
    return best if best and times[best] else None


def _value(text: str) -> _Number:
    is_roman = not text.isdecimal()
    return is_roman, _ROMANS.index(text) if text in _ROMANS else -1 if is_roman else int(text)


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
