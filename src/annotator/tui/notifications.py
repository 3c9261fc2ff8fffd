"""Notifications (toasts). Their text is never read as markup."""

from textual.dom import DOMNode

from annotator.errors import AnnotatorError
from annotator.model.text import clean_text
from annotator.tui.lists.text_fit import truncate
from annotator.tui.textual_internals import forget_notifications
from annotator.usecases.library.undo import Step, described

_SECONDS = 4.0
_LONG_SECONDS = 8.0  # two sentences, read while doing something else


def tell(node: DOMNode, words: str) -> None:
    """Report what was done, in place of earlier notifications."""
    forget(node)
    node.app.notify(clean_text(words), markup=False, timeout=_SECONDS)


def forget(node: DOMNode) -> None:
    """Remove all notifications."""
    forget_notifications(node.app)


def forget_done(node: DOMNode) -> None:
    """Remove the notifications of what was done; warnings and errors stay."""
    forget_notifications(node.app, "information")


def warn(node: DOMNode, words: str) -> None:
    """Show a warning."""
    node.app.notify(clean_text(words), markup=False, severity="warning", timeout=_LONG_SECONDS)


def hint(node: DOMNode, words: str) -> None:
    """Say what a key needs, in place of earlier notifications: it may be pressed repeatedly."""
    forget(node)
    warn(node, words)


def tell_error(node: DOMNode, error: AnnotatorError) -> None:
    """Show an error and its hint, in place of earlier notifications."""
    forget(node)
    words = clean_text("\n".join(filter(None, (error.message, error.hint))))
    node.app.notify(words, markup=False, severity="error", timeout=_LONG_SECONDS)


_QUOTE_WIDTH = 40  # cells


def short_quote(words: str) -> str:
    """Return words as a quotation on one line, shortened if it is long."""
    return f"“{truncate(' '.join(words.split()), _QUOTE_WIDTH)}”"


def describe_step(step: Step, *, where: str = "") -> str:
    """Return a step in a few words: what was done, to which text or how much of it, and `where`."""
    return described(step, short_quote, where=where)
