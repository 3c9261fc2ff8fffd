"""`annotator refresh`: fetch articles again, and show what happened to their marks."""

from collections.abc import Mapping, Sequence
from functools import partial

import click

from annotator.cli.batch import AttemptReport
from annotator.cli.completing import complete_query
from annotator.cli.context import CliContext
from annotator.cli.output import console
from annotator.cli.output.changes import print_changes, to_json
from annotator.cli.output.marks import bare
from annotator.cli.output.tables import print_outcome
from annotator.cli.params import QueryCommand, password_option, render_option
from annotator.usecases.articles.jobs import Hosts
from annotator.usecases.articles.refresh import (
    RefreshAttempt,
    Refreshed,
    RefreshOperation,
    reclean,
    refresh,
    refresh_all,
)
from annotator.usecases.queries.selection import choose_articles


@click.command("refresh", cls=QueryCommand)
@click.argument("wanted", nargs=-1, metavar="[ARTICLE_OR_QUERY]...", shell_complete=complete_query)
@click.option(
    "--reclean", "only_cleaned", is_flag=True, help="Clean the saved pages again; don't fetch."
)
@render_option
@password_option
def refresh_command(
    context: CliContext, *, wanted: Sequence[str], only_cleaned: bool, password: str, as_json: bool
) -> int:
    """Fetch articles again and save new versions.

    All articles, the given ones, or those that match a query such as
    tag:energy. Marked passages that were reworded are shown. Old versions and
    all marks stay, and a page with less text never replaces a better copy.
    Articles that an older annotator cleaned are cleaned again.
    """
    records = choose_articles(context.library, wanted).things
    hosts = Hosts()
    operation: RefreshOperation = partial(reclean, now=context.now)
    if not only_cleaned:
        operation = partial(
            refresh, now=context.now, options=context.fetch_options, hosts=hosts, password=password
        )
    report = AttemptReport[RefreshAttempt](
        "Refreshing",
        len(records),
        tell=_tell_failure if as_json else partial(_print_attempt, context),
        outcome=lambda attempt: attempt.refreshed.outcome if attempt.refreshed else "failed",
        to_json=_to_json if as_json else None,
    )
    try:
        work = refresh_all(context.library, records, operation, report=report, hosts=hosts)
        report.done[:] = context.run(work)  # in the order of the records
    except KeyboardInterrupt:
        report.tell_end()
        raise
    if records or as_json:
        report.tell_end()
    else:
        console.tell("No articles match." if wanted else "Nothing to refresh.")
    return next((attempt.error.exit_code for attempt in report.done if attempt.error), 0)


def _print_attempt(context: CliContext, attempt: RefreshAttempt) -> None:
    _tell_failure(attempt)
    refreshed = attempt.refreshed
    if refreshed is None:
        return
    if console.is_terminal():
        if refreshed.outcome != "unchanged":
            _print_text(context, refreshed)
        return
    if refreshed.changes:
        print_changes(refreshed.changes, context.settings)
    record = refreshed.record
    print_outcome(refreshed.outcome, record.id, record.title, refreshed.reason)


def _print_text(context: CliContext, refreshed: Refreshed) -> None:
    console.clear_progress()
    record = refreshed.record
    print_outcome(refreshed.outcome, record.id, record.title or record.url or "Untitled")
    if told := refreshed.explanation:
        console.echo("  ", told)
    if refreshed.changes:
        print_changes(refreshed.changes, context.settings)


def _tell_failure(attempt: RefreshAttempt) -> None:
    if attempt.error:
        console.complain(attempt.error, about=attempt.record.title or attempt.record.id)


def _to_json(attempt: RefreshAttempt) -> Mapping[str, object]:
    said: dict[str, object] = {"article": bare(attempt.record)}
    if refreshed := attempt.refreshed:
        said |= {"article": bare(refreshed.record), "outcome": refreshed.outcome}
        said |= {"reason": refreshed.reason} if refreshed.reason else {}
        said |= {"changes": to_json(refreshed.changes)} if refreshed.changes else {}
    return said | console.error_to_json(attempt.error)
