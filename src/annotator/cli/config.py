"""`annotator config`: where the settings and the other files are."""

import click

from annotator.cli import output
from annotator.cli.workspace import Workspace

PLACES = ("settings", "sites", "library", "cache", "state", "log")


@click.group("config")
def command() -> None:
    """See where settings and files are."""


@command.command(
    "path",
    help="""Print where the settings are, or another of the program's places.

The settings are a TOML file that need not exist, with lines such as:

\b
width = 66
theme = "nord"
export_folder = "~/vault/articles"

So are your rules for the pages of some sites:

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
    output.echo(str(paths[place]))
