"""Claims with what supports and opposes them, as an argument map in Argdown.

Marks that say the same are one statement. A statement is written in full where it first
appears, below the claim that it is evidence for, and named by its title from then on, so
that circles end. See https://argdown.org.

What hangs below a claim may be in any article, so all statements are kept until the end,
about a kilobyte for each; of the articles nothing is.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from textwrap import shorten
from typing import Final

from msgspec import Struct

from annotator.export.collection import CollectedArticle, Collection, LinkedEnd, linked_ends
from annotator.export.hyperlinks import deep_link, host_of, safe_href
from annotator.model import Annotation, ArticleRecord
from annotator.model.claim import filled_fields
from annotator.model.connected import EVIDENCE, Edge, joined
from annotator.model.identity import id_of_url, is_web_address
from annotator.model.labels import count
from annotator.model.text import clean_line
from annotator.model.vocabulary import SAME

HEAD: Final = """\
===
title: Claims and their evidence
model:
  removeTagsFromText: true
===
"""

SIGNS: Final[Mapping[str, str]] = {"supports": "+", "opposes": "-"}
TITLE_LENGTH: Final = 40  # characters of a statement in its title
ID_LENGTH: Final = 8  # the random end of an id: two statements may begin with the same words
MAX_DEPTH: Final = 6  # levels below a statement; deeper ones are written by themselves

_MEANINGFUL = re.compile(
    r"""
      [\\\[\]<>\#@{}*_|]        # titles, tags, mentions, data, emphasis
    | [.:](?=\S)                # a special character by its name, `.name.`
    | /(?=[/*])                 # a comment
    | =(?==)                    # the properties of a file
    | -(?=[->])                 # an inference
    | ^[-+(./:=\d]              # an item of a list, a number
    """,
    re.VERBOSE,
)
_NOT_IN_A_TITLE = re.compile(r"(?:_|[^\w,.’'%])+")
_NOT_IN_AN_ID = re.compile(r"[\W_]+")
_PLAIN_TAG = re.compile(r"[A-Za-z0-9-]+")
_NOT_IN_A_TAG = re.compile(r"[()\n]+")
_KEYS: Final[Mapping[str, str]] = {"said_on": "date"}
_BRACES = {ord("{"): "\\u007b", ord("}"): "\\u007d"}


class _Statement(Struct, frozen=True):
    """A statement as it is written in full, without the sign before it."""

    title: str
    text: str
    tags: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def in_full(self) -> str:
        """The statement with its tags, and what is known of it as YAML that no text can end."""
        parts = [f"[{self.title}]: {escape(self.text)}"]
        for tag in self.tags:
            if _PLAIN_TAG.fullmatch(tag):
                parts.append(f"#{tag}")
            elif name := _NOT_IN_A_TAG.sub(" ", tag).strip():
                parts.append(f"#({name})")
        pairs = (
            f"{key}: {json.dumps(value, ensure_ascii=False).translate(_BRACES)}"
            for key, value in self.facts
            if value
        )
        return " ".join((*parts, f"{{{', '.join(pairs)}}}"))


class _Map:
    """The statements of a collection by the ids of their marks, or by their addresses."""

    def __init__(self) -> None:
        self._statements: dict[str, _Statement] = {}
        self._edges: dict[Edge, None] = {}  # without their notes
        self._own: set[str] = set()  # without those that are only linked
        self._claims: set[str] = set()
        self._notes: set[Edge] = set()
        self._others: set[Edge] = set()

    def add(self, article: CollectedArticle) -> None:
        """Add the marks of an article with their links."""
        for placed in article.marks:
            mark = placed.annotation
            self._statements[mark.id] = _of_mark(mark, article.record)
            self._own.add(mark.id)
            if mark.status:
                self._claims.add(mark.id)
            for linked in linked_ends(mark, article.linked):
                self._link(mark.id, linked)

    def left_out(self) -> Iterator[str]:
        """Yield what is not in the map, in sentences."""
        if marks := len(self._own.difference(self._names())):
            yield f"{count(marks, 'mark')} without a claim or a link to one"
        if self._notes:
            yield f"the notes of {count(len(self._notes), 'link')}"
        if self._others:
            yield f"{count(len(self._others), 'link')} of another sort"

    def lines(self) -> Iterator[str]:
        """Yield the lines of the map: claims first that are not evidence themselves."""
        same = [edge[1:3] for edge in self._edges if edge.relation == SAME]
        first = joined(self._names(), same)
        below: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
        evidence: set[str] = set()
        for relation, source, target, _ in self._edges:
            if first[source] != first[target]:
                below[first[target]][SIGNS[relation], first[source]] = None
                evidence.add(first[source])
        claims = list(dict.fromkeys(first.values()))
        written: set[str] = set()
        for claim in (*(name for name in claims if name not in evidence), *claims):
            waiting = [claim]
            while waiting:
                if (begun := waiting.pop()) not in written:
                    yield ""
                    yield from self._tree(begun, below, written, waiting)

    def _tree(
        self,
        claim: str,
        below: Mapping[str, Iterable[tuple[str, str]]],
        written: set[str],
        deeper: list[str],
    ) -> Iterator[str]:
        """Yield a claim with what is below it; `deeper` gets what is too deep to be written."""
        open_ones = [(0, "", claim)]
        while open_ones:
            depth, sign, name = open_ones.pop()
            statement = self._statements[name]
            indent = "  " * depth + sign
            if name in written or depth > MAX_DEPTH:
                deeper.append(name)
                yield f"{indent}[{statement.title}]"
                continue
            written.add(name)
            yield indent + statement.in_full
            edges = [*below.get(name, ())]
            open_ones += [(depth + 1, f"{side} ", source) for side, source in reversed(edges)]

    def _names(self) -> Sequence[str]:
        """Return the statements that claim something, or are linked, in their order."""
        kept = self._claims | {end for edge in self._edges for end in edge[1:3]}
        return [name for name in self._statements if name in kept]

    def _link(self, mark_id: str, linked: LinkedEnd) -> None:
        source, target = (linked.target, mark_id) if linked.is_back else (mark_id, linked.target)
        edge = Edge(linked.relation, source, target, linked.note)
        if edge.relation not in EVIDENCE:
            self._others.add(edge)
            return
        if linked.target not in self._statements:
            if linked.end:
                statement = _of_mark(linked.end.annotation, linked.end.record)
            elif is_web_address(linked.target):
                title = _title(host_of(linked.target), id_of_url(linked.target))
                facts = (("url", safe_href(linked.target)),)
                statement = _Statement(title, linked.target, facts=facts)
            else:
                return  # the mark is gone
            self._statements[linked.target] = statement
        if edge.note:
            self._notes.add(edge)
        self._edges[edge._replace(note="")] = None


def write_argdown(collection: Collection) -> Iterator[str]:
    """Yield an argument map of the claims and of all that supports or opposes them."""
    claims = _Map()
    for article in collection.articles:
        claims.add(article)
    yield HEAD
    for line in claims.lines():
        yield f"{line}\n"
    for part in claims.left_out():
        collection.tell(f"Left out: {part}.")


def escape(text: str) -> str:
    """Return text on one line that Argdown shows as it is."""
    return _MEANINGFUL.sub(r"\\\g<0>", " ".join(text.split()))


def _of_mark(mark: Annotation, record: ArticleRecord) -> _Statement:
    claim = mark.claim
    said = (claim.statement if claim else "") or mark.quote
    text = said if said.strip() else record.title or mark.id  # a statement cannot be empty
    fields = ((_KEYS.get(field.name, field.name), value) for field, value in filled_fields(claim))
    facts = (
        ("source", record.title),
        ("url", deep_link(record.url, mark.target)),
        ("page", mark.target.pages or ""),
        *(fact for fact in fields if fact[0] != "statement"),
        ("quote", mark.quote if text != mark.quote else ""),
        ("note", mark.note),
        ("id", mark.id),
    )
    return _Statement(_title(text, mark.id), text, mark.tags, facts)


def _title(text: str, identity: str) -> str:
    words = shorten(_NOT_IN_A_TITLE.sub(" ", text), TITLE_LENGTH, placeholder="")
    words = words or clean_line(_NOT_IN_A_TITLE.sub(" ", text), limit=TITLE_LENGTH).rstrip("…")
    end = _NOT_IN_AN_ID.sub("", identity)[-ID_LENGTH:]
    return f"{words.strip(' .,')} {end}".strip()
