"""Paragraphs: where one ends, by space, indents and short lines, across columns and pages."""

import re
from collections.abc import Sequence

from annotator.extract.documents.pdf.columns import SAME_SIZE, Placed, Setting
from annotator.extract.documents.pdf.rows import is_row
from annotator.model.data_file import wordings

# Parts of the size of the text:
_INDENT, _WIDEST_INDENT = 0.7, 6
_SAME_INDENT, _FIRST_INDENT = 0.3, 0.15
_SAME_PLACE = 0.9  # labels of one list
_HANGING, _DEEPEST = 0.5, 4  # lines of an item behind its label
_LARGE, _LARGE_PITCH = 1.1, 1.6  # a heading in several lines
_NEXT = 0.25  # beyond the usual pitch
_LABEL_SIZE, _LONGEST_LABEL, _MANY_LABELS = 0.93, 30, 4  # of a figure
_MUCH_ROOM, _HALF = 0.3, 0.5  # of the width of a column: no line that goes on leaves as much
_SEEN, _ENTRIES, _HANG = 5, 60, 0.35  # lines that say whether an item or references hang

_BULLET = re.compile(r"[•▪◦●■–‣∙·o\uf0a7\uf0b7\uf0d8\uf0fc➢✓❖]\s")
_NUMBER = re.compile(r"\d{1,3}\s")
_WORDINGS = wordings("annotator.extract.documents", "wordings.toml")
_LABEL = re.compile(_WORDINGS["item-label"])
_REFERENCES = re.compile(_WORDINGS["references"], re.IGNORECASE)

Paragraph = list[Placed]


def paragraphs_of(placed: Sequence[Placed], setting: Setting) -> list[Paragraph]:
    """Return the lines of a text in paragraphs; a heading is one of its own."""
    paragraphs: list[Paragraph] = [[one] for one in placed[:1]]
    limit, small = _HANGING * setting.size, setting.size * (1 + SAME_SIZE)
    is_hanging = False
    for index, one in enumerate(placed[1:], 1):
        before = placed[index - 1]
        if _REFERENCES.fullmatch(before.line.text):
            is_hanging = _hang(placed[index : index + _ENTRIES], limit)
        three = placed[index - 1 : index + 2]  # full lines at the left, which are no references
        is_hanging = is_hanging and not (
            max(x.indent for x in three) < limit
            and three[0].line.page == three[-1].line.page
            and not any(map(setting.would_have_fitted, three, three[1:]))
        )
        if is_hanging and one.line.page == before.line.page and one.line.size <= small:
            begins = one.indent < limit
        else:
            begins = _begins(paragraphs[-1], before, one, setting)
        if begins:
            paragraphs.append([one])
        else:
            paragraphs[-1].append(one)
    return _figures_joined(_around_floats(paragraphs, setting), setting)


def _hang(rest: Sequence[Placed], limit: float) -> bool:
    """Return whether the references below a heading have their first lines at the left alone."""
    lines = [one for one in rest if one.line.size <= rest[0].line.size * (1 + SAME_SIZE)]
    indented = sum(one.indent > limit for one in lines)
    is_first = lines[0].indent < _HANGING and not _LABEL.match(lines[0].line.text)
    return is_first and _HANG * len(lines) < indented < len(lines)


def _begins(paragraph: Paragraph, before: Placed, one: Placed, setting: Setting) -> bool:
    """Return whether a line begins a paragraph."""
    distance, size = before.line.base - one.line.base, one.line.size
    is_same_size = abs(size - before.line.size) <= SAME_SIZE * setting.size
    is_same = is_same_size and one.line.is_bold == before.line.is_bold
    fits = setting.would_have_fitted(before, one)
    if before.line.page != one.line.page or distance <= 0 or one.left >= before.column_right:
        return not is_same or _begins_elsewhere(before, one, setting, fits=fits)
    if is_row(before.line) and is_row(one.line) and not (setting.is_justified and one.room < 1):
        return True
    is_next = distance <= (setting.pitch + _NEXT) * size
    begins = _begins_item(paragraph, before, one, setting, fits=fits) if is_same_size else None
    if is_next and begins is not None:
        return begins
    if not is_same:
        # A line in bold goes on in plain letters, as a caption does.
        goes_on = one.line.text[:1].islower() or not (fits or before.line.is_bold)
        return not (is_same_size and is_next and goes_on)
    if size > _LARGE * setting.size and distance < _LARGE_PITCH * size:
        return False
    is_listed = before.indent > _INDENT * setting.size and abs(one.left - before.left) < 1
    ends = fits and _ends_paragraph(before, setting, is_listed=is_listed)
    return ends or distance > setting.widest_pitch * size or _is_indented(before, one, setting)


