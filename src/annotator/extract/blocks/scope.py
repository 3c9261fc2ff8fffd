"""Scopes: the heading, list, quotation or footnote that text is in, and the block it becomes.

An item of a list has a number or a letter, and may have a checkbox that is ticked.
"""

import re
from copy import copy

from msgspec import Struct
from msgspec.structs import replace

from annotator.extract.blocks.cuts import without_label
from annotator.extract.blocks.inline_text import Inline
from annotator.extract.dom.elements import HEADINGS, Element, attribute, tag_of, words
from annotator.model.article import TICKED, UNTICKED, Block, BlockKind, Mark
from annotator.model.data_file import wordings
from annotator.model.span import Span

_SECTION_BREAK = re.compile(r"⁂|(?:[*•·~] ?){3,7}|[-–—]{3,9}")
_SAYING = words("ul ol menu li blockquote footer cite figcaption dt dd")
_LEVELS = frozenset("123456")
_DASH = "— "
_DASHES = ("—", "–", "―", "-", "~", "(")

_STYLES = {"lower-alpha": "a", "lower-latin": "a", "lower-roman": "i"}
_STYLES |= {"upper-alpha": "A", "upper-latin": "A", "upper-roman": "I"}
_STYLE = re.compile(wordings(__package__, "wordings.toml")["list-style"], re.IGNORECASE)
_ALPHABET = 26
_ROMAN = {1000: "m", 900: "cm", 500: "d", 400: "cd", 100: "c", 90: "xc", 50: "l", 40: "xl"}
_ROMAN |= {10: "x", 9: "ix", 5: "v", 4: "iv", 1: "i"}
_MOST_ROMAN = 3999
_TO_A_BOX = 3  # elements from an item to its checkbox, such as a label in a paragraph


class Numbering(Struct):
    """The numbering of a list; `step` is 0 for bullets, `style` one of aAiI for letters."""

    upcoming: int = 1
    step: int = 0
    style: str = ""


class Item(Struct):
    """A list item or a footnote; `is_fresh` until its first block has been read.

    `label` is the text before it, unless that is its number or a bullet; of a footnote
    whose label others have too, `printed` is that one.
    """

    ordinal: int | None = None
    label: str = ""
    printed: str = ""
    is_fresh: bool = True

    def take(self) -> bool:
        """Return whether this is the first block of the item, and remember it as read."""
        was_fresh, self.is_fresh = self.is_fresh, False
        return was_fresh


def numbering_of(element: Element) -> Numbering:
    """Return the numbering at the start of a list."""
    if tag_of(element) != "ol":
        return Numbering()
    step = -1 if element.get("reversed") is not None else 1
    start = _number(attribute(element, "start"))
    if start is None:
        start = 1 if step > 0 else sum(tag_of(child) == "li" for child in element)
    return Numbering(start, step, _style(element))


def item_of(element: Element, numbering: Numbering | None) -> Item:
    """Return an item with its number and its label, and advance the numbering."""
    ordinal = number_of(element, numbering)
    label = _box(element)
    if not label and numbering and ordinal is not None:
        label = _lettered(ordinal, numbering.style)
    return Item(ordinal, label)


def number_of(element: Element, numbering: Numbering | None) -> int | None:
    """Return the number of an item, and advance the numbering; None in a list of bullets."""
    if numbering is None or not numbering.step:
        return None
    value = _number(attribute(element, "value"))
    ordinal = numbering.upcoming if value is None else value
    numbering.upcoming = ordinal + numbering.step
    return ordinal


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"-?\d{1,9}", text) else None


def _style(element: Element) -> str:
    style = attribute(element, "type")
    if style in {"a", "A", "i", "I"}:
        return style
    named = _STYLE.search(attribute(element, "style"))
    return _STYLES[named[1].lower()] if named else ""


def _lettered(number: int, style: str) -> str:
    """Return a number in letters, followed by a full stop; empty if it cannot be written so."""
    if not style or number < 1 or (style in "iI" and number > _MOST_ROMAN):
        return ""
    letters = ""
    if style in "iI":
        for value, sign in _ROMAN.items():
            count, number = divmod(number, value)
            letters += sign * count
    while number:
        number, rest = divmod(number - 1, _ALPHABET)
        letters = chr(ord("a") + rest) + letters
    return f"{letters.upper() if style.isupper() else letters}."


def _box(element: Element) -> str:
    """Return the checkbox at the start of a task, ticked or not."""
    first: Element | None = element
    for _ in range(_TO_A_BOX):
        if first is None or (first.text or "").strip():
            return ""
        first = first[0] if len(first) else None
        if first is not None and first.tag == "input":
            is_box = attribute(first, "type").lower() == "checkbox"
            is_ticked = first.get("checked") is not None
            return (TICKED if is_ticked else UNTICKED) if is_box else ""
    return ""


