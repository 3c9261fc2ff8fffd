"""The styles of a widget's parts, each found when it is first drawn.

Textual knows parts as component classes, and styles all of them whenever it
styles their widget, drawn or not. A page has forty, a list ten.
"""

from textual.css.styles import RenderStyles
from textual.dom import DOMNode
from textual.widget import Widget


class PartStyles(Widget):
    """A widget that has no component classes: any name that a stylesheet gives a part will do.

    It comes after other bases: Textual takes a widget's own styles from the first alone.
    """

    def get_component_styles(self, *names: str) -> RenderStyles:
        """Return what the stylesheets say of these parts, nothing where they are silent."""
        for name in names:
            if name not in self._component_styles:
                part = _Part(self, name)
                self.app.stylesheet.apply(part)
                self._component_styles[name] = part.styles
        return super().get_component_styles(*names)

    def notify_style_update(self) -> None:
        """Look the styles up anew."""
        self._component_styles.clear()
        super().notify_style_update()


class _Part(DOMNode):
    """A part as a selector meets it: below its widget, with a class."""

    def __init__(self, widget: Widget, name: str) -> None:
        super().__init__(classes=name)
        self._parent = widget
