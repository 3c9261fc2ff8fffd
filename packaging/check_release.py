"""Say whether a tag can be published: `python packaging/check_release.py v1.0.0`."""

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]


def problems(tag: str, root: Path = ROOT) -> Iterator[str]:
    """Yield what stands against publishing this tag of the project in a folder."""
    version = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    if tag != f"v{version}":
        yield f"The tag is {tag or 'missing'}, and pyproject.toml has {version}."
    told = re.search(
        '__version__ = "(.+)"', (root / "src/annotator/__init__.py").read_text("utf-8")
    )
    if not told or told[1] != version:
        yield f"The program says {told[1] if told else 'nothing'}, and pyproject.toml {version}."
    changes = (root / "CHANGELOG.md").read_text("utf-8")
    if not re.search(rf"(?m)^## {re.escape(version)} – \d{{4}}-\d\d-\d\d$", changes):
        yield f"CHANGELOG.md has no heading of {version} with a day."
    pages = root / "packaging/share/man/man1/annotator.1"
    if f'"annotator {version}"' not in pages.read_text("utf-8"):
        yield f"The manual pages are not those of {version}: make docs."
    if f'version = "{version}"' not in (root / "packaging/nix/package.nix").read_text("utf-8"):
        yield f"The recipes are not those of {version}: python packaging/write_recipes.py."


if __name__ == "__main__":
    against = list(problems(" ".join(sys.argv[1:])))
    print(*against, sep="\n", end="\n" if against else "")
    sys.exit(bool(against))
