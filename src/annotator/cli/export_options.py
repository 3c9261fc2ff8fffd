"""The option `--format`, and those of `annotator export` for notes in a folder, as one value.

They are apart from the other shared options: lists never load exporters.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial, wraps
from typing import NamedTuple

import click

from annotator.cli.completing import names_from
from annotator.cli.context import CliContext
from annotator.export.exporters import (
    BUILT_IN,
    Content,
    built_in_formats,
    formats,
    possible_formats,
)
from annotator.settings.settings import PRESET_NAMES
from annotator.usecases.marks.claims import GROUPINGS, Grouping

Decorator = Callable[[Callable[..., object]], Callable[..., object]]

Command = Callable[..., object]

_FIELDS = {  # of the choices, by the options that can be in the wrong place
    "--all": "has_unmarked",
    "--prune": "prunes",
    "--name": "name",
    "--group": "grouping",
    "--watch": "is_watched",
    "--preset": "preset",
    "--full-text": "has_text",
    "--init": "is_init",
}


def format_option(
    *own: str, name: str, contents: Sequence[Content], default: str, explanation: str
) -> Decorator:
    """Return `--format`, for a command's `own` formats and those that hold one of `contents`.

    Plug-ins are looked for only when a format is not known without them, and
    loaded only for the list of formats in an error.
    """
    known = (*own, *_of_all(built_in_formats, contents))

    def check(ctx: click.Context, _param: click.Parameter, value: str) -> str:
        if value in known or value in _of_all(possible_formats, contents):
            return value
        holds = "marks" if "note" in contents else "articles without marks"
        problem = (
            f"{value} cannot hold {holds}" if value in BUILT_IN else f"Unknown format: {value}"
        )
        return ctx.fail(
            f"{problem}. Choose one of: {', '.join((*own, *_of_all(formats, contents)))}."
        )

    return click.option(
        "--format",
        name,
        metavar=f"[{'|'.join(known)}]" if own else "FORMAT",
        default=default,
        show_default=True,
        callback=check,
        shell_complete=names_from(lambda: (*own, *_of_all(possible_formats, contents))),
        help=explanation,
    )


def _of_all(
    names: Callable[[Content], Iterable[str]], contents: Sequence[Content]
) -> tuple[str, ...]:
    """Return the names of the formats that hold any of `contents`, each once, plug-ins last."""
    names_of_all = dict.fromkeys(name for content in contents for name in names(content))
    built_in = (name for name in names_of_all if name in BUILT_IN)
    return (*built_in, *(name for name in names_of_all if name not in BUILT_IN))


class NoteChoices(NamedTuple):
    """The options that were given for notes."""

    has_unmarked: bool
    prunes: bool
    is_tried: bool
    is_check: bool
    is_digest: bool
    is_daily: bool
    name: str
    grouping: Grouping | None
    is_watched: bool
    preset: str | None
    has_text: bool
    is_init: bool

    @property
    def writes(self) -> bool:
        """Whether anything is to be written."""
        return not (self.is_tried or self.is_check)

    def given(self, *options: str) -> str:
        """Return those of some options that were given, with commas between them."""
        return ", ".join(option for option in options if getattr(self, _FIELDS[option]))

    @property
    def is_one_note(self) -> bool:
        """Whether all marks go into one note."""
        return self.is_digest or self.is_daily


_flag = partial(click.option, is_flag=True)

_OPTIONS = (
    _flag("--all", "has_unmarked", help="Also write notes of articles without marks."),
    _flag("--prune", "prunes", help="Remove the blocks of deleted marks."),
    _flag("--dry-run", "is_tried", help="Print what would change."),
    _flag("--check", "is_check", help="Write nothing; exit with 1 if files differ."),
    _flag("--digest", "is_digest", help="One note of all marks that match the query."),
    _flag("--daily", "is_daily", help="One note of what was marked today, by its date."),
    click.option(
        "--name", default="", metavar="NAME", help="Name of a digest (default: its query)."
    ),
    click.option(
        "--group",
        "grouping",
        type=click.Choice(GROUPINGS),
        help="Group a digest: tag by default, article for --daily.",
    ),
    _flag("--watch", "is_watched", help="Go on, and export what changes. Ctrl+C ends."),
    click.option(
        "--preset",
        type=click.Choice(PRESET_NAMES),
        help="The program that you keep your notes in (default: export_preset in the settings).",
    ),
    _flag(
        "--full-text",
        "has_text",
        help="Add the whole text with the marks in place (for obsidian and plain).",
    ),
    _flag("--init", "is_init", help="With templates: write them, to edit."),
)


def note_options(command: Command) -> Command:
    """Give a command these options; it gets them as `choices`."""

    @wraps(command)
    def with_choices(context: CliContext, **values: object) -> object:
        chosen = {name: values.pop(name) for name in NoteChoices._fields}
        return command(context, choices=NoteChoices(**chosen), **values)  # type: ignore[arg-type]

    for option in reversed(_OPTIONS):
        with_choices = option(with_choices)
    return with_choices
