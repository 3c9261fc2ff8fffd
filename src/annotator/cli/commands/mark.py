"""`annotator mark`: mark a passage of an article by quoting it."""

from collections.abc import Sequence
from datetime import UTC, datetime

import click

from annotator.cli.claim_options import claim_options, given, tell_future
from annotator.cli.completing import complete_article, complete_kind
from annotator.cli.context import CliContext
from annotator.cli.output import console
from annotator.cli.output.marks import print_note, to_json
from annotator.cli.params import json_option, tags_option
from annotator.errors import InvalidInput
from annotator.model import Article, Claim, Span
from annotator.usecases.articles.lookup import find_article
from annotator.usecases.marks.annotate import Draft, find_quote, mark, parse_span
from annotator.usecases.marks.mark_edit import creation
from annotator.usecases.queries.search import Note, places


@click.command("mark")
@click.argument("article", shell_complete=complete_article)
@click.argument("quote", default="")
@click.option(
    "--at",
    metavar="START:END",
    default="",
    help="Character offsets of the passage (from show --json).",
)
@click.option(
    "--kind",
    default="claim",
    show_default=True,
    metavar="KIND",
    shell_complete=complete_kind,
    help="Kind of mark.",
)
@tags_option
@click.option("--note", default="", metavar="TEXT", help="Your note.")
@claim_options
@json_option
@click.pass_obj
def mark_command(
    context: CliContext,
    /,
    *,
    article: str,
    quote: str,
    at: str,
    kind: str,
    tags: Sequence[str],
    note: str,
    as_json: bool,
    **fields: str | None,
) -> None:
    """Mark a passage of an article.

    ARTICLE: an id, a unique prefix of one, or the article's URL. QUOTE: the
    words of the passage. Differences in quotation marks, dashes, spaces and
    capitals are ignored.
    """
    values = given(fields)
    claim = Claim().with_values(values) if values else None
    draft = Draft(context.kind(kind), tuple(tags), note, claim)
    article_id = find_article(context.library, article)
    text = context.library.article(article_id).extraction().article
    tell_future(values)
    made = mark(context.library, text, _span(text, quote, at), draft, now=datetime.now(UTC))
    context.remember(creation(made))
    saved = Note(context.library.article(article_id).record(), made)
    if as_json:
        console.echo_json(to_json(saved, places(context.library, [saved])[made.id]))
    else:
        print_note(saved, context.settings)


def _span(article: Article, quote: str, at: str) -> Span:
    if bool(quote) == bool(at):
        raise InvalidInput("Which passage?", "Give either its words or --at START:END.")
    return parse_span(at) if at else find_quote(article, quote)
