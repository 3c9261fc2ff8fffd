"""The styles of a widget's parts, each found when it is first drawn.

Textual knows parts as component classes, and styles all of them whenever it
styles their widget, drawn or not. A page has forty, a list ten.
"""

from typing import TYPE_CHECKING

from textual.css.styles import RenderStyles
from textual.dom import DOMNode

if TYPE_CHECKING:
    from textual.widget import Widget as Base
else:
    Base = object  # a class of widgets more would take Textual long to look over


class PartStyles(Base):
    """Stands before a widget without component classes: any name that a stylesheet has will do."""

    def get_component_styles(self, *names: str) -> RenderStyles:
        """Return what the stylesheets say of these parts, nothing where they are silent."""
        for name in names:
            if name not in self._component_styles:
                part = DOMNode(classes=name)
                part._parent = self  # noqa: SLF001  as a selector meets it: below its widget
                self.app.stylesheet.apply(part)
                self._component_styles[name] = part.styles
        return super().get_component_styles(*names)

    def notify_style_update(self) -> None:
        """Look the styles up anew."""
        self._component_styles.clear()
        super().notify_style_update()
