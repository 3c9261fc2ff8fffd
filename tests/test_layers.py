"""What a run truly loads: the twin of the import contracts, which cannot see a deferred import."""

import json
import os
import subprocess
import sys
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path

import pytest

import annotator
from annotator.model import ArticleRecord
from annotator.store import Library
from annotator.tui.keys.groups import PRELOADED
from builders import make_annotation, make_article, make_extraction, make_page

ROOT = Path(annotator.__file__).parents[1]
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
FIRST_FRAME = """
import asyncio, dataclasses, json, re, sys
from pathlib import Path
from types import SimpleNamespace
from annotator.settings import load
from annotator.store import Library, questions
from annotator.tui import app as app_module
from annotator.tui.app import AnnotatorApp
from textual.dom import DOMNode
from textual.screen import Screen

class Counting(AnnotatorApp):
    def refresh_css(self, animate=True):
        rereads.append(self.theme)
        super().refresh_css(animate)

    shown = None

    def _display(self, screen, renderable):
        super()._display(screen, renderable)
        if self.has_started and not self.shown and not self._batch_count:
            loaded = sys.modules.copy().items()
            modules = {name: each for name, each in loaded if "annotator" in name}
            self.shown = modules, [type(each).__name__ for each in screen.walk_children()]

async def show(library, article_id, state):
    settings = load(state / "settings.toml")
    app = Counting(library, settings, article_id=article_id, state=state)
    async with app.run_test() as pilot:
        async with asyncio.timeout(45):  # seconds, on a machine that is busy with other work
            while not app.shown:
                await pilot.pause(0.001)
    return app.shown

def set_interval(screen, seconds, *rest, **more):
    return every(screen, seconds if seconds < 0.5 else 3600, *rest, **more)

rereads = []
# A busy machine shows the first frame later than what follows it, which waits here.
app_module._DELAY = 3600
questions.links = SimpleNamespace(linked_targets=lambda: None)  # asked in a thread meanwhile
ask, Library.ask = Library.ask, lambda library, asked: ask(library, asked) if asked else frozenset()
every, Screen.set_interval = Screen.set_interval, set_interval
folder, article_id = Path(sys.argv[1]), (*sys.argv[2:], None)[0]
with Library.open(folder, state=folder.parent / "state") as library:
    modules, widgets = asyncio.run(show(library, article_id, folder.parent / "state"))
values = [(name, value) for name, module in modules.items() for value in vars(module).values()]
made = {value for _, value in values if isinstance(value, type)
        and value.__module__.startswith("annotator")}
slow = [each.__qualname__ for each in made if dataclasses.is_dataclass(each)
        and each.__module__ != "annotator.model.query"]  # which lists load, without msgspec
print(json.dumps({
    "modules": sorted(modules),
    "dataclasses": sorted(slow),
    "nodes": sorted(each.__qualname__ for each in made if issubclass(each, DOMNode)),
    "patterns": sorted({name for name, value in values if isinstance(value, re.Pattern)}),
    "widgets": sorted(widgets),
    "rereads": rereads,
}))
"""
LATER = (  # what the first frame does without, in the order of the packages
    "annotator.anchoring",
    "annotator.export",
    "annotator.extract",
    "annotator.feeds",
    "annotator.fetch",
    "annotator.importing",
    "annotator.model.query",
    "annotator.reading.sentences.checkworthiness",
    "annotator.reading.navigation.landmarks",
    "annotator.reading.sentences.boundary_rules",
    "annotator.settings.readers",
    "annotator.settings.mistakes",
    "annotator.tui.reader.article.syntax",
    "annotator.usecases.articles.add",
    "annotator.usecases.marks.annotate",
    "annotator.usecases.articles.changes",
    "annotator.usecases.articles.refresh",
    "annotator.usecases.feeds",
)
ON_THE_FIRST_FRAME = (  # of the screens, beside the packages themselves and their keys
    "annotator.tui.app",
    "annotator.tui.frame.context",
    "annotator.tui.frame.edits",
    "annotator.tui.frame.library_sync",
    "annotator.tui.frame.notifications",
    "annotator.tui.frame.workers",
    "annotator.tui.keys.",
    "annotator.tui.lists.rows",
    "annotator.tui.messages",
    "annotator.tui.reader.article.",
    "annotator.tui.reader.bars",
    "annotator.tui.reader.pane",
    "annotator.tui.reader.panel_contents",
    "annotator.tui.reader.screen",
    "annotator.tui.reader.session",
    "annotator.tui.terminal.driver",
    "annotator.tui.textual_internals",
    "annotator.tui.theming",
    "annotator.tui.widgets.status_bar",
)
VALUES = {
    "annotator.codec",
    "annotator.model.annotation",
    "annotator.model.article",
    "annotator.model.record",
    "annotator.store.articles.article_folder",
    "annotator.store.index.ingest",
    "annotator.store.format.schema_file",
    "annotator.store.format.article_tables",
    "annotator.settings.loading",
    "annotator.reading.layout.engine",
    "annotator.reading.layout.text_width",
    "annotator.reading.sentences.splitter",
    "annotator.export",
    "annotator.anchoring",
    "msgspec",
    "tinydb",
    "filelock",
    "annotator.store.disk.compression",
    "tomllib",
    "json",
    "asyncio",
    "logging",
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


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """Return a home folder with a library of its own in `data`."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def kept(home) -> ArticleRecord:
    """Return the record of an article with a mark, in a library that is closed again."""
    return _keep(home)


@pytest.fixture(scope="module")
def loaded_by(home, kept):
    """Return the names of the modules that a command of `annotator` loads."""
    return partial(_loaded_by, home)


def test_the_library_that_the_commands_look_into_holds_an_article_with_a_mark(tmp_path):
    kept = _keep(tmp_path)
    with Library.open(tmp_path / "data", state=tmp_path / "state") as opened:
        assert [record.title for record in opened.records()] == ["The weather"]
        assert len(opened.article(kept.id).annotations()) == 1


@pytest.fixture(scope="module")
def loaded_by_known(tmp_path_factory):
    """Do as `loaded_by`, with a library that the index knows.

    Its files and folders were changed long enough ago to be believed.
    """
    home = tmp_path_factory.mktemp("known")
    _keep(home)
    for path in (home / "data").rglob("*"):
        os.utime(path, (0, 0))
    _loaded_by(home, "search", "stopped")
    return partial(_loaded_by, home)


@pytest.mark.parametrize("command", ["list", "list is:unread", "notes"])
def test_what_did_not_change_is_listed_without_a_value_of_it_being_read(command, loaded_by_known):
    assert loaded_by_known(*command.split()) & VALUES == set()


def test_what_did_not_change_is_searched_reading_only_what_is_found(loaded_by_known):
    assert loaded_by_known("search", "rained") & (VALUES - SEARCHING) == set()


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_telling_about_itself_loads_no_command(option, loaded_by):
    assert (
        loaded_by(option) & (VALUES | {"annotator.cli.commands.list", "annotator.store.library"})
        == set()
    )


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


@pytest.mark.parametrize(
    "package", ["errors", "model", "anchoring", "reading", "export", "importing"]
)
def test_a_pure_package_brings_no_screen_network_parser_or_database(package, home):
    loaded = _loaded(WHOLE.format(package), home=home)
    assert loaded & (SCREENS | NETWORK | PARSER | {"tinydb", "click", "platformdirs"}) == set()


@pytest.mark.parametrize("package", ["errors", "model", "reading"])
def test_the_core_stands_on_the_standard_library_and_the_maker_of_its_values(package, home):
    loaded = _loaded(WHOLE.format(package), home=home)
    origins = {name.partition(".")[0] for name in loaded}
    assert origins - sys.stdlib_module_names <= {"annotator", "msgspec", "typing_extensions"}


def test_the_screens_open_without_network_and_parser(tmp_path):
    loaded = _loaded("import annotator.tui.app", home=tmp_path)
    assert loaded & (NETWORK | PICTURES | PARSER - {"markdown_it"} | {"click"}) == set()


@pytest.fixture(scope="module")
def first_frame(home, kept) -> dict[str, list[str]]:
    """Return what the first frame of the reader took to come."""
    return _first_frame(home, kept.id)


def test_the_first_frame_of_the_reader_comes_without_what_later_keys_want(first_frame):
    assert "annotator.tui.reader.screen" in first_frame["modules"]
    assert [name for name in first_frame["modules"] if name.startswith(LATER)] == []
    assert [name for name in first_frame["modules"] if _is_of_a_later_screen(name)] == []


def test_the_first_frame_of_the_library_comes_without_the_reader(kept, home):
    loaded = set(_first_frame(home)["modules"])
    assert "annotator.tui.library.screen" in loaded
    assert not {"annotator.tui.reader.screen", "annotator.reading.layout.engine"} & loaded


def test_no_class_of_the_first_frame_is_made_by_dataclasses_which_takes_forty_times_as_long(
    first_frame,
):
    assert first_frame["dataclasses"] == []


def test_few_classes_of_the_first_frame_are_looked_over_by_textual_which_takes_longer_yet(
    first_frame,
):
    assert first_frame["nodes"] == [
        "AnnotatorApp",
        "ArticleView",
        "ReaderHeader",
        "ReaderScreen",
        "ReadingPane",
        "StatusBar",
    ]


def test_the_first_frame_is_made_of_few_widgets(first_frame):
    assert first_frame["widgets"] == ["ArticleView", "ReaderHeader", "ReadingPane", "StatusBar"]


def test_no_pattern_is_compiled_before_the_first_frame_but_those_that_it_takes(first_frame):
    assert first_frame["patterns"] == [
        "annotator.store.articles.article_paths",
        "annotator.store.articles.revisions",
    ]


def test_all_styles_are_read_once_before_the_first_frame(first_frame):
    assert first_frame["rereads"] == []


def test_what_is_loaded_soon_after_the_first_frame_is_there_to_be_loaded():
    assert all(map(find_spec, PRELOADED))


def test_what_paints_the_first_page_brings_little_of_even_the_standard_library(tmp_path):
    bare = BARE.format(action="import annotator.fastpath.start")
    run = [sys.executable, "-S", "-c", bare, str(ROOT)]
    found = subprocess.run(run, capture_output=True, text=True, check=True, cwd=tmp_path)
    assert set(found.stdout.split()) & SLOW == set()
    assert "annotator.fastpath.terminal" in found.stdout


def _is_of_a_later_screen(module: str) -> bool:
    if not module.startswith("annotator.tui.") or module.endswith(".keys"):
        return False
    is_package = (ROOT / module.replace(".", "/")).is_dir()
    return not is_package and not module.startswith(ON_THE_FIRST_FRAME)


def _keep(home: Path) -> ArticleRecord:
    article = make_article("It rained. It stopped.", title="The weather")
    mark = make_annotation(article, "It rained.")
    with Library.open(home / "data", state=home / "state") as library:
        stored = library.store(make_extraction(article), make_page(), now=mark.created)
        library.put([mark])
    return stored.record


def _loaded_by(home: Path, *arguments: str) -> frozenset[str]:
    return _loaded(COMMAND, "--library", str(home / "data"), *arguments, home=home)


def _first_frame(home: Path, *article_id: str) -> dict[str, list[str]]:
    """Return what of ours a first frame loads and makes, and what in it takes long."""
    run = [sys.executable, "-c", FIRST_FRAME, str(home / "data"), *article_id]
    answer = subprocess.run(run, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    took: dict[str, list[str]] = json.loads(answer.stdout.splitlines()[-1])
    return took


@cache
def _loaded(action: str, *arguments: str, home: Path) -> frozenset[str]:
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
    return frozenset(json.loads(answer.stderr.splitlines()[-1]))
