"""Paragraphs: where one ends, by space, indents and short lines, across columns and pages."""

import re
from collections.abc import Sequence

from annotator.extract.documents.pdf.columns import SAME_SIZE, Placed, Setting
from annotator.extract.documents.pdf.rows import is_row

# Parts of the size of the text:
_INDENT, _WIDEST_INDENT = 0.7, 6
_SAME_INDENT, _FIRST_INDENT = 0.3, 0.15
_SEEN = 5  # lines of an item that say whether they hang
_SAME_PLACE = 0.9  # labels of one list
_HANGING = 0.5, 4  # lines of an item behind its label
_LARGE = 1.1, 1.6  # a heading in several lines, and its pitch
_LABEL_SIZE, _LONGEST_LABEL, _MANY_LABELS = 0.93, 30, 4
_MUCH_ROOM, _HALF = 0.3, 0.5  # of the width of a column: no line that goes on leaves as much

_SENTENCE_END = re.compile(r"[.!?:;…。！？؟۔”’\"')»\]]\s*\Z")
_BULLET = re.compile(r"[•▪◦●■–‣∙·o\uf0b7\uf0a7]\s")
_LABEL = re.compile(r"(?:\[\d{1,3}\]|\[[A-Z][\w+]{1,8}\]|\(?\d{1,3}[.)]|\(?[a-z]\)|[•▪◦●■–‣∙·])\s")
_NUMBER = re.compile(r"\d{1,3}\s")
_REFERENCES = re.compile(
    r"[\W\d]*(?:references|bibliography|works cited|literature(?: cited)?|literaturverzeichnis|"
    r"literatur|références|bibliographie|referencias|bibliografía|riferimenti|bibliografia|"
    r"литература|список литературы|参考文献)\W*",
    re.IGNORECASE,
)


def paragraphs_of(placed: Sequence[Placed], setting: Setting) -> list[list[Placed]]:
    """Return the lines of a text in paragraphs; a heading is one of its own."""
    paragraphs: list[list[Placed]] = []
    is_hanging = False
    for index, one in enumerate(placed):
        before = placed[index - 1] if index else None
        if before is None:
            paragraphs.append([one])
            continue
        if _REFERENCES.fullmatch(before.line.text):
            is_hanging = _hang(placed[index:], setting)
        limit = _HANGING[0] * setting.size
        if max(before.indent, one.indent) < limit and not setting.would_have_fitted(before, one):
            is_hanging = False  # the second line of what is no reference
        is_small = one.line.size <= setting.size * (1 + SAME_SIZE)
        if is_hanging and one.line.page == before.line.page and is_small:
            begins = one.indent < limit
        else:
            begins = _begins(paragraphs[-1], before, one, setting)
        if begins:
            paragraphs.append([one])
        else:
            paragraphs[-1].append(one)
    return _around_floats(paragraphs, setting)


def _hang(rest: Sequence[Placed], setting: Setting) -> bool:
    """Return whether the references below a heading have their first lines at the left alone."""
    lines = [one for one in rest[:60] if one.line.size <= rest[0].line.size * (1 + SAME_SIZE)]
    if not lines or _LABEL.match(lines[0].line.text):
        return False
    indented = sum(one.indent > _HANGING[0] * setting.size for one in lines)
    return 0.35 * len(lines) < indented < len(lines) and lines[0].indent < _HANGING[0]


def _begins(paragraph: Sequence[Placed], before: Placed, one: Placed, setting: Setting) -> bool:
    """Return whether a line begins a paragraph."""
    distance = before.line.base - one.line.base
    flows = before.line.page == one.line.page and distance > 0 and one.left < before.column_right
    is_same_size = abs(one.line.size - before.line.size) <= SAME_SIZE * setting.size
    is_same = is_same_size and one.line.is_bold == before.line.is_bold
    fits = setting.would_have_fitted(before, one)
    if not flows:
        return _begins_elsewhere(before, one, setting, is_same=is_same, fits=fits)
    if is_row(before.line) and is_row(one.line) and not (setting.is_justified and one.room < 1):
        return True
    is_next = distance <= (setting.pitch + 0.25) * one.line.size
    if is_next and is_same_size:
        begins = _begins_item(paragraph, before, one, setting, fits=fits)
        if begins is not None:
            return begins
    if not is_same:
        # A line in bold goes on in plain letters, as a caption does.
        goes_on = one.line.text[:1].islower() or not (fits or before.line.is_bold)
        return not (is_same_size and is_next and goes_on)
    is_large = one.line.size > _LARGE[0] * setting.size
    if is_large and distance < _LARGE[1] * one.line.size:
        return False
    is_listed = before.indent > _INDENT * setting.size and abs(one.left - before.left) < 1
    return (
        distance > setting.widest_pitch * one.line.size
        or _is_indented(before, one, setting)
        or (fits and _ends_paragraph(before, setting, is_listed=is_listed))
    )


