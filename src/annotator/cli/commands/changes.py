"""`annotator changes`: claim watch, what became of marked passages since the page changed."""

from collections.abc import Iterator, Sequence

import click

from annotator.cli.context import Workspace
from annotator.cli.output import console
from annotator.cli.output.changes import plain, print_changes, print_title
from annotator.cli.params import complete_article, json_option
from annotator.errors import LibraryError
from annotator.model import ArticleRecord
from annotator.usecases.articles import find_article
from annotator.usecases.changes import Changes, changes


@click.command("changes")
@click.argument("articles", nargs=-1, metavar="[ARTICLE]...", shell_complete=complete_article)
@json_option
@click.pass_obj
def changes_command(workspace: Workspace, *, articles: Sequence[str], as_json: bool) -> int:
    """Show what changed in articles of which there are several versions.

    Marked passages that were reworded come first, word by word, changed
    numbers before the rest; then marks whose passage is lost; then how many
    paragraphs were reworded, added, removed or moved since the version before.
    """
    failures: list[LibraryError] = []
    found = [each for each in _watched(workspace, articles, failures) if each.has_any]
    if as_json:
        console.echo_json([plain(each) for each in found])
        return _code(failures)
    for each in found:
        if console.is_terminal():
            print_title(each)
        print_changes(each, workspace.settings)
    if not found and not failures:
        console.tell("Nothing has changed.")
    return _code(failures)


def _watched(
    workspace: Workspace, articles: Sequence[str], failures: list[LibraryError]
) -> Iterator[Changes]:
    """Yield the changes of each article; complain of those that are damaged, and go on."""
    for record in _records(workspace, articles):
        try:
            yield changes(workspace.library, record.id)
        except LibraryError as error:
            console.complain(error, about=record.title or record.id)
            failures.append(error)


def _records(workspace: Workspace, articles: Sequence[str]) -> Iterator[ArticleRecord]:
    library = workspace.library
    if articles:
        ids = dict.fromkeys(find_article(library, each) for each in articles)
        return (library.record(each) for each in ids)
    return (record for record in library.records() if len(record.revisions) > 1)


def _code(failures: Sequence[LibraryError]) -> int:
    return failures[0].exit_code if failures else 0
