"""`annotator tour`: the main keys, on a sample article in a library that is deleted afterwards."""

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from msgspec.structs import replace

from annotator import usecases
from annotator.cli.context import CliContext
from annotator.cli.launch import run_tour
from annotator.cli.output import console, streams
from annotator.errors import InvalidInput
from annotator.store import Library


@click.command("tour")
@click.pass_obj
def tour_command(context: CliContext) -> int:
    """Learn the main keys in two minutes, on a sample article.

    You read, mark, tag, judge and export with the keys that are set, and a line
    above the text says what to press. q leaves at any time. Nothing of it is
    kept in your library or exported to your folders.
    """
    return take_tour(context)


def take_tour(context: CliContext) -> int:
    """Show the tour; return the exit code."""
    sample = next(reversed(usecases.articles.sources.sample_articles()), None)
    if sample is None or not console.is_terminal() or streams.is_dumb():
        needs = "a terminal that can draw" if sample else "the sample articles"
        raise InvalidInput(f"The tour needs {needs}.", "See: annotator --help")
    console.show_progress("Preparing the tour …")
    with TemporaryDirectory(prefix="annotator-tour-") as name:
        folder = Path(name)
        state = folder / "state"
        with closing(Library.open(folder / "library", state=state, cache=folder / "cache")) as own:
            adding = usecases.articles.add.add(own, sample, now=context.now)
            article = context.run(adding).record
            console.clear_progress()
            settings = replace(
                context.settings,
                export_folder=folder / "notes",
                export_on_change=False,
                commands=(),
            )
            return run_tour(own, settings, article.id, state)
