"""`annotator remove` and `annotator restore`: articles into the bin and back."""

from collections.abc import Sequence

import click

from annotator.cli.context import CliContext
from annotator.cli.output import console
from annotator.cli.params import complete_article, json_option
from annotator.usecases.trash import Trashed, restore, trash, trashed


@click.command("remove")
@click.argument(
    "articles", nargs=-1, required=True, metavar="ARTICLE...", shell_complete=complete_article
)
@json_option
@click.pass_obj
def remove_command(context: CliContext, *, articles: Sequence[str], as_json: bool) -> None:
    """Move articles with their marks and versions to the bin.

    ARTICLE: an id, a unique prefix of one, or the article's URL. `annotator
    restore` brings them back.
    """
    records = trash(context.library, tuple(articles))
    if as_json:
        console.echo_json(records)
        return
    for record in records:
        console.echo_fields("removed", record.id, record.title)
    console.tell("Moved to the bin. To bring one back:  annotator restore ID")


@click.command("restore")
@click.argument("article", required=False, metavar="[ARTICLE]")
@json_option
@click.pass_obj
def restore_command(context: CliContext, *, article: str | None, as_json: bool) -> None:
    """Restore an article from the bin, with its marks and versions.

    ARTICLE: its id or a unique prefix. Without it, the bin is listed.
    """
    if article is None:
        _list(context, as_json=as_json)
        return
    record = restore(context.library, article)
    if as_json:
        console.echo_json(record)
    else:
        console.echo_fields("restored", record.id, record.title)


def _list(context: CliContext, *, as_json: bool) -> None:
    found = trashed(context.library)
    if as_json:
        console.echo_json(found)
        return
    for each in found:
        console.echo_fields(*_fields(each))
    if not found:
        console.tell("The bin is empty.")


def _fields(article: Trashed) -> tuple[str, ...]:
    if article.record is None:
        return article.id, "(damaged)", ""
    return article.id, article.record.title, article.record.url
