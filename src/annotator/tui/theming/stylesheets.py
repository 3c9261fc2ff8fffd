"""Stylesheets, and the styles of the parts of a widget.

The folder `styles` mirrors this package. It is inside the package when installed, and
at the top of the repository otherwise.
"""

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
    """Load the stylesheets of a widget that is mounted in a screen later."""
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
    Base = object  # Textual takes long to prepare another class of widgets


class PartStyles(Base):
    """A mixin for widgets whose parts are styled by any class name that a stylesheet has.

    Textual would want a list of the names, and would look all of them up at the start.
    """

    def get_component_styles(self, *names: str) -> RenderStyles:
        """Return the styles of these parts, looked up when they are first needed."""
        known = component_styles(self)
        for name in names:
            if name not in known:
                part = DOMNode(classes=name)
                adopt(part, self)
                self.app.stylesheet.apply(part)
                known[name] = part.styles
        return super().get_component_styles(*names)

    def notify_style_update(self) -> None:
        """Look the styles up again."""
        component_styles(self).clear()
        super().notify_style_update()
