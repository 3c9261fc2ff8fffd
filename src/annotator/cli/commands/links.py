"""`annotator link`, `unlink` and `links`: what marks are to each other."""

from collections.abc import Mapping, Sequence
from typing import cast

import click
from click.shell_completion import CompletionItem

from annotator.cli.completing import complete_mark, names_from
from annotator.cli.context import CliContext
from annotator.cli.output import console
from annotator.cli.output.console import Piece
from annotator.cli.output.forms.mark_text import (
    LINK_COLORS,
    STATUS_COLORS,
    known_facts,
    status_text,
)
from annotator.cli.output.tables import cut, facts_line, wrapped
from annotator.cli.params import Command
from annotator.errors import InvalidInput, NotInLibrary
from annotator.model import Annotation, ArticleRecord, Link, Relation, labels
from annotator.model.identity import is_web_address
from annotator.settings import Settings
from annotator.store import Marked
from annotator.usecases.articles.lookup import mark_address
from annotator.usecases.marks import evidence
from annotator.usecases.marks.links import (
    NOT_HERE,
    Linked,
    add_link,
    evidence_tree,
    links_of,
    remove_link,
)
from annotator.usecases.queries.selection import named_mark

_BACK: Mapping[str, str] = {name: relation for relation, name in labels.BACK_NAMES.items()}
_NAMES = tuple(dict.fromkeys((*labels.RELATIONS, *_BACK)))

_SHOWS = "`annotator links MARK` shows the links of a mark."


