"""`annotator export`: articles with their marks as Markdown files."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click

from annotator.cli.completing import complete_query
from annotator.cli.context import CliContext
from annotator.cli.format_option import format_option
from annotator.cli.note_options import NoteChoices, note_options
from annotator.cli.output import console, exports
from annotator.cli.params import QueryCommand, json_option
from annotator.errors import InvalidInput, NotInLibrary
from annotator.export import exporters
from annotator.settings import expanded, suggested_export_folder
from annotator.usecases.export import ExportOptions, export_articles
from annotator.usecases.selection import choose_articles

DIFFERENT: Final = 1  # the exit code of --check if something would be written
EACH: Final = 50  # articles between two looks at the progress


@click.command("export", cls=QueryCommand)
@click.argument("wanted", nargs=-1, metavar="[ARTICLE_OR_QUERY]...", shell_complete=complete_query)
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path),
    metavar="DIR|FILE",
    help="Output folder (default: export_folder in the settings, else annotator in "
    "~/Documents). For formats of one file: that file, or - for standard output (the default).",
)
@format_option(
    name="format_name",
    contents=["note", "collection"],
    default="markdown",
    explanation="Notes in a folder, or one file for all: "
    f"{', '.join(exporters.built_in_formats('collection'))}.",
)
@json_option
@click.pass_obj
@note_options
def export_command(
    context: CliContext,
    *,
    wanted: Sequence[str],
    target: Path | None,
    format_name: str,
    as_json: bool,
    choices: NoteChoices,
) -> int:
    """Write articles with their marks to a folder, as Markdown for Obsidian and others.

    With --format, all of them in one file for other programs: json, csv and others.

    All articles with marks, those given by their ids, or those that match a query
    such as tag:energy. Exporting again updates the files, wherever in the folder
    you moved them. What you wrote in them stays.
    """
    if exporters.exporter(format_name).can_hold("collection"):
        from annotator.cli.output.collections import export_collection  # notes do without it

        if choices.prunes:
            raise InvalidInput("--prune is only for notes.", "Leave it out.")
        return export_collection(
            context,
            wanted,
            format_name=format_name,
            target=target,
            is_tried=choices.is_tried,
            is_check=choices.is_check,
            as_json=as_json,
        )
    library = context.library
    records, by_query = choose_articles(library, wanted)
    if wanted and not records:
        raise NotInLibrary("No articles match.", "`annotator list` lists your articles.")
    options = ExportOptions(
        format_name,
        prunes=choices.prunes,
        writes=choices.writes,
        has_unmarked=choices.has_unmarked or context.settings.export_unmarked or not by_query,
    )
    report = export_articles(
        library,
        [record.id for record in records],
        export_folder(context, target),
        state=context.folders.state,
        options=options,
        progress=_show_progress,
    )
    console.clear_progress()
    exports.tell_problems(report)
    if as_json:
        titles = {record.id: record.title for record in records}
        console.echo_json(exports.as_json(report.exported, titles))
    elif choices.is_tried:
        exports.print_differences(report)
    else:
        exports.print_report(report)
    if report.first_error:
        return report.first_error.exit_code
    return DIFFERENT if choices.is_check and report.changes else 0


def export_folder(context: CliContext, chosen: Path | None) -> Path:
    """Return the folder for exports: the chosen one, that of the settings, or the usual one."""
    return expanded(chosen or context.settings.export_folder or suggested_export_folder())


def _show_progress(done: int, total: int) -> None:
    if done and done % EACH == 0:
        console.show_progress(f"{done:,} of {total:,} articles …")