def _begins_item(
    paragraph: Sequence[Placed], before: Placed, one: Placed, setting: Setting, *, fits: bool
) -> bool | None:
    """Return whether a line begins an item of a list, or goes on with one; None if neither."""
    first = paragraph[0]
    is_item, is_in_item = (bool(_LABEL.match(x.line.text)) for x in (one, first))
    is_at_its_place = abs(one.left - first.left) < _SAME_PLACE * setting.size
    if is_item and (_BULLET.match(one.line.text) or (is_in_item and is_at_its_place) or fits):
        return True
    hangs = [_is_between(x.left - first.left, _HANGING, setting.size) for x in paragraph[1:_SEEN]]
    if hangs and all(hangs) and is_at_its_place:
        return True  # all but the first line of an item were behind its label
    behind = _is_between(one.left - first.left, _HANGING, setting.size)
    if behind and not is_item and (is_in_item or (_NUMBER.match(first.line.text) and not fits)):
        return len(paragraph) > 1 and fits and _ends_by_itself(before)
    return None


def _begins_elsewhere(
    before: Placed, one: Placed, setting: Setting, *, is_same: bool, fits: bool
) -> bool:
    """Return whether a line at the top of a column or page begins a paragraph."""
    if not is_same:
        return True
    if one.line.text[:1].islower():
        return False
    is_last = setting.is_justified and before.room > setting.size
    ends = fits and (is_last or bool(_SENTENCE_END.search(before.ending)))
    return ends or _is_indented(before, one, setting) or bool(_LABEL.match(one.line.text))


def _ends_paragraph(before: Placed, setting: Setting, *, is_listed: bool) -> bool:
    """Return whether a line, behind which the next word had room, ends a paragraph.

    Items of a list may have neither space nor indents between them.
    """
    if setting.is_justified:
        return before.room > setting.size
    ends = bool(_SENTENCE_END.search(before.ending))
    if setting.separation == "short" or is_listed:
        return ends or (is_listed and before.room > _HALF * before.width)
    return ends and _ends_by_itself(before)


def _ends_by_itself(before: Placed) -> bool:
    return before.room > _MUCH_ROOM * before.width and bool(_SENTENCE_END.search(before.ending))


def _is_indented(before: Placed, one: Placed, setting: Setting) -> bool:
    if not _is_between(one.indent, (_INDENT, _WIDEST_INDENT), setting.size):
        return False
    if before.indent < _INDENT * setting.size:
        return True
    if setting.separation != "indented":
        return False
    # two paragraphs of one line, below each other
    is_first = abs(one.indent - setting.indent) < _FIRST_INDENT * setting.size
    is_like_it = abs(one.indent - before.indent) < _SAME_INDENT * setting.size
    return is_like_it and (is_first or setting.would_have_fitted(before, one))


def _is_between(distance: float, limits: tuple[float, float], size: float) -> bool:
    return limits[0] * size < distance < limits[1] * size


def _around_floats(paragraphs: list[list[Placed]], setting: Setting) -> list[list[Placed]]:
    """Join paragraphs that a table or a caption at the edge of a page interrupts."""
    joined: list[list[Placed]] = []
    for paragraph in paragraphs:
        begun = _begun(joined, paragraph[0], setting)
        if begun is None:
            joined.append(paragraph)
        else:
            begun.extend(paragraph)
    return joined


def _begun(joined: Sequence[list[Placed]], one: Placed, setting: Setting) -> list[Placed] | None:
    """Return the paragraph that goes on with a line, above what is between them."""
    if not (one.line.text[:1].islower() and setting.is_body(one.line)):
        return None
    for earlier in joined[:-5:-1]:
        last = earlier[-1]
        if last.line.size > _LARGE[0] * setting.size or last.line.is_bold > one.line.is_bold:
            return None  # a heading
        if setting.is_body(last.line) and last.line.is_bold == one.line.is_bold:
            is_near = one.line.page - last.line.page in {0, 1}
            return earlier if is_near and not _SENTENCE_END.search(last.ending) else None
    return None


def with_figures_joined(paragraphs: list[list[Placed]], setting: Setting) -> list[list[Placed]]:
    """Return the paragraphs with the labels of a figure together: many short ones in small type."""
    joined: list[list[Placed]] = []
    run: list[list[Placed]] = []
    for paragraph in [*paragraphs, []]:
        if paragraph and all(_is_label(one, setting) for one in paragraph):
            run.append(paragraph)
            continue
        joined += [[one for label in run for one in label]] if len(run) >= _MANY_LABELS else run
        joined += [paragraph] if paragraph else []
        run = []
    return joined


def _is_label(one: Placed, setting: Setting) -> bool:
    text = one.line.text.strip()
    is_small = one.line.size < _LABEL_SIZE * setting.size
    return is_small and len(text) <= _LONGEST_LABEL and not one.line.raised
