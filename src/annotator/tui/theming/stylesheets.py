"""Where the stylesheets are: beside the package when installed, in the repository otherwise."""

from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.css.styles import RenderStyles
from textual.dom import DOMNode

from annotator.tui.textual_internals import adopt, component_styles

_PACKAGE = Path(__file__).resolve().parents[2]
_REPOSITORY = _PACKAGE.parents[1]


def stylesheets(*names: str) -> list[str | PurePath]:
    """Return the paths of stylesheets by their names, such as `lists/list_view`."""
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


if TYPE_CHECKING:
    from textual.widget import Widget as Base
else:
    Base = object  # a class of widgets more would take Textual long to look over


class PartStyles(Base):
    """Stands before a widget without component classes: any name that a stylesheet has will do."""

    def get_component_styles(self, *names: str) -> RenderStyles:
        """Return what the stylesheets say of these parts, nothing where they are silent."""
        known = component_styles(self)
        for name in names:
            if name not in known:
                part = DOMNode(classes=name)
                adopt(part, self)
                self.app.stylesheet.apply(part)
                known[name] = part.styles
        return super().get_component_styles(*names)

    def notify_style_update(self) -> None:
        """Look the styles up anew."""
        component_styles(self).clear()
        super().notify_style_update()
