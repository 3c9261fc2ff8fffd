"""`annotator notes`: the marks of all articles."""

from collections.abc import Sequence
from itertools import groupby

import click

from annotator.cli import output
from annotator.cli.completing import complete_article
from annotator.cli.note_lines import plain, print_heading, print_note
from annotator.cli.options import json_option, kind_query_option, tag_query_option
from annotator.cli.workspace import Workspace
from annotator.model.tags import normalise
from annotator.usecases.articles import find_article
from annotator.usecases.notes import Note, NotesQuery, notes, places

NONE = 'There are no marks yet. Make one with: annotator mark ARTICLE "the exact words"'


@click.command("notes")
@click.argument("article", default="", shell_complete=complete_article)
@kind_query_option
@tag_query_option
@click.option("--text", default="", metavar="WORDS", help="Only with these words, anywhere.")
@json_option
@click.pass_obj
def command(
    workspace: Workspace, *, article: str, kind: str, tag: str, text: str, as_json: bool
) -> None:
    """List your marks with their notes and tags.

    All of them, or those on ARTICLE: its id, or how that begins, or its address.
    """
    query = NotesQuery(
        article=find_article(workspace.library, article) if article else "",
        kind=workspace.kind(kind) if kind else "",
        tag=normalise(tag) if tag else "",
        text=text,
    )
    found = notes(workspace.library, query)
    if as_json:
        where = places(workspace.library, found)
        output.echo_json([plain(note, where[note.annotation.id]) for note in found])
    elif found:
        _print(workspace, found)
    else:
        output.tell(NONE if query == NotesQuery() else "No mark fits.")


def _print(workspace: Workspace, found: Sequence[Note]) -> None:
    for number, (_, group) in enumerate(groupby(found, key=lambda note: note.record.id)):
        marks = list(group)
        if output.is_terminal():
            if number:
                output.echo()
            print_heading(marks[0])
        for note in marks:
            print_note(note, workspace.settings)
