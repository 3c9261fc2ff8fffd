"""Footnotes: the links that lead to them, and notes that only share a number with the text."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from itertools import accumulate

from msgspec import Struct
from msgspec.structs import replace

from annotator.extract.blocks.cuts import without_label
from annotator.extract.dom.elements import Element, attribute, names_of, tag_of, text_of
from annotator.extract.dom.link_targets import fragment
from annotator.extract.passages import Passage
from annotator.model.article import Block, MarkKind
from annotator.model.data_file import wordings
from annotator.model.span import Span
from annotator.model.text import clean_line

_WORDINGS = wordings(__package__, "wordings.toml")
_REFERENCE_NAMES = re.compile(_WORDINGS["reference-names"])
_BACK_NAMES = re.compile(_WORDINGS["back-names"])
_NOTE_TARGET = re.compile(_WORDINGS["note-target"], re.IGNORECASE)
_BACK_TARGET = re.compile(r"(?:ref|anc(?:hor)?)(?![a-z])|fnr\b|back", re.IGNORECASE)
_LABEL = re.compile(_WORDINGS["footnote-label"], re.IGNORECASE)
_ARROW = re.compile(_WORDINGS["footnote-arrow"], re.IGNORECASE)


_ASIDE = re.compile(r"(?:^|\s)(?:sidenote|side-note|marginnote|margin-note|ltx_note_outer)(?:\s|$)")
_NAMED = re.compile(r"[\w-]{1,20}")


class Notes(Struct):
    """The footnotes of a page: labels by the ids of the notes, and the ids of links to them.

    `printed` are the labels as the page has them, where they are others.
    """

    labels: dict[str, str] = {}
    references: set[str] = set()
    printed: dict[str, str] = {}
    _asides: int = 0

    def numbered(self) -> "Notes":
        """Return the notes with numbers for labels, if several have the same one.

        Each chapter of a book may begin with 1 again. `printed` has the label of each number.
        """
        if len(set(self.labels.values())) == len(self.labels):
            return self
        numbers = {target: str(number) for number, target in enumerate(self.labels, 1)}
        printed = {numbers[target]: label for target, label in self.labels.items()}
        return replace(self, labels=numbers, printed=printed)

    def label_of_aside(self, element: Element) -> str:
        """Return the label of a note within a line: its own, or the next number."""
        self._asides += 1
        own = element.find(".//sup")
        match = _LABEL.fullmatch(text_of(own, 20)) if own is not None else None
        return match[1] if match else str(self._asides)

    def label_of_target(self, element: Element) -> str:
        """Return the label of the note in an element, empty if there is none."""
        ids = (attribute(element, "id"), attribute(element, "name")) if self.labels else ()
        return next((self.labels[name] for name in ids if name in self.labels), "")

    def label_of_link(self, element: Element, base: str) -> str:
        """Return the label of the note that a link leads to, empty if there is none."""
        target = fragment(attribute(element, "href"), base) if self.labels else ""
        return self.labels.get(target, "")

    def leads_back(self, element: Element, base: str) -> bool:
        """Return whether a link leads from a note back to the text."""
        if not self.labels:
            return False
        if tag_of(element) != "a":
            return element.get("class") is not None and bool(_BACK_NAMES.search(names_of(element)))
        target = fragment(attribute(element, "href"), base)
        if target and (target in self.references or _BACK_NAMES.search(names_of(element))):
            return True
        return bool(target) and _ARROW.fullmatch(text_of(element, 40)) is not None


def is_aside(element: Element) -> bool:
    """Return whether an element is a side note of the line that it is in."""
    return is_of_aside(element.get("class", ""))


def is_of_aside(classes: str) -> bool:
    """Return whether a class names side notes."""
    return "note" in classes and _ASIDE.search(classes[:500]) is not None


def find_notes(root: Element, base: str) -> Notes:
    """Return the footnotes that the links of a page lead to."""
    notes = Notes()
    for link in root.iter("a"):
        href = link.get("href")
        target = fragment(str(href), base) if href and "#" in href else ""
        label = _label(link, target) if target else ""
        if label and _is_reference(link, target):
            notes.labels.setdefault(target, label)
            notes.references.update(_own_ids(link))
    for target in notes.references & notes.labels.keys():
        del notes.labels[target]
    return notes


def _label(link: Element, target: str) -> str:
    text = clean_line(text_of(link, 100))
    if match := _LABEL.fullmatch(text):
        return match.group(1)
    is_named = _NAMED.fullmatch(text) and target == f"fn-{text}"
    return text if is_named else ""


def _is_reference(link: Element, target: str) -> bool:
    # The arrow or number of a note leads back to the text.
    names = names_of(link)
    leads_back = _BACK_TARGET.search(target) and not _REFERENCE_NAMES.search(names)
    if leads_back or _BACK_NAMES.search(names):
        return False
    parent = link.getparent()
    is_raised = (parent is not None and tag_of(parent) == "sup") or link.find("sup") is not None
    return is_raised or bool(_NOTE_TARGET.search(target) or _REFERENCE_NAMES.search(names))


def _own_ids(link: Element) -> set[str]:
    parent = link.getparent()
    holders = [link] if parent is None else [link, parent]
    ids = {attribute(holder, name) for holder in holders for name in ("id", "name")}
    return ids - {""}


_LOOSE_LABEL = re.compile(r"[\[(]?(\d{1,3}|[*†‡§]{1,3})[\])]?")
_HEADING = re.compile(_WORDINGS["notes"], re.IGNORECASE)


def link_loose_notes(passages: list[Passage]) -> None:
    """Turn passages into footnotes where superscript numbers without links can mean nothing else.

    Such a note starts with its number, raised or bold, or is the item with that
    number in a list below a heading such as "Notes". It is below the passage with
    the superscript, and no number from 1 on may be missing.
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
    explained: dict[int, set[str]] = {}  # superscripts of a passage that a note below it explains
    for label, index in notes.items():
        for at in raised[label]:
            if at < index:
                explained.setdefault(at, set()).add(label)
    for at, labels in explained.items():
        passages[at].block = _referring(passages[at].block, labels)


