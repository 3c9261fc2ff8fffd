"""What a run truly loads: the twin of the import contracts, which cannot see a deferred import."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import annotator
from annotator.model import ArticleRecord
from annotator.store import Library
from builders import make_annotation, make_article, make_extraction, make_page

SAMPLE = Path(__file__).parents[1] / "sample_articles" / "opinion--metered.html"
SCREENS = {"textual", "rich"}
NETWORK = {"httpx", "httpcore", "anyio"}
PICTURES = {"PIL", "textual_image"}
PARSER = {"lxml", "readability", "markdown_it"}

RUN = """
import json, sys
before = set(sys.modules)
code = 0
try:
    {action}
finally:
    print(json.dumps(sorted(set(sys.modules) - before)), file=sys.stderr)
sys.exit(code)
"""
BARE = """
import sys
sys.path.insert(0, sys.argv[1])
{action}
print(*sys.modules)
"""
VALUES = {
    "annotator.codec",
    "annotator.model.annotation",
    "annotator.model.article",
    "annotator.model.record",
    "annotator.store.article_folder",
    "annotator.store.index.intake",
    "annotator.store.migration",
    "annotator.store.tables",
    "annotator.settings.loading",
    "annotator.reading",
    "annotator.export",
    "annotator.anchoring",
    "msgspec",
    "tinydb",
    "filelock",
    "zstandard",
    "tomllib",
    "json",
    "asyncio",
}
SEARCHING = {"annotator.codec", "annotator.model.annotation", "annotator.model.record", "msgspec"}
SLOW = {"re", "enum", "typing", "dataclasses", "pathlib", "json", "annotator.model", "click"}
WHOLE = """
    import importlib, pkgutil
    import annotator.{0} as package
    for found in pkgutil.walk_packages(getattr(package, "__path__", []), package.__name__ + "."):
        importlib.import_module(found.name)
"""
COMMAND = "from annotator.cli import main; code = main()"


@pytest.fixture
def kept(library) -> ArticleRecord:
    """Return the record of an article with a mark, in a library that is closed again."""
    article = make_article("It rained. It stopped.", title="The weather")
    record = library.keep(
        make_extraction(article), make_page(), now=make_annotation(article, "It rained.").created
    ).record
    library.put([make_annotation(article, "It rained.")])
    library.close()
    return record


@pytest.fixture
def loaded_by(library, tmp_path):
    """Return the names of the modules that a command of `annotator` loads."""
    folder = ["--library", str(library.folder)]

    def run(*arguments: str) -> set[str]:
        return _loaded(COMMAND, *folder, *arguments, home=tmp_path)

    return run


def test_the_library_that_the_commands_look_into_holds_an_article_with_a_mark(
    kept, library, tmp_path
):
    with Library.open(library.folder, state=tmp_path / "state") as opened:
        assert [record.title for record in opened.records()] == ["The weather"]
        assert len(opened.annotations(kept.id)) == 1


@pytest.fixture
def known(kept, library, loaded_by) -> None:
    """Let the index know the library, whose files were written long enough ago to be believed."""
    for file in library.folder.rglob("*.json"):
        os.utime(file, (0, 0))
    loaded_by("search", "rained")


@pytest.mark.parametrize("command", ["list", "list is:unread", "notes"])
@pytest.mark.usefixtures("known")
def test_what_did_not_change_is_listed_without_a_value_of_it_being_read(command, loaded_by):
    assert loaded_by(*command.split()) & VALUES == set()


@pytest.mark.usefixtures("known")
def test_what_did_not_change_is_searched_reading_only_what_is_found(loaded_by):
    assert loaded_by("search", "rained") & (VALUES - SEARCHING) == set()


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_telling_about_itself_loads_no_command(option, loaded_by):
    assert loaded_by(option) & (VALUES | {"annotator.cli.listing", "annotator.store"}) == set()


@pytest.mark.parametrize("command", ["list", "notes", "show ID", "tag ID", "list --json"])
def test_looking_into_the_library_loads_no_screen_no_network_and_no_parser(
    command, kept, loaded_by
):
    arguments = command.replace("ID", kept.id).split()
    assert loaded_by(*arguments) & (SCREENS | NETWORK | PARSER) == set()


def test_making_a_mark_loads_no_screen_no_network_and_no_parser(kept, loaded_by):
    loaded = loaded_by("mark", kept.id, "It stopped.")
    assert loaded & (SCREENS | NETWORK | PARSER) == set()


def test_exporting_loads_no_screen_and_no_network(kept, loaded_by, tmp_path):
    assert loaded_by("export", "--to", str(tmp_path / "notes")) & (SCREENS | NETWORK) == set()


def test_reading_a_file_loads_no_screen_and_no_network_and_parses_in_another_process(loaded_by):
    assert loaded_by("show", str(SAMPLE)) & (SCREENS | NETWORK | PARSER) == set()


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_telling_about_itself_loads_no_screen_no_network_no_parser_and_no_database(
    option, loaded_by
):
    assert loaded_by(option) & (SCREENS | NETWORK | PARSER | {"tinydb"}) == set()


@pytest.mark.parametrize("package", ["errors", "model", "anchoring", "reading", "export"])
def test_a_pure_package_brings_no_screen_network_parser_or_database(package, tmp_path):
    loaded = _loaded(WHOLE.format(package), home=tmp_path)
    assert loaded & (SCREENS | NETWORK | PARSER | {"tinydb", "click", "platformdirs"}) == set()


@pytest.mark.parametrize("package", ["errors", "model", "reading"])
def test_the_core_stands_on_the_standard_library_alone(package, tmp_path):
    loaded = _loaded(WHOLE.format(package), home=tmp_path)
    origins = {name.partition(".")[0] for name in loaded}
    assert origins - sys.stdlib_module_names == {"annotator"}


def test_the_screens_open_without_network_and_parser(tmp_path):
    loaded = _loaded("import annotator.tui.app", home=tmp_path)
    assert loaded & (NETWORK | PICTURES | PARSER - {"markdown_it"} | {"click"}) == set()


def test_what_paints_the_first_page_brings_little_of_even_the_standard_library(tmp_path):
    bare = BARE.format(action="import annotator.instant.start")
    run = [sys.executable, "-S", "-c", bare, str(Path(annotator.__file__).parents[1])]
    found = subprocess.run(run, capture_output=True, text=True, check=True, cwd=tmp_path)
    assert set(found.stdout.split()) & SLOW == set()
    assert "annotator.instant.screen" in found.stdout


def _loaded(action: str, *arguments: str, home: Path) -> set[str]:
    environment = {name: value for name, value in os.environ.items() if "XDG_" not in name}
    answer = subprocess.run(
        [sys.executable, "-c", RUN.format(action=action), *arguments],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        cwd=home,
        env=environment | {"HOME": str(home)},
    )
    assert answer.returncode == 0, answer.stderr
    return set(json.loads(answer.stderr.splitlines()[-1]))
