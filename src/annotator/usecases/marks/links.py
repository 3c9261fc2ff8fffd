"""Links between marks, seen from both ends, the tree that they make, and a mark in full."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from annotator.errors import InvalidInput, LibraryError, NotInLibrary
from annotator.model import Anchored, Annotation, Article, ArticleRecord, Link, Relation, Span
from annotator.model.connected import joined
from annotator.model.identity import id_of_url, is_web_address
from annotator.model.text import clean_line
from annotator.model.vocabulary import SAME, SIDES
from annotator.store import Library, Marked, questions
from annotator.usecases.articles.lookup import article_from
from annotator.usecases.articles.open_article import anchor_marks
from annotator.usecases.marks.annotate import clean_note
from annotator.usecases.marks.evidence import EvidenceNode, build_tree
from annotator.usecases.marks.mark_bin import deleted_marks
from annotator.usecases.marks.mark_edit import MarkEdit, edit_marks

State = Literal["mark", "page", "binned", "deleted", "missing"]
NOT_HERE: Mapping[str, str] = {  # why the other end of a link cannot be opened, by its state
    "binned": "its article is in the bin",
    "deleted": "it is in the bin",
    "missing": "deleted, or never in this library",
}
MAX_AROUND = 1_200  # characters of the paragraph shown before and after the passage
_CUT = "…"


class Linked(Struct, frozen=True):
    """A link of a mark, with the mark or page at its other end.

    `target` is the other mark's id or the page's URL. An outgoing link says what the mark
    is to it, any other what it is to the mark. `marked` is the other mark, also while it or its
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
    ids = [link.target for link in annotation.links if not is_web_address(link.target)]
    linking = library.ask(
        questions.links.linked_marks((annotation.id, *ids), targets=(annotation.id,))
    )
    marks = {marked.annotation.id: marked for marked in linking}
    mark = marks[annotation.id].annotation if annotation.id in marks else annotation
    if mark.links != annotation.links:  # they were changed since the caller read them
        return links_of(library, mark)
    once: dict[tuple[str, str, bool], Linked] = {}
    for linked in (*_outgoing(library, mark, marks), *_incoming(mark, linking)):
        key = (linked.relation, linked.target, linked.is_outgoing or linked.relation == SAME)
        known = once.get(key)
        once[key] = replace(known, holders=known.holders + linked.holders) if known else linked
    return tuple(once.values())


def add_link(library: Library, annotation: Annotation, link: Link, *, now: datetime) -> MarkEdit:
    """Link the mark to another mark, by its id or a unique prefix, or to a page by its URL.

    A reversed link leads the other way: the other mark supports this one, and gets the
    link. A link of the same relation to the same end is replaced, so that its note can
    change.
    """
    note = clean_note(link.note)
    if is_web_address(link.target):
        target = clean_line(link.target, limit=len(link.target))
        kept = Link(link.relation, target, note, link.is_reversed and link.relation != SAME)
        return _put(library, annotation, kept, now=now)
    other = library.annotation(link.target)
    if other.id == annotation.id:
        raise InvalidInput("A mark cannot be linked to itself.", "Choose another mark.")
    holder, end = (other, annotation) if link.is_reversed else (annotation, other)
    back = Link(SAME, holder.id)
    if link.relation == SAME and _without(end.links, back) != end.links:
        holder, end = end, holder  # the two are linked already: keep one link
    return _put(library, holder, Link(link.relation, end.id, note), now=now)


def remove_link(
    library: Library, annotation: Annotation, linked: Linked, *, now: datetime
) -> MarkEdit:
    """Remove a link of the mark, also one that another mark holds."""

    def edit(current: Annotation) -> Annotation:
        is_own = current.id == annotation.id
        end = linked.target if is_own else annotation.id
        is_reversed = linked.relation != SAME and linked.is_outgoing != is_own
        gone = Link(linked.relation, end, is_reversed=is_reversed)
        return replace(current, links=_without(current.links, gone))

    return edit_marks(library, "Unlink", linked.holders, edit, now=now)


