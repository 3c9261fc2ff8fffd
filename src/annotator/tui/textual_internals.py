"""The private parts of Textual that the screens use, for want of a public way.

No other module touches a private attribute of Textual. A test for each function
fails when a new version of Textual moves what it relies on.
"""

from collections.abc import Iterable, MutableMapping
from math import inf
from typing import Any, cast

from textual._xterm_parser import XTermParser
from textual.app import App
from textual.binding import Binding, BindingsMap
from textual.content import Content
from textual.css.styles import RenderStyles
from textual.dom import DOMNode
from textual.driver import Driver
from textual.notifications import SeverityLevel
from textual.widget import Widget
from textual.widgets import Static
from textual.widgets._toast import Toast
from textual.worker import WorkerFailed

__all__ = ["XTermParser"]  # the others are made here


def bindings_of(node: DOMNode) -> list[Binding]:
    """Return the bindings of one node, a binding for each key."""
    return [binding for _, binding in node._bindings]


def set_bindings(node: DOMNode, bindings: Iterable[Binding]) -> None:
    """Put `bindings` in place of those that the node has.

    Textual's own `App.set_keymap` would drop every other binding of a key that it moves.
    """
    node._bindings = BindingsMap(bindings)


async def run_binding(app: App[Any], key: str) -> bool:
    """Run the action of a key on the first node that has one, and return whether any could act."""
    return await app._check_bindings(key)


def driver_of(app: App[object]) -> Driver | None:
    """Return the driver that the app draws with; `None` before it runs."""
    return app._driver


def failure_of(app: App[Any]) -> BaseException | None:
    """Return the error that has ended the app, if one has.

    The traceback that Textual prints has the values of all variables, texts of articles among them.
    """
    failure = app._exception
    return failure.error if isinstance(failure, WorkerFailed) else failure


def component_styles(widget: Widget) -> MutableMapping[str, RenderStyles]:
    """Return the styles of a widget's parts by class name, which Textual fills from a list."""
    return widget._component_styles


def show_text(widget: Static, text: Content) -> None:
    """Show a text in a widget, in the size that it needs.

    Textual counts the texts of a widget only from the moment when the widget is idle. One that
    comes between the first layout and that moment is given the size of the text before it.
    """
    widget._layout_updates += 1
    widget.update(text)


def adopt(part: DOMNode, parent: DOMNode) -> None:
    """Let stylesheets see `part` below `parent`, though it is not mounted."""
    part._parent = parent


def forget_notifications(
    app: App[object], severity: SeverityLevel | None = None, before: float = inf
) -> None:
    """Remove the notifications of one severity, or all, that were raised before a time.

    Textual's own way removes all of them, and keeps an empty box of each until the screen closes.
    A cache of Textual keeps the drawn lines of a thousand, unless they are cleared.
    """
    for notification in [*app._notifications]:
        if severity in (None, notification.severity) and notification.raised_at < before:
            app._unnotify(notification)
    for toast in app.screen.query(Toast) if app.screen_stack else ():
        if toast._notification not in app._notifications and toast.parent is not None:
            toast._styles_cache.clear()
            cast("Widget", toast.parent).remove()
