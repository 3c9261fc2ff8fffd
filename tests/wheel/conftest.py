"""The wheel that people install, in an environment of its own.

Its dependencies are the ones of the running environment, named by a path file: such a path
does not bring the editable package along, so whatever of `annotator` runs is the wheel's.
"""

import importlib.util
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    isolation = ["--no-build-isolation"] if importlib.util.find_spec("hatchling") else []
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "wheel"]
    run_outside(*pip, "--no-deps", *isolation, "--wheel-dir", str(folder), str(ROOT))
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def sources(tmp_path_factory) -> Path:
    """Return the archive of sources that the index has."""
    pytest.importorskip("hatchling")
    folder = tmp_path_factory.mktemp("sources")
    build = "import hatchling.build, sys; hatchling.build.build_sdist(sys.argv[1])"
    command = [sys.executable, "-c", build, str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.tar.gz")
    return built


@pytest.fixture(scope="session")
def python(wheel, tmp_path_factory) -> Path:
    """Return the interpreter of an environment that holds the wheel."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=True)
    program = folder / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "--python"]
    run_outside(*pip, str(program), "install", "--no-deps", "--no-index", str(wheel))
    site = run_outside(str(program), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))")
    libraries = "\n".join(path for path in sys.path if path.endswith("site-packages"))
    (Path(site.strip()) / "dependencies.pth").write_text(libraries, "utf-8")
    return program


@pytest.fixture(scope="session")
def outside():
    """Return a function that runs a command outside of the checkout and returns its output."""
    return run_outside


@pytest.fixture
def environment(tmp_path) -> dict[str, str]:
    """Return the environment of a user with an empty home folder."""
    return environment_of(tmp_path)


def run_outside(*command: str, home: Path | None = None) -> str:
    """Return what a command printed, run outside of the checkout."""
    environment = environment_of(home)
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


def environment_of(home: Path | None) -> dict[str, str]:
    """Return the environment of a user with a home folder, who knows nothing of the tests."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "COV", "XDG_", "COLUMNS", "LINES"))
    }
    return environment if home is None else environment | {"HOME": str(home)}