def _raised(passages: list[Passage]) -> dict[str, list[int]]:
    """Return the indices of the passages with each superscript number after some text."""
    places: dict[str, list[int]] = {}
    for index, passage in enumerate(passages):
        block = passage.block
        raised = [mark for mark in block.marks if mark.kind == "superscript"]
        refers = _overlaps_any(block, "footnote_reference") if raised else None
        for mark in raised:
            if not mark.span.start or (refers and refers(mark.span)):  # it is after some text
                continue
            if label := _LOOSE_LABEL.fullmatch(mark.span.of(block.text)):
                places.setdefault(label[1], []).append(index)
    return places


def _overlaps_any(block: Block, kind: MarkKind) -> Callable[[Span], bool]:
    """Return whether a passage overlaps a mark of that kind, as a function."""
    spans = sorted((mark.span for mark in block.marks if mark.kind == kind), key=_start_of)
    ends = list(accumulate((span.end for span in spans), max))

    def overlaps(span: Span) -> bool:
        before = bisect_left(spans, span.end, key=_start_of)
        return before > 0 and ends[before - 1] > span.start

    return overlaps


def _start_of(span: Span) -> int:
    return span.start


def _notes(passages: list[Passage], raised: dict[str, list[int]]) -> dict[str, int]:
    """Return the indices of the notes by their labels; empty if a number is missing."""
    known: dict[str, int] = {}
    for label, index in _candidates(passages):
        if label in raised and raised[label][0] < index:
            known.setdefault(label, index)
    numbers = sorted(int(label) for label in known if label.isdigit())
    is_whole = numbers == list(range(1, len(numbers) + 1))
    return known if is_whole else {}


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
    """Return the label at the start of a block, empty if its first words are not marked as one."""
    if block.kind not in {"paragraph", "list_item"} or not block.marks:
        return ""
    first = block.marks[0]
    if first.span.start or first.kind not in {"superscript", "strong", "link"}:
        return ""
    match = _LOOSE_LABEL.fullmatch(first.span.of(block.text))
    return match[1] if match and len(block.text) > first.span.end + 1 else ""


def _referring(block: Block, labels: set[str]) -> Block:
    marks = (
        replace(mark, kind="footnote_reference", href=label)
        if mark.kind == "superscript"
        and (label := mark.span.of(block.text).strip("[]()")) in labels
        else mark
        for mark in block.marks
    )
    return replace(block, marks=tuple(marks))
