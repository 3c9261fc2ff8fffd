"""Run a script of these folders by its name: `python benchmarks NAME [ARGUMENT…]`.

Without a name it lists them. The scripts of one folder use those of others, so all
folders are on the path.
"""

import ast
import runpy
import sys
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    """Run the script that is named, or list all that can be run."""
    folders = sorted(path for path in HERE.iterdir() if path.is_dir())
    scripts = {path.stem: path for folder in folders for path in sorted(folder.glob("*.py"))}
    name = Path(sys.argv[1]).stem if sys.argv[1:] else ""
    if not name:
        _list(scripts.values())
        return
    if name not in scripts:
        raise SystemExit(f"There is no script {name}. `python benchmarks` lists them.")
    sys.path[1:1] = map(str, folders)
    del sys.argv[0]
    runpy.run_path(str(scripts[name]), run_name="__main__")


def _list(scripts: Iterable[Path]) -> None:
    for path in scripts:
        text = path.read_text("utf-8")
        if "__main__" in text:  # the others are parts of these
            first, _, _ = (ast.get_docstring(ast.parse(text)) or "").partition("\n")
            print(f"{path.relative_to(HERE)!s:40} {first}")


if __name__ == "__main__":
    main()
