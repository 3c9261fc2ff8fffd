"""Arguments that are not UTF-8: names of files may have any bytes, all other words are text."""

import os
from collections.abc import Iterator

import click
import pytest

from annotator.cli.group import annotator

WORD = os.fsdecode(b"w\xff")


def _commands(path: tuple[str, ...], command: click.Command) -> Iterator[tuple[str, ...]]:
    """Yield each command that takes words, and those of the commands below it."""
    if any(isinstance(param, click.Argument) for param in command.params):
        yield path
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            yield from _commands((*path, name), command.get_command(context, name))


@pytest.mark.parametrize("command", [*_commands((), annotator)], ids=" ".join)
def test_every_command_takes_such_a_path_or_says_what_is_wrong(run, command):
    done = run(*command, WORD, WORD, WORD)
    assert 0 <= done.code < 70
    assert "Traceback" not in done.err
    alone = run(*command, WORD)
    assert alone.code in (0, 3, 8) or "UTF-8" in alone.err or alone.code == 2


@pytest.mark.parametrize("option", ["--tag", "--note"])
def test_a_word_that_is_not_utf_8_is_refused_before_anything_is_done(run, kept, option):
    done = run("mark", kept, "a milestone", option, WORD)
    assert (done.code, "“w\\xff” is not UTF-8." in done.err) == (2, True)
    assert run("notes").out == ""


def test_a_setting_that_is_not_utf_8_is_refused(run):
    assert run("config", "set", "download_folder", WORD).code == 2


@pytest.mark.parametrize("format_", ["json", "csv"])
def test_a_file_whose_name_is_not_utf_8_is_exported_twice(run, kept, tmp_path, format_):
    run("mark", kept, "a milestone")
    path = tmp_path / WORD
    for _ in range(2):
        assert run("export", "--format", format_, "--to", path).code == 0
    path.write_text("mine", "utf-8")
    assert run("export", "--format", format_, "--to", path).code == 6  # it is not overwritten


def test_a_file_whose_name_is_not_utf_8_is_imported(run, tmp_path):
    folder = tmp_path / "exports"
    folder.mkdir()
    path = folder / f"{WORD}.csv"
    path.write_text("url,title\nhttps://e.example/1,One\n", "utf-8")
    assert "w\\xff.csv" in run("import", "--dry-run", path).err
    assert "1 item" in run("import", folder).err
