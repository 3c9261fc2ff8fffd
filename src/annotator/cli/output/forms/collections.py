"""Exports of many articles to one file or to standard output, and the templates of notes."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from annotator.cli.context import CliContext
from annotator.cli.export_options import NoteChoices
from annotator.cli.output import console
from annotator.errors import InvalidInput
from annotator.export import exporters
from annotator.export.markdown.presets import preset_named
from annotator.export.markdown.template_trial import variables
from annotator.model.labels import count
from annotator.settings import expanded
from annotator.store import ExportResult
from annotator.usecases.exporting.export_collection import (
    CollectionExport,
    CollectionOptions,
    collection_export,
)
from annotator.usecases.exporting.note_templates import check_templates, write_templates

STANDARD_OUTPUT = "-"
DIFFERENT = 1  # the exit code of --check if something would be written
_USES = {True: "yours", False: "not written"}


def export_collection(
    context: CliContext,
    words: Sequence[str],
    choices: NoteChoices,
    *,
    format_name: str,
    target: str | None,
    as_json: bool,
    title: str = "",
) -> int:
    """Export articles in a format that holds many; return the exit code.

    The target is a file, a folder, or standard output, which is also used without one.
    What ends with a slash is a folder, which is created if it is missing.
    """
    to_output = target is None or target == STANDARD_OUTPUT
    if to_output and not exporters.exporter(format_name).can_hold("collection"):
        hint = "Write --to DIR/ for a book of each article, or --to FILE.epub."
        raise InvalidInput("A book can't be printed.", hint)
    if to_output and (as_json or not choices.writes):
        raise InvalidInput("--json, --dry-run and --check need a file.", "Give it with --to FILE.")

    def show(articles: int) -> None:
        console.show_progress(f"{count(articles, 'article')} …")

    is_on_screen = to_output and console.is_terminal()
    export = collection_export(
        context.library,
        words,
        format_name=format_name,
        show_progress=None if is_on_screen else show,
        options=CollectionOptions.of_user(context.settings, title=title),
    )
    if target is None or to_output:
        console.echo_document(export.pieces())
        if not is_on_screen:
            console.clear_progress()
        return _tell(export)
    report = export.write(
        expanded(Path(target)),
        state=context.folders.state,
        writes=choices.writes,
        is_folder=target.endswith("/"),
        makes_folder=True,  # as notes do
    )
    console.clear_progress()
    file = report.written[0]
    if as_json:
        console.echo_json(_to_json(export, file))
    else:
        console.echo_fields(file.outcome, file.place)
        console.tell(f"{report.extent}.")
    code = _tell(export)
    return code or (DIFFERENT if choices.is_check and file.outcome != "unchanged" else 0)


def show_templates(context: CliContext, *, is_init: bool, preset: str | None, as_json: bool) -> int:
    """Write the templates to begin with, or print which there are and what they can use."""
    folder = context.folders.templates_folder
    preset = preset or context.settings.export_preset
    if is_init:
        written = write_templates(folder, preset)
        if as_json:
            console.echo_json([{"path": str(path), "new": is_new} for path, is_new in written])
            return 0
        for path, is_new in written:
            console.echo_fields("new" if is_new else "kept", str(path))
        return 0
    own = check_templates(folder, preset)
    known = preset_named(preset).templates
    names = [*known, *(name for name in own if name not in known)]
    if as_json:
        console.echo_json(
            {
                "folder": str(folder),
                "templates": {name: name in own for name in names},
                "variables": {variable.name: variable.description for variable in variables()},
            }
        )
        return 0
    for name in names:
        console.echo_fields(_USES[name in own], str(folder / name))
    known_variables = list(variables())
    width = max(len(variable.name) for variable in known_variables)
    for variable in known_variables:
        if console.is_terminal():
            console.echo(f"{variable.name:<{width}}  {variable.description}")
        else:
            console.echo_fields(variable.name, variable.description)
    if not own:
        console.tell("`annotator export templates --init` writes them, to be edited.")
    return 0


def _tell(export: CollectionExport) -> int:
    """Say what was left out and what could not be read; return the exit code."""
    if not export.articles and not export.failed:
        console.tell("There is nothing to export yet.")
    for sentence in export.told:
        console.tell(sentence)
    for failed in export.failed:
        if failed.error:
            console.complain(failed.error, about=failed.title or failed.article_id)
    return export.first_error.exit_code if export.first_error else 0


def _to_json(export: CollectionExport, result: ExportResult) -> Mapping[str, object]:
    return {
        "outcome": result.outcome,
        "path": result.place,
        "articles": export.articles,
        "marks": export.marks,
        "orphaned": export.lost,
        "problems": export.told,
        "failed": [
            {"id": failed.article_id, "title": failed.title, **console.error_to_json(failed.error)}
            for failed in export.failed
            if failed.error
        ],
    }
