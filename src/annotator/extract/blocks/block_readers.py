"""Elements that are read as a whole, and the reader for each tag.

Of code that is its language, and its lines with their indentation.
"""

import re
from collections.abc import Callable
from itertools import islice

from msgspec.structs import replace

from annotator.extract.blocks.captions import LONGEST_JOINED
from annotator.extract.blocks.data_tables import read_table
from annotator.extract.blocks.element_traits import ElementTraits
from annotator.extract.blocks.embeds import PLAYERS, read_frame, read_media, read_player, read_post
from annotator.extract.blocks.figures import is_captioned_picture, read_figure, read_image
from annotator.extract.blocks.inline_text import Inline, Leaf, read_inline
from annotator.extract.blocks.verse import read_verse
from annotator.extract.dom.elements import (
    BLOCK_TAGS,
    Element,
    attribute,
    names_of,
    tag_of,
    text_of,
    traverse,
    words,
)
from annotator.model.article import Block
from annotator.model.data_file import wordings
from annotator.model.text import clean_line, clean_text

_WORDINGS = wordings(__package__, "wordings.toml")
_LANGUAGE = re.compile(_WORDINGS["language"])
_NAMING = ("data-lang", "data-language", "data-code-language", "data-enlighter-language", "lang")
# Languages whose name may be the whole class.
_LANGUAGES = words(_WORDINGS["languages"])
_NOT_A_LANGUAGE = words(_WORDINGS["no-languages"])
_GUTTER = re.compile(_WORDINGS["gutter"])
NUMBERED = 2  # lines of code at least whose numbers are left out
MOST_EMPTY = 2  # numbers for each line of such code that is not empty
_NUMBERS_ONLY = re.compile(r"[\d\s]+")
_NOT_TO_BE_COPIED = re.compile(r"\buser-select\s{0,9}:\s{0,9}none")


_BOXES = ("div", "p", "dl")
_FRAMES = ("iframe", "object", "embed", "amp-iframe")
_EMBEDDED = ("iframe", "video", "audio", "object", "embed", *PLAYERS)

Reader = Callable[[Element, str], tuple[Leaf, ...] | None]


def may_be_leaf(element: Element, tag: str, traits: ElementTraits) -> bool:
    """Return whether an element may be read as a whole; a plain `div` or `p` only for its code."""
    if tag in _BOXES and traits.is_plain:
        return len(element) == 1 and element[0].tag == "code"
    return tag in _READERS


def read_leaf(element: Element, tag: str, base: str) -> tuple[Leaf, ...] | None:
    """Return the blocks of an element that is read as a whole; None if the walk must enter it."""
    reader = _READERS.get(tag)
    return reader(element, base) if reader else None


def _verse(element: Element, base: str) -> tuple[Leaf, ...] | None:
    stanzas = read_verse(element, base)
    return tuple(
        Leaf(Block("paragraph", stanza.text, marks=stanza.marks), stanza.linked)
        for stanza in stanzas
    )


def _table(element: Element, base: str) -> tuple[Leaf, ...] | None:
    table = read_table(element, base)
    if table is None:
        return None  # its cells are a layout, and the walk enters them
    caption = element.find("caption")
    inline = read_inline(caption, base) if caption is not None else Inline("")
    above = Leaf(Block("paragraph", inline.text, marks=inline.marks), inline.linked)
    return (*((above,) if inline.text else ()), table)


def _figure(element: Element, base: str) -> tuple[Leaf, ...] | None:
    blocks = read_figure(element, base)
    return _captioned_embed(element, base) if blocks is None else tuple(map(Leaf, blocks))


def _stray_caption(element: Element, base: str) -> tuple[Leaf, ...] | None:
    """Read a caption that is not in its figure as one line, although its credit is in a box."""
    inline = read_inline(element, base)
    boxes = sum(1 for child in element.iterdescendants() if tag_of(child) in BLOCK_TAGS)
    if boxes != 1 or not 0 < len(inline.text) <= LONGEST_JOINED:
        return None
    return (Leaf(Block("paragraph", inline.text, marks=inline.marks), inline.linked),)


def _captioned_embed(element: Element, base: str) -> tuple[Leaf, ...] | None:
    """Read a figure around an embed, with the caption as the text of the embed."""
    caption = element.find(".//figcaption")
    embedded = [child for child in islice(element.iter(*_EMBEDDED), 2) if child is not element]
    if caption is None or len(embedded) != 1 or element.find(".//blockquote") is not None:
        return None
    leaves = read_leaf(embedded[0], tag_of(embedded[0]), base)
    if not leaves or text_of(element) != text_of(caption):
        return None
    inline = read_inline(caption, base)
    block = replace(leaves[0].block, text=inline.text, marks=inline.marks)
    return (Leaf(block, inline.linked),)


