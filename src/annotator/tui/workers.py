"""Running the work of a key in a worker, because it may ask in a dialog and wait."""

import logging
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, ParamSpec, TypeVar

from textual.dom import DOMNode
from textual.screen import Screen
from textual.worker import Worker

from annotator.errors import AnnotatorError
from annotator.tui.notifications import tell_error

_LOG = logging.getLogger(__name__)

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")


def run_action(
    node: DOMNode,
    work: Callable[Arguments, Coroutine[Any, Any, object]],
    *args: Arguments.args,
    **options: Arguments.kwargs,
) -> Worker[None]:
    """Start `work` in a worker of `node`, and show an error in it as a notification."""
    return node.run_worker(partial(_reporting_errors, node, partial(work, *args, **options)))


async def show_modal(screen: Screen[Any], modal: Screen[Answer | None]) -> Answer | None:
    """Show a dialog or another screen over `screen`, and return its answer.

    Returns None if another one was opened first, because a key was pressed twice.
    """
    if not screen.is_active:
        return None
    return await screen.app.push_screen_wait(modal)


async def _reporting_errors(node: DOMNode, work: Callable[[], Coroutine[Any, Any, object]]) -> None:
    try:
        await work()
    except AnnotatorError as error:
        _LOG.info("shown as a notification: %s", error, exc_info=True)
        tell_error(node, error)
    except Exception:
        _LOG.exception("an action failed")
        raise
