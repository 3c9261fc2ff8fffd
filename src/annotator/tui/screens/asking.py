"""Work that a key begins: in a worker, since it may ask and wait, and every error told in words."""

from collections.abc import Coroutine
from typing import Any

from textual.dom import DOMNode

from annotator.errors import AnnotatorError
from annotator.tui.toasts import tell_error


def begin(node: DOMNode, work: Coroutine[Any, Any, None]) -> None:
    """Begin `work`; an error in it becomes a toast."""
    node.run_worker(_told(node, work))


def ask(node: DOMNode, work: Coroutine[Any, Any, None]) -> None:
    """Begin `work` that opens a dialog, in place of a question that is not yet on the screen."""
    node.run_worker(_told(node, work), group="question", exclusive=True)


async def _told(node: DOMNode, work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except AnnotatorError as error:
        tell_error(node, error)
