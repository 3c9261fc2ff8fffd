"""Write what has changed of the pages: `python -m documenting`, which `make docs` runs.

Those of docs/reference are written from the program; then the examples of all pages are run.
The page of figures and its chart are made of what `make figures` measured.
"""

from collections.abc import Mapping
from pathlib import Path

from documenting import figures
from documenting.pages import FOLDER, pages
from documenting.sessions import DOCS, play_all


def _write(texts: Mapping[Path, str]) -> None:
    for path, text in texts.items():
        if not path.is_file() or path.read_text("utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(path.relative_to(DOCS))  # noqa: T201 - what it is asked for


_write({FOLDER / name: text for name, text in pages().items()})
_write(play_all())
figures.write()
