"""Links between marks, seen from both ends, and the tree of evidence that they make."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from annotator.errors import InvalidInput, NotInLibrary
from annotator.model import Annotation, ArticleRecord, Link, Relation
from annotator.model.identity import id_of_url, is_web_address
from annotator.model.text import clean_line
from annotator.store import Library, Marked
from annotator.usecases.annotate import clean_note
from annotator.usecases.articles import article_from
from annotator.usecases.evidence import SAME, SIDES, EvidenceNode, build_tree
from annotator.usecases.undo import MarkEdit, Step

State = Literal["mark", "page", "binned", "missing"]


class Linked(Struct, frozen=True):
    """What is at the other end of a link of a mark.

    `target` is the other mark's id or the page's URL. An outgoing link says what the mark
    is to it, any other what it is to the mark. `marked` is the other mark, also while its
    article is in the bin, and `page` the article of a URL, if the library has it.
    `holders` are the marks that have the link: usually one of the two.
    """

    relation: Relation
    target: str
    note: str
    is_outgoing: bool
    state: State
    holders: tuple[Annotation, ...]
    marked: Marked | None = None
    page: ArticleRecord | None = None


def links_of(library: Library, annotation: Annotation) -> tuple[Linked, ...]:
    """Return the links of a mark and those of others to it, its own first.

    Marks that are linked as the same, from either end or from both, are linked once.
    """
    ids = [each.target for each in annotation.links if not is_web_address(each.target)]
    found = library.linked_marks((annotation.id, *ids), targets=(annotation.id,))
    marks = {each.annotation.id: each for each in found}
    mark = marks[annotation.id].annotation if annotation.id in marks else annotation
    once: dict[tuple[str, str, bool], Linked] = {}
    for each in (*_outgoing(library, mark, marks), *_incoming(mark, found)):
        key = (each.relation, each.target, each.is_outgoing or each.relation == SAME)
        known = once.get(key)
        once[key] = replace(known, holders=known.holders + each.holders) if known else each
    return tuple(once.values())


def add_link(
    library: Library,
    annotation: Annotation,
    link: Link,
    *,
    is_outgoing: bool = True,
    now: datetime,
) -> Step:
    """Link the mark to another mark, by its id or a unique prefix, or to a page by its URL.

    With `is_outgoing` false the link is the other mark's: it supports this one, say. A
    link of the same relation to the same end is replaced, so that its note can change.
    """
    note = clean_note(link.note)
    if is_web_address(link.target):
        if not is_outgoing:
            raise InvalidInput(
                "A page can't hold a link to a mark.",
                "Add the page to the library, and mark the words that the link is about.",
            )
        target = clean_line(link.target, limit=len(link.target))
        return _put(library, annotation, Link(link.relation, target, note), now=now)
    other = library.annotation(link.target)
    if other.id == annotation.id:
        raise InvalidInput("A mark cannot be linked to itself.", "Choose another mark.")
    holder, end = (annotation, other) if is_outgoing else (other, annotation)
    if link.relation == SAME and any(_is_link(each, SAME, holder.id) for each in end.links):
        holder, end = end, holder  # the two are linked already: keep one link
    return _put(library, holder, Link(link.relation, end.id, note), now=now)


def remove_link(library: Library, annotation: Annotation, linked: Linked, *, now: datetime) -> Step:
    """Remove a link of the mark, also one that another mark holds."""
    holder = linked.holders[0]
    end = linked.target if holder.id == annotation.id else annotation.id

    def edit(current: Annotation) -> Annotation:
        kept = tuple(each for each in current.links if not _is_link(each, linked.relation, end))
        return current if kept == current.links else replace(current, links=kept, modified=now)

    return _revise(library, "Unlink", holder, edit)


def evidence_tree(
    library: Library, annotation: Annotation, *, depth: int | None = None
) -> EvidenceNode:
    """Return what supports and opposes the claim of a mark, over any number of links.

    With a `depth`, only so many levels below the claim.
    """
    marks = library.connected_marks(annotation.id, against=(*SIDES, SAME), along=(SAME,))
    if not marks:
        raise NotInLibrary("The mark no longer exists.", "Another program may have deleted it.")
    return build_tree(marks, annotation.id, depth=depth)


def same_claims(library: Library, annotation: Annotation) -> tuple[Marked, ...]:
    """Return the other marks of the same claim, over any number of links."""
    marks = library.connected_marks(annotation.id, against=(SAME,), along=(SAME,))
    return tuple(each for each in marks if each.annotation.id != annotation.id)


def _outgoing(library: Library, mark: Annotation, marks: Mapping[str, Marked]) -> Iterator[Linked]:
    away = [each.target for each in mark.links if each.target not in marks]
    trashed = {each.annotation.id: each for each in _trashed(library, away)}
    pages = {each: article_from(library, each) for each in away if is_web_address(each)}
    for link in mark.links:
        target, page = link.target, pages.get(link.target)
        yield Linked(
            link.relation,
            target,
            link.note,
            is_outgoing=True,
            state=_state(library, target, is_found=target in marks, is_trashed=target in trashed),
            holders=(mark,),
            marked=marks.get(target) or trashed.get(target),
            page=library.record(page) if page else None,
        )


def _incoming(mark: Annotation, found: Sequence[Marked]) -> Iterator[Linked]:
    for marked in found:
        holder = marked.annotation
        for link in holder.links if holder.id != mark.id else ():
            if link.target == mark.id:
                yield Linked(
                    link.relation,
                    holder.id,
                    link.note,
                    is_outgoing=False,
                    state="mark",
                    holders=(holder,),
                    marked=marked,
                )


def _trashed(library: Library, targets: Sequence[str]) -> tuple[Marked, ...]:
    return library.trashed_marks([each for each in targets if not is_web_address(each)])


def _state(library: Library, target: str, *, is_found: bool, is_trashed: bool) -> State:
    if is_found:
        return "mark"
    if is_web_address(target):
        is_trashed = id_of_url(target) in library.trashed() and not article_from(library, target)
        return "binned" if is_trashed else "page"
    return "binned" if is_trashed else "missing"


def _put(library: Library, holder: Annotation, link: Link, *, now: datetime) -> Step:
    def edit(current: Annotation) -> Annotation:
        others = tuple(
            each for each in current.links if not _is_link(each, link.relation, link.target)
        )
        if link in current.links and len(others) == len(current.links) - 1:
            return current
        return replace(current, links=(*others, link), modified=now)

    return _revise(library, "Link", holder, edit)


def _revise(
    library: Library, name: str, holder: Annotation, edit: Callable[[Annotation], Annotation]
) -> Step:
    before = holder

    def change(current: Annotation) -> Annotation:
        nonlocal before
        before = current
        return edit(current)

    after = library.revise(holder.article_id, holder.id, change)
    return MarkEdit(name, holder.article_id, (before,), (after,))


def _is_link(link: Link, relation: Relation, target: str) -> bool:
    return (link.relation, link.target) == (relation, target)
