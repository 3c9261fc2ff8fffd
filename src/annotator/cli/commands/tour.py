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
from annotator.cli.plain.session import PlainSession
from annotator.errors import InvalidInput
from annotator.settings import Settings
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
    if sample is None or not console.is_terminal():
        needs = "a terminal" if sample else "the sample articles"
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
            if streams.is_dumb():
                return _in_lines(own, settings, article.id)
            return run_tour(own, settings, article.id, state)


# What to type in the tour, and the word that was then done.
_STEPS = (
    ("Press Enter to hear the next paragraph. quit ends the tour at any time.", "next"),
    ("Each sentence has a number. mark 2 marks the second one as a claim.", "mark"),
    ("list tells your marks in this article, with numbers of their own.", "list"),
    ("tag 1 sea gives the first mark a tag, to find it by its topic.", "tag"),
    ("status 1 disputed judges the claim. status 1 alone asks.", "status"),
    ("edit 1 asks for everything that is known of the claim. A dot ends that.", "edit"),
    ("marks lists the marks of all your articles.", "marks"),
    ("back goes back to the article.", "back"),
    ("undo takes back the last change, whatever it was.", "undo"),
    ("That is all. help tells what else can be typed. quit ends the tour; nothing is kept.", ""),
)


def _in_lines(library: Library, settings: Settings, article_id: str) -> int:
    """Show the tour where nothing is drawn: what to type next is said when a step was done."""
    context = CliContext()
    vars(context).update(library=library, settings=settings)
    steps = iter(_STEPS)
    step = [next(steps)]

    def hear(word: str) -> None:
        if word == step[0][1]:
            step[0] = next(steps)
            console.tell(f"Tour: {step[0][0]}")

    session = PlainSession(context, hear)
    console.tell(f"Tour: {step[0][0]}")
    session.run("article", article_id)
    console.tell("The tour has ended.")
    return 0
