"""`annotator link`, `unlink` and `links`: what marks are to each other."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import cast

import click
from click.shell_completion import CompletionItem

from annotator.cli.completing import complete_mark, names_from
from annotator.cli.context import CliContext
from annotator.cli.output import console
from annotator.cli.output.links import (
    link_to_json,
    print_link,
    print_links,
    print_tree,
    tree_to_json,
)
from annotator.cli.params import json_option
from annotator.errors import InvalidInput, NotInLibrary
from annotator.model import Annotation, Link, Relation
from annotator.model.identity import is_web_address
from annotator.model.labels import BACK_NAMES, RELATIONS, count
from annotator.usecases.marks.links import Linked, add_link, evidence_tree, links_of, remove_link
from annotator.usecases.queries.selection import named_mark

_BACK: Mapping[str, str] = {name: relation for relation, name in BACK_NAMES.items()}
_NAMES = tuple(dict.fromkeys((*RELATIONS, *_BACK)))

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
)
@click.argument("mark", shell_complete=complete_mark)
@click.argument("relation", type=click.Choice(_NAMES), metavar="RELATION")
@click.argument("target", shell_complete=complete_mark)
@click.option("--note", default="", metavar="TEXT", help="A note on the link.")
@json_option
@click.pass_obj
def link_command(
    context: CliContext, *, mark: str, relation: str, target: str, note: str, as_json: bool
) -> None:
    """Link a mark to another mark or to a page."""
    library = context.library
    annotation = named_mark(library, mark)
    end = target if is_web_address(target) else named_mark(library, target).id
    name = cast("Relation", _BACK.get(relation, relation))
    is_reversed = relation not in RELATIONS
    link = Link(name, end, note, is_reversed)
    context.remember(add_link(library, annotation, link, now=datetime.now(UTC)))
    for made in links_of(library, library.annotation(annotation.id)):
        is_it = (made.relation, made.target) == (name, end)
        if is_it and (name == "same-as" or made.is_outgoing != is_reversed):
            _print(annotation, made, as_json=as_json)


@click.command("unlink")
@click.argument("mark", shell_complete=complete_mark)
@click.argument(
    "words",
    nargs=-1,
    required=True,
    metavar="[RELATION] TARGET",
    shell_complete=_complete_relation_or_mark,
)
@json_option
@click.pass_obj
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
    now = datetime.now(UTC)
    context.remember(*[remove_link(library, annotation, link, now=now) for link in links])
    if as_json:
        console.echo_json([link_to_json(link) for link in links])
    else:
        console.tell(f"Removed {count(len(links), 'link')}.")
        for link in links:
            print_link(annotation, link)


@click.command("links")
@click.argument("mark", shell_complete=complete_mark)
@click.option("--tree", "as_tree", is_flag=True, help="Show what supports and opposes it.")
@click.option(
    "--depth",
    type=click.IntRange(min=1),
    metavar="LEVELS",
    help="Only so many levels of the tree.",
)
@json_option
@click.pass_obj
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
    return link.relation if link.is_outgoing else BACK_NAMES[link.relation]


def _print(annotation: Annotation, link: Linked, *, as_json: bool) -> None:
    if as_json:
        console.echo_json(link_to_json(link))
    else:
        print_link(annotation, link)
