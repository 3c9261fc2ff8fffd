"""The manual pages and completions that are kept are those of the commands."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import click
import pytest
import write_manual

from annotator.cli.commands.completion import NAMES
from annotator.cli.group import COMMANDS, annotator

ROOT = Path(__file__).parents[2]
SHARE = ROOT / "packaging" / "share"
PAGES = sorted((SHARE / "man" / "man1").glob("*.1"))
PROGRAM = click.Context(annotator, info_name="annotator")


def test_manual_pages_and_completions_are_up_to_date():
    kept = {str(path.relative_to(SHARE)): path for path in SHARE.rglob("*") if path.is_file()}
    written = {name: path.read_text("utf-8") for name, path in kept.items()}
    assert written == write_manual.files(), "run: make docs"


def test_completions_are_for_every_name_of_the_program():
    assert set(NAMES) == set(write_manual.PROJECT["scripts"])


def test_every_command_has_a_page_of_its_own():
    assert {path.stem for path in PAGES} == {
        "annotator",
        *(f"annotator-{name}" for name in COMMANDS),
    }


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_has_its_sections_in_the_usual_order(path):
    page = path.read_text("utf-8")
    usual = "NAME|SYNOPSIS|DESCRIPTION|OPTIONS|COMMANDS|EXIT STATUS|ENVIRONMENT|FILES|SEE ALSO"
    sections = re.findall("(?m)^\\.SH (.+)$", page)
    assert sections == [name for name in usual.split("|") if name in sections]
    assert {"NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "SEE ALSO"} <= {*sections}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_page_has_every_option_of_its_command(name):
    page = (SHARE / f"man/man1/annotator-{name}.1").read_text("utf-8").replace("\\-", "-")
    command = annotator.get_command(PROGRAM, name)
    below = command.commands.values() if isinstance(command, click.Group) else ()
    params = [param for one in (command, *below) for param in one.params]
    options = [name for param in params if isinstance(param, click.Option) for name in param.opts]
    assert [option for option in options if option not in page] == []


def test_the_page_of_the_program_has_every_variable_of_its_own():
    page = (SHARE / "man/man1/annotator.1").read_text("utf-8")
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    named = {*re.findall('"(ANNOTATOR_[A-Z]+)"', sources)}
    assert [name for name in named if name not in page] == []


def test_no_line_of_a_page_is_taken_for_a_request():
    known = {".TH", ".SH", ".SS", ".TP", ".PP", ".B", ".BR", ".nf", ".fi"}
    lines = [line for path in PAGES for line in path.read_text("utf-8").splitlines()]
    assert {line.split()[0] for line in lines if line.startswith((".", "'"))} <= known


def test_mandoc_finds_nothing_wrong():
    mandoc = os.environ.get("ANNOTATOR_MANDOC") or shutil.which("mandoc")
    if not mandoc:
        pytest.skip("needs mandoc, on the path or named by ANNOTATOR_MANDOC")
    command = [mandoc, "-T", "lint", "-W", "warning", *map(str, PAGES)]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    undated = '.*WARNING: missing date, using "": TH'  # until there is a day of the release
    assert [line for line in told.splitlines() if not re.fullmatch(undated, line)] == []


@pytest.mark.parametrize(
    ("shell", "option"), [("bash", "-n"), ("zsh", "-n"), ("fish", "--no-execute")]
)
def test_a_shell_reads_its_completions(shell, option):
    if not shutil.which(shell):
        pytest.skip(f"needs {shell}")
    scripts = [path for path in SHARE.rglob("*annotator*") if shell in path.parts[-3]]
    assert len(scripts) == len(NAMES)
    for script in scripts:
        subprocess.run([shell, option, str(script)], check=True, capture_output=True)
