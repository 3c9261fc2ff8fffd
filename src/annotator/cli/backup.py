"""`annotator backup`: the whole library in one file."""

from pathlib import Path

import click

from annotator.cli import output
from annotator.cli.options import json_option
from annotator.cli.workspace import Workspace
from annotator.settings import expanded
from annotator.usecases.backup import back_up


@click.command("backup")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@json_option
@click.pass_obj
def command(workspace: Workspace, *, file: Path, as_json: bool) -> None:
    """Write the whole library into the new FILE, compressed, and verify it.

    FILE is a tar archive packed by zstandard, such as library-2026-03-14.tar.zst.
    `annotator restore-backup` reads it.
    """
    output.show_progress("Writing and verifying the backup")
    done = back_up(workspace.library, expanded(file))
    output.clear_progress()
    if as_json:
        output.echo_json(
            {"path": str(done.path), "articles": done.articles, "files": done.files}
            | {"bytes": done.size}
        )
    else:
        output.echo_fields("written", str(done.path), f"{done.articles} articles", _size(done.size))


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB"
