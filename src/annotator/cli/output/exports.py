"""Reports of an export of notes to a folder, for people and for programs."""

from collections.abc import Mapping, Sequence
from difflib import unified_diff

from annotator.cli.output import console, streams
from annotator.model.labels import count
from annotator.usecases.exporting.report import Exported, ExportReport

MANY = 20  # files; where there are more, people are not told of those that did not change


def print_report(report: ExportReport, *, is_check: bool = False) -> None:
    """Print a line for each file, and below them what happened to all of them, or would."""
    exported = report.exported
    is_brief = console.is_terminal() and len(exported) > MANY
    for export in exported:
        if export.written and not (is_brief and export.outcome == "unchanged"):
            console.echo_fields(export.outcome, export.written.place)
    if not exported and not report.left_out:
        console.tell("Nothing to export: there are no marks.")
    elif is_check:
        _tell_changes(report)
    elif len(exported) > 1:
        console.tell(report.summary)


def print_changes(report: ExportReport) -> None:
    """Print a line for each file that was written, and tell the user what went wrong."""
    changed = tuple(
        export
        for export in report.exported
        if export.error or (export.written and export.written.before != export.written.after)
    )
    tell_problems(ExportReport(report.folder, changed))
    for export in changed:
        if export.written:
            console.echo_fields(export.outcome, export.written.place)
    streams.flush()


def print_differences(report: ExportReport) -> None:
    """Print what would change, as a difference that `patch` and people can read."""
    for change in report.changes:
        name = str(change.path.relative_to(change.path.anchor))
        old, new = change.before.splitlines(), change.after.splitlines()
        for line in unified_diff(old, new, f"a/{name}", f"b/{name}", lineterm="", n=2):
            console.echo(line)
    _tell_changes(report)


def _tell_changes(report: ExportReport) -> None:
    console.tell(f"{count(len(report.changes), 'file')} would change.")


def tell_problems(report: ExportReport) -> None:
    """Tell the user of errors, of files that were kept, and of what was left as it is."""
    failed = {export.error.message: export for export in reversed(report.exported) if export.error}
    for export in reversed(failed.values()):  # a full disk is reported once, not for each article
        if export.error:
            console.complain(export.error, about=export.title or export.article_id)
    for export in report.exported:
        if export.written is None:
            continue
        name = export.written.name
        if export.written.outcome == "kept":
            console.tell(f"{name} has been edited, and was not overwritten.")
        if conflicts := export.marks.get("conflict"):
            console.tell(f"{name}: {count(conflicts, 'mark')} changed in both.")
        for problem in export.problems:
            console.tell(f"{name}: {problem}")
    for remark in report.remarks:
        console.tell(remark)


def as_json(exported: Sequence[Exported], titles: Mapping[str, str]) -> list[object]:
    """Return the results for programs."""
    return [_to_json(export, titles.get(export.article_id, export.title)) for export in exported]


def _to_json(exported: Exported, title: str) -> Mapping[str, object]:
    said: dict[str, object] = {"id": exported.article_id, "title": title}
    if exported.error:
        return said | {"error": exported.error.message, "hint": exported.error.hint}
    if exported.written:
        said |= {"outcome": exported.outcome, "path": exported.written.place}
        said |= {"marks": exported.marks, "problems": exported.problems, "kept": exported.kept}
        said |= {"orphans": exported.orphans, "with_care": exported.with_care}
    return said
