"""Where the stylesheets are: beside the package when installed, in the repository otherwise."""

from pathlib import Path, PurePath
from typing import Any

from textual.app import App

READER = ("screens/reader", "widgets/article_view", "widgets/bottom")
PANEL = ("widgets/side_panel", "widgets/listing")
FIND_BAR = ("widgets/find_bar",)
REVIEW = ("screens/review", "widgets/listing", "widgets/bottom")
LIBRARY = ("screens/library", "widgets/listing", "widgets/bottom")

_PACKAGE = Path(__file__).resolve().parents[1]
_REPOSITORY = _PACKAGE.parents[1]


def stylesheets(*names: str) -> list[str | PurePath]:
    """Return the paths of stylesheets by their names, such as `widgets/listing`."""
    return [_folder() / f"{name}.tcss" for name in names]


def add_styles(app: App[Any], *names: str) -> None:
    """Let the styles hold of what becomes a part of a screen that is there already."""
    known = app.stylesheet
    known.read_all(
        [path for path in map(Path, stylesheets(*names)) if not known.has_source(str(path))]
    )
    known.parse()


def _folder() -> Path:
    installed = _PACKAGE / "styles"
    return installed if installed.is_dir() else _REPOSITORY / "styles"
