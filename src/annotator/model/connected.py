"""Marks and pages that links connect: the evidence for claims, and those that say the same."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from annotator.model.annotation import Annotation
from annotator.model.vocabulary import SAME, SIDES, Relation

EVIDENCE: tuple[Relation, ...] = (*SIDES, SAME)


class Edge(NamedTuple):
    """A link of evidence: `source` supports, opposes or says the same as `target`.

    Both are ids of marks; a page is named by its address.
    """

    relation: Relation
    source: str
    target: str
    note: str


def edges_of(mark: Annotation) -> Iterator[Edge]:
    """Yield the links of evidence that a mark has, whatever their direction."""
    for link in mark.links:
        if link.relation in EVIDENCE:
            ends = (link.target, mark.id) if link.is_reversed else (mark.id, link.target)
            yield Edge(link.relation, *ends, link.note)


def joined(names: Iterable[str], pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Return for each name the first of those that pairs connect it with, near or far."""
    parent = {name: name for name in names}
    order = {name: at for at, name in enumerate(parent)}

    def first(name: str) -> str:
        while parent[name] != name:
            parent[name] = name = parent[parent[name]]
        return name

    for pair in pairs:
        one, other = sorted(map(first, pair), key=order.__getitem__)
        parent[other] = one
    return {name: first(name) for name in parent}
