"""The tree of what supports and what opposes a claim, and how independent its sources are.

Pure: values in, values out. Marks that are linked as the same claim are one claim with
several places, and the evidence of each of them counts for it. A claim that stands above
itself is a cycle: it is told and not followed. One that stands in the tree already is not
drawn a second time, so that a tree is never longer than its links. Every face that draws one
gets it as rows with their branches.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Literal, cast

from msgspec import Struct
from msgspec.structs import replace

from annotator.model import ArticleRecord
from annotator.model.connected import EVIDENCE, Edge, edges_of, joined
from annotator.model.labels import count
from annotator.model.vocabulary import SAME, SIDES, Side
from annotator.store import Marked

Role = Literal["claim", "supports", "opposes"]
End = Literal["", "cycle", "above", "deeper"]

_HOST = re.compile(r"\w+://(?:[^/?#@]*@)?(?:www\.)?([^/?#:]+)")
SIGNS: Mapping[Role, str] = {"claim": "", "supports": "+ supports:", "opposes": "− opposes:"}
SAME_SIGN = "≡ says the same:"
ENDINGS: Mapping[End, str] = {
    "": "",
    "cycle": "↺ a circle: above in this branch",
    "above": "↑ shown above",
    "deeper": "more below",
}

_MAX_GUIDE = 90  # cells of branches: a chain of links may be longer than any line


class Backing(Struct, frozen=True):
    """The sources on one side of a claim.

    `anonymous` are articles without an author. `independent` counts sources of which no
    two share a site or an author; on the side that supports, none that shares one with
    the claim itself.
    """

    sites: int = 0
    authors: int = 0
    anonymous: int = 0
    independent: int = 0


class EvidenceNode(Struct, frozen=True):
    """A claim with what supports and opposes it; the claim at the root has the `role` claim.

    `places` are the marks that make the claim, the one that is linked first; a `page` that
    is linked by its `address` has none. `end` says why nothing is below: the claim is above
    itself (`cycle`), in the tree already (`above`), or more is below than the depth that was
    asked for (`deeper`). `lost` are the ids of marks that are linked as the same and are not
    in the library. The root has the backing of both sides.
    """

    role: Role
    places: tuple[Marked, ...] = ()
    page: ArticleRecord | None = None
    address: str = ""
    note: str = ""
    end: End = ""
    children: tuple["EvidenceNode", ...] = ()
    lost: tuple[str, ...] = ()
    supporting: Backing = Backing()
    opposing: Backing = Backing()

    @property
    def marked(self) -> Marked | None:
        """The mark that is linked, or the claim itself; a page has none."""
        return next(iter(self.places), None)


def walk(root: EvidenceNode) -> Iterator[tuple[int, EvidenceNode]]:
    """Yield each node with its level, in the order in which a tree is drawn."""
    waiting = [(0, root)]
    while waiting:
        level, node = waiting.pop()
        yield level, node
        waiting += [(level + 1, child) for child in reversed(node.children)]


def summary(tree: EvidenceNode) -> str:
    """Return how much is behind each side of the claim at the root, in a sentence."""
    sides = (("supported", tree.supporting), ("opposed", tree.opposing))
    parts = [f"{verb} by {_sources(backing)}" for verb, backing in sides if backing.sites]
    return f"{'; '.join(parts).capitalize()}." if parts else "Nothing supports or opposes it yet."


def _sources(backing: Backing) -> str:
    authors = [count(backing.authors, "author")] if backing.authors else []
    if backing.anonymous:
        articles = count(backing.anonymous, "article")
        authors.append(f"{articles} without {'one' if authors else 'an author'}")
    said = f"{count(backing.sites, 'site')}, {' and '.join(authors)}"
    if backing.independent >= backing.sites:
        return said
    number = backing.independent
    independent = count(number, "independent source") if number else "none independent of the claim"
    return f"{said} ({independent})"


def build_tree(
    marks: Sequence[Marked],
    root: str,
    *,
    pages: Mapping[str, ArticleRecord] = {},
    depth: int | None = None,
) -> EvidenceNode:
    """Return the tree of the claim that the mark with the id `root` makes.

    `marks` are all that take part, and `pages` by their addresses. Links to others are
    ignored, except that those to the same claim are told as lost.
    """
    graph = _Graph(marks, pages)
    own = graph.records([graph.claim(root)])
    supporting, opposing = (graph.records(graph.behind(graph.claim(root), side)) for side in SIDES)
    return replace(
        _Builder(graph, depth).tree(root),
        supporting=_backing(supporting, apart_from=own),
        opposing=_backing(opposing),
    )


class Branch(Struct, frozen=True):
    """A row of the tree: a claim, one more place of it, or a page.

    `above` is the claim that it supports or opposes, or for a place the claim that it makes.
    """

    key: str
    node: EvidenceNode
    above: EvidenceNode | None
    above_key: str
    guide: str
    is_last: bool = True
    is_folded: bool = False
    place: Marked | None = None

    @property
    def marked(self) -> Marked | None:
        """The mark of the row; a page has none."""
        return self.place or self.node.marked

    @property
    def stem(self) -> str:
        """The branch before it, without the sign that says whether it is folded."""
        corner = "└─" if self.is_last else "├─"
        return self.guide + corner if self.above else ""

    @property
    def below(self) -> str:
        """The branches before its second line."""
        return f"{self.guide_below}{'│' if self.has_below else ' '}"

    @property
    def guide_below(self) -> str:
        """The branches before what is drawn below it."""
        return self.guide + ("   " if self.is_last else "│  ") if self.above else ""

    @property
    def has_below(self) -> bool:
        """Whether anything is drawn below it."""
        is_open = bool(self.node.children) and not self.is_folded
        has_places = len(self.node.places) > 1 and not self.node.end
        return self.place is None and (is_open or has_places)


def branches(tree: EvidenceNode, folded: Collection[str] = ()) -> list[Branch]:
    """Return the rows of a tree from the top, without what is below those that are `folded`."""
    rows: list[Branch] = []
    waiting = [Branch(_key("", tree), tree, None, "", "")]
    while waiting:
        row = waiting.pop()
        rows.append(row)
        if row.place is None and row.node.end == "":
            waiting += reversed([*_below(row, folded)])
    return rows


class _Graph:
    """Claims, each named by its first mark or by the address of a page, with their links."""

    def __init__(self, marks: Sequence[Marked], pages: Mapping[str, ArticleRecord]) -> None:
        self.marks = {marked.annotation.id: marked for marked in marks}
        self.pages = pages
        same = [
            (edge.source, edge.target)
            for edge in self._links()
            if edge.relation == SAME and {edge.source, edge.target} <= self.marks.keys()
        ]
        self._first = joined((*self.marks, *pages), same)
        self.places: dict[str, list[str]] = {claim: [] for claim in self._first.values()}
        for mark in self.marks:
            self.places[self.claim(mark)].append(mark)
        self.edges = self._edges()

    def claim(self, source: str) -> str:
        """Return the name of the claim that a mark or page makes."""
        return self._first[source]

    def lost(self, claim: str) -> tuple[str, ...]:
        """Return the targets of links to the same claim that are not there."""
        targets = (
            link.target
            for mark in self.places[claim]
            for link in self.marks[mark].annotation.links
            if link.relation == SAME and link.target not in self.marks
        )
        return tuple(dict.fromkeys(targets))

    def behind(self, claim: str, side: Side) -> list[str]:
        """Return the claims on one side of a claim, with those that support them in turn."""
        claims = {claim}
        waiting = [self.claim(edge.source) for edge in self.edges[claim] if edge.relation == side]
        while waiting:
            at = waiting.pop()
            if at not in claims:
                claims.add(at)
                waiting += [
                    self.claim(edge.source)
                    for edge in self.edges[at]
                    if edge.relation == "supports"
                ]
        return sorted(claims - {claim})

    def records(self, claims: Iterable[str]) -> list[ArticleRecord]:
        """Return the articles that make these claims."""
        records = [
            self.pages[claim] if claim in self.pages else self.marks[mark].record
            for claim in claims
            for mark in self.places[claim] or (claim,)
        ]
        return list({record.id: record for record in records}.values())

    def _edges(self) -> Mapping[str, list[Edge]]:
        into: dict[str, dict[tuple[str, str], Edge]] = {claim: {} for claim in self.places}
        for edge in self._links():
            is_known = edge.source in self._first and edge.target in self._first
            if edge.relation in SIDES and is_known:
                key = (edge.relation, self.claim(edge.source))
                into[self.claim(edge.target)].setdefault(key, edge)
        return {
            claim: sorted(
                edges.values(), key=lambda edge: (EVIDENCE.index(edge.relation), edge.source)
            )
            for claim, edges in into.items()
        }

    def _links(self) -> Iterator[Edge]:
        for marked in self.marks.values():
            yield from edges_of(marked.annotation)


class _Open(Struct):
    """A claim whose children are being made; `mark` is the one that is linked."""

    mark: str
    claim: str
    edge: Edge | None
    waiting: Iterator[Edge]
    children: list[EvidenceNode]


class _Builder:
    """Makes nodes from the leaves up, without recursion: a chain of links may be long."""

    def __init__(self, graph: _Graph, depth: int | None) -> None:
        self._graph = graph
        self._depth = depth
        self._drawn: set[str] = set()
        self._path: dict[str, _Open] = {}  # from the root to the claim at hand

    def tree(self, root: str) -> EvidenceNode:
        """Return the tree of the claim that the mark `root` makes."""
        top = self._open(root, None)
        while True:
            edge = next(top.waiting, None)
            if edge is None:
                node = self._node(top.mark, top.edge, children=top.children)
                del self._path[top.claim]
                if not self._path:
                    return node
                top = next(reversed(self._path.values()))
                top.children.append(node)
            elif end := self._end(self._graph.claim(edge.source)):
                top.children.append(self._node(edge.source, edge, end=end))
            else:
                top = self._open(edge.source, edge)

    def _open(self, mark: str, edge: Edge | None) -> _Open:
        claim = self._graph.claim(mark)
        opened = _Open(mark, claim, edge, iter(self._graph.edges[claim]), [])
        self._drawn.add(claim)
        self._path[claim] = opened
        return opened

    def _end(self, claim: str) -> End:
        if claim in self._path:
            return "cycle"
        if not self._graph.edges[claim]:
            return ""
        if claim in self._drawn:
            return "above"
        return "deeper" if self._depth is not None and len(self._path) >= self._depth else ""

    def _node(
        self, mark: str, edge: Edge | None, *, end: End = "", children: Sequence[EvidenceNode] = ()
    ) -> EvidenceNode:
        claim = self._graph.claim(mark)
        places = sorted(self._graph.places[claim], key=lambda place: place != mark)
        return EvidenceNode(
            role=cast("Role", edge.relation) if edge else "claim",
            places=tuple(self._graph.marks[place] for place in places),
            page=self._graph.pages.get(mark),
            address=mark if mark in self._graph.pages else "",
            note=edge.note if edge else "",
            end=end,
            children=tuple(children),
            lost=self._graph.lost(claim),
        )


def _backing(
    records: Sequence[ArticleRecord], *, apart_from: Sequence[ArticleRecord] = ()
) -> Backing:
    keys = {record.id: (*_site(record), *_authors(record)) for record in (*records, *apart_from)}
    shared = [(record_id, key) for record_id, names in keys.items() for key in names]
    first = joined((*keys, *{key for _, key in shared}), shared)
    sources = {first[record.id] for record in records} - {first[record.id] for record in apart_from}
    return Backing(
        sites=len({key for record in records for key in _site(record)}),
        authors=len({key for record in records for key in _authors(record)}),
        anonymous=sum(not _authors(record) for record in records),
        independent=len(sources),
    )


def _site(record: ArticleRecord) -> tuple[str]:
    """Return what names the site of an article: its host, else its name, else the article."""
    host = _HOST.match(record.url)
    return (f"site {(host[1] if host else record.site_name or record.id).casefold()}",)


def _authors(record: ArticleRecord) -> tuple[str, ...]:
    names = (" ".join(name.split()).casefold() for name in record.byline)
    return tuple(f"author {name}" for name in names if name)


def _below(row: Branch, folded: Collection[str]) -> Iterator[Branch]:
    node = row.node
    guide = row.guide_below[-_MAX_GUIDE:]
    children = () if row.is_folded else node.children
    for at, place in enumerate(node.places[1:], 2):
        is_last = not children and at == len(node.places)
        key = f"{row.key}={place.annotation.id}"
        yield Branch(key, node, node, row.key, guide, is_last=is_last, place=place)
    for at, child in enumerate(children, 1):
        key = _key(row.key, child)
        yield Branch(
            key, child, node, row.key, guide, is_last=at == len(children), is_folded=key in folded
        )


def _key(above: str, node: EvidenceNode) -> str:
    """Return what names a row: a claim has its evidence below it once in the whole tree."""
    source = node.address or node.places[0].annotation.id
    return f"{above.rpartition('>')[2]} {node.role}>{source}"
