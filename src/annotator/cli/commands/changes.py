"""`annotator changes`: what happened to marked passages since the page changed."""

from collections.abc import Iterable, Iterator, Sequence

import click

from annotator.cli.completing import complete_query
from annotator.cli.context import CliContext
from annotator.cli.output import console
from annotator.cli.output.changes import print_changes, print_title, to_json
from annotator.cli.params import QueryCommand
from annotator.errors import LibraryError
from annotator.model import ArticleRecord
from annotator.store import Library
from annotator.usecases.articles.changes import ArticleChanges, changes
from annotator.usecases.queries.selection import choose_articles


@click.command("changes", cls=QueryCommand)
@click.argument("wanted", nargs=-1, metavar="[ARTICLE_OR_QUERY]...", shell_complete=complete_query)
def changes_command(context: CliContext, *, wanted: Sequence[str], as_json: bool) -> int:
    """Show what changed between two versions.

    Looks at the given articles, at those that match a query such as is:reworded,
    or at all that have several versions. Reworded passages that you marked come
    first, changed numbers before the rest; then marks whose passage is gone; then
    how many paragraphs were reworded, added, removed or moved since the previous
    version.
    """
    failures: list[LibraryError] = []
    articles = [change for change in _changes(context, wanted, failures) if change.has_any]
    if as_json:
        console.echo_json([to_json(changed) for changed in articles])
        return _code(failures)
    for changed in articles:
        if console.is_terminal():
            print_title(changed)
        print_changes(changed, context.settings)
    if not articles and not failures:
        console.tell("Nothing has changed.")
    return _code(failures)


def _changes(
    context: CliContext, wanted: Sequence[str], failures: list[LibraryError]
) -> Iterator[ArticleChanges]:
    """Yield the changes of each article; report damaged ones and go on."""
    for record in _records(context.library, wanted):
        try:
            yield changes(context.library, record.id)
        except LibraryError as error:
            console.complain(error, about=record.title or record.id)
            failures.append(error)


def _records(library: Library, wanted: Sequence[str]) -> Iterable[ArticleRecord]:
    chosen = choose_articles(library, wanted)
    if not chosen.by_query:
        return chosen.things
    return (record for record in chosen.things if len(record.revisions) > 1)


def _code(failures: Sequence[LibraryError]) -> int:
    return failures[0].exit_code if failures else 0
