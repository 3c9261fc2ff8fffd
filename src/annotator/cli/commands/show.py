"""`annotator show`: an article as text, Markdown, HTML or JSON, and what was removed from it."""

from collections.abc import Sequence
from functools import partial

import click
from click.core import ParameterSource

from annotator import usecases
from annotator.cli.completing import complete_article
from annotator.cli.context import CliContext
from annotator.cli.export_options import format_option
from annotator.cli.launch import fetched, is_outside, tell_access, tell_offers
from annotator.cli.output import console
from annotator.cli.output.forms.article_text import print_article
from annotator.cli.output.tables import BETWEEN, fitted, print_hanging, print_rows, text_width
from annotator.cli.params import FILE_OR_ADDRESS, TextCommand, one_of, url_option
from annotator.errors import InvalidInput
from annotator.export.exporters import exporter, formats
from annotator.model import Article, Extraction, PassageDecision, Removal
from annotator.model.extraction import boxes
from annotator.model.text import clean_line
from annotator.model.tsv import decision_fields
from annotator.reading import navigation
from annotator.usecases.articles.lookup import find_article


@click.command("show", cls=TextCommand)
@click.argument("source", type=FILE_OR_ADDRESS, shell_complete=complete_article)
@format_option(
    "text",
    "json",
    name="format_",
    contents=["article"],
    default="text",
    explanation="How to print it.",
)
@one_of(
    "view",
    removed="Print what was removed from the page, and why.",
    why="Print why each passage of the page was kept or removed.",
    check_worthy="List check-worthy sentences, best first.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@url_option
@click.pass_context
def show_command(
    ctx: click.Context, *, source: str, format_: str, url: str, view: str, as_json: bool
) -> None:
    """Print a cleaned article without saving it.

    SOURCE: a URL, a file (.html, .pdf, .epub, .eml), - for standard input, or an
    article's id or its first few characters.
    """
    context: CliContext = ctx.obj
    format_ = _format(ctx, format_, view, as_json)
    is_saved, is_format = not is_outside(source), format_ not in _WITHOUT_MARKS
    if is_saved and is_format and exporter(format_).can_hold("collection"):
        _print_with_marks(context, source, format_)
        return
    if view == "--why":
        _print_reasons(_decisions(context, source, url), format_)
        return
    extraction = _extraction(context, source, url)
    if view == "--removed":
        _print_removals(extraction.removals, format_)
    elif view == "--check-worthy":
        ranked = navigation.landmarks.ranked(extraction.article)
        rows = [(f"{sentence.worth:.2f}", clean_line(sentence.text)) for sentence in ranked]
        values = [sentence._asdict() for sentence in ranked] if format_ == "json" else None
        if rows and values is None and console.is_terminal():
            for worth, text in rows:
                print_hanging((console.faint(worth), BETWEEN), text, width=text_width())
        else:
            print_rows(rows, json=values, empty="No check-worthy sentences found.")
    elif format_ == "text":
        print_article(extraction.article, widest=context.settings.width)
    elif format_ == "json":
        console.echo_json(
            {
                "article": extraction.article,
                **console.attributes(extraction.article, "text revision word_count minutes"),
                **console.attributes(extraction, "completeness offers removals extractor"),
            }
        )
    else:
        console.echo(_written(extraction.article, format_))
    tell_access(extraction.completeness)
    tell_offers(extraction.completeness, extraction.offers)


_WITHOUT_MARKS = frozenset({"text", "json"})


def _print_with_marks(context: CliContext, source: str, format_: str) -> None:
    collections = usecases.exporting.export_collection
    article_id = find_article(context.library, source)
    options = collections.CollectionOptions.of_user(context.settings)
    export = collections.collection_export(
        context.library, [article_id], format_name=format_, options=options
    )
    text = "".join(export.pieces())
    if export.first_error:
        raise export.first_error
    console.echo(text.rstrip("\n"))
    tell_access(context.library.article(article_id).extraction().completeness)


def _format(ctx: click.Context, format_: str, view: str, as_json: bool) -> str:  # noqa: FBT001 - a flag of the command
    """Return the format to print. Raises `UsageError` for options that exclude each other."""
    is_given = ctx.get_parameter_source("format_") is not ParameterSource.DEFAULT
    if as_json and is_given and format_ != "json":
        ctx.fail(f"Choose one of --json and --format {format_}.")
    if view and format_ not in ("text", "json"):
        ctx.fail(f"{view} cannot be printed as {format_}. Choose text or json.")
    return "json" if as_json else format_


def _extraction(context: CliContext, source: str, url: str) -> Extraction:
    if not is_outside(source):
        return context.library.article(find_article(context.library, source)).extraction()
    read_source = usecases.articles.add.read_source
    work = partial(read_source, options=context.fetch_options)
    return fetched(context, source, url, work)[1]


def _decisions(context: CliContext, source: str, url: str) -> Sequence[PassageDecision]:
    reports = usecases.articles.page_report
    if not is_outside(source):
        article_id = find_article(context.library, source)
        return context.run(reports.explain_saved(context.library, article_id))
    work = partial(reports.explain_source, options=context.fetch_options)
    return fetched(context, source, url, work)


def _written(article: Article, format_: str) -> str:
    render = exporter(format_).render_article
    if render is None:
        raise InvalidInput(
            f"{format_} cannot hold articles without marks.",
            f"Choose one of: {', '.join(formats('article'))}.",
        )
    return render(article).rstrip("\n")


def _print_removals(removals: Sequence[Removal], format_: str) -> None:
    if format_ == "json":
        console.echo_json(removals)
        return
    if not removals:
        console.tell("Nothing was removed.")
    for box in boxes(removals):
        together = removals[box.start : box.stop]
        for removal in together:
            if console.is_terminal():
                console.echo(clean_line(removal.text, limit=console.width()))
            else:
                console.echo_fields(removal.text, f"{removal.step}/{removal.rule}", removal.reason)
        if console.is_terminal():
            reasons = dict.fromkeys(one.reason for one in together)  # --why has the rules
            doubt = " It may be text of the article." * any(one.may_be_text for one in together)
            console.echo(console.faint(f"  {' '.join(reasons)}{doubt}"))


_TEXT = 3  # the column that gives way


def _print_reasons(decisions: Sequence[PassageDecision], format_: str) -> None:
    """Print what cleaning decided, in the page's order."""
    if format_ == "json":
        console.echo_json(decisions)
    elif console.is_terminal():
        rows = [(*facts, text) for *facts, _, text in map(decision_fields, decisions)]
        lines = fitted(rows, width=console.width(), flexible=_TEXT)
        for decision, line in zip(decisions, lines, strict=True):
            console.echo(line if decision.is_kept else console.faint(line))
    else:
        for decision in decisions:
            console.echo_fields(*decision_fields(decision))
