"""The work of keys, and their order.

Work runs in a worker, because it may ask in a dialog and wait. Each key is passed on when
everything that the one before it opened has the focus. Keys can arrive faster than a dialog
opens: typed ahead, pasted, or after a slow connection stalled. Textual passes each to the widget
that has the focus at that moment, so that the words meant for a dialog would run as commands
below it.
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from functools import partial, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from textual import events
from textual.app import App
from textual.css.query import NoMatches
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen
from textual.worker import Worker

from annotator.errors import AnnotatorError
from annotator.tui.frame.notifications import forget, tell_error, warn
from annotator.tui.messages import ValueMessage

Typed = events.Key | events.Paste

MAX_HELD = 10_000  # keys; more come from one that is stuck

_LOG = logging.getLogger(__name__)

_ALWAYS = "ctrl+q"  # quits even while something does not open
_PAUSE, _LONGEST_PAUSE = 0.01, 0.5  # seconds between two looks
_PATIENCE = 5.0  # seconds until what a key does counts as stuck
_GRACE = 1.0  # seconds that keys wait for work whose screen is open, and a key to leave for any
_LAPS = 3  # of the focused widget to the app: a key, a message it causes, and one more by a parent


class Lap(ValueMessage):
    """Follows a key from the focused widget to the app, which sets `ended`."""

    ended: asyncio.Event


class KeyQueue:
    """Holds keys back until the one before them is done. `give` passes a key to the app."""

    def __init__(self, app: App[Any], give: Callable[[Typed], Awaitable[None]]) -> None:
        self._app, self._give = app, give
        self._held: deque[Typed] = deque()
        self._openings: list[_Opening] = []
        self._rest: Worker[None] | None = None  # gives the keys that are held
        self._is_giving = False
        self._given = 0.0  # when the last key was
        self._screens: tuple[Screen[Any], ...] = ()  # that were open then
        self._opened: float | None = None  # since when a new one is in front
        self._is_reported = False

    @property
    def is_busy(self) -> bool:
        """Whether a key is not done yet; never true once nothing works on it any longer."""
        return self._is_giving or (self._rest is not None and not self._rest.is_finished)

    def wait_for(self, start: Callable[[], Worker[None]]) -> None:
        """Start a worker, and hold keys until it ends or calls `pass_keys`, having opened.

        A worker may run, open its screen and call `pass_keys` before `start` returns: tasks
        are eager from Python 3.12 on. So the keys are held first.
        """
        opening = _Opening()
        self._openings.append(opening)
        try:
            opening.worker = start()
        except BaseException:
            self._openings = [other for other in self._openings if other is not opening]
            raise

    def pass_keys(self) -> None:
        """Wait for no worker any longer, only for the focus."""
        self._openings.clear()

    async def take(self, typed: Typed) -> None:
        """Pass on a key, now or after those before it."""
        if not self.is_busy:
            self._is_giving = True
            try:
                await self._pass_on(typed)
                self._rest = self._app.run_worker(self._give_rest, group="keys")
            finally:
                self._is_giving = False
        elif len(self._held) < MAX_HELD:
            self._held.append(typed)

    async def _pass_on(self, typed: Typed) -> None:
        self._given, self._is_reported = time.monotonic(), False
        self._screens, self._opened = (*self._app.screen_stack,), None
        await self._give(typed)

    async def _give_rest(self) -> None:
        await self._until_done()
        while self._held and self._app.screen_stack:  # not when the program ends
            await self._pass_on(self._held.popleft())
            await self._until_done()

    async def _until_done(self) -> None:
        """Wait until the key is done, and what it opened has the focus."""
        await self._run_laps()
        while self._is_waiting():
            await asyncio.sleep(_PAUSE)
            await self._look()
            if not self._is_waiting():
                await self._run_laps()

    def _is_waiting(self) -> bool:
        self._openings = [opening for opening in self._openings if not opening.has_ended]
        if self._openings and self._is_overdue():
            _LOG.warning("keys waited for %s, which has opened; they pass now", self._work())
            self._openings.clear()
        return bool(self._openings)

    async def _run_laps(self) -> None:
        """Let all messages arrive that the focused widget and its parents were sent by now."""
        for _ in range(_LAPS):
            if not self._app.screen_stack:  # the program ends
                return
            ended, start, pause = asyncio.Event(), self._app.focused or self._app.screen, _PAUSE
            while start.is_attached and not ended.is_set():  # it may be removed before that
                start.post_message(Lap(ended).set_sender(start))  # again, if one was lost
                with suppress(TimeoutError):
                    await asyncio.wait_for(ended.wait(), pause)
                pause = min(pause * 2, _LONGEST_PAUSE)
                await self._look()

    def _is_overdue(self) -> bool:
        """Whether a screen that the key opened has been in front for longer than a moment."""
        if not self._app.screen_stack or self._app.screen in self._screens:
            self._opened = None
        elif self._opened is None:
            self._opened = time.monotonic()
        return self._opened is not None and time.monotonic() - self._opened > _GRACE

    async def _look(self) -> None:
        """Let the user leave if the key takes long; later say that it is stuck, and log on what."""
        taken = time.monotonic() - self._given
        leaving = [
            typed for typed in self._held if isinstance(typed, events.Key) and typed.key == _ALWAYS
        ]
        if leaving and taken > _GRACE:  # keys before it may be meant for what opens in a moment
            self._held.clear()
            await self._give(leaving[0])
        if taken > _PATIENCE and not self._is_reported:
            self._is_reported = True
            _LOG.warning("a key is not done after %.0f s: it waits for %s", _PATIENCE, self._work())
            warn(self._app, "Still working. Other keys wait until it is done; Ctrl+Q leaves.")

    def _work(self) -> str:
        names = (opening.worker.name for opening in self._openings if opening.worker)
        return ", ".join(names) or "the focused widget"


class _Opening:
    """Work that opens a screen; its worker is set when it has started."""

    def __init__(self) -> None:
        self.worker: Worker[None] | None = None

    @property
    def has_ended(self) -> bool:
        return self.worker is not None and self.worker.is_finished


Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")
Node = TypeVar("Node", bound=DOMNode)
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


def as_action(
    work: Callable[Concatenate[Node, Arguments], Coroutine[Any, Any, object]],
) -> Callable[Concatenate[Node, Arguments], None]:
    """Let a method of a node run in a worker of it, as `run_action` does."""

    @wraps(work)
    def start(node: Node, /, *args: Arguments.args, **options: Arguments.kwargs) -> None:
        run_action(node, work, node, *args, **options)

    return start


def as_opening(
    work: Callable[Concatenate[Node, Arguments], Coroutine[Any, Any, object]],
) -> Callable[Concatenate[Node, Arguments], None]:
    """Let a method of a node run in a worker of it, and open a screen, as `run_opening` does."""

    @wraps(work)
    def start(node: Node, /, *args: Arguments.args, **options: Arguments.kwargs) -> None:
        run_opening(node, work, node, *args, **options)

    return start


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
        forget(screen)  # it would be drawn over the dialog, and below it
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
