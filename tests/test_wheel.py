"""What people install is whole: the wheel opens the program, with nothing of the checkout.

The wheel is installed into an environment of its own. Its dependencies are the
ones of the running environment, named by a path file: such a path does not
bring the editable package along, so whatever of `annotator` runs is the wheel's.
"""

import importlib.util
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from annotator import __version__
from annotator.usecases.articles.sources import sample_articles

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "sample_articles" / "essay--plain.txt"

OPEN_THE_PROGRAM = """
import asyncio, pathlib, sys
import annotator
from annotator.settings import Settings
from annotator.store import Library
from annotator.tui.app import AnnotatorApp

async def opened(folder: pathlib.Path) -> None:
    with Library.open(folder / "data", state=folder / "state") as library:
        app = AnnotatorApp(library, Settings())
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            print(pathlib.Path(annotator.__file__).parent)
            print(*(path for path, part in app.stylesheet.source if not part), sep="\\n")

asyncio.run(opened(pathlib.Path(sys.argv[1])))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    isolation = ["--no-build-isolation"] if importlib.util.find_spec("hatchling") else []
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "wheel"]
    _run(*pip, "--no-deps", *isolation, "--wheel-dir", str(folder), str(ROOT))
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel, tmp_path_factory) -> Path:
    """Return the interpreter of an environment that holds the wheel."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=True)
    program = folder / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "--python"]
    _run(*pip, str(program), "install", "--no-deps", "--no-index", str(wheel))
    site = _run(str(program), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))")
    (Path(site.strip()) / "dependencies.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    return program


def test_the_wheel_holds_every_stylesheet_and_the_types(wheel):
    styles = {path.relative_to(ROOT).as_posix() for path in (ROOT / "styles").rglob("*.tcss")}
    held = set(zipfile.ZipFile(wheel).namelist())
    assert styles
    assert {f"annotator/{style}" for style in styles} <= held
    assert "annotator/py.typed" in held


def test_the_wheel_holds_the_articles_that_an_empty_library_offers(wheel):
    offered = {f"annotator/sample_articles/{Path(path).name}" for path in sample_articles()}
    held = set(zipfile.ZipFile(wheel).namelist())
    assert len(offered) == 3
    assert {name for name in held if "sample_articles" in name} == offered


def test_the_wheel_holds_the_package_and_nothing_else(wheel):
    tops = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert tops == {"annotator", f"annotator_tui-{__version__}.dist-info"}


def test_the_installed_command_tells_its_version(python, tmp_path):
    assert __version__ in _run(str(python.with_name("annotator")), "--version", home=tmp_path)


def test_the_installed_command_shows_an_article(python, tmp_path):
    shown = _run(str(python.with_name("annotator")), "show", str(SAMPLE), home=tmp_path)
    assert "The slip of paper that used to be glued" in shown


def test_the_installed_program_opens_with_its_own_files(python, tmp_path):
    told = _run(str(python), "-I", "-c", OPEN_THE_PROGRAM, str(tmp_path), home=tmp_path)
    package, *sheets = (Path(line) for line in told.splitlines())
    assert package.is_relative_to(python.parents[1])
    assert sheets
    assert all(sheet.is_relative_to(package / "styles") for sheet in sheets)


def _run(*command: str, home: Path | None = None) -> str:
    """Return what a command printed, run outside of the checkout."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "COVERAGE", "COV_", "XDG_"))
    }
    if home is not None:
        environment |= {"HOME": str(home)}
    answer = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        cwd=home or Path(sys.prefix),
        env=environment,
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout
