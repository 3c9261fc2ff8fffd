"""Where the stylesheets are: beside the package when installed, in the repository otherwise."""

from pathlib import Path, PurePath

READER = ("screens/reader", "widgets/article_view", "widgets/listing", "widgets/bottom")
REVIEW = ("screens/review", "widgets/listing", "widgets/bottom")
LIBRARY = ("screens/library", "widgets/listing", "widgets/bottom")

_PACKAGE = Path(__file__).resolve().parents[1]
_REPOSITORY = _PACKAGE.parents[1]


def stylesheets(*names: str) -> list[str | PurePath]:
    """Return the paths of stylesheets by their names, such as `widgets/listing`."""
    return [_folder() / f"{name}.tcss" for name in names]


def _folder() -> Path:
    installed = _PACKAGE / "styles"
    return installed if installed.is_dir() else _REPOSITORY / "styles"
