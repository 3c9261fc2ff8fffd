"""What people install is whole: the wheel opens the program, with nothing of the checkout."""

import email
import re
import shutil
import sys
import zipfile
from pathlib import Path

import pytest

from annotator import __version__
from annotator.usecases.articles.sources import sample_articles

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
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


def test_the_wheel_holds_every_stylesheet_and_the_types(wheel):
    styles = {path.relative_to(ROOT).as_posix() for path in (ROOT / "styles").rglob("*.tcss")}
    held = set(zipfile.ZipFile(wheel).namelist())
    assert styles
    assert {f"annotator/{style}" for style in styles} <= held
    assert "annotator/py.typed" in held


def test_the_wheel_holds_the_files_beside_the_code(wheel):
    files = (path for path in (ROOT / "src").rglob("*") if path.is_file())
    names = {path.relative_to(ROOT / "src").as_posix() for path in files}
    wanted = {name for name in names if "__pycache__" not in name}
    assert "annotator/export/markdown/templates/obsidian/mark.jinja" in wanted
    assert wanted <= set(zipfile.ZipFile(wheel).namelist())


def test_the_wheel_holds_the_articles_that_an_empty_library_offers(wheel):
    offered = {f"annotator/sample_articles/{Path(path).name}" for path in sample_articles()}
    held = set(zipfile.ZipFile(wheel).namelist())
    assert len(offered) == 3
    assert {name for name in held if "sample_articles" in name} == offered


def test_the_wheel_holds_the_package_and_nothing_else(wheel):
    tops = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    ours = f"annotator_tui-{__version__}"
    assert tops == {"annotator", f"{ours}.dist-info", f"{ours}.data"}


def test_the_wheel_is_small(wheel):
    """Half of what people install is not ours to make small; this is."""
    sizes = {info.filename: info.file_size for info in zipfile.ZipFile(wheel).infolist()}
    assert wheel.stat().st_size < 2_500_000
    assert sum(sizes.values()) < 6_500_000
    assert {name: size for name, size in sizes.items() if size > 250_000} == {}


def test_the_readme_on_the_index_leads_to_files_of_this_version(wheel):
    told = email.message_from_bytes(contents(wheel, "METADATA")).get_payload()
    links = re.findall(r"\]\(([^)]+)\)", told)
    assert [link for link in links if not link.startswith(("https://", "#"))] == []
    (picture,) = (link for link in links if link.endswith("/first-minute.svg"))
    assert picture.startswith("https://raw.githubusercontent.com/")
    place = "https://github.com/annotator-tui/annotator/blob/"
    *_, name = picture.partition(f"/v{__version__}/")
    assert (ROOT / name).is_file()
    ours = [link.removeprefix(f"{place}v{__version__}/") for link in links if place in link]
    assert ours
    assert [path for path in ours if not (ROOT / path.partition("#")[0]).exists()] == []


def test_a_wheel_from_the_sources_is_the_same(wheel, sources, outside, tmp_path):
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "wheel"]
    built = [*pip, "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", str(tmp_path)]
    outside(*built, str(sources))
    (again,) = tmp_path.glob("*.whl")
    assert contents(again, "RECORD") == contents(wheel, "RECORD")


def test_manual_pages_and_completions_are_where_man_and_shells_look(python):
    share = python.parents[1] / "share"
    assert (share / "man/man1/annotator.1").read_text("utf-8").startswith(".TH ANNOTATOR 1")
    assert (share / "man/man1/annotator-restore-backup.1").is_file()
    for name in ("annotator", "annotator-tui"):
        assert (share / f"bash-completion/completions/{name}").is_file()
        assert (share / f"zsh/site-functions/_{name}").is_file()
        assert (share / f"fish/vendor_completions.d/{name}.fish").is_file()


@pytest.mark.parametrize("name", ["annotator", "annotator-tui"])
@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
def test_bash_completes_commands_with_the_installed_file(outside, python, tmp_path, name):
    script = python.parents[1] / f"share/bash-completion/completions/{name}"
    words = f"COMP_WORDS=({name} expo); COMP_CWORD=1; _{name.replace('-', '_')}_completion {name}"
    path = f"PATH={python.parent}:$PATH"
    command = f'{path}; source {script}; {words} expo {name}; echo "${{COMPREPLY[*]}}"'
    assert outside("bash", "-c", command, home=tmp_path).split() == ["export"]


def contents(wheel: Path, name: str) -> bytes:
    """Return what is in a file about the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return archive.read(f"annotator_tui-{__version__}.dist-info/{name}")


@pytest.mark.parametrize("name", ["annotator", "annotator-tui"])
def test_the_installed_command_tells_its_version(outside, python, tmp_path, name):
    assert __version__ in outside(str(python.with_name(name)), "--version", home=tmp_path)


def test_the_installed_command_shows_an_article(outside, python, tmp_path):
    shown = outside(str(python.with_name("annotator")), "show", str(SAMPLE), home=tmp_path)
    assert "The slip of paper that used to be glued" in shown


def test_the_installed_program_opens_with_its_own_files(outside, python, tmp_path):
    told = outside(str(python), "-I", "-c", OPEN_THE_PROGRAM, str(tmp_path), home=tmp_path)
    package, *sheets = (Path(line) for line in told.splitlines())
    assert package.is_relative_to(python.parents[1])
    assert sheets
    assert all(sheet.is_relative_to(package / "styles") for sheet in sheets)
