"""`annotator export`: articles with their marks as Markdown files."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from annotator.cli.context import Workspace
from annotator.cli.format_option import format_option
from annotator.cli.output import console
from annotator.cli.params import complete_article, json_option
from annotator.errors import InvalidInput
from annotator.settings import expanded
from annotator.usecases.articles import find_article
from annotator.usecases.export import Exported, export_articles


@click.command("export")
@click.argument("articles", nargs=-1, metavar="[ARTICLE]...", shell_complete=complete_article)
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="The folder to write into. Else that of the setting export_folder.",
)
@format_option(name="format_name", default="markdown", explanation="The format of the files.")
@json_option
@click.pass_obj
def export_command(
    workspace: Workspace,
    *,
    articles: Sequence[str],
    folder: Path | None,
    format_name: str,
    as_json: bool,
) -> int:
    """Write articles with their marks into a folder, as Markdown for Obsidian and others.

    All articles, or those given by their ids. Exporting again brings the files
    up to date, wherever in the folder they were moved; a file that you edited
    is kept as it is.
    """
    library = workspace.library
    ids = [find_article(library, each) for each in articles]
    report = export_articles(
        library,
        ids or [record.id for record in library.records()],
        _folder(workspace, folder),
        state=workspace.folders.state,
        format_name=format_name,
    )
    _tell(report.exported)
    if as_json:
        console.echo_json([_plain(each) for each in report.exported])
    else:
        _print(report.exported)
    return report.first_error.exit_code if report.first_error else 0


def _folder(workspace: Workspace, chosen: Path | None) -> Path:
    folder = chosen or workspace.settings.export_folder
    if folder is None:
        raise InvalidInput("There is no folder to write into.", "Give one with --to DIR.")
    return expanded(folder)


def _tell(exported: Sequence[Exported]) -> None:
    failed = {each.error.message: each for each in reversed(exported) if each.error}
    for each in reversed(failed.values()):  # a full disk is said once, not for each article
        if each.error:
            console.complain(each.error, about=each.title or each.article_id)
    for each in exported:
        if each.written and each.written.outcome == "kept":
            console.tell(f"{each.written.path.name} was edited since, and is kept as it is.")


def _print(exported: Sequence[Exported]) -> None:
    if not exported:
        console.tell("There is nothing to export: the library is empty.")
    for each in exported:
        if each.written:
            console.echo_fields(each.written.outcome, str(each.written.path))


def _plain(exported: Exported) -> Mapping[str, object]:
    said: dict[str, object] = {"id": exported.article_id, "title": exported.title}
    if exported.error:
        return said | {"error": exported.error.message, "hint": exported.error.hint}
    if exported.written:
        said |= {"outcome": exported.written.outcome, "path": str(exported.written.path)}
    return said
