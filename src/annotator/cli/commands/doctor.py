"""`annotator doctor`: whether everything in the library is as it should be."""

from collections.abc import Iterable

import click

from annotator.cli.context import Workspace
from annotator.cli.output import console
from annotator.cli.params import json_option
from annotator.errors import LibraryError
from annotator.model.labels import count
from annotator.store.repair.checks import Finding
from annotator.usecases.doctor import Report, examine, mend

FIX = "Mend what can be mended with:  annotator doctor --fix"
KEPT = "Files that were damaged or merged are kept; delete them if you want:"


@click.command("doctor")
@click.option("--fix", "is_to_mend", is_flag=True, help="Mend what can be mended.")
@json_option
@click.pass_obj
def doctor_command(workspace: Workspace, *, is_to_mend: bool, as_json: bool) -> int:
    """Examine every file of the library: marks, versions, pages, permissions, leftovers.

    Without --fix nothing is changed. The exit code is 5 if something is wrong
    at the end, else 0.
    """
    report = _mended(workspace) if is_to_mend else examine(workspace.library, tell=_tell)
    console.clear_progress()
    if as_json:
        console.echo_json(report)
    else:
        _print(report)
        _advise(report, is_to_mend=is_to_mend)
    return LibraryError.exit_code if report.found else 0


def _mended(workspace: Workspace) -> Report:
    import asyncio
    from datetime import UTC, datetime

    return asyncio.run(mend(workspace.library, now=datetime.now(UTC), tell=_tell))


def _tell(done: int, of_all: int) -> None:
    console.show_progress(f"Examining article {done + 1} of {of_all}")


def _print(report: Report) -> None:
    for label, findings in (("mended", report.mended), ("wrong", report.found)):
        for finding in findings:
            console.echo_fields(label, *_fields(finding))
    console.echo(
        f"{count(report.articles, 'article')}, {count(report.marks, 'mark')}, "
        f"{count(report.versions, 'version')}, {report.in_bin} in the bin: {_verdict(report)}"
    )


def _fields(finding: Finding) -> Iterable[str]:
    return finding.problem, finding.path, finding.sentence


def _verdict(report: Report) -> str:
    if report.found:
        return f"{count(len(report.found), 'thing')} wrong."
    return "all is well now." if report.mended else "all is well."


def _advise(report: Report, *, is_to_mend: bool) -> None:
    if report.found and not is_to_mend:
        console.tell(FIX)
    if report.kept_aside:
        console.tell(KEPT)
    for name in report.kept_aside:
        console.tell(f"  {name}")
