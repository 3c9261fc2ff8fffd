"""The front matter of Markdown: the fields of its first level, as text or lists of text."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import CollectionEndEvent, CollectionStartEvent, NodeEvent
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from annotator.errors import ImportFailed
from annotator.importing.readers.limits import MAX_DEPTH, MAX_YAML

_LINE = re.compile(r"^([\w-]+):[ \t]+(.+)$", re.MULTILINE)
_BLOCK = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


class Note(NamedTuple):
    """A text without its front matter, and the fields of that, in lower case."""

    fields: Mapping[str, tuple[str, ...]]
    body: str
    first_line: int  # of the body, from 1


def split_note(text: str) -> Note:
    """Return a text in Markdown and the fields above it.

    Raises `ImportFailed` for front matter that is too long, or that has aliases or tags of
    YAML, which can fill the memory or make objects.
    """
    match = _BLOCK.match(text)
    if match is None:
        return Note({}, text, 1)
    if len(match[1]) > MAX_YAML:
        raise ImportFailed(f"The front matter is longer than {MAX_YAML:,} characters.", line=1)
    body = text[match.end() :]
    return Note(_fields(match[1]), body, text.count("\n", 0, match.end()) + 1)


def _fields(text: str) -> dict[str, tuple[str, ...]]:
    try:
        _refuse(text)
        root = YAML(typ="safe", pure=True).compose(text)
    except (YAMLError, RecursionError, ValueError):
        return _fields_of_lines(text)
    if not isinstance(root, MappingNode):
        return {}
    return {
        str(key.value).strip().lower(): tuple(_texts(value))
        for key, value in root.value
        if isinstance(key, ScalarNode)
    }


def _fields_of_lines(text: str) -> dict[str, tuple[str, ...]]:
    """Return the fields of what is not YAML, such as a title with a colon: one on each line."""
    matches = ((match[1].lower(), match[2].strip().strip("\"'")) for match in _LINE.finditer(text))
    return {name: (value,) for name, value in matches if value}


def _refuse(text: str) -> None:
    """Raise for aliases, which can grow without end, and for tags, which can make objects."""
    depth = 0
    for event in YAML(typ="safe", pure=True).parse(text):
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        problem = ""
        if isinstance(event, NodeEvent) and event.anchor:
            problem = "has aliases"
        elif getattr(event, "tag", None):
            problem = "has tags of YAML"
        elif depth > MAX_DEPTH:
            problem = f"is nested more than {MAX_DEPTH} deep"
        if problem:
            line = event.start_mark.line + 2  # below the line of dashes
            raise ImportFailed(f"The front matter {problem}.", line=line)


def _texts(value: Node) -> Iterator[str]:
    nodes = value.value if isinstance(value, SequenceNode) else [value]
    for node in nodes:
        if isinstance(node, ScalarNode) and node.value.strip() and node.value != "null":
            yield str(node.value)
