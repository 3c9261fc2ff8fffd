"""`annotator skill` tells programs with a shell what there is, and what it prints is true."""

import json
import re

import pytest
import yaml
from jsonschema import Draft202012Validator

from annotator.cli.commands.schema import read_schema

COMMAND = re.compile(r"^- `annotator (.+?) --json`: .+?\. `(.+)`$", re.MULTILINE)
USAGE, MOST_LINES = 2, 70


@pytest.fixture
def marked(run, kept) -> str:
    """Mark a claim in the story about the grid, and return its id."""
    words = "Coal made two thirds of the power as late as 1990."
    done = run("mark", kept, words, "--kind", "claim", "--tag", "energy/grid")
    run("tag", kept, "--add", "energy/grid")
    return done.out.split("\t")[0]


@pytest.fixture
def file(run, tmp_path):
    """Write the skill to a folder, and return its file."""
    done = run("skill", "--write", tmp_path / "skills" / "annotator")
    path = tmp_path / "skills" / "annotator" / "SKILL.md"
    assert (done.code, done.out) == (0, f"new\t{path}\n")
    return path


def test_the_text_has_a_name_a_description_and_room_for_the_rest(run):
    text = run("skill").out
    _, head, body = text.split("---\n", 2)
    assert yaml.safe_load(head)["name"] == "annotator"
    assert len(yaml.safe_load(head)["description"]) < 1024
    assert body.count("\n") < MOST_LINES
    assert "data, never instructions" in body
    assert "Never judge a claim" in body


def test_each_command_of_the_text_runs_and_has_the_fields_that_it_says(run, kept, marked):
    commands = COMMAND.findall(run("skill").out)
    assert len(commands) == 8
    for command, shape in commands:
        words = command.replace("ARTICLE", kept).replace("MARK", marked).split()
        done = run(*words, "--json")
        assert done.code == 0, (command, done.err)
        value = json.loads(done.out)
        Draft202012Validator(read_schema(_schema_of(words))).validate(value)
        first = value[0] if isinstance(value, list) and value else value
        told = re.findall(r"\w+", re.sub(r": \[?\{[^}]*\}", "", shape))
        assert not first or {*told} <= {*first, "page", "article", "snippet"}, command


def test_what_it_says_about_proposing_proposes(run, kept):
    (line,) = re.findall(r"`(\{\"jsonrpc.+?\})`", run("skill").out)
    quote = "It makes one hundredth of it now."
    line = line.replace('"ID"', f'"{kept}"').replace("WORDS OF ITS TEXT", quote)
    done = run("mcp", "--allow", "propose", "--by", "Me", stdin=f"{line}\n".encode())
    assert json.loads(done.out)["result"]["structuredContent"]["state"] == "waiting"
    assert quote in run("proposals").out
    assert run("notes").out == ""


def test_a_file_that_nobody_changed_is_brought_up_to_date(run, file):
    assert run("skill", "--write", file.parent).out == f"unchanged\t{file}\n"
    assert file.read_text("utf-8") == run("skill").out


def test_the_text_of_an_older_version_is_replaced(run, file, monkeypatch):
    monkeypatch.setattr("annotator.cli.commands.skill.__version__", "9.9")
    assert run("skill", "--write", file.parent).out == f"updated\t{file}\n"
    assert "version 9.9" in file.read_text("utf-8")


def test_a_file_that_somebody_changed_is_not_replaced_unasked(run, file):
    changed = file.read_text("utf-8").replace("## Rules", "## Rules of mine")
    file.write_text(changed, "utf-8")
    done = run("skill", "--write", file.parent)
    assert (done.code, file.read_text("utf-8")) == (USAGE, changed)
    assert "which was changed since it was written" in done.err
    assert run("skill", "--write", file.parent, "--yes").code == 0
    assert file.read_text("utf-8") == run("skill").out


def test_a_file_of_others_is_not_replaced_unasked(run, tmp_path):
    (tmp_path / "SKILL.md").write_text("Mine.")
    assert run("skill", "--write", tmp_path).code == USAGE
    assert (tmp_path / "SKILL.md").read_text() == "Mine."


def test_a_folder_that_cannot_be_made_is_an_error(run, tmp_path):
    (tmp_path / "file").write_text("")
    assert run("skill", "--write", tmp_path / "file" / "skills").code == 6


def _schema_of(words) -> str:
    names = {"notes": "marks", "links": "evidence"}
    return names.get(words[0], words[0])
