"""The pages of what commands print with `--json`, from the JSON Schemas of the program."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from annotator.cli.commands.schema import printed_by, read_schema, schema_names
from annotator.cli.group import PROGRAM
from documenting.tables import cell, table

TYPES: Final = "json-types.md"
_HEAD: Final = """# JSON

Every command that lists or changes something prints JSON with `--json`, and an error then is a line
of JSON on standard error. Each output has a JSON Schema, which `annotator schema` prints. Within a
version of the schemas fields are added, and none is taken away or changed.

```console
$ annotator tags --json | head -n 8
$ annotator list status:nearly --json
```

"""
_HEAD_OF_TYPES: Final = """# Types in JSON

The [outputs of commands](json.md) are made of these objects.

"""
_REFERENCE: Final = "#/$defs/"
_WORDS: Final = {"integer": "whole number", "null": "null", "boolean": "true or false"}
_FORMATS: Final = {"date-time": "time", "date": "date", "binary": "Base64"}


def pages() -> Mapping[str, str]:
    """Return the page of outputs and the page of types, by their names."""
    schemas = {name: read_schema(name) for name in schema_names()}
    types = {
        name: described
        for schema in schemas.values()
        for name, described in schema.get("$defs", {}).items()
    }
    return {
        "json.md": _HEAD + "\n".join(_output(name, schema) for name, schema in schemas.items()),
        TYPES: _HEAD_OF_TYPES + "\n".join(_type(name, types[name]) for name in sorted(types)),
    }


def of_command(command: str, commands: Sequence[str]) -> Sequence[str]:
    """Return the schemas of what a command prints, but for those of a command below it."""
    return [
        name
        for name in schema_names()
        if any(_command_of(line, commands) == command for line in printed_by(read_schema(name)))
    ]


def _command_of(line: str, commands: Sequence[str]) -> str:
    """Return the command that a line runs, with its options and arguments."""
    words = f"{line.removeprefix(f'{PROGRAM} ')} "
    return max((name for name in commands if words.startswith(f"{name} ")), key=len, default="")


def _output(name: str, schema: Mapping[str, Any]) -> str:
    by = [f"`{command}`" for command in printed_by(schema)]
    parts = [f"## {name}\n", f"{schema['title']}."]
    parts += [f"Printed by {', '.join(by)}.\n"] if by else [""]
    if "properties" in schema:
        parts.append(_fields(schema, "object"))
    else:
        parts.append(f"{_words(schema, TYPES).capitalize()}.\n")
    return "\n".join(parts)


def _type(name: str, described: Mapping[str, Any]) -> str:
    return "\n".join(
        (f"## {name}\n", f"{described.get('description', '')}\n", _fields(described, ""))
    )


def _fields(described: Mapping[str, Any], page: str) -> str:
    needed = described.get("required", ())
    rows = [
        (
            f"`{name}`" + ("" if name in needed else " *optional*"),
            _words(field, TYPES if page else ""),
            cell(field.get("description", "")),
        )
        for name, field in described.get("properties", {}).items()
    ]
    return table(("field", "type", "what it is"), rows)


def _words(schema: Mapping[str, Any], page: str) -> str:
    """Return the type of a value in words, with links to the objects in it."""
    if reference := schema.get("$ref"):
        name = reference.removeprefix(_REFERENCE)
        return f"[{name}]({page}#{name.lower()})"
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_words(part, page) for part in schema["anyOf"]))
    if "enum" in schema or "const" in schema:
        values = schema.get("enum") or [schema["const"]]
        return ", ".join(f"`{value}`" for value in values)
    kind = schema.get("type", "any JSON")
    if kind == "array":
        return _of_array(schema, page)
    if kind == "object" and isinstance(schema.get("additionalProperties"), Mapping):
        return f"object of {_words(schema['additionalProperties'], page)} by name"
    return str(_FORMATS.get(schema.get("format", "")) or _WORDS.get(kind, kind))


def _of_array(schema: Mapping[str, Any], page: str) -> str:
    if isinstance(schema.get("items"), Mapping):
        return f"array of {_words(schema['items'], page)}"
    parts = [_words(part, page) for part in schema.get("prefixItems", ())]
    return f"array of {', '.join(parts)}" if parts else "array"
