"""Running the work of a key in a worker, because it may ask in a dialog and wait.

Actions get a `ScreenUI` for that, not the screen itself.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from textual.app import SuspendNotSupported
from textual.css.query import NoMatches
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen
from textual.worker import Worker

from annotator.errors import AnnotatorError
from annotator.tui.frame.opening import ArticleRequested, ScreenRequested, ask_app
from annotator.tui.key_queue import KeyQueue
from annotator.tui.notifications import forget, forget_done, hint, tell, tell_error, warn
from annotator.tui.terminal.driver import lent_terminal

if TYPE_CHECKING:
    from annotator.store import Place
    from annotator.usecases.library.undo import UndoStack

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
    if (keys := _key_queue(screen)) is not None:
        keys.pass_keys()
    if fill is not None:
        run_action(screen, fill)
    return await asyncio.shield(answered)


class ScreenUI:
    """Everything that an action may do to the screen that it belongs to."""

    def __init__(self, screen: Screen[Any]) -> None:
        self._screen = screen

    async def show_dialog(
        self, dialog: Screen[Answer | None], *, fill: Work | None = None
    ) -> Answer | None:
        """Show a dialog and return its answer, or None if it was cancelled.

        `fill` runs while the dialog is open, to load what it offers.
        """
        return await show_modal(self._screen, dialog, fill=fill)

    async def open_screen(self, name: str, *args: object, **options: object) -> object:
        """Open the screen with that name over this one, and return its answer."""
        return await ask_app(ScreenRequested(self._screen, name, *args, **options))

    async def open_article(
        self,
        article_id: str,
        *,
        mark_id: str | None = None,
        place: "Place | None" = None,
        undo_stack: "UndoStack | None" = None,
    ) -> None:
        """Open an article over this screen, at a mark or a place if given, until it is left."""
        wanted = ArticleRequested(
            self._screen, article_id, mark_id=mark_id, place=place, undo_stack=undo_stack
        )
        await ask_app(wanted)

    def tell(self, words: str) -> None:
        """Show what was done, in place of earlier notifications."""
        tell(self._screen, words)

    def warn(self, words: str) -> None:
        """Show a warning."""
        warn(self._screen, words)

    def hint(self, words: str) -> None:
        """Show what a key needs to work, in place of earlier notifications."""
        hint(self._screen, words)

    def tell_error(self, error: AnnotatorError) -> None:
        """Show an error and its hint, in place of earlier notifications."""
        tell_error(self._screen, error)

    def clear_notifications(self) -> None:
        """Remove all notifications."""
        forget(self._screen)

    def copy(self, text: str) -> None:
        """Copy text to the clipboard."""
        from annotator.tui.terminal import external  # the first frame copies nothing

        external.copy(self._screen.app, text)

    def pass_keys(self) -> None:
        """Let keys act on this screen, because the action opens nothing over it."""
        if (keys := _key_queue(self._screen)) is not None:
            keys.pass_keys()

    def lend_terminal(self, program: Callable[[], None]) -> None:
        """Run a program that draws on this terminal, and then draw the screen again."""
        try:
            with suppress(SuspendNotSupported), lent_terminal(self._screen.app):
                program()
        finally:
            self._screen.refresh(layout=True)


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
