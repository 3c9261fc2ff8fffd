"""The reader of the lines of PDFs: the article, what its pages are called, how complete it is."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import UNSET, MsgspecError, Struct
from msgspec.json import decode
from msgspec.structs import replace

from annotator.errors import CleaningError
from annotator.extract.documents.pdf.columns import Setting, find_setting, place
from annotator.extract.documents.pdf.headings import Headings, read_facts, title_of
from annotator.extract.documents.pdf.joining import JoinedText, KnownWords
from annotator.extract.documents.pdf.lines import PdfText, body_size
from annotator.extract.documents.pdf.paragraphs import Paragraph, paragraphs_of
from annotator.extract.documents.pdf.references import Written, linked, without_notes
from annotator.extract.documents.pdf.rows import in_order
from annotator.extract.documents.pdf.running_heads import without_running_heads
from annotator.extract.documents.readers import DocumentReader
from annotator.extract.metadata.facts import Facts
from annotator.extract.passages import ArticleDraft, Passage, Region, Rule
from annotator.extract.pipeline import assemble
from annotator.extract.residue.restoring import apply_overrides
from annotator.model.article import Article, Block, PageLabel
from annotator.model.document import Document
from annotator.model.extraction import Completeness, Extraction
from annotator.model.overrides import Overrides

_BULLET = re.compile(r"[•▪◦●■∙·–‣➢✓❖]\s+")
_NUMBER = re.compile(r"\(?(\d{1,3})[.)]?\s+")
_NONE = -9  # a paragraph without a number
_SHORT = 80  # characters; a longer paragraph below the title is text

_Read = tuple[Paragraph, JoinedText]

_NEAR = (-3, -2, -1, 1, 2, 3)  # pages on either side, whose numbers confirm a number
_TENS = ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc")
_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_ROMANS = [tens + ones for tens in _TENS for ones in _ONES]

_Number = tuple[bool, int]  # whether it is roman, and its value


class PdfLayout(Struct, frozen=True):
    """The text of a PDF as blocks, which know the pages that they are on, and what it says.

    `numbers` are the page numbers that are printed, `heads` the running heads that were left out.
    """

    facts: Facts
    doi: str
    written: tuple[Written, ...]
    numbers: dict[int, list[str]]
    heads: tuple[str, ...]


def read_layout(text: PdfText) -> PdfLayout:
    """Return the blocks that the lines of a file make."""
    pages = (list(page) for _, page in groupby(text.lines, key=lambda line: line.page))
    lines, numbers, heads = without_running_heads([x for page in pages for x in in_order(page)])
    body = body_size(lines)
    title, shown = title_of(text, lines, body)
    facts, doi = read_facts(text, lines, title, shown)
    of_title = set(map(id, shown))
    placed = [one for one in place(lines, body) if id(one.line) not in of_title]
    setting = find_setting(placed, body)
    placed, notes = without_notes(placed, setting)
    words = KnownWords(lines)
    paragraphs = paragraphs_of(placed, setting)
    joined = (words.join([one.line for one in paragraph]) for paragraph in paragraphs)
    read = [(one, whole) for one, whole in zip(paragraphs, joined, strict=True) if whole.text]
    written = _written(read, setting, Headings(text.outline, setting), has_title=bool(shown))
    if not written and shown:  # nothing but a title
        written = [Written.of("paragraph", words.join(shown))]
    return PdfLayout(facts, doi, tuple(linked(written, notes, words)), numbers, heads)


def _written(
    read: Sequence[_Read], setting: Setting, headings: Headings, *, has_title: bool
) -> list[Written]:
    """Return the blocks of a text without its title and notes."""
    named = _headings(read, setting, headings, has_title=has_title)
    headings.remember([one for (one, _), is_one in zip(read, named, strict=True) if is_one])
    matches = [_NUMBER.match(joined.text) for _, joined in read]
    numbers = [int(match[1]) if match else _NONE for match in matches]
    written: list[Written] = []
    for index, (paragraph, joined) in enumerate(read):
        number, match = numbers[index], matches[index]
        near = {*numbers[max(0, index - 1) : index], *numbers[index + 1 : index + 2]}
        if named[index]:
            level = headings.level(paragraph, joined.text)
            written.append(Written(Block("heading", joined.text, level=level), joined.pages))
        elif bullet := _BULLET.match(joined.text):
            written.append(_item(joined.without_start(bullet.end()), None))
        elif match and near & {number - 1, number + 1}:  # it counts on
            written.append(_item(joined.without_start(match.end()), number))
        else:
            written.append(Written.of("paragraph", joined))
    return written


def _item(joined: JoinedText, ordinal: int | None) -> Written:
    item = Written.of("list_item", joined)
    return replace(item, block=replace(item.block, depth=1, ordinal=ordinal))


def _headings(
    read: Sequence[_Read], setting: Setting, headings: Headings, *, has_title: bool
) -> list[bool]:
    """Return for each paragraph whether it is a heading."""
    is_below_title = has_title
    named: list[bool] = []
    for paragraph, joined in read:
        first = paragraph[0].line
        is_heading = headings.is_heading(paragraph, joined.text)
        if is_below_title and not first.is_bold:  # authors and date may be as large as headings
            is_heading = is_heading and headings.level_in_outline(paragraph, joined.text) > 0
        is_text = setting.is_body(first) and len(joined.text) >= _SHORT
        is_below_title = is_below_title and first.page == 0 and not (is_heading or is_text)
        named.append(is_heading)
    return named


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
