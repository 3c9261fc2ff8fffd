"""What is known before the program is imported: pages to clean, and whether anything is drawn."""

import pytest

from annotator.fastpath import start
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


@pytest.mark.parametrize(
    ("settings", "chosen", "plain"),
    [
        ("plain = true\n", None, "1"),
        ("width = 60\n  plain=true # for Orca\r\n[keys]\n", None, "1"),
        ("# plain = true\n", None, None),
        ("plain = false\n", None, None),
        ("[keys]\nplain = true\n", None, None),
        ("plain = true\n", "0", ""),
        ("plain = false\n", "yes", "yes"),
        (None, None, None),
        (None, "0", ""),
    ],
)
def test_the_settings_or_the_environment_choose_plain_text(tmp_path, settings, chosen, plain):
    environment = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    if chosen is not None:
        environment[start.PLAIN_VARIABLE] = chosen
    if settings is not None:
        (tmp_path / "annotator").mkdir()
        (tmp_path / "annotator" / "settings.toml").write_text(settings)
    start.choose_plain(environment)
    assert environment.get(start.PLAIN_VARIABLE) == plain
