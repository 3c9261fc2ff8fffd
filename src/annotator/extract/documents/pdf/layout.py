"""From the lines of a PDF to the blocks of its article, with the page on which each text stands."""

import re
from collections.abc import Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from annotator.extract.documents.pdf.columns import Setting, find_setting, place
from annotator.extract.documents.pdf.facts import read_facts, title_of
from annotator.extract.documents.pdf.headings import Headings
from annotator.extract.documents.pdf.joining import JoinedText, KnownWords
from annotator.extract.documents.pdf.lines import PdfText, body_size
from annotator.extract.documents.pdf.paragraphs import Paragraph, paragraphs_of
from annotator.extract.documents.pdf.references import Written, linked, without_notes
from annotator.extract.documents.pdf.rows import in_order
from annotator.extract.documents.pdf.running_heads import without_running_heads
from annotator.extract.metadata.facts import Facts
from annotator.model.article import Block

_BULLET = re.compile(r"[•▪◦●■∙·–‣➢✓❖]\s+")
_NUMBER = re.compile(r"\(?(\d{1,3})[.)]?\s+")
_NONE = -9  # a paragraph without a number
_SHORT = 80  # characters; a longer paragraph below the title is text

_Read = tuple[Paragraph, JoinedText]


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
