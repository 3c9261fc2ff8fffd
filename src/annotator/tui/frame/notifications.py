"""Notifications (toasts). Their text is never read as markup."""

from textual.dom import DOMNode
from textual.notifications import SeverityLevel

from annotator.errors import AnnotatorError
from annotator.model.text import clean_text
from annotator.tui.lists.rows import truncate
from annotator.tui.textual_internals import forget_notifications
from annotator.usecases.library.undo import Step, described

_SECONDS = 4.0
_LONG_SECONDS = 8.0  # two sentences, read while doing something else
_MOMENT = 0.7  # seconds that a notification is seen, before a key removes it


def tell(node: DOMNode, words: str) -> None:
    """Report what was done, in place of earlier notifications."""
    forget(node)
    _show(node, words, "information", _SECONDS)


def forget(node: DOMNode) -> None:
    """Remove all notifications."""
    forget_notifications(node.app)


def forget_done(node: DOMNode, before: float) -> None:
    """Remove the notifications of what keys did, but those of the last moment before a time."""
    forget_notifications(node.app, "information", before - _MOMENT)


def warn(node: DOMNode, words: str) -> None:
    """Show a warning."""
    _show(node, words, "warning")


def hint(node: DOMNode, words: str) -> None:
    """Say what a key needs, in place of earlier notifications: it may be pressed repeatedly."""
    forget(node)
    _show(node, words, "information")


def tell_error(node: DOMNode, error: AnnotatorError) -> None:
    """Show an error and its hint, in place of earlier notifications."""
    forget(node)
    _show(node, "\n".join(filter(None, (error.message, error.hint))), "error")


def _show(
    node: DOMNode, words: str, severity: SeverityLevel, seconds: float = _LONG_SECONDS
) -> None:
    """Show a notification, at the top where the cursor is in the lower half of the screen."""
    screen = node.app.screen
    screen.set_class(getattr(screen.focused, "is_cursor_low", False), "-toasts-above")
    words = clean_text(words).replace(".”.", ".”")  # a quoted sentence has its own full stop
    node.app.notify(words, markup=False, severity=severity, timeout=seconds)


_QUOTE_WIDTH = 40  # cells


def short_quote(words: str) -> str:
    """Return words as a quotation on one line, shortened if it is long."""
    line = " ".join(words.split())
    if line.startswith("“") and line.find("”") == len(line) - 1:  # a passage that is a quotation
        line = line[1:-1]
    return f"“{truncate(line, _QUOTE_WIDTH)}”"


def describe_step(step: Step, *, where: str = "") -> str:
    """Return a step in a few words: what was done, to which text or how much of it, and `where`."""
    return described(step, short_quote, where=where)
