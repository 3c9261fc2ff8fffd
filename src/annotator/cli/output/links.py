"""Links and trees of evidence as text for a terminal, as fields, and as JSON."""

from collections.abc import Mapping, Sequence

from annotator.cli.output import console
from annotator.cli.output.console import Piece
from annotator.cli.output.forms.mark_text import LINK_COLORS, STATUS_COLORS
from annotator.cli.output.tables import cut, wrapped
from annotator.model import Annotation, ArticleRecord, Claim
from annotator.model.labels import (
    STATUS_GLYPHS,
    long_date,
    relation_name,
    relation_words,
)
from annotator.settings import Settings
from annotator.store import Marked
from annotator.usecases.articles.lookup import mark_address
from annotator.usecases.marks.evidence import Backing, EvidenceNode, summary, walk
from annotator.usecases.marks.evidence_branches import ENDINGS, SAME_SIGN, SIGNS, Branch, branches
from annotator.usecases.marks.links import Linked

_MOST, _LEAST = 120, 24  # cells of a line; longer ones are hard to read

_STATES = {
    "mark": "",
    "page": "",
    "binned": "its article is in the bin",
    "deleted": "it is in the bin",
    "missing": "deleted, or never in this library",
}
_ELSEWHERE = "a page that is not in the library"


def print_link(annotation: Annotation, link: Linked) -> None:
    """Print one link: as a sentence on a terminal, else as a line of fields."""
    if not console.is_terminal():
        console.echo_fields(*_fields(annotation, link))
        return
    width = _width() // 2
    words = cut(" ".join(annotation.quote.split()), width)
    console.echo(f"“{words}” ", _relation(link), f" {_named(link, width)}")


def print_links(annotation: Annotation, links: Sequence[Linked]) -> None:
    """Print the links of a mark: three lines for each on a terminal, else a line of fields."""
    if not console.is_terminal():
        for link in links:
            console.echo_fields(*_fields(annotation, link))
        return
    width = _width()
    console.echo(f"“{cut(' '.join(annotation.quote.split()), width - 2)}”")
    for link in links:
        name = "" if link.state == "page" else f"  {link.target}"
        console.echo("  ", _relation(link), console.faint(name))
        if link.state != "missing":
            console.echo(f"    {_named(link, width - 6)}")
        note = f"✎ {link.note}" if link.note else ""
        facts = (_STATES[link.state], *_known_of(link), note)
        _print_facts("    ", facts, link.marked, width)


def print_tree(tree: EvidenceNode, settings: Settings) -> None:
    """Print a tree of evidence, with its summary above; elsewhere each node as fields.

    The fields are the level, what it does to the node above, why nothing follows, the
    address, status, speaker and words.
    """
    if not console.is_terminal():
        for level, node in walk(tree):
            console.echo_fields(str(level), node.role, node.end, *_node_fields(node))
        return
    for line in wrapped(summary(tree), _width()):
        console.echo(console.strong(line))
    for branch in branches(tree):
        _print_branch(branch, settings, _width())


def link_to_json(link: Linked) -> Mapping[str, object]:
    """Return a link for `--json`, as it is seen from the mark that was asked about."""
    return {
        "relation": relation_name(link.relation, is_back=not link.is_outgoing),
        "state": link.state,
        "target": link.target,
        "note": link.note,
        "held_by": [holder.id for holder in link.holders],
        "mark": _mark_to_json(link.marked) if link.marked else None,
        "page": _page_to_json(link.page) if link.page else None,
    }


def tree_to_json(tree: EvidenceNode) -> Mapping[str, object]:
    """Return a tree for `--json`, its nodes in a list, each with its level.

    They are not in one another, because a chain of links may be longer than JSON is read.
    """
    return {
        "summary": summary(tree),
        "supporting": _backing_to_json(tree.supporting),
        "opposing": _backing_to_json(tree.opposing),
        "nodes": [_node_to_json(level, node) for level, node in walk(tree)],
    }


def _relation(link: Linked) -> Piece:
    words = relation_words(link.relation, is_back=not link.is_outgoing)
    return console.colored(words, LINK_COLORS[link.relation])


def _named(link: Linked, width: int) -> str:
    """Return the words at the other end of a link, or the title or address of a page."""
    if link.marked:
        return f"“{cut(' '.join(link.marked.annotation.quote.split()), max(_LEAST, width))}”"
    if link.page and link.page.title:
        return cut(link.page.title, max(_LEAST, width))
    return link.target


