"""`annotator import`: links and highlights of other programs into the library, and its reports."""

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from annotator import codec
from annotator.cli.completing import names_from
from annotator.cli.context import CliContext
from annotator.cli.launch import standard_input
from annotator.cli.output import console
from annotator.cli.output.tables import print_rows
from annotator.cli.params import Command, tags_option
from annotator.errors import InvalidInput, NotInLibrary
from annotator.importing import importers
from annotator.importing.services import service_named, service_names
from annotator.model.labels import count
from annotator.usecases.importing.download import DownloadProgress, download, token_of
from annotator.usecases.importing.plan import Plan, make_plan, plan_of
from annotator.usecases.importing.report import (
    LABELS,
    ImportProgress,
    ImportReport,
    ReportLine,
    last_report,
    time_left,
)
from annotator.usecases.importing.run import options_of, run_import

FORMATS, REPORT = "formats", "report"  # what is printed in place of an import

_FIELDS = ("name", "title", "hint")
MANY = 40  # lines of one sort that people are shown; --last --json has them all


@click.command("import", cls=Command)
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@click.option(
    "--from",
    "format_name",
    default="",
    metavar="NAME",
    shell_complete=names_from(importers.names),
    help="The format of the files, if it isn't recognized.",
)
@click.option(
    "--service",
    "asked",
    metavar="NAME[=ADDRESS]",
    shell_complete=names_from(service_names),
    help="Ask a service over its API in place of a file; ADDRESS is that of your own server.",
)
@click.option(
    "--token-file",
    type=click.Path(path_type=Path),
    help="A file with the token for the service (default: ANNOTATOR_NAME_TOKEN).",
)
@click.option("--list", "shown", flag_value=FORMATS, help="List the formats.")
@click.option("--last", "shown", flag_value=REPORT, help="Print the report of the last import.")
@click.option("--dry-run", "is_tried", is_flag=True, help="Show what would happen; change nothing.")
@click.option(
    "--no-fetch", "is_offline", is_flag=True, help="Don't fetch pages; take what the files hold."
)
@click.option(
    "--local",
    "may_reach_network",
    is_flag=True,
    help="Also fetch addresses of this computer and its network that the files name.",
)
@click.option(
    "--archive",
    default="",
    metavar="URL",
    help="Where to look for pages that are gone: their addresses are appended to URL.",
)
@tags_option
def import_command(  # noqa: PLR0913  its options
    context: CliContext,
    *,
    files: Sequence[Path],
    format_name: str,
    asked: str | None,
    token_file: Path | None,
    shown: str | None,
    is_tried: bool,
    is_offline: bool,
    may_reach_network: bool,
    archive: str,
    tags: Sequence[str],
    as_json: bool,
) -> int:
    """Import links, highlights and notes of other programs.

    FILE: an export of Pocket, Readwise, Kindle and many others, a folder of such
    files, or - for standard input. The format is recognized by the contents. Pages
    are fetched unless the file holds their text, and highlights are placed on their
    words; those that aren't found wait in the review. With --service, highlights
    come over the API of a service whose files leave them out.

    The same file can be imported again: what you changed here stays, and an import
    that was interrupted goes on.
    """
    if shown == FORMATS:
        _print_formats(as_json=as_json)
        return 0
    if shown == REPORT:
        _print_report(_last(context), as_json=as_json)
        return 0
    plan = _downloaded(context, asked, token_file) if asked else _read(files, format_name)
    options = options_of(
        context.settings,
        tags=tags,
        may_fetch=not is_offline,
        may_reach_network=may_reach_network,
        archive=archive,
        is_dry_run=is_tried,
    )
    work = run_import(
        context.library,
        plan,
        options,
        now=context.now,
        fetch_options=context.fetch_options,
        show_progress=_progress(),
        keep_step=context.remember,
    )
    try:
        report = context.run(work)
    except KeyboardInterrupt:
        console.clear_progress()
        if not is_tried:
            _print_report(_last(context), as_json=as_json)
        console.tell("Stopped. The same command goes on where it was stopped.")
        raise
    console.clear_progress()
    if plan.files or as_json or not console.is_terminal():  # else the failures say all
        _print_report(report, as_json=as_json)
    return plan.failures[0].exit_code if plan.failures else 0


def _read(files: Sequence[Path], format_name: str) -> Plan:
    if not files:
        raise InvalidInput("Which file?", "Give the path of an exported file, or --list.")
    stdin = next((data for file in files if (data := standard_input(str(file)))), None)
    console.show_progress("Reading …")
    plan = make_plan(files, format_name=format_name, stdin=stdin)
    for failure in plan.failures:
        console.complain(failure)
    return plan


def _downloaded(context: CliContext, asked: str, token_file: Path | None) -> Plan:
    name, _, server = asked.partition("=")
    service = service_named(name)
    token = token_of(service, token_file, os.environ)

    def show(progress: DownloadProgress) -> None:
        waiting = f", asked to wait {progress.waiting} seconds" if progress.waiting else ""
        console.show_progress(f"{service.title}: {count(progress.answers, 'answer')}{waiting} …")

    work = download(service, server=server, token=token, show_progress=show)
    source = context.run(work)
    return plan_of(source, format_name=service.name)


def _last(context: CliContext) -> ImportReport:
    report = last_report(context.library)
    if report is None:
        raise NotInLibrary("Nothing was imported yet.", "annotator import FILE imports a file.")
    return report


def _progress() -> Callable[[ImportProgress], None]:
    began = time.monotonic()

    def show(progress: ImportProgress) -> None:
        left = time_left(progress, time.monotonic() - began)
        fetched = f", {progress.fetched:,} fetched" if progress.fetched else ""
        items = count(progress.total, "item")
        console.show_progress(f"{progress.done:,} of {items}{fetched}{left} …")

    return show


def _print_formats(*, as_json: bool) -> None:
    """Print the formats with their names and titles."""
    rows = [(known.name, known.title, known.hint) for known in importers.importers()]
    if as_json or not console.is_terminal():
        values = [dict(zip(_FIELDS, row, strict=True)) for row in rows]
        print_rows(rows, json=values if as_json else None)
        return
    width = 0 if console.is_spoken() else max(len(name) for name, _, _ in rows)
    for name, title, hint in rows:
        console.echo(console.strong(name.ljust(width)), "  ", title)
        if hint:
            console.echo(" " * width, "  ", console.faint(hint))


def _print_report(report: ImportReport, *, as_json: bool) -> None:
    """Print what happened, then what the user may want to look at, with lines of the files."""
    if as_json:
        console.echo_json(codec.to_plain(report))
        return
    if console.is_terminal():
        _print_for_people(report)
        return
    for line in report.lines:
        place = f"{line.file}:{line.line}" if line.line else line.file
        console.echo_fields(line.what, place, line.title, line.reason, line.article_id)
    for sentence in report.summary:
        console.tell(sentence)


def _print_for_people(report: ImportReport) -> None:
    for sentence in report.summary:
        console.echo(sentence)
    by_sort: dict[str, list[ReportLine]] = {}
    for line in report.lines:
        by_sort.setdefault(line.what, []).append(line)
    for what, label in LABELS.items():
        lines = by_sort.get(what, [])
        if lines:
            console.echo()
            console.echo(console.strong(label), f" ({len(lines):,})")
        for line in lines[:MANY]:
            place = f"{line.file}, line {line.line}" if line.line else line.file
            console.echo("  ", line.title or "–", "  ", console.faint(place))
            console.echo("    ", line.reason)
        if len(lines) > MANY:
            more = count(len(lines) - MANY, "more line")
            console.echo(f"  {more}: annotator import --last --json")
