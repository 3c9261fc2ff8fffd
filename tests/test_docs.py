"""What the documentation says exists: pages, headings, commands and their options."""

import re
import shlex
from pathlib import Path

import click
import pytest

from annotator.agents.fences import UNTRUSTED
from annotator.cli.commands.schema import read_schema
from annotator.cli.group import annotator
from documenting.pages import FOLDER, pages
from documenting.sessions import without_outputs

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])

LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"```sh\n(.*?)```", re.DOTALL)
COMMAND = re.compile(r"(?:^|\| |`)(annotator(?: [^`|\n]+)?)", re.MULTILINE)


@pytest.fixture(params=PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def page(request) -> Path:
    return request.param


def test_every_link_within_the_project_leads_somewhere(page):
    targets = [link for link in LINK.findall(page.read_text("utf-8")) if "://" not in link]
    assert [target for target in targets if not _leads_somewhere(page, target)] == []


def test_no_link_of_a_page_of_the_site_leaves_it_for_another_file():
    """What is beside docs has an address on the web there."""
    docs = ROOT / "docs"
    assert {
        f"{page.name}: {link}"
        for page in docs.rglob("*.md")
        for link in LINK.findall(page.read_text("utf-8"))
        if "://" not in link and not (page.parent / link).resolve().is_relative_to(docs)
    } == set()


def test_the_site_has_every_page_in_its_navigation():
    listed = re.findall(r": ([\w/-]+\.md)$", (ROOT / "mkdocs.yml").read_text("utf-8"), re.MULTILINE)
    docs = ROOT / "docs"
    assert sorted(listed) == sorted(
        path.relative_to(docs).as_posix() for path in docs.rglob("*.md")
    )


def test_the_site_has_the_schemas_where_they_say_that_they_are():
    address = re.search(r"^site_url: (.+)$", (ROOT / "mkdocs.yml").read_text("utf-8"), re.MULTILINE)
    copied = re.search(
        r"annotator/schemas build/site/(\S+)", (ROOT / "Makefile").read_text("utf-8")
    )
    assert read_schema("list")["$id"] == f"{address[1]}{copied[1]}/list.json"


def test_every_command_is_one_with_these_options(page):
    text = without_outputs(page.read_text("utf-8"))
    commands = [found for block in CODE.findall(text) for found in COMMAND.findall(block)]
    commands += re.findall(r"`(annotator [^`]+)`", text)
    assert [problem for command in commands if (problem := _problem(command))] == []


def test_the_manual_names_every_field_with_words_of_others_and_no_other():
    manual = (ROOT / "docs" / "manual" / "agents.md").read_text("utf-8")
    (told,) = re.findall(r"only in the fields (.+?), which each answer lists", manual)
    assert re.findall(r"`(\w+)`", told) == [*UNTRUSTED]


def test_a_guide_is_one_task_that_is_read_in_some_minutes():
    guides = (ROOT / "docs" / "guides").glob("*.md")
    words = {guide.name: len(_prose(guide).split()) for guide in guides}
    assert {name: count for name, count in words.items() if not 300 <= count <= 600} == {}


def test_the_pages_that_are_written_from_the_program_are_up_to_date():
    """Of what their examples print, see `test_examples`."""
    written = pages()
    present = {name: (FOLDER / name).read_text("utf-8") for name in written}
    assert present == written, "run: make docs"


def _prose(page: Path) -> str:
    """Return the text of a page without its examples, and what they print."""
    return re.sub(r"```console\n.*?```|<!--.*?-->", "", page.read_text("utf-8"), flags=re.DOTALL)


def _leads_somewhere(page: Path, target: str) -> bool:
    name, _, heading = target.partition("#")
    path = page.parent / name if name else page
    return path.is_file() and (not heading or heading in _anchors(path))


def _anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _problem(line: str) -> str:
    """Return what is wrong with a command line; placeholders such as DIR and SOURCE are fine."""
    words = shlex.split(line, comments=True)[1:]
    context = click.Context(annotator)
    command: click.Command = annotator
    while words and isinstance(command, click.Group):
        word, *words = words
        if word in _options(command):
            words = words[1:] if word == "--library" else words
        elif found := command.get_command(context, word):
            command = found
        elif word != "COMMAND":
            return f"{line}: no command {word}"
    unknown = [word for word in words if word.startswith("--") and word not in _options(command)]
    return f"{line}: no option {unknown}" if unknown else ""


def _options(command: click.Command) -> set[str]:
    named = {
        option
        for parameter in command.params
        for option in (*parameter.opts, *parameter.secondary_opts)
    }
    return named | {"--help", "-h"}
