"""The pages of docs/reference have all of the program."""

import re

import click
import msgspec
import pytest

from annotator.cli.commands.schema import printed_by, read_schema, schema_names
from annotator.cli.group import COMMANDS, EXIT_CODES, annotator
from annotator.errors import AnnotatorError
from annotator.export.exporters import BUILT_IN
from annotator.export.markdown.presets import PRESETS
from annotator.export.markdown.template_engine import JINJA_FILTERS, filters_of
from annotator.export.markdown.template_trial import variables
from annotator.importing.importers import names as import_formats
from annotator.importing.services import service_names
from annotator.model import Kind
from annotator.model.document import KINDS
from annotator.model.query import DAYS_OF, FIELDS, VALUES
from annotator.settings.settings import Account, Settings, UserCommand
from annotator.tui.keys.groups import ALL_KEYS
from annotator.usecases.publishing.accounts import PUBLISHERS
from documenting.commands import EXAMPLES
from documenting.pages import FOLDER
from documenting.sessions import commands_of, examples

DRAWN = {"tour"}  # commands that are nothing but screens
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def read(*names):
    return "\n".join((FOLDER / f"{name}.md").read_text("utf-8") for name in names)


def headings(*names):
    return {*HEADING.findall(read(*names))}


def commands():
    """Yield every command by its words, as a shell sees them."""
    for name in COMMANDS:
        command = annotator.get_command(click.Context(annotator), name)
        yield name, command
        if isinstance(command, click.Group):
            yield from ((f"{name} {below}", inner) for below, inner in command.commands.items())


@pytest.fixture(scope="module")
def of_commands():
    names = [path.stem for path in FOLDER.glob("commands-*.md")]
    text = "\n" + read("commands", *names)
    sections = re.split(r"\n##+ (.+)\n", text)[1:]
    return dict(zip(sections[::2], sections[1::2], strict=True))


def test_every_command_is_described_with_its_options(of_commands):
    for name, command in commands():
        shown = {option for param in command.params for option in param.opts if option[:1] == "-"}
        missing = {option for option in shown if option not in of_commands[name]}
        assert missing == set(), name
        assert command.get_short_help_str(1000).rstrip(".") in of_commands[name].replace("\\", "")


def test_every_option_of_the_program_is_described():
    text = read("commands")
    for param in annotator.params:
        assert all(option in text for option in param.opts)


def test_every_command_has_an_example_that_runs(of_commands):
    for name, _ in commands():
        run = [
            line
            for example in examples(of_commands[name])
            for line in commands_of(example["body"])
            if f"annotator {name}" in line
        ]
        assert run or name in DRAWN, name
    assert EXAMPLES.keys() <= {name for name, _ in commands()}


def test_every_command_names_the_schemas_of_what_it_prints(of_commands):
    linked = {
        name for text in of_commands.values() for name in re.findall(r"\(json\.md#([\w-]+)\)", text)
    }
    assert linked == {name for name in schema_names() if printed_by(read_schema(name))}


def test_every_schema_and_every_object_in_one_is_described():
    assert headings("json") >= {*schema_names()}
    links = re.findall(r"\(json-types\.md#([\w-]+)\)|\(#([\w-]+)\)", read("json", "json-types"))
    types = {name.lower() for name in headings("json-types")}
    assert {name for pair in links for name in pair if name} <= types


def test_every_key_is_listed():
    text = read("keys")
    assert [key.id for key in ALL_KEYS if f"`{key.id}`" not in text] == []


def test_every_setting_is_described():
    assert headings("settings") >= {*Settings.__struct_fields__}
    text = read("settings")
    for struct in (Kind, UserCommand, Account):
        fields = [field.name for field in msgspec.structs.fields(struct)]
        assert [name for name in fields if f"| `{name}` |" not in text] == []


def test_every_word_of_a_query_is_listed():
    text = read("query")
    assert [name for name in FIELDS if f"| `{name}:` |" not in text] == []
    words = [word for values in (*VALUES.values(), DAYS_OF) for word in values]
    assert [word for word in words if f"`{word}`" not in text] == []


def test_every_format_and_service_is_listed():
    text = read("formats")
    named = (*BUILT_IN, *import_formats(), *service_names(), *PUBLISHERS.names(), *KINDS)
    assert [name for name in named if f"`{name}`" not in text] == []


def test_everything_that_templates_can_use_is_listed():
    text = read("templates")
    assert [one for one in variables() if f"| `{one.name}` | {one.description} |" not in text] == []
    filters = {name for preset in PRESETS for name in filters_of(preset)} | {*JINJA_FILTERS}
    assert [name for name in filters if f"`{name}`" not in text] == []


def test_every_exit_code_is_listed():
    def below(error):
        return [error, *(one for kind in error.__subclasses__() for one in below(kind))]

    codes = {error.exit_code for error in below(AnnotatorError)}
    assert codes <= {*EXIT_CODES}
    text = read("exit-codes")
    assert [code for code in EXIT_CODES if f"| `{code}` |" not in text] == []
