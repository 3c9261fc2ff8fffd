"""`annotator schema`: the JSON Schemas of what commands print with --json."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from annotator.cli.completing import names_from
from annotator.cli.context import CliContext
from annotator.cli.output import console
from annotator.cli.output.tables import print_rows
from annotator.cli.params import Command
from annotator.errors import InvalidInput, did_you_mean

_FOLDER = Path(__file__).parents[2] / "schemas"
_HEADINGS = ("NAME", "WHAT IT DESCRIBES", "PRINTED BY")

Schema = Mapping[str, Any]


def schema_names() -> Sequence[str]:
    """Return the names of all schemas."""
    return sorted(path.stem for path in _FOLDER.glob("*.json"))


def read_schema(name: str) -> Schema:
    """Return the schema of that name."""
    schema: Schema = json.loads((_FOLDER / f"{name}.json").read_text("utf-8"))
    return schema


def printed_by(schema: Schema) -> Sequence[str]:
    """Return the commands whose output a schema describes, such as `annotator list --json`."""
    return [command for command in schema.get("$comment", "").split("; ") if command]


@click.command("schema", cls=Command)
@click.argument("words", nargs=-1, metavar="[NAME]", shell_complete=names_from(schema_names))
@click.option("--all", "has_all", is_flag=True, help="Print all schemas, by their names.")
def schema_command(
    _context: CliContext, *, words: Sequence[str], has_all: bool, as_json: bool
) -> None:
    """Print the JSON Schema of what a command prints with --json, or list the schemas.

    NAME: a name of the list, or a command, such as `annotator schema tags rename`.
    """
    known = {name: read_schema(name) for name in schema_names()}
    if words or has_all:
        console.echo(json.dumps(known[_named(words, known)] if words else known, indent=2))
        return
    rows = [(name, one.get("title", ""), ", ".join(printed_by(one))) for name, one in known.items()]
    values = [
        {"name": name, "title": title, "commands": printed_by(known[name])}
        for name, title, _ in rows
    ]
    print_rows(rows, json=values if as_json else None, headings=_HEADINGS, flexible=2)


def _named(words: Sequence[str], known: Mapping[str, Schema]) -> str:
    """Return the name of the schema that is called so, or of the one of this command."""
    name, command = "-".join(words), f"annotator {' '.join(words)} --json"
    by_command = {printed: key for key, one in known.items() for printed in printed_by(one)}
    if name not in known and command not in by_command:
        hint = did_you_mean(name, known)
        raise InvalidInput(f"No schema is called “{name}”.{hint}", "annotator schema lists them.")
    return name if name in known else by_command[command]
