"""`annotator remove`: articles thrown into the bin."""

from collections.abc import Sequence

import click

from annotator.cli import output
from annotator.cli.completing import complete_article
from annotator.cli.options import json_option
from annotator.cli.workspace import Workspace
from annotator.usecases.removing import throw_away


@click.command("remove")
@click.argument(
    "articles", nargs=-1, required=True, metavar="ARTICLE...", shell_complete=complete_article
)
@json_option
@click.pass_obj
def command(workspace: Workspace, *, articles: Sequence[str], as_json: bool) -> None:
    """Move articles with their marks and versions to the bin.

    ARTICLE is an id, how one begins, or an address. `annotator restore` has them back.
    """
    records = throw_away(workspace.library, tuple(articles))
    if as_json:
        output.echo_json(records)
        return
    for record in records:
        output.echo_fields("removed", record.id, record.title)
    output.tell("They are in the bin. Have one back with:  annotator restore ID")