def _box(element: Element, base: str) -> tuple[Leaf, ...] | None:
    if is_captioned_picture(element):
        return _figure(element, base)
    if verse := _verse(element, base):
        return verse
    # Some pages have code without a `pre`: a box with nothing but several lines of it.
    only = element[0] if len(element) == 1 else None
    if only is None or only.tag != "code" or only.tail or (element.text or "").strip():
        return None
    return _one(read_code(only)) if only.find("br") is not None else None


def _one(block: Block | None) -> tuple[Leaf, ...]:
    return (Leaf(block),) if block else ()


_READERS: dict[str, Reader] = {
    "pre": lambda element, base: _verse(element, base) or _one(read_code(element)),
    "td": lambda element, _: () if is_gutter(element) else None,
    "table": _table,
    "figure": _figure,
    "figcaption": _stray_caption,
    **dict.fromkeys(_BOXES, _box),
    "noscript": lambda element, base: tuple(  # the images that a script would load, but no text
        Leaf(image) for child in element.iter("img") if (image := read_image(child, base))
    ),
    "blockquote": lambda element, base: _one(read_post(element, base)) or None,
    "hr": lambda *_: (Leaf(Block("rule", "")),),
    **dict.fromkeys(_FRAMES, lambda element, base: _one(read_frame(element, base))),
    **dict.fromkeys(("video", "audio"), lambda element, base: _one(read_media(element, base))),
    **dict.fromkeys(PLAYERS, lambda element, base: _one(read_player(element, base))),
}


def read_code(element: Element) -> Block | None:
    """Return the code of a `pre`, None if there are only line numbers in it."""
    lines = _CodeReader()
    traverse(element, lines)
    text = clean_text("".join(lines.parts))
    indent = len(text) - len(text.lstrip())
    text = text[text.rfind("\n", 0, indent) + 1 :].rstrip()  # the first line keeps its indentation
    if not text or (_NUMBERS_ONLY.fullmatch(text) and "\n" in text):
        return None
    return Block("code", _without_numbers(text), language=_language(element))


def _without_numbers(code: str) -> str:
    """Return code without the numbers that some pages put on lines of their own."""
    lines = code.split("\n")
    kept: list[str] = []
    number = 1
    for line in lines:
        if line.strip() == str(number):
            number += 1
        else:
            kept.append(line)
    is_numbered = number > NUMBERED and lines[0].strip() == "1"
    full, numbers = sum(map(bool, kept)), number - 1  # an empty line may not be there
    # What a program counts, with a word at the end, is no numbering of lines.
    is_whole = full <= numbers <= MOST_EMPTY * full
    return "\n".join(kept) if is_numbered and is_whole else code


def is_gutter(element: Element) -> bool:
    """Return whether an element has the line numbers or the copy button of code."""
    return bool(_GUTTER.search(names_of(element)))


class _CodeReader:
    """Collects lines of code without line numbers, prompts and buttons."""

    def __init__(self) -> None:
        self.parts: list[str] = []

    def enter(self, element: Element) -> bool:
        tag = tag_of(element)
        if tag == "br":
            self.parts.append("\n")
        self._end_line(tag)
        # A prompt such as `$` is not to be copied.
        is_prompt = _NOT_TO_BE_COPIED.search(attribute(element, "style")[:500])
        is_code = tag not in {"", "br", "button", "script", "style"}
        return is_code and not is_prompt and not is_gutter(element)

    def leave(self, element: Element) -> None:
        self._end_line(tag_of(element))

    def text(self, text: str | None) -> None:
        if text:
            self.parts.append(text)

    def _end_line(self, tag: str) -> None:
        """End the line at the start or end of a block; the cells of a row are one line."""
        is_line = tag in BLOCK_TAGS and tag not in {"td", "button"}
        if is_line and self.parts and not self.parts[-1].endswith("\n"):
            self.parts.append("\n")


def _language(element: Element) -> str:
    elements = [*element.iter("code"), element, *list(element.iterancestors())[:3]]
    for holder in elements[:6]:
        for name in _NAMING if tag_of(holder) in {"pre", "code"} else _NAMING[:-1]:
            if value := attribute(holder, name):
                return _named(value)
        classes = attribute(holder, "class")[:500]
        if match := _LANGUAGE.search(classes):
            return _named(match.group(1))
        if classes.lower() in _LANGUAGES and tag_of(holder) in {"pre", "code"}:
            return classes.lower()
    return ""


def _named(language: str) -> str:
    name = clean_line(language, limit=30).lower().split(" ")[0]
    return "" if name in _NOT_A_LANGUAGE else name
