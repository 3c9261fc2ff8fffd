"""`annotator changes`: what happened to marked passages since the page changed."""

from collections.abc import Iterator, Sequence

import click

from annotator.cli.completing import complete_article
from annotator.cli.context import CliContext
from annotator.cli.output import console
from annotator.cli.output.changes import print_changes, print_title, to_json
from annotator.cli.params import json_option
from annotator.errors import LibraryError
from annotator.model import ArticleRecord
from annotator.usecases.articles import find_article
from annotator.usecases.changes import Changes, changes


@click.command("changes")
@click.argument("articles", nargs=-1, metavar="[ARTICLE]...", shell_complete=complete_article)
@json_option
@click.pass_obj
def changes_command(context: CliContext, *, articles: Sequence[str], as_json: bool) -> int:
    """Show what changed between two versions.

    Looks at the given articles, or at all that have several versions. Reworded
    passages that you marked come first, changed numbers before the rest; then
    marks whose passage is gone; then how many paragraphs were reworded, added,
    removed or moved since the previous version.
    """
    failures: list[LibraryError] = []
    found = [each for each in _changes(context, articles, failures) if each.has_any]
    if as_json:
        console.echo_json([to_json(each) for each in found])
        return _code(failures)
    for each in found:
        if console.is_terminal():
            print_title(each)
        print_changes(each, context.settings)
    if not found and not failures:
        console.tell("Nothing has changed.")
    return _code(failures)


def _changes(
    context: CliContext, articles: Sequence[str], failures: list[LibraryError]
) -> Iterator[Changes]:
    """Yield the changes of each article; report damaged ones and go on."""
    for record in _records(context, articles):
        try:
            yield changes(context.library, record.id)
        except LibraryError as error:
            console.complain(error, about=record.title or record.id)
            failures.append(error)


def _records(context: CliContext, articles: Sequence[str]) -> Iterator[ArticleRecord]:
    library = context.library
    if articles:
        ids = dict.fromkeys(find_article(library, each) for each in articles)
        return (library.record(each) for each in ids)
    return (record for record in library.records() if len(record.revisions) > 1)


def _code(failures: Sequence[LibraryError]) -> int:
    return failures[0].exit_code if failures else 0
