"""Footnotes that no link leads to: a raised number in the text, and the same before a note."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from annotator.extract.passages import Passage
from annotator.extract.patterns import later
from annotator.extract.typography import without_label
from annotator.model.article import Block, Mark

_LABEL = later(r"[\[(]?(\d{1,3}|[*†‡§]{1,3})[\])]?")
_HEADING = later(
    r"(?:foot|end)?notes|footnotes and references|fußnoten|anmerkungen|notes de bas de page|"
    r"notas(?: al pie)?|note(?: a pie di pagina)?|voetnoten|przypisy|примечания|脚注|注",
    re.IGNORECASE,
)


def link_loose_notes(passages: list[Passage]) -> None:
    """Make notes of what the raised numbers of a page can only mean, and link the two.

    A note begins with its number, raised or bold, or is that item of a list
    below a heading such as "Notes"; all numbers from the first on have one, and
    each stands below the passage that refers to it.
    """
    raised = _raised(passages)
    if not raised:
        return
    notes = _notes(passages, raised)
    for label, index in notes.items():
        passage = passages[index]
        block = without_label(passage.block, label)
        passage.block = replace(
            block, kind="footnote", label=label, depth=0, ordinal=None, quote_depth=0
        )
        for at in (at for at in raised[label] if at < index):
            passages[at].block = _referring(passages[at].block, label)


def _raised(passages: list[Passage]) -> dict[str, list[int]]:
    """Return where each raised number stands behind a text."""
    found: dict[str, list[int]] = {}
    for index, passage in enumerate(passages):
        block = passage.block
        for mark in block.marks:
            if mark.kind != "superscript" or not _is_loose(block, mark):
                continue
            if label := _LABEL.fullmatch(mark.span.of(block.text)):
                found.setdefault(label[1], []).append(index)
    return found


def _is_loose(block: Block, mark: Mark) -> bool:
    """Tell whether what a mark raises stands behind a text and is no link to a note."""
    return mark.span.start > 0 and not any(
        other.kind == "footnote_reference" and other.span.overlaps(mark.span)
        for other in block.marks
    )


def _notes(passages: list[Passage], raised: dict[str, list[int]]) -> dict[str, int]:
    """Return the passages that are notes by their labels; none if a number is missing."""
    found: dict[str, int] = {}
    for label, index in _candidates(passages):
        if label in raised and raised[label][0] < index:
            found.setdefault(label, index)
    numbers = sorted(int(label) for label in found if label.isdigit())
    is_whole = numbers == list(range(1, len(numbers) + 1))
    return found if is_whole else {}


def _candidates(passages: list[Passage]) -> Iterator[tuple[str, int]]:
    is_below = False
    for index, passage in enumerate(passages):
        block = passage.block
        if block.kind == "list_item" and is_below:
            if block.ordinal is not None:
                yield str(block.ordinal), index
        elif label := _label_of(block):
            yield label, index
        else:
            is_below = bool(_HEADING.fullmatch(block.text.strip(" :")))


def _label_of(block: Block) -> str:
    """Return the label that a block begins with, set apart from its text."""
    if block.kind not in {"paragraph", "list_item"} or not block.marks:
        return ""
    first = block.marks[0]
    if first.span.start or first.kind not in {"superscript", "strong", "link"}:
        return ""
    match = _LABEL.fullmatch(first.span.of(block.text))
    return match[1] if match and len(block.text) > first.span.end + 1 else ""


def _referring(block: Block, label: str) -> Block:
    marks = (
        replace(mark, kind="footnote_reference", href=label)
        if mark.kind == "superscript" and mark.span.of(block.text).strip("[]()") == label
        else mark
        for mark in block.marks
    )
    return replace(block, marks=tuple(marks))
