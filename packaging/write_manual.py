"""Write the manual pages and the completions that the wheel installs below `share`.

They are made from the commands themselves, and kept in `packaging/share`, so that a build needs
neither the program's libraries nor the network. `make docs` runs this script.
"""

import re
import textwrap
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
from click.shell_completion import get_completion_class

from annotator import __version__
from annotator.cli.commands.completion import NAMES, VARIABLE
from annotator.cli.group import COMMANDS, EPILOG, GROUPS, PROGRAM, USUAL, annotator

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
DOCUMENTATION = PROJECT["urls"]["Documentation"]
SHARE = Path(__file__).with_name("share")
SHELLS = {
    "bash": "bash-completion/completions/{}",
    "zsh": "zsh/site-functions/_{}",
    "fish": "fish/vendor_completions.d/{}.fish",
}
FILES = {
    "~/.config/annotator/settings.toml": "Settings; annotator config edit creates and opens them.",
    "~/.config/annotator/sites.toml": "Your rules for cleaning the pages of certain sites.",
    "~/.config/annotator/templates": "Your templates of notes.",
    "~/.local/share/annotator": "The library: articles, their pages, and your marks.",
    "~/.local/state/annotator": "What this machine keeps for itself, and the log.",
    "~/.cache/annotator": "What can be made again.",
}
ENVIRONMENT = {
    "ANNOTATOR_LIBRARY": "The folder of the library, as --library gives it.",
    "ANNOTATOR_PLAIN": "1: nothing is drawn; all is listed, read and marked as lines of text.",
    "ANNOTATOR_PASSWORD": "The password that serve asks of other devices.",
    "ANNOTATOR_SERVICE_TOKEN": "The token of an account, as in ANNOTATOR_READWISE_TOKEN.",
    "NO_COLOR": "Nothing is coloured.",
    "VISUAL, EDITOR": "The program that opens settings and long notes.",
    "XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_STATE_HOME, XDG_CACHE_HOME": "Where the folders are.",
}


def files() -> dict[str, str]:
    """Return all files by their paths below `share`."""
    context = click.Context(annotator, info_name=PROGRAM, **annotator.context_settings)
    written = {"man/man1/annotator.1": _page_of_program(context)}
    for name in COMMANDS:
        command = annotator.get_command(context, name)
        below = click.Context(command, context, name)
        written[f"man/man1/annotator-{name}.1"] = _page(below, COMMANDS[name][1])
    for shell, place in SHELLS.items():
        completion = get_completion_class(shell)
        for name in NAMES:
            written[place.format(name)] = completion(annotator, {}, name, VARIABLE).source()
    return written


def _page_of_program(context: click.Context) -> str:
    lines = [*_head(context, "read web articles in a terminal, and mark the claims in them")]
    lines.append(".SH COMMANDS")
    for title, commands in GROUPS.items():
        lines += [
            f".SS {title}",
            *_items((f"annotator-{n}(1)", s) for n, (_, s) in commands.items()),
        ]
    codes = re.findall(r"(\d+) ([^,.]+)", " ".join(EPILOG.split()))
    for title, rows in (
        ("EXIT STATUS", sorted(codes, key=lambda row: int(row[0]))),
        ("ENVIRONMENT", ENVIRONMENT.items()),
        ("FILES", FILES.items()),
    ):
        lines += [f".SH {title}", *_items(rows)]
    lines += [".PP", *_filled("On macOS they are elsewhere: annotator config path lists them.")]
    return _joined([*lines, ".SH SEE ALSO", _text(DOCUMENTATION)])


def _page(context: click.Context, summary: str) -> str:
    lines = [*_head(context, summary[0].lower() + summary[1:].rstrip("."))]
    if isinstance(context.command, click.Group):
        lines.append(".SH COMMANDS")
        for name, command in context.command.commands.items():
            below = click.Context(command, context, name)
            lines += [f'.SS "{_text(below.command_path)}"', *_synopsis(below)]
            lines += [".PP", *_paragraphs(command.help or ""), *_items(_options(below))]
    return _joined([*lines, ".SH SEE ALSO", ".BR annotator (1)"])


def _head(context: click.Context, summary: str) -> Iterator[str]:
    name = context.command_path.replace(" ", "-")
    yield f'.TH {_text(name.upper())} 1 "{_date()}" "annotator {__version__}" "annotator"'
    yield from (".SH NAME", rf"{_text(name)} \- {_text(summary)}", ".SH SYNOPSIS")
    yield from (*_synopsis(context), ".SH DESCRIPTION", *_paragraphs(context.command.help or ""))
    yield from (".SH OPTIONS", *_items(_options(context)))


def _synopsis(context: click.Context) -> Iterator[str]:
    yield f".B {_text(context.command_path)}"
    yield from _filled(" ".join(context.command.collect_usage_pieces(context)))


def _options(context: click.Context) -> Iterator[tuple[str, str]]:
    # not by `get_params`, which remembers the names of the first context that asks it for help
    for param in context.command.params:
        row = param.get_help_record(context)
        if row and row[1]:  # arguments are told of in the description
            yield row
    yield ", ".join(USUAL["help_option_names"]), "Show this message and exit."


def _paragraphs(told: str) -> Iterator[str]:
    """Yield the lines of a help text; click begins what keeps its lines with a backspace."""
    for number, part in enumerate(re.split(r"\n\s*\n", re.sub("(?m)^ +", "", told).strip())):
        if number:
            yield ".PP"
        is_kept = part.startswith("\b")
        yield from (".nf", *map(_text, part.split("\n")[1:]), ".fi") if is_kept else _filled(part)


def _items(rows: Iterator[tuple[str, str]]) -> Iterator[str]:
    for name, told in rows:
        yield from (".TP", f".B {_text(name)}", *_filled(told))


def _filled(told: str) -> Iterator[str]:
    """Yield a paragraph as lines of a width that roff's checkers like."""
    yield from map(_text, textwrap.wrap(told, 66, break_long_words=False, break_on_hyphens=False))


def _text(line: str) -> str:
    """Return text that roff prints as it is."""
    escaped = line.replace("\\", "\\e").replace("-", r"\-").replace("`", r"\`")
    return escaped.replace('"', r"\(dq") if not escaped.startswith((".", "'")) else rf"\&{escaped}"


def _joined(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"


def _date() -> str:
    """Return the day of this version, or nothing before there is one."""
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    dated = re.search(rf"(?m)^## {re.escape(__version__)} – (\d{{4}}-\d\d-\d\d)$", changes)
    return dated[1] if dated else ""


if __name__ == "__main__":
    for path in SHARE.rglob("*"):
        if path.is_file():
            path.unlink()
    for name, text in files().items():
        (SHARE / name).parent.mkdir(parents=True, exist_ok=True)
        (SHARE / name).write_text(text, "utf-8")
