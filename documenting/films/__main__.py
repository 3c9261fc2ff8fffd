"""Writes the films: `python -m documenting.films`, or some of them, by their names.

Each is taken by a program of its own, so that its ids do not depend on the others.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from documenting import ROOT
from documenting.stage import MINUTES, staged

FOLDER = ROOT / "docs" / "films"
NAMES = "first-minute", "claims", "two-machines", "reworded"


def take(name: str) -> None:
    """Take one film, in a home folder of its own."""
    with tempfile.TemporaryDirectory(prefix="a") as home, staged(web=False):
        sys.argv[1:] = []  # which ids would tell
        for variable in [*os.environ]:
            if variable.startswith(("XDG_", "GIT_", "NO_COLOR")) or "proxy" in variable.lower():
                del os.environ[variable]
        os.environ.update({MINUTES: "0", "HOME": home, "TZ": "UTC"})
        from documenting.films.drawing import draw  # only now, so that it imports what is prepared
        from documenting.films.scripts import FILMS

        film = asyncio.run(FILMS[name](Path(home)))
    (FOLDER / f"{name}.svg").write_text(draw(film), encoding="utf-8")


if __name__ == "__main__":
    match sys.argv[1:]:
        case [name]:
            take(name)
        case names:
            for name in names or NAMES:
                command = [sys.executable, "-m", "documenting.films", name]
                subprocess.run(command, check=True)  # noqa: S603 - this program itself
