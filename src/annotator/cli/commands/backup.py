"""`annotator backup` and `annotator restore-backup`: the library to one file and back."""

from pathlib import Path

import click

from annotator.cli.context import CliContext
from annotator.cli.output import console
from annotator.cli.params import Command
from annotator.errors import InvalidInput
from annotator.model.labels import count
from annotator.settings import expanded
from annotator.store import restore_backup

EACH = 100  # files between two looks at the progress


@click.command("backup", cls=Command)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
def backup_command(context: CliContext, *, file: Path, as_json: bool) -> None:
    """Write the whole library to the new FILE, compressed, and verify it.

    FILE becomes a tar archive compressed with Zstandard, so call it for example
    library-2026-03-14.tar.zst. `annotator restore-backup` reads it.
    """
    target = expanded(file)
    done = context.library.maintenance.back_up(target, _show)
    console.clear_progress()
    articles, size = done.articles, target.stat().st_size
    if as_json:
        numbers = {"articles": articles, "files": len(done.files)}
        console.echo_json({**numbers, "path": str(target), "bytes": size})
    else:
        megabytes = f"{size / 1_000_000:.1f} MB"
        console.echo_fields("written", str(target), f"{articles} articles", megabytes)


@click.command("restore-backup", cls=Command)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--into",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Restore into this new or empty folder.",
)
@click.option("--merge", "is_to_merge", is_flag=True, help="Merge into the current library.")
def restore_backup_command(
    context: CliContext, *, file: Path, folder: Path | None, is_to_merge: bool, as_json: bool
) -> None:
    """Restore a library from the backup FILE, once all of it is verified.

    With --merge, nothing in the library is lost: missing articles are added, and
    the marks of the others merged. What you removed since the backup stays removed.
    """
    if (folder is None) != is_to_merge:
        raise InvalidInput("Say where to restore.", "Use either --into DIR or --merge.")
    if folder is None:
        merged = context.library.maintenance.merge_backup(expanded(file), _show)
        counts = console.attributes(merged, "added merged in_bin")
    else:
        counts = {"added": restore_backup(expanded(file), expanded(folder), _show).articles}
    console.clear_progress()
    if as_json:
        console.echo_json(counts)
        return
    for name, number in counts.items():
        console.echo_fields(name.replace("_", " "), str(number))
    if counts.get("in_bin"):
        console.tell("Articles that are in the bin were left there. See:  annotator restore")


def _show(done: str, number: int) -> None:
    """Show what is done, and to how many files, or articles that are merged."""
    if number % EACH == 1:
        what = "article" if done == "Merging" else "file"
        console.show_progress(f"{done} the backup: {count(number, what)} …")
