"""Elements of HTML: their tags, names, attributes and text; also letters to compare texts by."""

import re
from collections.abc import Callable, Iterable, Iterator
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
# Elements whose content is never shown as text of the page. `source` and `track` are not among
# them, though empty in HTML: the parser puts what follows them inside.
SKIPPED_TAGS = words(
    """
    area canvas col colgroup datalist head input link map meter option param progress
    rp script select style svg template textarea title
    """
)
CODE_TAGS = frozenset({"script", "style", "template"})
IMAGE_TAGS = frozenset({"img", "amp-img"})
MARK_OF_TAG: dict[str, MarkKind] = {
    **dict.fromkeys(("strong", "b"), "strong"),
    **dict.fromkeys(("em", "i", "cite", "dfn", "var"), "emphasis"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "code"),
    **dict.fromkeys(("s", "del", "strike"), "strike"),
    "sup": "superscript",
    "sub": "subscript",
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
    """Return the tag in lower case, empty for a comment."""
    tag: object = element.tag
    return tag if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """Return an attribute without white space around it, empty if there is none."""
    value = element.get(name)
    return str(value).strip() if value else ""


def text_of(element: Element, limit: int = 1_000) -> str:
    """Return about `limit` characters of the text in an element, with white space folded."""
    pieces, length = [], 0
    for piece in texts_of(element):
        pieces.append(piece)
        length += len(piece)
        if length > limit:
            break
    return " ".join("".join(pieces).split())


def texts_of(element: Element) -> Iterator[str]:
    """Yield the pieces of text in an element, without the code of scripts and styles."""
    walk = iterwalk(element, events=("start", "end"))
    for event, node in walk:
        if event == "start" and node.tag in CODE_TAGS:
            walk.skip_subtree()
        elif event == "start" and node.text:
            yield str(node.text)
        elif event == "end" and node is not element and node.tail:
            yield str(node.tail)


def names_of(element: Element) -> str:
    """Return the class, id and role of an element: words in lower case, joined by `-` in a name."""
    keys = element.keys()
    if NAMING.isdisjoint(keys):
        return ""
    values = [value for name in _NAMING_ATTRIBUTES if name in keys and (value := element.get(name))]
    return words_of(" ".join(values)[:500])


@lru_cache(maxsize=4096)
def words_of(names: str) -> str:
    """Return class names as words: `relatedPosts item_2` is `related-posts item-2`."""
    lowered = names.lower()
    if lowered != names:
        lowered = _CAMEL_HUMP.sub("-", names).lower()
    if not lowered.isascii():
        return _NOT_A_WORD.sub("-", lowered.replace("\n", " ").replace("\t", " "))
    words = lowered.encode().translate(_JOINED).decode()  # a third of the time of the pattern
    while "--" in words:
        words = words.replace("--", "-")
    return _BEFORE_DIGIT.sub("-", words) if _DIGIT.search(words) else words


def finder(pattern: str) -> Callable[[str], bool]:
    """Return a function that looks for a pattern in the names of elements.

    It remembers its answers, since pages have few different names.
    """
    compiled = re.compile(pattern)

    @lru_cache(maxsize=8192)
    def is_in(names: str) -> bool:
        return bool(names) and compiled.search(names) is not None

    return is_in


def contains_any(text: str, pieces: Iterable[str]) -> bool:
    """Return whether a text contains any of the pieces; much faster than a pattern of them."""
    return any(map(text.__contains__, pieces))


class Visitor(Protocol):
    """A receiver of all elements and texts below a root, in the order of the page."""

    def enter(self, element: Element) -> bool:
        """Receive the start of an element; return False to skip its content and its end."""

    def leave(self, element: Element) -> None:
        """Receive the end of an element."""

    def text(self, text: str | None) -> None:
        """Receive a piece of text."""


def traverse(root: Element, visitor: Visitor) -> None:
    """Pass everything below `root` to the visitor.

    Not recursive, since a tree may be thousands of levels deep.
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
    """Return the letters, digits and underscores of a text.

    Nearly all other characters are ASCII; removing those from bytes takes a
    tenth of the time of a pattern.
    """
    bare = text.encode("utf-8", "surrogatepass").translate(None, delete=_SIGNS)
    letters = bare.decode("utf-8", "surrogatepass")
    return letters if letters.isascii() else "".join(_LETTERS.findall(letters))


@lru_cache(maxsize=4096)  # a title is compared with each heading, a passage by several steps
def folded(text: str) -> str:
    """Return the letters and digits of a text, case-folded."""
    return letters_of(text).replace("_", "").casefold()
