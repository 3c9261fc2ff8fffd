"""The shapes of what programs get: answers of `annotator mcp`, and the input of own commands."""

from collections.abc import Mapping, Sequence

import msgspec
from msgspec import Struct

from annotator.agents.answers import Tools
from annotator.model import Claim, Link
from annotator.model.moment import Moment
from annotator.settings.settings import CommandSubject
from documenting.shape import OneOf, Shape


class CommandArticle(Struct):
    """The article that a command of the user works on."""

    id: str
    url: str
    title: str
    byline: Sequence[str]
    site_name: str
    published: str
    language: str
    tags: Sequence[str]


class CommandMark(Struct):
    """A mark, for a command of the user."""

    id: str
    kind: str
    quote: str
    tags: Sequence[str]
    note: str
    claim: Claim | None
    links: Sequence[Link]
    created: Moment
    modified: Moment
    author: str
    address: str


class PassageInput(Struct):
    """A passage, or a mark, for a command of the user."""

    what: CommandSubject
    article: CommandArticle
    text: str
    start: int
    end: int
    paragraph: str
    mark: CommandMark | None


class ArticleInput(Struct):
    """An article with its marks, for a command of the user."""

    what: CommandSubject
    article: CommandArticle
    text: str
    marks: Sequence[CommandMark]


def _answer(kind: type[Struct]) -> type[Struct]:
    """Return the answer of a tool with the field that names what is not to be trusted."""
    fields = [("untrusted", Sequence[str])]
    words = {"__doc__": kind.__doc__}
    return msgspec.defstruct(kind.__name__, fields, bases=(kind,), namespace=words, kw_only=True)


AGENT_SHAPES: Mapping[str, Shape] = {
    "command-input": Shape(
        "What a command of yours gets with input = json", OneOf([PassageInput, ArticleInput]), []
    ),
    **{
        f"mcp-{name}": Shape(f"The answer of the tool {name}", _answer(answer), ["mcp"])
        for name, (_, _, answer) in Tools._TABLE.items()  # noqa: SLF001 - the tools with their types
    },
}