def _begins_item(
    paragraph: Paragraph, before: Placed, one: Placed, setting: Setting, *, fits: bool
) -> bool | None:
    """Return whether a line begins an item of a list, or goes on with one; None if neither."""
    first = paragraph[0]
    is_item, is_in_item = (bool(_LABEL.match(x.line.text)) for x in (one, first))
    is_at_its_place = abs(one.left - first.left) < _SAME_PLACE * setting.size
    if is_item and (fits or _BULLET.match(one.line.text) or (is_in_item and is_at_its_place)):
        return True
    behind = [
        _HANGING * setting.size < x.left - first.left < _DEEPEST * setting.size
        for x in [one, *paragraph[1:_SEEN]]
    ]
    if is_at_its_place and len(behind) > 1 and all(behind[1:]):
        return True  # all but the first line of an item were behind its label
    if behind[0] and not is_item and (is_in_item or (_NUMBER.match(first.line.text) and not fits)):
        return len(paragraph) > 1 and fits and _ends_by_itself(before)
    return None


def _begins_elsewhere(before: Placed, one: Placed, setting: Setting, *, fits: bool) -> bool:
    """Return whether a line at the top of a column or page begins a paragraph."""
    if one.line.text[:1].islower():
        return False
    is_last = setting.is_justified and before.room > setting.size
    ends = fits and (is_last or before.ends_sentence)
    return ends or _is_indented(before, one, setting) or bool(_LABEL.match(one.line.text))


def _ends_paragraph(before: Placed, setting: Setting, *, is_listed: bool) -> bool:
    """Return whether a line, behind which the next word had room, ends a paragraph.

    Items of a list may have neither space nor indents between them.
    """
    if setting.is_justified:
        return before.room > setting.size
    if setting.separation == "short" or is_listed:
        return before.ends_sentence or (is_listed and before.room > _HALF * before.width)
    return _ends_by_itself(before)


def _ends_by_itself(before: Placed) -> bool:
    return before.room > _MUCH_ROOM * before.width and before.ends_sentence


def _is_indented(before: Placed, one: Placed, setting: Setting) -> bool:
    size = setting.size
    if not _INDENT * size < one.indent < _WIDEST_INDENT * size:
        return False
    if before.indent < _INDENT * size or setting.separation != "indented":
        return before.indent < _INDENT * size
    # two paragraphs of one line, below each other
    is_first = abs(one.indent - setting.indent) < _FIRST_INDENT * size
    is_like_it = abs(one.indent - before.indent) < _SAME_INDENT * size
    return is_like_it and (is_first or setting.would_have_fitted(before, one))


def _around_floats(paragraphs: Sequence[Paragraph], setting: Setting) -> list[Paragraph]:
    """Join paragraphs that a table or a caption at the edge of a page interrupts."""
    joined: list[Paragraph] = []
    for paragraph in paragraphs:
        begun = _begun(joined, paragraph[0], setting)
        if begun is None:
            joined.append(paragraph)
        else:
            begun.extend(paragraph)
    return joined


def _begun(joined: Sequence[Paragraph], one: Placed, setting: Setting) -> Paragraph | None:
    """Return the paragraph that goes on with a line, above what is between them."""
    if not (one.line.text[:1].islower() and setting.is_body(one.line)):
        return None
    for earlier in joined[:-5:-1]:
        last = earlier[-1]
        if last.line.size > _LARGE * setting.size or last.line.is_bold > one.line.is_bold:
            return None  # a heading
        if setting.is_body(last.line) and last.line.is_bold == one.line.is_bold:
            is_near = one.line.page - last.line.page in {0, 1}
            return earlier if is_near and not last.ends_sentence else None
    return None


def _figures_joined(paragraphs: Sequence[Paragraph], setting: Setting) -> list[Paragraph]:
    """Return the paragraphs with the labels of a figure together: many short ones in small type."""
    joined: list[Paragraph] = []
    labels: list[Paragraph] = []
    for paragraph in [*paragraphs, []]:
        if paragraph and all(_is_label(one, setting) for one in paragraph):
            labels.append(paragraph)
            continue
        joined += (
            [[one for label in labels for one in label]] if len(labels) >= _MANY_LABELS else labels
        )
        joined += [paragraph] if paragraph else []
        labels = []
    return joined


def _is_label(one: Placed, setting: Setting) -> bool:
    is_small = one.line.size < _LABEL_SIZE * setting.size and not one.line.raised
    return is_small and len(one.line.text.strip()) <= _LONGEST_LABEL
