"""`annotator restore-backup`: a library from a file that `annotator backup` wrote."""

from pathlib import Path

import click

from annotator.cli import output
from annotator.cli.options import json_option
from annotator.cli.workspace import Workspace
from annotator.errors import InvalidInput
from annotator.settings import expanded
from annotator.usecases.backup import merge_into, restore_into


@click.command("restore-backup")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--into",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Make a library in this folder, which is new or empty.",
)
@click.option("--merge", "is_to_merge", is_flag=True, help="Put it into the library that is there.")
@json_option
@click.pass_obj
def command(
    workspace: Workspace, *, file: Path, folder: Path | None, is_to_merge: bool, as_json: bool
) -> None:
    """Put back what FILE holds, once all of it is verified.

    With --merge nothing in the library is lost: missing articles are added, marks
    of the others merged. What you removed since the backup stays removed.
    """
    if (folder is None) != is_to_merge:
        raise InvalidInput("It is not said where to.", "Give either --into DIR or --merge.")
    output.show_progress("Reading the backup")
    if folder is None:
        counts = _merged(workspace, file)
    else:
        counts = {"added": restore_into(expanded(file), expanded(folder))}
    output.clear_progress()
    if as_json:
        output.echo_json(counts)
    else:
        _print(counts)


def _merged(workspace: Workspace, file: Path) -> dict[str, int]:
    done = merge_into(workspace.library, expanded(file))
    return {"added": done.added, "merged": done.merged, "in_bin": done.in_bin}


def _print(counts: dict[str, int]) -> None:
    for name, count in counts.items():
        output.echo_fields(name.replace("_", " "), str(count))
    if counts.get("in_bin"):
        output.tell("Articles that are in the bin were left there. See:  annotator restore")