def remove_evidence(
    library: Library, node: EvidenceNode, claim: EvidenceNode, *, now: datetime
) -> MarkEdit:
    """Remove the links by which a node of the tree supports or opposes the claim above it.

    There may be several, between different marks of the same two claims.
    """
    targets = {place.annotation.id for place in claim.places}
    sources = {node.address, *(place.annotation.id for place in node.places)}

    def is_gone(holder: Annotation, link: Link) -> bool:
        ends = (holder.id, link.target)
        source, target = reversed(ends) if link.is_reversed else ends
        return link.relation == node.role and source in sources and target in targets

    return _unlink(library, (*node.places, *claim.places), is_gone, now=now)


def remove_place(
    library: Library, places: Sequence[Marked], annotation: Annotation, *, now: datetime
) -> MarkEdit:
    """Remove the links by which a mark makes the same claim as the others of `places`."""
    others = {place.annotation.id for place in places} - {annotation.id}

    def is_gone(holder: Annotation, link: Link) -> bool:
        ends = {holder.id, link.target}
        return link.relation == SAME and annotation.id in ends and bool(ends & others)

    return _unlink(library, places, is_gone, now=now)


def lost_links(library: Library) -> tuple[tuple[str, str], ...]:
    """Return the links to marks that are neither in the library nor in the bin.

    Each is the id of the mark that has the link, and that of the mark that is gone.
    """
    links = library.ask(questions.links.lost_targets())
    targets = {target for _, target in links}
    binned = (*library.trashed_marks(targets), *deleted_marks(library, targets))
    known = {marked.annotation.id for marked in binned}
    return tuple(link for link in links if link[1] not in known)


def evidence_tree(
    library: Library,
    annotation: Annotation,
    *,
    depth: int | None = None,
    shows: Callable[[str], bool] = lambda _article_id: True,
) -> EvidenceNode:
    """Return what supports and opposes the claim of a mark, over any number of links.

    With a `depth`, only so many levels below the claim; of articles that it `shows`.
    """
    question = questions.links.connected_marks(annotation.id, against=(*SIDES, SAME), along=(SAME,))
    marks = [marked for marked in library.ask(question) if shows(marked.record.id)]
    if all(marked.annotation.id != annotation.id for marked in marks):  # also if others link to it
        raise NotInLibrary("The mark no longer exists.", "Another program may have deleted it.")
    addresses = (
        link.target
        for marked in marks
        for link in marked.annotation.links
        if link.is_reversed and is_web_address(link.target)
    )
    pages = {
        address: page
        if (page := _page(library, address)) and shows(page.id)
        else ArticleRecord(id_of_url(address), address, "")
        for address in addresses
    }
    return build_tree(marks, annotation.id, pages=pages, depth=depth)


def claim_places(library: Library) -> Mapping[str, int]:
    """Return how many marks make the same claim, by the id of each that is not alone."""
    pairs = library.ask(questions.links.linked_pairs(SAME))
    claims = joined({mark_id for pair in pairs for mark_id in pair}, pairs)
    sizes = Counter(claims.values())
    return {mark_id: sizes[claim] for mark_id, claim in claims.items() if sizes[claim] > 1}


class ClaimPassage(Struct, frozen=True):
    """The marked words, and the rest of their paragraph before and after them.

    `is_found` is false if the words are not in the article's current text.
    """

    before: str
    words: str
    after: str
    is_found: bool = True


class ClaimDetails(Struct, frozen=True):
    """A mark with its passage and its links, also those of other marks to it.

    `author` is who made it, if that is somebody else than the user.
    """

    marked: Marked
    passage: ClaimPassage
    links: tuple[Linked, ...] = ()
    author: str = ""


def other_author(library: Library, mark: Annotation) -> str:
    """Return who made a mark, empty if that is the user or not known."""
    return mark.author if mark.author and mark.author != library.author else ""


