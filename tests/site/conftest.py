"""The site, built once for all tests, where what builds it is installed."""

import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def site():
    """Build the site apart from the project, where a browser of another user can read it."""
    found = sorted(ROOT.glob(".venv-site-*/bin/zensical"))
    program = str(found[-1]) if found else shutil.which("zensical")
    if not program:
        pytest.skip("zensical is not installed; `make site` installs it")
    with tempfile.TemporaryDirectory(prefix="site-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        shutil.copy(ROOT / "mkdocs.yml", folder)
        for part in ("docs", "documenting/theme"):
            shutil.copytree(ROOT / part, folder / part)
        command = [program, "build", "--clean", "--strict"]
        built = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        assert built.returncode == 0, built.stdout + built.stderr
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)
        yield folder / "build" / "site"
