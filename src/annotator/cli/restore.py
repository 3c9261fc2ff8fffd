"""`annotator restore`: what is in the bin, and an article had back from there."""

import click

from annotator.cli import output
from annotator.cli.options import json_option
from annotator.cli.workspace import Workspace
from annotator.usecases.removing import Thrown, take_back, thrown


@click.command("restore")
@click.argument("article", required=False, metavar="[ARTICLE]")
@json_option
@click.pass_obj
def command(workspace: Workspace, *, article: str | None, as_json: bool) -> None:
    """Have an article back from the bin, with its marks and versions.

    ARTICLE is its id, or how it begins. Without it, what is in the bin is listed.
    """
    if article is None:
        _list(workspace, as_json=as_json)
        return
    record = take_back(workspace.library, article)
    if as_json:
        output.echo_json(record)
    else:
        output.echo_fields("restored", record.id, record.title)


def _list(workspace: Workspace, *, as_json: bool) -> None:
    found = thrown(workspace.library)
    if as_json:
        output.echo_json(found)
        return
    for each in found:
        output.echo_fields(*_fields(each))
    if not found:
        output.tell("The bin is empty.")


def _fields(thrown: Thrown) -> tuple[str, ...]:
    if thrown.record is None:
        return thrown.id, "(damaged)", ""
    return thrown.id, thrown.record.title, thrown.record.url