class Scope(Struct):
    """The context of the text in an element, inherited by the elements within it."""

    level: int = 0
    numbering: Numbering | None = None
    item: Item | None = None
    depth: int = 0
    quote_depth: int = 0
    note: Item | None = None
    attribution: Item | None = None
    is_term: bool = False


def scope_within(scope: Scope, element: Element, tag: str) -> Scope:
    """Return the scope within a block-level element, given the scope around it."""
    if level := level_of(element, tag):
        return _with(scope, level=level)
    if tag not in _SAYING:
        return scope
    if tag in {"ul", "ol", "menu"}:
        return _with(scope, numbering=numbering_of(element), depth=scope.depth + 1, item=None)
    if tag == "li":
        item = item_of(element, scope.numbering)
        return _with(scope, item=item, depth=max(1, scope.depth), numbering=None)
    if tag in {"blockquote", "footer", "cite", "figcaption"}:
        return _quoting(scope, element, tag)
    depth = scope.depth + (tag == "dd")
    return _with(scope, is_term=tag == "dt", depth=depth, item=None)


def _with(scope: Scope, **changes: object) -> Scope:
    """Return a changed copy of a scope, in a quarter of the time of `replace`."""
    changed = copy(scope)
    for name, value in changes.items():
        setattr(changed, name, value)
    return changed


def level_of(element: Element, tag: str) -> int:
    """Return the level of a heading, by its tag or its role; 0 for other elements."""
    if tag in HEADINGS or element.get("role") != "heading":
        return HEADINGS.get(tag, 0)
    level = attribute(element, "aria-level")
    return int(level) if level in _LEVELS else HEADINGS["h2"]


def _quoting(scope: Scope, element: Element, tag: str) -> Scope:
    depth = scope.quote_depth
    if tag == "blockquote":
        return _with(scope, quote_depth=depth + 1, attribution=None)
    if not is_attribution(element, scope):
        return scope
    depth += tag == "figcaption"
    return _with(scope, quote_depth=depth, attribution=Item())


def is_attribution(element: Element, scope: Scope) -> bool:
    """Return whether an element names the source of the quotation around or above it."""
    tag, holder = tag_of(element), element.getparent()
    if holder is None:
        return False
    if tag == "figcaption":
        return tag_of(holder) == "figure" and holder.find(".//blockquote") is not None
    if not scope.quote_depth or tag not in {"footer", "cite"}:
        return False
    is_last = element.getnext() is None and not (element.tail or "").strip()
    is_apart = tag_of(holder) == "blockquote" or not (
        len(holder) > 1 or (holder.text or "").strip()
    )
    return tag == "footer" or (is_last and is_apart and tag_of(holder) != "footer")


def block_of(inline: Inline, scope: Scope) -> Block:
    """Return a run of text as the block that its scope makes it."""
    kind, ordinal = ("paragraph", None) if scope.note else _kind_of(scope)
    block = Block(
        kind,
        inline.text,
        level=scope.level if kind == "heading" else 0,
        marks=inline.marks,
        depth=scope.depth,
        ordinal=ordinal,
        quote_depth=scope.quote_depth,
        label=scope.item.label if scope.item and kind == "list_item" else "",
    )
    if scope.note:
        block, label = replace(block, kind="footnote", depth=0), scope.note.label
        is_first = scope.note.take()
        printed = scope.note.printed or label
        return replace(without_label(block, printed), label=label) if is_first else block
    if kind != "paragraph":
        return block
    if scope.is_term:
        return replace(block, marks=(Mark("strong", Span(0, len(block.text))), *block.marks))
    if not scope.quote_depth:  # a line such as `* * *` separates sections
        return Block("rule", "") if _SECTION_BREAK.fullmatch(block.text) else block
    is_source = scope.attribution and scope.attribution.take()
    return replace(attributed(block) if is_source else block, kind="quote")


def _kind_of(scope: Scope) -> tuple[BlockKind, int | None]:
    """Return the kind of a block by its element alone, and the number of a list item."""
    if scope.level:
        return "heading", None
    if scope.item and scope.item.take():
        return "list_item", scope.item.ordinal
    return "paragraph", None


def attributed(block: Block) -> Block:
    """Return the source of a quotation after a dash, as stylesheets show it."""
    if block.text.startswith(_DASHES):
        return block
    moved = (replace(mark, span=mark.span.moved(len(_DASH))) for mark in block.marks)
    return replace(block, text=f"{_DASH}{block.text}", marks=tuple(moved))


def footnote_of(inline: Inline, label: str) -> Block:
    """Return a note from within a line as a footnote."""
    block = Block("footnote", inline.text, marks=inline.marks, label=label)
    return without_label(block, label)


def is_bare_label(inline: Inline, note: Item | None) -> bool:
    """Return whether a text is nothing but the label at the start of a note."""
    printed = (note.printed or note.label) if note else ""
    return note is not None and note.is_fresh and inline.text.strip("[]().: ") == printed
