"""The commands for which a worker is started before the program is imported."""

import pytest

from annotator.fastpath.start import cleans_page


@pytest.fixture(autouse=True)
def page(tmp_path, monkeypatch):
    """Let there be a file in the current folder."""
    (tmp_path / "page.html").write_text("<p>It rained.</p>")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    "command",
    [
        "add page.html",
        "add --tag energy page.html",
        "add https://example.org/a",
        "read page.html",
        "show page.html",
        "show HTTPS://EXAMPLE.ORG/a",
        "show -",
        "--library shelf --debug show page.html",
        "--library=shelf add missing.html page.html",
    ],
)
def test_a_command_for_a_page_outside_the_library_is_certain_to_clean_it(command):
    assert cleans_page(command.split())


@pytest.mark.parametrize(
    "command",
    [
        "",
        "list",
        "list page.html",
        "show 3f2a",
        "read https://example.org/a",
        "add missing.html",
        "add page.html --help",
        "--library",
        "--library page.html",
        "--version",
    ],
)
def test_a_command_that_may_do_without_cleaning_is_not(command):
    assert not cleans_page(command.split())
