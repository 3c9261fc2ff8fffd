"""`annotator doctor`: check the library for damage, and repair it."""

import click

from annotator import fetch
from annotator.cli.context import CliContext
from annotator.cli.output import console
from annotator.cli.output.tables import print_wrapped
from annotator.cli.params import Command
from annotator.errors import AnnotatorError, InvalidInput, LibraryError
from annotator.model.labels import count
from annotator.usecases.library.config_files import check_download_folder
from annotator.usecases.library.doctor import Report, examine, repair
from annotator.usecases.library.privacy import Kept, look
from annotator.usecases.sandbox.model_name import name_of_model

MEGABYTE = 1_000_000

FIX = "Repair what can be repaired with:  annotator doctor --fix"
LOST = "`annotator links MARK` shows them, for example of the mark"
KEPT = "Damaged or merged files are kept; delete them if you want:"


@click.command("doctor", cls=Command)
@click.option("--fix", "is_fix", is_flag=True, help="Repair what can be repaired.")
@click.option("--privacy", is_flag=True, help="List what is kept where, and what is sent.")
def doctor_command(context: CliContext, *, is_fix: bool, privacy: bool, as_json: bool) -> int:
    """Check the library for damage: marks, versions, pages, permissions, leftovers.

    Nothing is changed without --fix. The exit code is 5 if problems remain,
    else 0.
    """
    if privacy:
        if is_fix:
            raise InvalidInput("--privacy doesn't go with --fix.", "It changes nothing.")
        return _print_privacy(context, as_json=as_json)
    if is_fix:
        report = context.run(repair(context.library, now=context.now, tell=_tell))
    else:
        report = examine(context.library, tell=_tell)
    console.clear_progress()
    if as_json:
        console.echo_json(report)
    else:
        _print(report, is_fix=is_fix)
        browser = fetch.find_browser(context.settings.browser) or "none was found"
        console.tell(f"Browser for pages that need JavaScript: {browser}")
        by = name_of_model() or "not installed; it is the extra annotator-tui[meaning]"
        is_off = "" if context.settings.similar_by_meaning else ", switched off in the settings"
        console.tell(f"Model that finds similar claims by meaning: {by}{is_off}")
        try:
            check_download_folder(context.settings)
        except AnnotatorError as error:
            console.complain(error)
    return LibraryError.exit_code if report.found else 0


def _print_privacy(context: CliContext, *, as_json: bool) -> int:
    report = look(context.library_folder, context.folders, context.settings)
    if as_json:
        console.echo_json(report)
        return 0
    for kept in report.kept:
        if console.is_terminal():
            console.echo(f"{kept.kind}  ", console.faint(_extent(kept)))
            for path in kept.paths:
                console.echo(f"    {path}")
            print_wrapped(kept.holds, "    ")
            print_wrapped(kept.delete, "    ")
        else:
            for path in kept.paths:
                console.echo_fields(kept.kind, path, _extent(kept), kept.holds, kept.delete)
    for sentence in report.sent:
        console.tell(sentence)
    return 0


def _extent(kept: Kept) -> str:
    """Return how many files there are, and their size; `yours` for files of the user's own."""
    if kept.files is None or kept.bytes is None:
        return "yours"
    size = f"{-(-kept.bytes // 1000):,} KB"
    if kept.bytes >= MEGABYTE:
        size = f"{kept.bytes / MEGABYTE:,.1f} MB"
    return f"{count(kept.files, 'file')}, {size}" if kept.files else "none"


def _tell(done: int, of_all: int) -> None:
    console.show_progress(f"Checking article {done + 1:,} of {of_all:,} …")


def _print(report: Report, *, is_fix: bool) -> None:
    for label, findings in (("repaired", report.repaired), ("problem", report.found)):
        for finding in findings:
            console.echo_fields(label, finding.problem, finding.path, finding.sentence)
    verdict = "no problems left." if report.repaired else "no problems found."
    if report.found:
        verdict = f"{count(len(report.found), 'problem')} found."
    console.echo(
        f"{count(report.articles, 'article')}, {count(report.marks, 'mark')}, "
        f"{count(report.versions, 'version')}, {report.in_bin} in the bin: {verdict}"
    )
    for warning in report.warnings:
        console.tell(warning)
    if report.found and not is_fix:
        console.tell(FIX)
    if report.lost_links:
        lead = "link leads to a mark that is gone"
        many = "links lead to marks that are gone"
        console.tell(
            f"{count(len(report.lost_links), lead, many)}. {LOST} {report.lost_links[0][0]}."
        )
    if report.kept_aside:
        console.tell(KEPT)
    for name in report.kept_aside:
        console.tell(f"  {name}")
