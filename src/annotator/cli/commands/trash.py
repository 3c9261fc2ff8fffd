"""`annotator remove`: articles thrown into the bin."""

from collections.abc import Sequence

import click

from annotator.cli.context import Workspace
from annotator.cli.output import console
from annotator.cli.params import complete_article, json_option
from annotator.usecases.trash import Thrown, take_back, throw_away, thrown


@click.command("remove")
@click.argument(
    "articles", nargs=-1, required=True, metavar="ARTICLE...", shell_complete=complete_article
)
@json_option
@click.pass_obj
def remove_command(workspace: Workspace, *, articles: Sequence[str], as_json: bool) -> None:
    """Move articles with their marks and versions to the bin.

    ARTICLE is an id, how one begins, or an address. `annotator restore` has them back.
    """
    records = throw_away(workspace.library, tuple(articles))
    if as_json:
        console.echo_json(records)
        return
    for record in records:
        console.echo_fields("removed", record.id, record.title)
    console.tell("They are in the bin. Have one back with:  annotator restore ID")


@click.command("restore")
@click.argument("article", required=False, metavar="[ARTICLE]")
@json_option
@click.pass_obj
def restore_command(workspace: Workspace, *, article: str | None, as_json: bool) -> None:
    """Have an article back from the bin, with its marks and versions.

    ARTICLE is its id, or how it begins. Without it, what is in the bin is listed.
    """
    if article is None:
        _list(workspace, as_json=as_json)
        return
    record = take_back(workspace.library, article)
    if as_json:
        console.echo_json(record)
    else:
        console.echo_fields("restored", record.id, record.title)


def _list(workspace: Workspace, *, as_json: bool) -> None:
    found = thrown(workspace.library)
    if as_json:
        console.echo_json(found)
        return
    for each in found:
        console.echo_fields(*_fields(each))
    if not found:
        console.tell("The bin is empty.")


def _fields(thrown: Thrown) -> tuple[str, ...]:
    if thrown.record is None:
        return thrown.id, "(damaged)", ""
    return thrown.id, thrown.record.title, thrown.record.url
