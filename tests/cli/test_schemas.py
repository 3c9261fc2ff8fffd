"""What every command prints with `--json` is as its schema says, and stays so."""

import json
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from jsonschema import Draft202012Validator

import json_outputs
from annotator.agents.answers import Tools
from annotator.cli.commands.schema import printed_by, read_schema, schema_command, schema_names
from annotator.cli.group import annotator
from documenting.schemas import schemas

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "src" / "annotator" / "schemas"
NAMES = schema_names()
# Schemas whose commands do not end, or need a program that is not here.
NOT_RUN = {
    "serve": "it runs until it is stopped, and prints what is in `add`",
    "proposals": "commands of the user print it",
}

pytestmark = pytest.mark.timeout(300)  # the first test that asks runs all commands

_KEPT: list[json_outputs.Outputs | Exception] = []


@pytest.fixture
def outputs(run, site, home):
    """Run all commands, once for all tests."""
    if not _KEPT:
        try:
            _KEPT.append(json_outputs.everything(run, site, home))
        except AssertionError as error:
            _KEPT.append(error)
    if isinstance(_KEPT[0], Exception):
        raise _KEPT[0]
    return _KEPT[0]


def closed(part):
    """Return a schema that allows no other fields."""
    if isinstance(part, list):
        return [closed(one) for one in part]
    if not isinstance(part, dict):
        return part
    new = {name: closed(one) for name, one in part.items()}
    return (
        new | {"additionalProperties": False} if isinstance(part.get("properties"), dict) else new
    )


def commands(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield the commands below one that have --json."""
    if any(param.name == "as_json" for param in command.params):
        yield f"annotator {' '.join(path)} --json"
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            yield from commands(command.get_command(context, name), (*path, name))


def fields(schema, part, path) -> Iterator[str]:
    """Yield the fields that a schema describes, as `Claim.status`."""
    for name, one in {path: part, **schema.get("$defs", {})}.items():
        yield from (f"{name}.{field}" for field in one.get("properties", ()))


def seen(schema, part, value, name) -> Iterator[str]:
    """Yield the fields that a value has, by the names that they have in the schema."""
    if "$ref" in part:
        name = part["$ref"].rpartition("/")[2]
        yield from seen(schema, schema["$defs"][name], value, name)
    for one in part.get("anyOf", ()):
        if Draft202012Validator({**one, "$defs": closed(schema.get("$defs", {}))}).is_valid(value):
            yield from seen(schema, one, value, name)
    if isinstance(value, list) and isinstance(part.get("items"), dict):
        for one in value:
            yield from seen(schema, part["items"], one, name)
    for one in value.values() if isinstance(value, dict) else ():
        if isinstance(part.get("additionalProperties"), dict):
            yield from seen(schema, part["additionalProperties"], one, name)
    for field, one in part.get("properties", {}).items():
        if isinstance(value, dict) and field in value:
            yield f"{name}.{field}"
            yield from seen(schema, one, value[field], name)


def _is_in(command, lines) -> bool:
    """Whether lines have a command, also with options: `mcp --json` is there as `mcp --log`."""
    return any(line.startswith(command.removesuffix("--json")) for line in lines)


def test_every_command_with_json_has_a_schema():
    described = [command for name in NAMES for command in printed_by(read_schema(name))]
    assert [command for command in commands(annotator) if not _is_in(command, described)] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_one_and_says_what_each_field_is(name):
    schema = read_schema(name)
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"https://annotator-tui.github.io/annotator/schema/1/{name}.json"
    assert schema["title"]
    parts = [schema, *schema.get("$defs", {}).values()]
    described = [one for part in parts for one in part.get("properties", {}).values()]
    assert [one for one in described if not one.get("description")] == []


def test_the_schemas_are_those_that_the_script_makes_of_the_types():
    made = schemas()
    files = {name: (FOLDER / f"{name}.json").read_text("utf-8") for name in made}
    assert made == files, "run make docs"


@pytest.mark.parametrize("name", [name for name in NAMES if name not in NOT_RUN])
def test_what_a_command_prints_is_as_its_schema_says_and_nothing_more(outputs, name):
    validator = Draft202012Validator(closed(read_schema(name)))
    values = outputs.errors if name == "error" else outputs.values[name]
    assert values
    problems = [
        f"{error.json_path}: {error.message[:300]}"
        for value in values
        for error in validator.iter_errors(value)
    ]
    assert problems == []


def test_every_command_with_json_is_run(outputs):
    run = [f"annotator {' '.join(words)} --json" for words in outputs.commands]
    assert [command for command in commands(annotator) if not _is_in(command, run)] == []


def test_every_field_is_in_some_output(outputs):
    described, printed = set(), set()
    for name in {*NAMES} - {*NOT_RUN}:
        schema = read_schema(name)
        described |= {*fields(schema, schema, name)}
        for value in outputs.errors if name == "error" else outputs.values[name]:
            printed |= {*seen(schema, schema, value, name)}
    assert sorted(described - printed) == []


def test_the_list_names_the_schemas_and_their_commands(run):
    rows = [line.split("\t") for line in run("schema").out.splitlines()]
    assert [row[0] for row in rows] == NAMES
    assert ["stats", "What was read and marked", "annotator stats --json"] in rows


@pytest.mark.parametrize("words", [["claims"], ["tags", "rename"], ["notes"], ["feeds", "list"]])
def test_a_schema_is_printed_by_its_name_or_a_command(run, words):
    done = run("schema", *words)
    assert f"annotator {' '.join(words)} --json" in printed_by(json.loads(done.out))


def test_all_schemas_are_printed_together(run):
    assert list(json.loads(run("schema", "--all").out)) == NAMES


def test_a_shell_completes_the_names():
    context = click.Context(schema_command)
    items = schema_command.params[0].shell_complete(context, "feeds-")
    assert [item.value for item in items] == [name for name in NAMES if name.startswith("feeds-")]


@pytest.mark.parametrize("name", ["search", "article", "mark", "evidence", "similar", "changes"])
def test_what_a_tool_says_of_its_answer_is_its_schema(library, name):
    told = Tools(library).table()[name].entry["outputSchema"]
    assert {*told["properties"], "untrusted"} == {*read_schema(f"mcp-{name}")["properties"]}


def test_a_name_without_a_schema_is_refused_with_a_hint(run):
    done = run("schema", "claim")
    assert (done.code, done.out) == (2, "")
    assert "Did you mean “claims”?" in done.err


def test_an_error_is_one_line_of_json_with_the_usual_exit_code(run):
    done = run("show", "9999", "--json")
    (line,) = done.err.splitlines()
    assert done.code == 5
    assert json.loads(line)["error"]["code"] == "not-found"
    assert line.isascii()
    assert run("show", "9999").err.startswith("Error: The library has no article")


def test_json_behind_two_dashes_is_a_word(run):
    assert run("search", "--", "(", "--json").err.startswith("Error: ")


def test_a_crash_is_an_error_for_programs_too(run, monkeypatch):
    monkeypatch.setattr("annotator.cli.commands.schema.schema_names", lambda: 1 / 0)
    done = run("schema", "--json")
    assert done.code == 70
    assert json.loads(done.err)["error"]["code"] == "internal"
