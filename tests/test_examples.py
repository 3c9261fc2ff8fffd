"""The examples in the pages of docs: what they print is what the program prints."""

import sys

import pytest

from documenting.sessions import DOCS, ExampleFailed, Stage, commands_of, pages_with_examples

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="pages show the folders of Linux"),
]


@pytest.fixture(scope="module")
def stage():
    with Stage.opened() as opened:
        yield opened


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "page", [*pages_with_examples()], ids=lambda path: path.relative_to(DOCS).as_posix()
)
def test_the_examples_of_a_page_print_what_it_shows(page, stage):
    text = page.read_text("utf-8")
    assert text == stage.played(text), "run: make docs"


def test_what_an_example_prints_is_written_below_it(stage):
    text = "```console\n$ echo a; \\\n>  echo b\n$ false\n```\n\n  ```console\n  $ echo c\n  ```\n"
    played = "```console\n$ echo a; \\\n>  echo b\na\nb\n$ false\n```\n"
    assert stage.played(text).startswith(played)
    assert stage.played(text).endswith("\n\n  ```console\n  $ echo c\n  c\n  ```\n")
    assert stage.played(stage.played(text)) == stage.played(text)


def test_what_goes_past_a_pipe_comes_first(stage):
    text = "```console\n$ (echo out; echo error >&2) | cat\n```\n"
    assert stage.played(text).endswith("| cat\nerror\nout\n```\n")


def test_a_page_begins_with_the_library_that_it_asks_for(stage):
    text = "<!-- library: {} -->\n\n```console\n$ annotator list --json | grep -c title\n```\n"
    assert stage.played(text.format("samples")).endswith("title\n3\n```\n")
    assert stage.played(text.format("empty")).endswith("title\n0\n```\n")


def test_a_command_that_readers_do_not_see_must_work(stage):
    hidden = "<!-- run: annotator tag {} --add wires -->\n```console\n$ annotator tag 5b5e\n```\n"
    assert "\nwires\n```" in stage.played(hidden.format("5b5e"))
    with pytest.raises(ExampleFailed, match="annotator tag 0000"):
        stage.played(hidden.format("0000"))


def test_commands_are_told_from_what_they_print():
    assert [*commands_of("$ one\n1\n$ two \\\n> three\n$\n2\n")] == ["$ one", "$ two \\\n> three"]
