"""HTML and XML as a sequence of tags and words, without building a tree.

Exports in HTML are flat lists, which need no parser of pages; that is the extractor's. Both
functions take linear time, whatever is nested in the text.
"""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import NamedTuple
from xml.parsers import expat

from annotator.errors import ImportFailed
from annotator.importing.readers.json_values import LineNumbers
from annotator.importing.readers.limits import MAX_DEPTH

_TAG = re.compile(
    r"<!--|<(?P<end>/?)(?P<name>[a-zA-Z][\w:-]*+)(?P<rest>(?:\"[^\"]*+\"|'[^']*+'|[^<>\"'])*+)>"
)
_ATTRIBUTE = re.compile(
    r"""([^\s=>"'/]++)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'>]++))?""", re.DOTALL
)
_RAW = frozenset({"script", "style"})  # elements whose text is not for people
_AMPERSAND = re.compile(r"&(?!#)(?:(?!(?:amp|lt|gt|quot|apos);)(\w{1,32};)?)")
_PIECE = 64 * 1024  # characters that are parsed before their tags are used


class Tag(NamedTuple):
    """A tag by its name in lower case, with its attributes; `is_end` for a closing one."""

    name: str
    attributes: Mapping[str, str]
    line: int
    is_end: bool = False


class TextRun(NamedTuple):
    """The text between two tags, with its entities resolved."""

    text: str
    line: int


def html_tokens(text: str) -> Iterator[Tag | TextRun]:
    """Yield the tags and the text of HTML, however broken; comments and scripts are left out."""
    lines = LineNumbers(text)
    position = 0
    missing: set[str] = set()
    while match := _TAG.search(text, position):
        if match.start() > position:
            yield TextRun(unescape(text[position : match.start()]), lines.at(position))
        position = match.end()
        if match[0] == "<!--":
            position = _after(text, "-->", position, missing)
            continue
        name = match["name"].lower()
        yield Tag(name, _attributes(match["rest"]), lines.at(match.start()), bool(match["end"]))
        if name in _RAW and not match["end"]:
            position = _after(text, f"</{name}>", position, missing)
    if position < len(text):
        yield TextRun(unescape(text[position:]), lines.at(position))


def xml_tokens(text: str) -> Iterator[Tag | TextRun]:
    """Yield the tags and the text of XML; names keep their letters, in lower case.

    Raises `ImportFailed` with the line where it is not well-formed, after what comes before;
    for a document type, which can define entities that fill the memory; and for deep nesting.
    """
    made: list[Tag | TextRun] = []
    depth = 0
    parser = expat.ParserCreate("utf-8")  # whatever the text declares: it is decoded
    parser.buffer_text = True

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise ImportFailed(f"It is nested more than {MAX_DEPTH} deep.", line=line())
        lower = {key.lower(): value for key, value in attributes.items()}
        made.append(Tag(name.lower(), lower, line()))

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        made.append(Tag(name.lower(), {}, line(), is_end=True))

    def refuse(*_: object) -> None:
        raise ImportFailed(
            "It has a document type, which may define harmful entities.", line=line()
        )

    def line() -> int:
        return parser.CurrentLineNumber

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda words: made.append(TextRun(words, line()))
    parser.StartDoctypeDeclHandler = refuse
    known = _AMPERSAND.sub(_resolved, text).lstrip()
    for position in range(0, len(known) + 1, _PIECE):
        piece = known[position : position + _PIECE]
        problem = None
        try:
            parser.Parse(piece.encode("utf-8", "replace"), position + _PIECE > len(known))
        except expat.ExpatError as error:
            problem = error
        yield from made
        made.clear()
        if problem:
            reason = expat.ErrorString(problem.code)
            raise ImportFailed(f"This is not XML: {reason}.", line=problem.lineno)


def _after(text: str, end: str, position: int, missing: set[str]) -> int:
    """Return where the text goes on after `end`; once it is missing, it is not sought again."""
    if end in missing:
        return position
    at = text.find(end, position)
    if at < 0:
        missing.add(end)
        return position
    return at + len(end)


def _attributes(text: str) -> Mapping[str, str]:
    if not text.strip():
        return {}
    attributes = _ATTRIBUTE.findall(text)
    return {name.lower(): unescape(value.strip("\"'")) for name, value in reversed(attributes)}


def _resolved(match: re.Match[str]) -> str:
    """Return an entity of HTML as its character, and an ampersand that begins none escaped."""
    name = match[1]
    character = unescape(f"&{name}") if name else "&"
    return f"&amp;{character[1:]}" if character.startswith("&") else character