def passage_of(library: Library, mark: Annotation) -> ClaimPassage:
    """Return the passage of a mark; of a text that cannot be read, what the mark remembers."""
    try:
        article = library.article(mark.article_id).extraction().article
    except LibraryError:  # of a damaged text, which the article's own screen explains
        return _remembered(mark)
    (placed,) = anchor_marks(article, (mark,))
    span = placed.place.span if isinstance(placed.place, Anchored) else None
    if span is None:
        return _remembered(mark, is_found=False)
    return in_paragraph(article, span)


def in_paragraph(article: Article, span: Span, *, most: int = MAX_AROUND) -> ClaimPassage:
    """Return a passage with the rest of its paragraphs, at most so many characters around it."""
    first = article.span_of(article.block_at(span.start))
    last = article.span_of(article.block_at(max(span.start, span.end - 1)))
    text = article.text
    before = text[first.start : span.start]
    after = text[span.end : last.end]
    if len(before) > most:
        before = _CUT + before[-most:].partition(" ")[2]
    if len(after) > most:
        after = after[:most].rpartition(" ")[0] + _CUT
    return ClaimPassage(before, span.of(text), after)


def _outgoing(library: Library, mark: Annotation, marks: Mapping[str, Marked]) -> Iterator[Linked]:
    away = [link.target for link in mark.links if link.target not in marks]
    lost = [target for target in away if not is_web_address(target)]
    trashed = {marked.annotation.id: marked for marked in library.trashed_marks(lost)}
    deleted = {marked.annotation.id: marked for marked in deleted_marks(library, lost)}
    for link in mark.links:
        target = link.target
        page = _page(library, target) if is_web_address(target) else None
        if target in marks:
            state: State = "mark"
        elif is_web_address(target):
            state = "page" if page or id_of_url(target) not in library.trashed() else "binned"
        else:
            state = "binned" if target in trashed else "missing"
            state = "deleted" if target in deleted else state
        yield Linked(
            link.relation,
            target,
            link.note,
            is_outgoing=not link.is_reversed,
            state=state,
            holders=(mark,),
            marked=marks.get(target) or trashed.get(target) or deleted.get(target),
            page=page,
        )


def _incoming(mark: Annotation, linking: Sequence[Marked]) -> Iterator[Linked]:
    for marked in linking:
        holder = marked.annotation
        for link in holder.links if holder.id != mark.id else ():
            if link.target == mark.id:
                yield Linked(
                    link.relation,
                    holder.id,
                    link.note,
                    is_outgoing=link.is_reversed,
                    state="mark",
                    holders=(holder,),
                    marked=marked,
                )


def _page(library: Library, address: str) -> ArticleRecord | None:
    article_id = article_from(library, address)
    return library.article(article_id).record() if article_id else None


def _put(library: Library, holder: Annotation, link: Link, *, now: datetime) -> MarkEdit:
    def edit(current: Annotation) -> Annotation:
        if link in current.links:
            return current
        return replace(current, links=(*_without(current.links, link), link))

    return edit_marks(library, "Link", (holder,), edit, now=now)


def _unlink(
    library: Library,
    marks: Sequence[Marked],
    is_gone: Callable[[Annotation, Link], bool],
    *,
    now: datetime,
) -> MarkEdit:
    def edit(current: Annotation) -> Annotation:
        kept = (link for link in current.links if not is_gone(current, link))
        return replace(current, links=tuple(kept))

    holders = {marked.annotation.id: marked.annotation for marked in marks}
    return edit_marks(library, "Unlink", holders.values(), edit, now=now)


def _without(links: Sequence[Link], link: Link) -> tuple[Link, ...]:
    """Return the links but those that say the same as `link`, whatever their notes."""
    return tuple(other for other in links if replace(other, note="") != replace(link, note=""))


def _remembered(mark: Annotation, *, is_found: bool = True) -> ClaimPassage:
    """Return the words with the few around them that the mark itself remembers."""
    quote = mark.target.quote
    before = f"{_CUT}{quote.prefix}" if quote.prefix else ""
    after = f"{quote.suffix}{_CUT}" if quote.suffix else ""
    return ClaimPassage(before, quote.exact, after, is_found)
