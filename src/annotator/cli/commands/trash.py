"""`annotator remove`, `restore` and `empty-bin`: articles into the bin, back, or gone."""

from collections.abc import Sequence

import click

from annotator.cli.completing import complete_query, complete_trashed
from annotator.cli.consent import DECLINED, has_consent
from annotator.cli.context import CliContext
from annotator.cli.output import console
from annotator.cli.output.tables import fitted
from annotator.cli.params import QueryCommand, json_option, yes_option
from annotator.errors import NotInLibrary
from annotator.model.labels import count
from annotator.usecases.articles.trash import Trashed, delete, find_trashed, restore, trash, trashed
from annotator.usecases.queries.selection import choose_articles

_HEADINGS = ("ID", "TITLE", "DELETED", "MARKS")


@click.command("remove", cls=QueryCommand)
@click.argument(
    "wanted",
    nargs=-1,
    required=True,
    metavar="ARTICLE_OR_QUERY...",
    shell_complete=complete_query,
)
@yes_option
@json_option
@click.pass_obj
def remove_command(
    context: CliContext, *, wanted: Sequence[str], is_sure: bool, as_json: bool
) -> int:
    """Move articles with their marks and versions to the bin.

    ARTICLE_OR_QUERY: ids, unique prefixes, or URLs of articles, or a query such
    as is:archived added:..2025. `annotator restore` brings them back.
    """
    found = choose_articles(context.library, wanted)
    if not found.records:
        raise NotInLibrary("No articles match.", "`annotator list` lists your articles.")
    number = len(found.records)
    many = f"move {number:,} articles with their marks to the bin"
    if found.by_query and number > 1 and not has_consent(many, is_sure=is_sure):
        return DECLINED
    records = trash(context.library, [record.id for record in found.records])
    if as_json:
        console.echo_json(records)
        return 0
    for record in records:
        console.echo_fields("removed", record.id, record.title)
    these = f"{number:,} articles to the bin" if number > 1 else "to the bin"
    console.tell(f"Moved {these}. To bring one back:  annotator restore ID")
    return 0


@click.command("restore")
@click.argument("articles", nargs=-1, metavar="[ARTICLE]...", shell_complete=complete_trashed)
@json_option
@click.pass_obj
def restore_command(context: CliContext, *, articles: Sequence[str], as_json: bool) -> None:
    """Restore articles from the bin, with their marks and versions.

    ARTICLE: an id or a unique prefix of one. Without any, the bin is listed.
    """
    if not articles:
        _list(context, as_json=as_json)
        return
    records = [restore(context.library, each) for each in dict.fromkeys(articles)]
    if as_json:
        console.echo_json(records)
        return
    for record in records:
        console.echo_fields("restored", record.id, record.title)


@click.command("empty-bin")
@click.argument("articles", nargs=-1, metavar="[ARTICLE]...", shell_complete=complete_trashed)
@click.option("--yes", "is_sure", is_flag=True, help="Don't ask before deleting.")
@json_option
@click.pass_obj
def empty_bin_command(
    context: CliContext, *, articles: Sequence[str], is_sure: bool, as_json: bool
) -> int:
    """Delete articles in the bin for good, with their marks and versions.

    ARTICLE: an id or a unique prefix of one. Without any, the whole bin is
    emptied. It asks first, because this cannot be undone.
    """
    found = find_trashed(context.library, articles)
    marks = count(sum(each.marks_of_all for each in found), "mark")
    question = f"delete {count(len(found), 'article')} and {marks} for good"
    if found and not has_consent(question, is_sure=is_sure):
        return DECLINED
    delete(context.library, [each.id for each in found])
    if as_json:
        console.echo_json(found)
        return 0
    for each in found:
        console.echo_fields("deleted", each.id, _named(each)[0])
    if not found:
        console.tell("The bin is empty.")
    return 0


def _list(context: CliContext, *, as_json: bool) -> None:
    found = trashed(context.library)
    if as_json:
        console.echo_json(found)
    elif not found:
        console.tell("The bin is empty.")
    elif console.is_terminal():
        rows = [_HEADINGS, *map(_row, found)]
        title = _HEADINGS.index("TITLE")
        heading, *lines = fitted(rows, width=console.width(), flexible=title)
        console.echo(console.faint(heading))
        for line in lines:
            console.echo(line)
        console.tell("To bring one back:  annotator restore ID")
    else:
        for each in found:
            console.echo_fields(each.id, *_named(each), each.removed.isoformat(), str(each.marks))


def _row(article: Trashed) -> tuple[str, ...]:
    title, url = _named(article)
    day = article.removed.astimezone().date().isoformat()
    return article.id[: console.ID_LENGTH], title or url, day, str(article.marks or "")


def _named(article: Trashed) -> tuple[str, str]:
    """Return title and address."""
    if article.record is None:
        return "(damaged)", ""
    return article.record.title, article.record.url
