"""Work that a key begins: in a worker, since it may ask and wait, and every error told in words."""

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, ParamSpec, TypeVar

from textual.dom import DOMNode
from textual.screen import Screen
from textual.worker import Worker

from annotator.errors import AnnotatorError
from annotator.tui.notifications import tell_error

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")


def run_action(
    node: DOMNode,
    work: Callable[Arguments, Coroutine[Any, Any, object]],
    *args: Arguments.args,
    **options: Arguments.kwargs,
) -> Worker[None]:
    """Begin `work`; an error in it becomes a toast."""
    return node.run_worker(partial(_told, node, partial(work, *args, **options)))


async def show_modal(screen: Screen[Any], asked: Screen[Answer | None]) -> Answer | None:
    """Show a dialog, or another screen, over `screen`, and return what it answers.

    Nothing, if something else came to be shown first: a key may be pressed twice.
    """
    if not screen.is_current:
        return None
    return await screen.app.push_screen_wait(asked)


async def _told(node: DOMNode, work: Callable[[], Coroutine[Any, Any, object]]) -> None:
    try:
        await work()
    except AnnotatorError as error:
        tell_error(node, error)
