"""`annotator config`: the settings, and where the other files are."""

from pathlib import Path

import click

from annotator.cli import launch
from annotator.cli.context import Workspace
from annotator.cli.output import console
from annotator.errors import SettingsError
from annotator.model.text import clean_line

PLACES = ("settings", "sites", "library", "cache", "state", "log")


@click.group("config")
def config_command() -> None:
    """Change and check the settings, and see where files are."""


@config_command.command(
    "path",
    help="""Print where the settings are, or another of the program's places.

The settings are a TOML file that need not exist; annotator config edit makes it.
So are your rules for the pages of some sites, with lines such as:

\b
["example.org"]
remove = [".promo", "//aside"]
""",
)
@click.argument("place", type=click.Choice(PLACES), default="settings")
@click.pass_obj
def path(workspace: Workspace, place: str) -> None:
    """Print one of the places."""
    folders = workspace.folders
    paths = {
        "settings": folders.settings_file,
        "sites": folders.site_rules_file,
        "library": workspace.library_folder,
        "cache": folders.cache,
        "state": folders.state,
        "log": folders.log_file,
    }
    console.echo(str(paths[place]))


@config_command.command("edit")
@click.pass_obj
def edit(workspace: Workspace) -> None:
    """Open the settings in $VISUAL or $EDITOR, and check them then.

    A file that is not there yet is made, with every setting explained in it.
    """
    from annotator.tui.terminal.external import edit_file

    file = workspace.folders.settings_file
    _make_if_missing(file)
    edit_file(file)
    _check(workspace, file)


@config_command.command("check")
@click.pass_obj
def check(workspace: Workspace) -> None:
    """Tell what is wrong in the settings, with its line."""
    _check(workspace, workspace.folders.settings_file)


def _make_if_missing(file: Path) -> None:
    from annotator.settings.template import TEMPLATE

    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as new:
            new.write(TEMPLATE)
    except FileExistsError:
        return
    except OSError as error:
        raise SettingsError(
            f"{clean_line(str(file))} cannot be written: {error.strerror}.",
            "Let the folder be one that you may write to.",
        ) from error
    console.tell(f"Made {clean_line(str(file))}")


def _check(workspace: Workspace, file: Path) -> None:
    from annotator.settings.loading import text_of
    from annotator.settings.mistakes import Mistakes

    settings = workspace.settings
    mistakes = Mistakes(text_of(file))
    for path, words in launch.screen_problems(settings):
        mistakes.add(words.removesuffix("."), at=path)
    if mistakes:
        raise mistakes.as_error(file)
    console.tell("The settings are right.")
