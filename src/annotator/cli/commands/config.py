"""`annotator config`: the settings, and the locations of the program's files."""

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Final

import click

from annotator import usecases
from annotator.cli.context import CliContext
from annotator.cli.group import CommandGroup
from annotator.cli.launch import screen_problems
from annotator.cli.output import console
from annotator.cli.output.tables import print_rows
from annotator.cli.params import Command, TextCommand
from annotator.errors import AnnotatorError, SettingsError
from annotator.model.text import clean_line
from annotator.registry import Registry
from annotator.settings import Settings
from annotator.settings.loading import EXAMPLE, text_of
from annotator.settings.readers import read_settings, settings_template
from annotator.settings.writing import explanations, not_written, typed_value, write_setting

setting_argument = click.argument("name", type=click.Choice([*explanations()]), metavar="SETTING")

_PROBLEMS: Final = Registry[Callable[[Settings], Iterator[tuple[str, str]]]](  # by tables
    {"accounts": "annotator.usecases.publishing.accounts:account_problems"}
)
PLACES = ("settings", "sites", "templates", "library", "cache", "state", "log")


@click.group("config", cls=CommandGroup, invoke_without_command=True)
@click.pass_context
def config_command(ctx: click.Context) -> None:
    """List, change, edit or check settings; show file locations."""
    if ctx.invoked_subcommand is None:
        ctx.fail(f"Missing command. Choose one of: {', '.join(config_command.commands)}.")


@config_command.command(
    "path",
    help="""Print the location of the settings, or of another file or folder.

The settings are a TOML file, which "annotator config edit" creates. Your own
rules for certain sites are another, with lines such as:

\b
["example.org"]
remove = [".promo", "//aside"]
""",
)
@click.argument("place", type=click.Choice(PLACES), default="settings")
@click.pass_obj
def path(context: CliContext, place: str) -> None:
    """Print a location."""
    folders = context.folders
    paths = {
        "settings": folders.settings_file,
        "sites": folders.site_rules_file,
        "templates": folders.templates_folder,
        "library": context.library_folder,
        "cache": folders.cache,
        "state": folders.state,
        "log": folders.log_file,
    }
    console.echo(str(paths[place]))


@config_command.command("list", cls=Command)
def list_settings(context: CliContext, *, as_json: bool) -> None:
    """List the settings that are one line of the file: name, value, what it does."""
    rows = [(name, _value(context, name), words) for name, words in explanations().items()]
    json = {name: value for name, value, _ in rows} if as_json else None
    print_rows(rows, json=json, headings=("SETTING", "VALUE", "WHAT IT DOES"), flexible=2)


@config_command.command("get")
@setting_argument
@click.pass_obj
def get_setting(context: CliContext, name: str) -> None:
    """Print the value of a setting."""
    console.echo(_value(context, name))


@config_command.command("set", cls=TextCommand)
@setting_argument
@click.argument("value")
@click.pass_obj
def set_setting(context: CliContext, name: str, value: str) -> None:
    """Write a setting into the file, whose comments stay. An empty VALUE removes it."""
    typed = typed_value(name, value) if value else None
    settings = write_setting(context.folders.settings_file, name, typed)
    console.tell(f"{name} is {value or 'as usual'} now.")
    try:
        if check_named := usecases.library.config_files.CHECKS.get(name):
            check_named(settings)
    except AnnotatorError as error:
        console.complain(error)
    if name == "bidi":
        for mode, words in usecases.library.config_files.bidi_samples().items():
            console.tell(f"{mode + ':':<10}{words}")
        console.tell("Choose the one whose line reads right here.")


def _value(context: CliContext, name: str) -> str:
    value = getattr(context.settings, name)
    words = "" if value is None else str(value)
    return words.lower() if isinstance(value, bool) else words


@config_command.command("edit")
@click.pass_obj
def edit(context: CliContext) -> None:
    """Open the settings in $VISUAL or $EDITOR, and check them afterwards.

    If there is no file yet, one is created with every setting explained in it.
    """
    file = context.folders.settings_file
    _make_if_missing(file)
    try:
        click.edit(filename=str(file))
    except (click.ClickException, ValueError) as error:  # `ValueError`: an unclosed quote
        if isinstance(error.__cause__, FileNotFoundError):
            raise AnnotatorError(
                f"Editor “{clean_line(error.__cause__.filename)}” not found.",
                "Set $VISUAL or $EDITOR to your editor.",
            ) from error
        reason = error.format_message() if isinstance(error, click.ClickException) else str(error)
        raise AnnotatorError(
            f"The editor failed: {clean_line(reason).rstrip('.')}.",
            "Set $VISUAL or $EDITOR to the editor that you use.",
        ) from error
    _check(file)


@config_command.command("check")
@click.pass_obj
def check(context: CliContext) -> int:
    """Report mistakes in the settings and the files beside them, with their lines.

    These are the templates of notes, your rules for sites, cookies, and the folder of downloads.
    """
    _check(context.folders.settings_file)
    settings, folders = context.settings, context.folders
    templates, files = usecases.exporting.note_templates, usecases.library.config_files
    checks: dict[str, Callable[[], object]] = {
        "Templates": lambda: templates.check_templates(
            folders.templates_folder, settings.export_preset
        ),
        "Site rules": lambda: files.check_site_rules(folders),
        "Cookies": lambda: files.check_cookies(settings),
        "Folder of downloads": lambda: files.check_download_folder(settings),
    }
    code = 0
    for name, is_there in checks.items():
        try:
            if is_there():
                console.tell(f"{name} OK.")
        except AnnotatorError as error:
            console.complain(error)
            code = SettingsError.exit_code
    return code


def _make_if_missing(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as new:
            new.write(settings_template())
    except FileExistsError:
        return
    except OSError as error:
        raise not_written(file, error) from error
    console.tell(f"Created {clean_line(str(file))}")


def _check(file: Path) -> None:
    settings, mistakes = read_settings(file, text_of(file), example=EXAMPLE)
    # A table with a mistake is left out, and the numbers of the others are not those of the file.
    tables = () if mistakes else (problems(settings) for problems in _PROBLEMS.parts())
    for path, problem in chain(*tables, screen_problems(settings)):
        mistakes.add(problem.removesuffix("."), at=path)
    if mistakes:
        raise mistakes.as_error(file)
    console.tell("Settings OK.")