def _known_of(link: Linked) -> list[str]:
    return [] if link.state == "missing" else _known(link.marked, link.page, link.target)


def _known(marked: Marked | None, page: ArticleRecord | None, address: str) -> list[str]:
    """Return what is known about a mark or page: status, speaker, article, date, address."""
    if marked is None:
        known = bool(page and page.revision)
        return [address, long_date(page.published)] if page and known else [_ELSEWHERE]
    record, annotation = marked
    claim = annotation.claim
    return [
        _status(claim) if claim else annotation.kind,
        claim.speaker if claim else "",
        record.title or record.url,
        long_date(record.published),
    ]


def _print_branch(branch: Branch, settings: Settings, width: int) -> None:
    node, marked = branch.node, branch.marked
    record = marked.record if marked else node.page
    title = record.title if record else ""
    words = marked.annotation.quote if marked else title or node.address
    stem = f"{branch.stem}─ " if branch.above else ""
    sign = SAME_SIGN if branch.place else SIGNS[node.role]
    if not branch.above and marked:
        kind = settings.kind(marked.annotation.kind)
        sign = kind.glyph if kind else "·"
    room = max(_LEAST, width - len(stem) - len(sign) - 1)
    words = cut(" ".join(words.split()), room)
    color = LINK_COLORS["same-as" if branch.place else node.role] if branch.above else "strong"
    console.echo(console.faint(stem), console.colored(sign, color), f" {words}")
    ending = "" if branch.place else ENDINGS[node.end]
    note = "" if branch.place else node.note
    facts = (ending, *_known(marked, node.page, node.address), f"✎ {note}" if note else "")
    _print_facts(f"{branch.below}  ", facts, marked, width)


def _print_facts(start: str, facts: Sequence[str], marked: Marked | None, width: int) -> None:
    """Print what is known on a faint line, with the status in its color; nothing if empty."""
    line = cut(" · ".join(filter(None, facts)), max(_LEAST, width - len(start)))
    claim = marked.annotation.claim if marked else None
    status = _status(claim) if claim else ""
    before, sign, after = line.partition(status) if status else (line, "", "")
    if line:
        color = STATUS_COLORS.get(claim.status, "faint") if claim else "faint"
        pieces = console.faint(before), console.colored(sign, color), console.faint(after)
        console.echo(console.faint(start), *pieces)


def _status(claim: Claim) -> str:
    return f"{STATUS_GLYPHS[claim.status]} {claim.status}"


def _width() -> int:
    return max(_LEAST, min(console.width(), _MOST))


def _fields(annotation: Annotation, link: Linked) -> tuple[str, ...]:
    """Return the fields of a link: mark, relation, state, other end, its words, the note."""
    marked = link.marked
    end = mark_address(marked.record.id, link.target) if marked else link.target
    words = marked.annotation.quote if marked else link.page.title if link.page else ""
    name = relation_name(link.relation, is_back=not link.is_outgoing)
    return (annotation.id, name, link.state, end, words, link.note)


def _node_fields(node: EvidenceNode) -> tuple[str, ...]:
    if node.marked is None:
        return (node.address, "", "", node.page.title if node.page else "")
    record, annotation = node.marked
    claim = annotation.claim
    address = mark_address(record.id, annotation.id)
    status, speaker = (claim.status, claim.speaker) if claim else ("", "")
    return (address, status, speaker, annotation.quote)


def _mark_to_json(marked: Marked) -> Mapping[str, object]:
    record, annotation = marked
    return {
        "id": annotation.id,
        "address": mark_address(record.id, annotation.id),
        "article": _page_to_json(record),
        "kind": annotation.kind,
        "quote": annotation.quote,
        "claim": annotation.claim,
    }


def _page_to_json(record: ArticleRecord) -> Mapping[str, object]:
    is_known = bool(record.revision)
    return {"id": record.id if is_known else None, "url": record.url, "title": record.title}


def _backing_to_json(backing: Backing) -> Mapping[str, int]:
    return {
        "sites": backing.sites,
        "authors": backing.authors,
        "unknown_authors": backing.anonymous,
        "independent_sources": backing.independent,
    }


def _node_to_json(level: int, node: EvidenceNode) -> Mapping[str, object]:
    return {
        "level": level,
        "role": node.role,
        "end": node.end or None,
        "note": node.note,
        "places": [_mark_to_json(place) for place in node.places],
        "page": _page_to_json(node.page) if node.page else None,
        "lost": node.lost,
    }
