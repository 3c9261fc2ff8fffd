"""Elements that are read as a whole: code, tables, figures, frames, posts, rules."""

from collections.abc import Callable
from dataclasses import dataclass

from annotator.extract.code import is_gutter, read_code
from annotator.extract.elements import Element
from annotator.extract.embeds import read_frame, read_media, read_post
from annotator.extract.figures import is_captioned_picture, read_figure, read_image
from annotator.extract.inline import Inline, read_inline
from annotator.extract.tables import read_table
from annotator.model.article import Block


@dataclass(frozen=True, slots=True)
class Leaf:
    """A finished block, and how many of its characters are links."""

    block: Block
    linked: int = 0


Reader = Callable[[Element, str], tuple[Leaf, ...] | None]


def read_leaf(element: Element, tag: str, base: str) -> tuple[Leaf, ...] | None:
    """Return the blocks of an element that is read as a whole; None for one to be walked into."""
    reader = _READERS.get(tag)
    return reader(element, base) if reader else None


def _code(element: Element, _base: str) -> tuple[Leaf, ...] | None:
    return _one(read_code(element))


def _cell(element: Element, _base: str) -> tuple[Leaf, ...] | None:
    return () if is_gutter(element) else None


def _table(element: Element, base: str) -> tuple[Leaf, ...] | None:
    table = read_table(element, base)
    if table is None:
        return None
    caption = element.find("caption")
    said = read_inline(caption, base) if caption is not None else Inline("")
    above = Leaf(Block("paragraph", said.text, marks=said.marks), said.linked)
    return (*((above,) if said.text else ()), Leaf(table.block, table.linked))


def _figure(element: Element, base: str) -> tuple[Leaf, ...] | None:
    blocks = read_figure(element, base)
    return None if blocks is None else tuple(map(Leaf, blocks))


def _captioned(element: Element, base: str) -> tuple[Leaf, ...] | None:
    return _figure(element, base) if is_captioned_picture(element) else None


def _without_scripts(element: Element, base: str) -> tuple[Leaf, ...] | None:
    """Read the image that a page keeps for readers without scripts; its words are not for us."""
    return tuple(Leaf(image) for child in element.iter("img") if (image := read_image(child, base)))


def _frame(element: Element, base: str) -> tuple[Leaf, ...] | None:
    return _one(read_frame(element, base))


def _media(element: Element, base: str) -> tuple[Leaf, ...] | None:
    return _one(read_media(element, base))


def _post(element: Element, base: str) -> tuple[Leaf, ...] | None:
    return _one(read_post(element, base)) or None


def _rule(_element: Element, _base: str) -> tuple[Leaf, ...] | None:
    return (Leaf(Block("rule", "")),)


def _one(block: Block | None) -> tuple[Leaf, ...]:
    return (Leaf(block),) if block else ()


_READERS: dict[str, Reader] = {
    "pre": _code,
    "td": _cell,
    "table": _table,
    "figure": _figure,
    "div": _captioned,
    "p": _captioned,
    "dl": _captioned,
    "noscript": _without_scripts,
    "iframe": _frame,
    "video": _media,
    "audio": _media,
    "blockquote": _post,
    "hr": _rule,
}
