"""The names that people write into scripts, settings and notes, and that stay within a version.

`make promise` keeps those of a release in `tests/cli/released_names.json`; a test refuses to lose
one. What is not in here, such as classes and functions, may change at any time.
"""

import json
import re
from collections.abc import Iterator
from typing import Literal, get_args, get_origin

import click
from msgspec import Struct, structs

from annotator.cli.group import COMMANDS, EXIT_CODES, annotator
from annotator.export import exporters
from annotator.export.markdown.template_trial import variables
from annotator.importing import importers
from annotator.model.query import FIELDS, VALUES
from annotator.settings import Settings
from annotator.tui.keys.groups import GROUPS
from annotator.usecases.publishing.accounts import PUBLISHERS
from documenting import ROOT

PACKAGE = ROOT / "src" / "annotator"
RELEASED = ROOT / "tests" / "cli" / "released_names.json"


def names() -> dict[str, list[str]]:
    """Return all promised names, by what they are names of."""
    context = click.Context(annotator, info_name="annotator")
    options = [*_options("annotator", annotator)]
    for name in COMMANDS:
        if command := annotator.get_command(context, name):
            options += _options(name, command)
    return {
        "commands and options": sorted(options),
        "environment": sorted({*re.findall('"(ANNOTATOR_[A-Z]+)"', _sources())}),
        "exit codes": sorted(_exit_codes()),
        "export formats": sorted(exporters.BUILT_IN),
        "groups of entry points": sorted({exporters.ENTRY_POINTS, importers.ENTRY_POINTS}),
        "import formats": sorted(importers.BUILT_IN),
        "keys": sorted(key.id for group in GROUPS for key in group.keys),
        "query": sorted(
            [*FIELDS, *(f"{field}:{value}" for field in VALUES for value in VALUES[field])]
        ),
        "services": sorted(PUBLISHERS.names()),
        "settings": sorted(_settings(Settings, "")),
        "variables of templates": sorted({variable.name for variable in variables()}),
    }


def _options(path: str, command: click.Command) -> Iterator[str]:
    """Yield a command, its options with the values to choose from, and all below it."""
    yield path
    for param in command.params:
        if isinstance(param, click.Option) and not param.hidden:
            for name in (*param.opts, *param.secondary_opts):
                yield f"{path} {name}"
            if isinstance(param.type, click.Choice):
                yield from (f"{path} {param.opts[0]} {choice}" for choice in param.type.choices)
    if isinstance(command, click.Group) and command is not annotator:
        for name, below in command.commands.items():
            yield from _options(f"{path} {name}", below)


def _exit_codes() -> Iterator[str]:
    """Yield the codes with the words for them in errors as JSON."""
    for code, (words, *_) in EXIT_CODES.items():
        yield from (f"{code} {word}" for word in words.split() or ["-"])


def _sources() -> str:
    return "".join(path.read_text("utf-8") for path in sorted(PACKAGE.rglob("*.py")))


def _settings(kind: type[Struct], above: str) -> Iterator[str]:
    """Yield the settings, with the values that they can have if these are words."""
    for field in structs.fields(kind):
        name = f"{above}{field.encode_name}"
        yield name
        yield from (f'{name} = "{word}"' for word in _words(field.type))
        for part in _structs(field.type):
            yield from _settings(part, f"{name}.")


def _words(kind: object) -> Iterator[str]:
    if get_origin(kind) is Literal:
        yield from get_args(kind)
    else:
        for part in get_args(kind):
            yield from _words(part)


def _structs(kind: object) -> Iterator[type[Struct]]:
    if isinstance(kind, type) and issubclass(kind, Struct):
        yield kind
    for part in get_args(kind):
        yield from _structs(part)


if __name__ == "__main__":
    RELEASED.write_text(json.dumps(names(), indent=1) + "\n", "utf-8")
