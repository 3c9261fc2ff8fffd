"""Running the work of a key in a worker, because it may ask in a dialog and wait."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, ParamSpec, TypeVar

from textual.css.query import NoMatches
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen
from textual.worker import Worker

from annotator.errors import AnnotatorError
from annotator.tui.key_queue import KeyQueue
from annotator.tui.notifications import forget_done, tell_error

_LOG = logging.getLogger(__name__)

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")
Work = Callable[[], Coroutine[Any, Any, object]]


def run_action(
    node: DOMNode,
    work: Callable[Arguments, Coroutine[Any, Any, object]],
    *args: Arguments.args,
    **options: Arguments.kwargs,
) -> Worker[None]:
    """Start `work` in a worker of `node`, and show an error in it as a notification."""
    reporting = partial(_reporting_errors, node, partial(work, *args, **options))
    return node.run_worker(reporting, name=getattr(work, "__qualname__", ""))


def run_opening(
    node: DOMNode,
    work: Callable[Arguments, Coroutine[Any, Any, object]],
    *args: Arguments.args,
    **options: Arguments.kwargs,
) -> None:
    """Start `work` that opens a screen, which gets the keys that are typed until then."""
    start = partial(run_action, node, work, *args, **options)
    if (keys := _key_queue(node)) is not None:
        keys.wait_for(start)
    else:
        start()


async def show_modal(
    screen: Screen[Any], modal: Screen[Answer | None], *, fill: Work | None = None
) -> Answer | None:
    """Show a dialog or another screen over `screen`, and return its answer.

    `fill` runs while it is open, to load what it offers. Returns None if another one was
    opened first, because a key was pressed twice.
    """
    if not screen.is_active:
        return None
    if isinstance(modal, ModalScreen):
        forget_done(screen)  # it would be drawn over the dialog, and below it
    answered = screen.app.push_screen(modal, wait_for_dismiss=True)
    pass_keys(screen)
    if fill is not None:
        run_action(screen, fill)
    return await asyncio.shield(answered)


def pass_keys(node: DOMNode) -> None:
    """Let keys act on the screen as it is, because an action opens nothing over it."""
    if (keys := _key_queue(node)) is not None:
        keys.pass_keys()


def _key_queue(node: DOMNode) -> KeyQueue | None:
    """Return the app's queue of keys; an app of a test may have none."""
    return getattr(node.app, "key_queue", None)


async def _reporting_errors(node: DOMNode, work: Callable[[], Coroutine[Any, Any, object]]) -> None:
    try:
        await work()
    except AnnotatorError as error:
        _LOG.info("shown as a notification: %s", error, exc_info=True)
        tell_error(node, error)
    except NoMatches:
        if node.display:
            raise
        _LOG.info("the screen was closed before something could be shown on it", exc_info=True)
    except Exception:
        _LOG.exception("an action failed")
        raise
