"""What the tags and attributes of HTML mean to a reader."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Protocol, TypeAlias

from lxml.etree import _Element, iterwalk

from annotator.model.article import MarkKind

Element: TypeAlias = _Element


def words(text: str) -> frozenset[str]:
    """Return the words of a text, each once."""
    return frozenset(text.split())


HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCK_TAGS = frozenset(HEADINGS) | words(
    """
    address article aside audio blockquote body button caption center dd details dialog dir div dl
    dt fieldset figcaption figure footer form header hgroup hr html legend li main menu nav ol p
    pre section summary table tbody td tfoot th thead tr ul video
    """
)
# Nothing in these is ever shown as text of the page. Not here, though empty in HTML, are `source`
# and `track`: the parser takes what follows them for their content.
SKIPPED_TAGS = words(
    """
    area canvas col colgroup datalist head input link map meter option param progress
    rp script select style svg template textarea title
    """
)
IMAGE_TAGS = frozenset({"img", "amp-img"})
MARK_OF_TAG: dict[str, MarkKind] = {
    "strong": "strong",
    "b": "strong",
    "em": "emphasis",
    "i": "emphasis",
    "cite": "emphasis",
    "dfn": "emphasis",
    "var": "emphasis",
    "code": "code",
    "kbd": "code",
    "samp": "code",
    "tt": "code",
    "sup": "superscript",
    "sub": "subscript",
    "s": "strike",
    "del": "strike",
    "strike": "strike",
}

_CAMEL_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NOT_A_WORD = re.compile(r"[^a-z0-9 ]+|(?<=[a-z])(?=\d)")
_BEFORE_DIGIT = re.compile(r"(?<=[a-z])(?=[0-9])")
_DIGIT = re.compile(r"[0-9]")
_JOINED = bytes(
    ord(" ") if chr(code) in " \n\t" else code if chr(code).isalnum() else ord("-")
    for code in range(256)
)
_NAMING_ATTRIBUTES = ("class", "id", "role", "itemprop", "data-component", "data-testid")
NAMING = frozenset(_NAMING_ATTRIBUTES)


def tag_of(element: Element) -> str:
    """Return the tag, in lower case as the parser gives it; empty for a comment."""
    tag: object = element.tag
    return tag if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """Return an attribute without white space around it, empty if it is not there."""
    value = element.get(name)
    return str(value).strip() if value else ""


def text_of(element: Element, limit: int = 1_000) -> str:
    """Return about `limit` characters of what stands below an element, blanks folded."""
    pieces, length = [], 0
    for piece in element.itertext():
        pieces.append(str(piece))
        length += len(piece)
        if length > limit:
            break
    return " ".join("".join(pieces).split())


def names_of(element: Element) -> str:
    """Return what the page calls an element: words in lower case, joined by `-` within a name."""
    keys = element.keys()
    if NAMING.isdisjoint(keys):
        return ""
    found = [value for name in _NAMING_ATTRIBUTES if name in keys and (value := element.get(name))]
    return words_of(" ".join(found)[:500])


@lru_cache(maxsize=4096)
def words_of(names: str) -> str:
    """Return class names as words: `relatedPosts item_2` is `related-posts item-2`."""
    lowered = names.lower()
    if lowered != names:
        lowered = _CAMEL_HUMP.sub("-", names).lower()
    if not lowered.isascii():
        return _NOT_A_WORD.sub("-", lowered.replace("\n", " ").replace("\t", " "))
    words = lowered.encode().translate(_JOINED).decode()  # the same in a third of the time
    while "--" in words:
        words = words.replace("--", "-")
    return _BEFORE_DIGIT.sub("-", words) if _DIGIT.search(words) else words


def holds_any(text: str, pieces: Iterable[str]) -> bool:
    """Tell whether a text holds any of some pieces, far sooner than a pattern of them could."""
    return any(map(text.__contains__, pieces))


class Visitor(Protocol):
    """Who is told of each element and text below a root, in the order of the page."""

    def enter(self, element: Element) -> bool:
        """Take the start of an element; False passes over what it holds, and over its end."""

    def leave(self, element: Element) -> None:
        """Take the end of an element."""

    def text(self, text: str | None) -> None:
        """Take a piece of text."""


def traverse(root: Element, visitor: Visitor) -> None:
    """Tell the visitor of everything below `root`.

    A tree may be thousands deep, so nothing here calls itself.
    """
    enter, leave, text = visitor.enter, visitor.leave, visitor.text
    text(root.text)
    walk = iterwalk(root, events=("start", "end"))
    next(walk)
    is_passed_over = False
    for event, element in walk:
        if event == "start":
            if not enter(element):
                is_passed_over = True
                walk.skip_subtree()
            elif words := element.text:
                text(words)
        elif element is not root:
            if is_passed_over:
                is_passed_over = False
            else:
                leave(element)
            if words := element.tail:
                text(words)


_SIGNS = bytes(code for code in range(128) if not (chr(code).isalnum() or chr(code) == "_"))
_LETTERS = re.compile(r"\w+")


def letters_of(text: str) -> str:
    """Return the letters and digits of a text, and what joins them in code.

    Bytes lose the signs of ASCII, which are nearly all, in a tenth of the time.
    """
    bare = text.encode("utf-8", "surrogatepass").translate(None, delete=_SIGNS)
    letters = bare.decode("utf-8", "surrogatepass")
    return letters if letters.isascii() else "".join(_LETTERS.findall(letters))


def folded(text: str) -> str:
    """Return the letters and digits of a text, without case."""
    return letters_of(text).replace("_", "").casefold()
