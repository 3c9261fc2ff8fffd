"""The program, which also reports its keys: for the typist, who waits until they are handled.

`python benchmarks typist_program [ARGUMENT]…` is `annotator [ARGUMENT]…`. The file that
`TYPIST_REPORT` names gets a line for a key that arrived (`>`), a key that was handled (`<`, with
the screen, the widget that has the focus, the key, and the rows under cursors), and for each beat
of the event loop (`.`, with the screen). `TYPIST_BEAT` has the seconds between two beats, and
`TYPIST_CRASH` a method that fails, such as `annotator.tui.app:AnnotatorApp.action_help`. Into the
file of `TYPIST_STACKS` it writes its threads on SIGUSR1, and its tasks on SIGUSR2.
"""

import asyncio
import faulthandler
import importlib
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import Any
from unittest import mock

from textual.app import App

from annotator.cli import main
from annotator.tui.app import AnnotatorApp
from annotator.tui.claims.mark_list import MarkList
from annotator.tui.frame import workers
from annotator.tui.frame.workers import KeyQueue, Typed
from annotator.tui.lists.list_view import Listing
from annotator.tui.reader.article.view import ArticleView

BEAT = float(os.environ.get("TYPIST_BEAT", "0.5"))  # seconds

_stacks = open(os.environ.get("TYPIST_STACKS", os.devnull), "a", encoding="utf-8")  # noqa: PTH123, SIM115  for as long as the program runs
UNFORESEEN = "nobody foresaw this"  # in the log after a crash

_report = os.open(os.environ["TYPIST_REPORT"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
_mount = AnnotatorApp.on_mount


class ReportedQueue(KeyQueue):
    """The queue of keys, which reports each."""

    def __init__(self, app: App[Any], give: Callable[[Typed], Awaitable[None]]) -> None:
        async def reported(typed: Typed) -> None:
            rows = ",".join(_rows(app))
            try:
                await give(typed)
            finally:
                _tell(f"< {_place(app)} {getattr(typed, 'key', 'paste')} {rows}")

        super().__init__(app, reported)

    async def take(self, typed: Typed) -> None:
        """Pass on a key."""
        _tell(">")
        await super().take(typed)


def _place(app: App[Any]) -> str:
    screens = app.screen_stack
    focus = type(app.focused).__name__ if screens and app.focused else "-"
    return f"{type(screens[-1]).__name__ if screens else '-'} {focus}"


def _rows(app: App[Any]) -> Iterator[str]:
    """Yield the keys of the rows, and the mark in the text, that a key may act on now."""
    for screen in app.screen_stack[-1:]:
        yield from ("".join(each.key.split()) for each in screen.query(Listing) if each.key)
        yield from (each.current_mark or "" for each in screen.query(ArticleView))
        marks = (each.current for each in screen.query(MarkList))
        yield from (each.annotation.id for each in marks if each is not None)


def _mount_and_beat(app: AnnotatorApp) -> None:
    _mount(app)
    app.set_interval(BEAT, partial(_beat, app))
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGUSR2, partial(_tell_tasks, loop))


def _tell_tasks(loop: asyncio.AbstractEventLoop) -> None:
    for task in asyncio.all_tasks(loop):
        task.print_stack(file=_stacks)
    _stacks.flush()


def _beat(app: App[Any]) -> None:
    _tell(f". {_place(app)}")


def _tell(line: str) -> None:
    os.write(_report, f"{line}\n".encode("utf-8", "replace"))


def _break(path: str) -> None:
    module, _, name = path.partition(":")
    *owners, method = name.split(".")
    owner = importlib.import_module(module)
    for each in owners:
        owner = getattr(owner, each)
    setattr(owner, method, _fail)


def _fail(*_: object, **__: object) -> None:
    raise LookupError(UNFORESEEN)


if __name__ == "__main__":
    faulthandler.register(signal.SIGUSR1, file=_stacks)
    if broken := os.environ.get("TYPIST_CRASH"):
        _break(broken)
    with (
        mock.patch.object(workers, "KeyQueue", ReportedQueue),
        mock.patch.object(AnnotatorApp, "on_mount", _mount_and_beat),
    ):
        sys.exit(main())
