"""`annotator mark`: a passage of an article, marked by its words."""

from collections.abc import Sequence
from datetime import UTC, datetime

import click

from annotator.cli.context import Workspace
from annotator.cli.output import console
from annotator.cli.output.marks import plain, print_note
from annotator.cli.params import complete_article, complete_kind, json_option, tags_option
from annotator.errors import InvalidInput
from annotator.model import Article, Span
from annotator.usecases.annotate import Draft, mark
from annotator.usecases.articles import find_article
from annotator.usecases.quotes import find_quote, parse_span
from annotator.usecases.search import Note, places


@click.command("mark")
@click.argument("article", shell_complete=complete_article)
@click.argument("quote", default="")
@click.option("--at", metavar="START:END", default="", help="The passage by its code points.")
@click.option(
    "--kind",
    default="claim",
    show_default=True,
    metavar="KIND",
    shell_complete=complete_kind,
    help="What the passage is.",
)
@tags_option
@click.option("--note", default="", metavar="TEXT", help="What you say of it.")
@json_option
@click.pass_obj
def mark_command(
    workspace: Workspace,
    *,
    article: str,
    quote: str,
    at: str,
    kind: str,
    tags: Sequence[str],
    note: str,
    as_json: bool,
) -> None:
    """Mark a passage of an article.

    ARTICLE is an id, or how it begins, or the address that was added. QUOTE is
    the words as they stand there; other quotation marks, dashes, spaces and
    capitals do not matter.
    """
    draft = Draft(workspace.kind(kind), tuple(tags), note)
    article_id = find_article(workspace.library, article)
    text = workspace.library.extraction(article_id).article
    made = mark(workspace.library, text, _span(text, quote, at), draft, now=datetime.now(UTC))
    kept = Note(workspace.library.record(article_id), made)
    if as_json:
        console.echo_json(plain(kept, places(workspace.library, [kept])[made.id]))
    else:
        print_note(kept, workspace.settings)


def _span(article: Article, quote: str, at: str) -> Span:
    if bool(quote) == bool(at):
        raise InvalidInput(
            "Say which passage to mark.", "Give its words, or --at START:END, but not both."
        )
    return parse_span(at) if at else find_quote(article, quote)
