"""`annotator tag`: the tags of an article or a mark."""

from collections.abc import Sequence
from datetime import UTC, datetime

import click

from annotator import usecases
from annotator.cli.context import CliContext
from annotator.cli.output import console
from annotator.cli.params import complete_article, complete_tag, json_option
from annotator.model import Annotation, ArticleRecord
from annotator.model.tags import normalise_all
from annotator.store import Library
from annotator.usecases.articles import find_target
from annotator.usecases.tags import tag_article, with_tags


@click.command("tag")
@click.argument("target", metavar="MARK_OR_ARTICLE", shell_complete=complete_article)
@click.option(
    "--add",
    "added",
    multiple=True,
    metavar="TAG",
    shell_complete=complete_tag,
    help="Add this tag. Can be repeated.",
)
@click.option(
    "--remove",
    "removed",
    multiple=True,
    metavar="TAG",
    shell_complete=complete_tag,
    help="Remove this tag. Can be repeated.",
)
@json_option
@click.pass_obj
def tag_command(
    context: CliContext,
    *,
    target: str,
    added: Sequence[str],
    removed: Sequence[str],
    as_json: bool,
) -> None:
    """Show or change the tags of an article or a mark.

    MARK_OR_ARTICLE: an id or a unique prefix of one. Without options, its tags
    are printed.
    """
    found = find_target(context.library, target)
    if added or removed:
        found = _tagged(context.library, found, normalise_all(added), normalise_all(removed))
    if as_json:
        console.echo_json({"id": found.id, "tags": found.tags})
    else:
        _print(found.tags)


def _tagged(
    library: Library, target: ArticleRecord | Annotation, add: Sequence[str], remove: Sequence[str]
) -> ArticleRecord | Annotation:
    now = datetime.now(UTC)
    if isinstance(target, ArticleRecord):
        return tag_article(library, target.id, add=add, remove=remove, now=now)
    names = with_tags(target.tags, add=add, remove=remove)
    return usecases.annotate.retag(library, target, names, now=now).after[0]


def _print(tags: Sequence[str]) -> None:
    if not tags:
        console.tell("It has no tags.")
    for tag in tags:
        console.echo(tag)
