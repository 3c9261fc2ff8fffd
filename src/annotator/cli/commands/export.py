"""`annotator export`: articles with their marks as Markdown files."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from annotator.cli.completing import complete_query
from annotator.cli.context import CliContext
from annotator.cli.format_option import format_option
from annotator.cli.output import console
from annotator.cli.params import QueryCommand, json_option
from annotator.errors import InvalidInput, NotInLibrary
from annotator.model.labels import count
from annotator.settings import expanded
from annotator.usecases.export import Exported, ExportOptions, ExportReport, export_articles
from annotator.usecases.selection import choose_articles


@click.command("export", cls=QueryCommand)
@click.argument("wanted", nargs=-1, metavar="[ARTICLE_OR_QUERY]...", shell_complete=complete_query)
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Output folder (default: export_folder in the settings).",
)
@format_option(
    name="format_name", content="note", default="markdown", explanation="The format of the files."
)
@json_option
@click.pass_obj
def export_command(
    context: CliContext,
    *,
    wanted: Sequence[str],
    folder: Path | None,
    format_name: str,
    as_json: bool,
) -> int:
    """Write articles with their marks to a folder, as Markdown for Obsidian and others.

    All articles, those given by their ids, or those that match a query such as
    tag:energy. Exporting again updates the files, wherever in the folder you
    moved them; files that you have edited are not overwritten.
    """
    library = context.library
    records = choose_articles(library, wanted).records
    if wanted and not records:
        raise NotInLibrary("No articles match.", "`annotator list` lists your articles.")
    report = export_articles(
        library,
        [record.id for record in records],
        _folder(context, folder),
        state=context.folders.state,
        options=ExportOptions(format_name),
    )
    _tell(report.exported)
    if as_json:
        console.echo_json([_to_json(each) for each in report.exported])
    else:
        _print(report)
    return report.first_error.exit_code if report.first_error else 0


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
        if each.written and each.written.outcome == "kept":
            console.tell(f"{each.written.path.name} has been edited, and was not overwritten.")


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


def _to_json(exported: Exported) -> Mapping[str, object]:
    said: dict[str, object] = {"id": exported.article_id, "title": exported.title}
    if exported.error:
        return said | {"error": exported.error.message, "hint": exported.error.hint}
    if exported.written:
        said |= {"outcome": exported.written.outcome, "path": str(exported.written.path)}
    return said
