"""Code: its language, and its lines with their indentation."""

import re

from annotator.extract.dom.elements import (
    BLOCK_TAGS,
    Element,
    attribute,
    names_of,
    tag_of,
    traverse,
    words,
)
from annotator.model.article import Block
from annotator.model.text import clean_line, clean_text

_LANGUAGE = re.compile(
    r"(?:^|[\s;])(?:language-|lang[-:]|highlight-source-|highlight-(?!wrapper|text)|brush:\s?|"
    r"sourceCode\s|src\ssrc-|hljs\s(?:language-)?|prism\s)([\w+#-]{1,20})"
)
_NAMING = ("data-lang", "data-language", "data-code-language", "data-enlighter-language", "lang")
# Languages whose name may be the whole class.
_LANGUAGES = words(
    """
    bash c clojure cpp csharp css dart diff elixir elm erlang go graphql groovy haskell html
    http ini java javascript js json jsx julia kotlin latex lisp lua makefile matlab nginx nim
    ocaml perl php powershell python py r ruby rust sass scala scheme scss shell sh sql swift
    toml tsx ts typescript vim xml yaml yml zig
    """
)
_NOT_A_LANGUAGE = frozenset(
    {"none", "plaintext", "text", "nohighlight", "plain", "auto", "default", "undefined", "en"}
)
_GUTTER = re.compile(
    r"\b(?:gutter|line-?no\w*|line-number|linenum\w*|rouge-gutter|copy-?(?:btn|button|"
    r"code)|hljs-ln-numbers|ln|lnt)\b"
)
_NUMBERS_ONLY = re.compile(r"[\d\s]+")
_NOT_TO_BE_COPIED = re.compile(r"\buser-select\s{0,9}:\s{0,9}none")


def read_code(element: Element) -> Block | None:
    """Return the code of a `pre`, None if there are only line numbers in it."""
    lines = _CodeReader()
    traverse(element, lines)
    text = _without_blank_edges(clean_text("".join(lines.parts)))
    if not text or (_NUMBERS_ONLY.fullmatch(text) and "\n" in text):
        return None
    return Block("code", text, language=_language(element))


def _without_blank_edges(text: str) -> str:
    """Return a text without blank lines at both ends; the first line keeps its indentation."""
    indent = len(text) - len(text.lstrip())
    return text[text.rfind("\n", 0, indent) + 1 :].rstrip()


def is_gutter(element: Element) -> bool:
    """Return whether an element has the line numbers or the copy button of code."""
    return bool(_GUTTER.search(names_of(element)))


def _is_beside_code(element: Element) -> bool:
    """Return whether an element between lines of code is not code, such as a prompt."""
    style = attribute(element, "style")
    return is_gutter(element) or bool(style and _NOT_TO_BE_COPIED.search(style[:500]))


class _CodeReader:
    """Collects lines of code without line numbers, prompts and buttons."""

    def __init__(self) -> None:
        self.parts: list[str] = []

    def enter(self, element: Element) -> bool:
        tag = tag_of(element)
        if tag == "br":
            self.parts.append("\n")
        self._end_line(tag)
        return tag not in {"", "br", "button", "script", "style"} and not _is_beside_code(element)

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
