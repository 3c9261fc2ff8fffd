"""`annotator export`: articles with their marks as Markdown files."""

from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import unified_diff
from pathlib import Path
from typing import Final

import click

from annotator.cli.completing import complete_query
from annotator.cli.context import CliContext
from annotator.cli.format_option import format_option
from annotator.cli.output import console
from annotator.cli.params import QueryCommand, json_option
from annotator.errors import InvalidInput, NotInLibrary
from annotator.export import exporters
from annotator.model.labels import count
from annotator.settings import expanded
from annotator.usecases.export import Exported, ExportOptions, ExportReport, export_articles
from annotator.usecases.selection import choose_articles

DIFFERENT: Final = 1  # the exit code of --check if something would be written


@click.command("export", cls=QueryCommand)
@click.argument("wanted", nargs=-1, metavar="[ARTICLE_OR_QUERY]...", shell_complete=complete_query)
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path),
    metavar="DIR|FILE",
    help="Output folder (default: export_folder in the settings). For formats of one file: "
    "that file, or - for standard output (the default).",
)
@format_option(
    name="format_name",
    contents=["note", "collection"],
    default="markdown",
    explanation="The format: notes in a folder, or one file for all.",
)
@click.option("--prune", "prunes", is_flag=True, help="Remove the blocks of deleted marks.")
@click.option("--dry-run", "is_tried", is_flag=True, help="Print what would change.")
@click.option(
    "--check", "is_check", is_flag=True, help="Write nothing; exit with 1 if files differ."
)
@json_option
@click.pass_obj
def export_command(
    context: CliContext,
    *,
    wanted: Sequence[str],
    target: Path | None,
    format_name: str,
    prunes: bool,
    is_tried: bool,
    is_check: bool,
    as_json: bool,
) -> int:
    """Write articles with their marks to a folder, as Markdown for Obsidian and others.

    With --format, all of them in one file for other programs: json, csv and others.

    All articles, those given by their ids, or those that match a query such as
    tag:energy. Exporting again updates the files, wherever in the folder you
    moved them. What you wrote in them stays.
    """
    if exporters.exporter(format_name).can_hold("collection"):
        from annotator.cli.output.collections import export_collection  # notes do without it

        return export_collection(
            context,
            wanted,
            format_name=format_name,
            target=target,
            is_tried=is_tried,
            is_check=is_check,
            as_json=as_json,
        )
    library = context.library
    records = choose_articles(library, wanted).records
    if wanted and not records:
        raise NotInLibrary("No articles match.", "`annotator list` lists your articles.")
    report = export_articles(
        library,
        [record.id for record in records],
        _folder(context, target),
        state=context.folders.state,
        options=ExportOptions(format_name, prunes=prunes, writes=not (is_tried or is_check)),
    )
    _tell(report.exported)
    if as_json:
        titles = {record.id: record.title for record in records}
        console.echo_json([_to_json(each, titles[each.article_id]) for each in report.exported])
    elif is_tried:
        _print_differences(report)
    else:
        _print(report)
    if report.first_error:
        return report.first_error.exit_code
    return DIFFERENT if is_check and report.changes else 0


def _folder(context: CliContext, chosen: Path | None) -> Path:
    folder = chosen or context.settings.export_folder
    if folder is None:
        raise InvalidInput(
            "No output folder.", "Use --to DIR, or set export_folder in the settings."
        )
    return expanded(folder)


def _tell(exported: Sequence[Exported]) -> None:
    failed = {each.error.message: each for each in reversed(exported) if each.error}
    for each in reversed(failed.values()):  # a full disk is reported once, not for each article
        if each.error:
            console.complain(each.error, about=each.title or each.article_id)
    for each in exported:
        if each.written is None:
            continue
        name = each.written.path.name
        if each.written.outcome == "kept":
            console.tell(f"{name} has been edited, and was not overwritten.")
        if conflicts := each.marks.get("conflict"):
            both = f"{count(conflicts, 'mark')} changed in both"
            console.tell(f"{name}: {both}. Your text stays, and the new version is below it.")
        for problem in each.problems:
            console.tell(f"{name}: {problem}")


def _print_differences(report: ExportReport) -> None:
    for each in report.changes:
        name = str(each.path.relative_to(each.path.anchor))
        old, new = each.before.splitlines(), each.after.splitlines()
        for line in unified_diff(old, new, f"a/{name}", f"b/{name}", lineterm="", n=2):
            console.echo(line)
    console.tell(f"{count(len(report.changes), 'file')} would change.")


def _print(report: ExportReport) -> None:
    for each in report.exported:
        if each.written:
            console.echo_fields(each.written.outcome, str(each.written.path))
    if not report.exported:
        console.tell("Nothing to export: the library is empty.")
    elif len(report.exported) > 1:
        counts = Counter(it.written.outcome if it.written else "failed" for it in report.exported)
        told = ", ".join(f"{number:,} {outcome}" for outcome, number in counts.most_common())
        console.tell(f"{count(len(report.exported), 'article')} in {report.folder}: {told}.")


def _to_json(exported: Exported, title: str) -> Mapping[str, object]:
    said: dict[str, object] = {"id": exported.article_id, "title": title}
    if exported.error:
        return said | {"error": exported.error.message, "hint": exported.error.hint}
    if exported.written:
        said |= {"outcome": exported.written.outcome, "path": str(exported.written.path)}
        said |= {"marks": exported.marks, "problems": exported.problems, "kept": exported.kept}
    return said
