"""Writes the pages of docs/reference from the program itself, and its pictures."""

from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]


def write_changed(texts: Mapping[Path, str]) -> None:
    """Write the files whose text is another one now, and print their names."""
    for path, text in texts.items():
        if not path.is_file() or path.read_text("utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(path.relative_to(ROOT))  # noqa: T201 - what it is asked for
