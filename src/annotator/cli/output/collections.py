"""Exports of many articles to one file or to standard output."""

from collections.abc import Sequence
from pathlib import Path

from annotator.cli.context import CliContext
from annotator.cli.output import console
from annotator.errors import InvalidInput
from annotator.model.labels import count
from annotator.settings import expanded
from annotator.usecases.export_collection import CollectionExport, collection_export

STANDARD_OUTPUT = Path("-")
DIFFERENT = 1  # the exit code of --check if something would be written


def export_collection(
    context: CliContext,
    words: Sequence[str],
    *,
    format_name: str,
    target: Path | None,
    is_tried: bool,
    is_check: bool,
    as_json: bool,
) -> int:
    """Export articles in a format that holds many; return the exit code.

    The target is a file, a folder, or standard output, which is also used without one.
    """
    export = collection_export(context.library, words, format_name=format_name)
    if target is None or target == STANDARD_OUTPUT:
        if as_json or is_tried or is_check:
            raise InvalidInput(
                "--json, --dry-run and --check need a file.", "Give it with --to FILE."
            )
        console.echo_document(export.pieces())
        return _tell_failures(export)
    writes = not (is_tried or is_check)
    result = export.write(expanded(target), state=context.folders.state, writes=writes)
    if as_json:
        console.echo_json(
            {
                "outcome": result.outcome,
                "path": str(result.path),
                "articles": export.articles,
                "marks": export.marks,
                "problems": export.told,
            }
        )
    else:
        console.echo_fields(result.outcome, str(result.path))
        console.tell(f"{count(export.articles, 'article')}, {count(export.marks, 'mark')}.")
    if is_check and result.outcome != "unchanged" and not export.failed:
        return DIFFERENT
    return _tell_failures(export)


def _tell_failures(export: CollectionExport) -> int:
    for sentence in export.told:
        console.tell(sentence)
    for record, error in export.failed:
        console.complain(error, about=record.title or record.id)
    return export.failed[0].error.exit_code if export.failed else 0
