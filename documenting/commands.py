"""The pages of commands, from the tree of commands of the program.

`examples.toml` has for each command lines of the shell, which `sessions` runs. A line that begins
with `% ` is run before them, and not shown.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import click

from annotator.cli.group import COMMANDS, GROUPS, PROGRAM, annotator
from documenting.json_page import of_command
from documenting.tables import cell, table

EXAMPLES: Final[Mapping[str, str]] = tomllib.loads(
    Path(__file__).with_name("examples.toml").read_text("utf-8")
)
_PURPOSES: Final[Mapping[str, str]] = {  # of the groups of commands, in words for their pages
    "Read": "Add articles, read them, and follow what changes.",
    "Mark": "Mark passages, and edit the marks.",
    "Find": "Search, and list what you have marked.",
    "Export": "Write articles and marks for other programs.",
    "Sync": "Exchange the library with other machines, programs and services.",
    "Care": "Remove, repair, and set up.",
}
_CODES: Final = "[Exit codes](exit-codes.md) are the same for all commands."
_PREFORMATTED: Final = "\b\n"


class NamedCommand(NamedTuple):
    """A command with its words after `annotator`."""

    name: str
    command: click.Command

    @property
    def is_below(self) -> bool:
        """Whether it is a command of a command."""
        return " " in self.name


def all_commands() -> Iterator[NamedCommand]:
    """Yield every command, those of a command behind it."""
    for name in COMMANDS:
        yield from _with_those_below(name)


def pages() -> Mapping[str, str]:
    """Return the page of each group of commands, and that of all, by their names."""
    written = {"commands.md": _overview()}
    for title, names in GROUPS.items():
        sections = [_section(named) for name in names for named in _with_those_below(name)]
        written[f"{page_of(title)}.md"] = "\n".join(
            (f"# Commands: {title.lower()}\n\n{_PURPOSES[title]} {_CODES}", *sections)
        )
    return written


def page_of(title: str) -> str:
    """Return the name of the page of a group of commands."""
    return f"commands-{title.lower()}"


def options_of(command: click.Command) -> Iterator[click.Option]:
    """Yield the options that the help of a command shows, but for that of the help."""
    for param in command.params:
        if isinstance(param, click.Option) and not param.hidden:
            yield param


def anchor(name: str) -> str:
    """Return where a page has the section of a command."""
    return name.replace(" ", "-")


def names_of(option: click.Option) -> str:
    """Return how an option is written, all of its names with its value."""
    names = ", ".join(sorted(option.opts, key=len))
    if option.secondary_opts:
        names += f", {', '.join(option.secondary_opts)}"
    if option.is_flag or option.count:
        return names
    if isinstance(option.type, click.Choice) and not option.metavar:
        return f"{names} {max(option.opts, key=len).strip('-').upper()}"  # the words follow
    return f"{names} {option.make_metavar(click.Context(annotator))}"


def _with_those_below(name: str) -> Iterator[NamedCommand]:
    command = annotator.get_command(click.Context(annotator), name)
    assert command  # noqa: S101 - it is of the list
    yield NamedCommand(name, command)
    if isinstance(command, click.Group):
        for below, inner in sorted(command.commands.items()):
            yield NamedCommand(f"{name} {below}", inner)


def _overview() -> str:
    parts = [
        f"# Commands\n\n`{PROGRAM}` without a command opens the library. `{PROGRAM} --help` lists",
        f"the commands, and `{PROGRAM} COMMAND --help` describes one, in the words of these pages.",
        "",
        f"```text\n{PROGRAM} [OPTIONS] [COMMAND] [ARGUMENTS]\n```\n",
        _options(annotator),
    ]
    for title, names in GROUPS.items():
        rows = [
            (f"[`{name}`]({page_of(title)}.md#{anchor(name)})", summary)
            for name, (_, summary) in names.items()
        ]
        parts.append(f"\n## {title}\n\n{table(('command', 'does'), rows)}")
    return "\n".join(parts)


def _section(named: NamedCommand) -> str:
    name, command = named
    context = click.Context(command, info_name=f"{PROGRAM} {name}")
    usage = " ".join((PROGRAM, name, *command.collect_usage_pieces(context)))
    schemas = of_command(name, [known.name for known in all_commands()])
    parts = [
        f"\n{'###' if named.is_below else '##'} {name}\n",
        _words(command.help or ""),
        f"```text\n{usage}\n```\n",
        _options(command),
    ]
    if schemas:
        links = " or ".join(f"[{schema}](json.md#{schema})" for schema in schemas)
        parts.append(f"Schema of its JSON: {links}.\n")
    if example := EXAMPLES.get(name, ""):
        parts.append(f"{_example(example)}")
    return "\n".join(parts)


def _options(command: click.Command) -> str:
    rows = [(cell(f"`{names_of(option)}`"), _about(option)) for option in options_of(command)]
    return table(("option", "does"), rows) if rows else ""


def _about(option: click.Option) -> str:
    words = cell(option.help or "")
    if option.show_default and option.default not in (None, False, ()):
        words += f" Default: `{option.default}`."
    if isinstance(option.type, click.Choice):
        words += f" One of {', '.join(f'`{choice}`' for choice in option.type.choices)}."
    return words


def _words(text: str) -> str:
    """Return the help of a command as Markdown; what is laid out in it becomes code."""
    paragraphs = []
    for paragraph in text.strip().split("\n\n"):
        if paragraph.startswith(_PREFORMATTED):
            paragraphs.append(f"```text\n{paragraph.removeprefix(_PREFORMATTED).strip()}\n```")
        else:
            paragraphs.append(escaped(" ".join(paragraph.split())))
    return "\n\n".join(paragraphs) + "\n"


def escaped(words: str) -> str:
    """Return words of the help for Markdown, in which an asterisk is one, but in code."""
    parts = words.split("`")
    parts[::2] = [re.sub(r"([*_<])", r"\\\1", part) for part in parts[::2]]
    return "`".join(parts)


def _example(lines: str) -> str:
    commands: Sequence[str] = lines.strip().splitlines()
    hidden = [f"<!-- run: {line[2:]} -->\n" for line in commands if line.startswith("% ")]
    shown = [
        line if line.startswith("> ") else f"$ {line}" for line in commands if line[:2] != "% "
    ]
    return "".join(
        ("<!-- library: samples -->\n", *hidden, "\n```console\n", "\n".join(shown), "\n```\n")
    )