def _complete_relation_or_mark(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    relations = names_from(lambda: () if ctx.params.get("words") else _NAMES)
    return relations(ctx, param, incomplete) + complete_mark(ctx, param, incomplete)


@click.command(
    "link",
    help="""Link a mark to another mark or to a page.

MARK: an id, a unique prefix of one, or an address (ARTICLE#MARK). TARGET:
another mark, or the URL of a page. A link that exists gets the new note.

\b
RELATION says what MARK is to TARGET:
  supports      supported-by
  opposes       opposed-by
  same-as
  informs       informed-by       (one gives context to the other)
  source-of     sourced-from
""",
    cls=Command,
)
@click.argument("mark", shell_complete=complete_mark)
@click.argument("relation", type=click.Choice(_NAMES), metavar="RELATION")
@click.argument("target", shell_complete=complete_mark)
@click.option("--note", default="", metavar="TEXT", help="A note on the link.")
def link_command(
    context: CliContext, *, mark: str, relation: str, target: str, note: str, as_json: bool
) -> None:
    """Link a mark to another mark or to a page."""
    library = context.library
    annotation = named_mark(library, mark)
    end = target if is_web_address(target) else named_mark(library, target).id
    name = cast("Relation", _BACK.get(relation, relation))
    is_reversed = relation not in labels.RELATIONS
    link = Link(name, end, note, is_reversed)
    context.remember(add_link(library, annotation, link, now=context.now))
    for made in links_of(library, library.annotation(annotation.id)):
        is_it = (made.relation, made.target) == (name, end)
        if is_it and (name == "same-as" or made.is_outgoing != is_reversed):
            if as_json:
                console.echo_json(link_to_json(made))
            else:
                print_link(annotation, made)


@click.command("unlink", cls=Command)
@click.argument("mark", shell_complete=complete_mark)
@click.argument(
    "words",
    nargs=-1,
    required=True,
    metavar="[RELATION] TARGET",
    shell_complete=_complete_relation_or_mark,
)
def unlink_command(context: CliContext, *, mark: str, words: Sequence[str], as_json: bool) -> None:
    """Remove the links between a mark and another mark or a page.

    MARK and TARGET as for `annotator link`; TARGET may also be a mark that is
    gone. With RELATION, only those links. It does not matter which of the two
    marks the link was made from.
    """
    relation, target = _relation_and_target(words)
    library = context.library
    annotation = named_mark(library, mark)
    links = [
        link
        for link in links_of(library, annotation)
        if _leads_to(link, target) and relation in ("", _name(link))
    ]
    if not links:
        named = f" by {relation}" if relation else ""
        raise NotInLibrary(f"{mark} is not linked{named} to {target}.", _SHOWS)
    if len({link.target for link in links}) > 1:
        raise InvalidInput(f"{target} could be several marks.", "Type more of the id.")
    now = context.now
    context.remember(*[remove_link(library, annotation, link, now=now) for link in links])
    if as_json:
        console.echo_json([link_to_json(link) for link in links])
    else:
        console.tell(f"Removed {labels.count(len(links), 'link')}.")
        for link in links:
            print_link(annotation, link)


@click.command("links", cls=Command)
@click.argument("mark", shell_complete=complete_mark)
@click.option("--tree", "as_tree", is_flag=True, help="Show what supports and opposes it.")
@click.option(
    "--depth", type=click.IntRange(min=1), metavar="LEVELS", help="Only so many levels of the tree."
)
def links_command(
    context: CliContext, *, mark: str, as_tree: bool, depth: int | None, as_json: bool
) -> None:
    """Show what a mark is linked to, and what is linked to it.

    With --tree, everything that supports and opposes the claim, however far
    away, and how many sites and authors are on each side.
    """
    library = context.library
    annotation = named_mark(library, mark)
    if as_tree or depth:
        tree = evidence_tree(library, annotation, depth=depth)
        if as_json:
            console.echo_json(tree_to_json(tree))
        else:
            print_tree(tree, context.settings)
        return
    links = links_of(library, annotation)
    if as_json:
        console.echo_json([link_to_json(link) for link in links])
    elif links:
        print_links(annotation, links)
    else:
        console.tell("It has no links. Make one with: annotator link MARK supports MARK")


def _relation_and_target(words: Sequence[str]) -> tuple[str, str]:
    if len(words) == 1:
        return "", words[0]
    relation, *targets = words
    if relation not in _NAMES:
        raise InvalidInput(f"Unknown relation “{relation}”.", f"Choose one of: {', '.join(_NAMES)}")
    if len(targets) > 1:
        raise InvalidInput("Only one target at a time.", "Remove the links one after another.")
    return relation, targets[0]


def _leads_to(link: Linked, target: str) -> bool:
    if is_web_address(target):
        return link.target == target
    wanted = target.strip().lower().rpartition("#")[2]
    return bool(wanted) and link.target.startswith(wanted)


def _name(link: Linked) -> str:
    return link.relation if link.is_outgoing else labels.BACK_NAMES[link.relation]


_MOST, _LEAST = 120, 24  # cells of a line; longer ones are hard to read

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
        name = "" if link.state == "page" or console.is_session() else link.target
        console.echo("  ", _relation(link), "  " * bool(name), console.faint(name))
        if link.state != "missing":
            console.echo("    ", _named(link, width - 6))
        known = [] if link.state == "missing" else _known(link.marked, link.page, link.target)
        facts = (NOT_HERE.get(link.state, ""), *known, _noted(link.note))
        _print_facts("    ", facts, link.marked, width)


def print_tree(tree: evidence.EvidenceNode, settings: Settings) -> None:
    """Print a tree of evidence, with its summary above; elsewhere each node as fields.

    The fields are the level, what it does to the node above, why nothing follows, the
    address, status, speaker and words.
    """
    if not console.is_terminal():
        for level, node in evidence.walk(tree):
            console.echo_fields(str(level), node.role, node.end, *_node_fields(node))
        return
    for line in wrapped(evidence.summary(tree), _width()):
        console.echo(console.strong(line))
    for branch in evidence.branches(tree):
        _print_branch(branch, settings, _width())


def link_to_json(link: Linked) -> Mapping[str, object]:
    """Return a link for `--json`, as it is seen from the mark that was asked about."""
    return {
        "relation": labels.relation_name(link.relation, is_back=not link.is_outgoing),
        **console.attributes(link, "state target note"),
        "held_by": [holder.id for holder in link.holders],
        "mark": _mark_to_json(link.marked) if link.marked else None,
        "page": _page_to_json(link.page) if link.page else None,
    }


def tree_to_json(tree: evidence.EvidenceNode) -> Mapping[str, object]:
    """Return a tree for `--json`, its nodes in a list, each with its level.

    They are not in one another, because a chain of links may be longer than JSON is read.
    """
    return {
        "summary": evidence.summary(tree),
        "supporting": _backing_to_json(tree.supporting),
        "opposing": _backing_to_json(tree.opposing),
        "nodes": [
            {
                **console.attributes(node, "role note lost"),
                "level": level,
                "end": node.end or None,
                "places": [_mark_to_json(place) for place in node.places],
                "page": _page_to_json(node.page) if node.page else None,
            }
            for level, node in evidence.walk(tree)
        ],
    }


def _relation(link: Linked) -> Piece:
    words = labels.relation_words(link.relation, is_back=not link.is_outgoing)
    return console.colored(words, LINK_COLORS[link.relation])


def _named(link: Linked, width: int) -> str:
    """Return the words at the other end of a link, or the title or address of a page."""
    if link.marked:
        return f"“{cut(' '.join(link.marked.annotation.quote.split()), max(_LEAST, width))}”"
    if link.page and link.page.title:
        return cut(link.page.title, max(_LEAST, width))
    return link.target


def _known(marked: Marked | None, page: ArticleRecord | None, address: str) -> list[str]:
    """Return what is known about a mark or page: status, speaker, article, date, address."""
    if marked is None:
        known = bool(page and page.revision)
        return [address, labels.long_date(page.published)] if page and known else [_ELSEWHERE]
    return known_facts(marked)


def _print_branch(branch: evidence.Branch, settings: Settings, width: int) -> None:
    node, marked = branch.node, branch.marked
    record = marked.record if marked else node.page
    title = record.title if record else ""
    words = marked.annotation.quote if marked else title or node.address
    stem = f"{branch.stem}─ " if branch.above else ""
    sign = evidence.SAME_SIGN if branch.place else evidence.SIGNS[node.role]
    if not branch.above and marked:
        kind = settings.kind(marked.annotation.kind)
        sign = kind.glyph if kind else "·"
    below = f"{branch.below}  "
    if console.is_spoken():  # the level of a claim is heard as a number
        level = (len(branch.stem) + 1) // 3
        stem, below = f"Level {level}, " if level else "", ""
        sign = sign.lstrip("+−≡ ") if level else ""
    room = max(_LEAST, width - len(stem) - len(sign) - 1)
    words = cut(" ".join(words.split()), room)
    color = LINK_COLORS["same-as" if branch.place else node.role] if branch.above else "strong"
    between = " " if sign else ""
    console.echo(console.faint(stem), console.colored(sign, color), f"{between}{words}")
    ending = "" if branch.place else evidence.ENDINGS[node.end]
    note = "" if branch.place else node.note
    facts = (ending, *_known(marked, node.page, node.address), _noted(note))
    _print_facts(below, facts, marked, width)


def _print_facts(start: str, facts: Sequence[str], marked: Marked | None, width: int) -> None:
    """Print what is known on a faint line, with the status in its color; nothing if empty."""
    line = cut(facts_line(facts), max(_LEAST, width - len(start)))
    claim = marked.annotation.claim if marked else None
    status = status_text(claim) if claim and marked and marked.annotation.status else ""
    before, sign, after = line.partition(status) if status else (line, "", "")
    if line:
        color = STATUS_COLORS.get(claim.status, "faint") if claim else "faint"
        pieces = console.faint(before), console.colored(sign, color), console.faint(after)
        console.echo(console.faint(start), *pieces)


def _noted(note: str) -> str:
    return note and f"{'note:' if console.is_spoken() else '✎'} {note}"


def _width() -> int:
    return max(_LEAST, console.width(_MOST))


def _fields(annotation: Annotation, link: Linked) -> tuple[str, ...]:
    """Return the fields of a link: mark, relation, state, other end, its words, the note."""
    marked = link.marked
    end = mark_address(marked.record.id, link.target) if marked else link.target
    words = marked.annotation.quote if marked else link.page.title if link.page else ""
    name = labels.relation_name(link.relation, is_back=not link.is_outgoing)
    return (annotation.id, name, link.state, end, words, link.note)


def _node_fields(node: evidence.EvidenceNode) -> tuple[str, ...]:
    if node.marked is None:
        return (node.address, "", "", node.page.title if node.page else "")
    record, annotation = node.marked
    claim = annotation.claim
    address = mark_address(record.id, annotation.id)
    status = (annotation.status or "") if claim else ""
    return (address, status, claim.speaker if claim else "", annotation.quote)


def _mark_to_json(marked: Marked) -> Mapping[str, object]:
    record, annotation = marked
    return {
        **console.attributes(annotation, "id kind quote claim"),
        "address": mark_address(record.id, annotation.id),
        "article": _page_to_json(record),
    }


def _page_to_json(record: ArticleRecord) -> Mapping[str, object]:
    page = console.attributes(record, "id url title")
    return page if record.revision else {**page, "id": None}


def _backing_to_json(backing: evidence.Backing) -> Mapping[str, object]:
    return {
        **console.attributes(backing, "sites authors"),
        "unknown_authors": backing.anonymous,
        "independent_sources": backing.independent,
    }
