"""Messages with values: what several screens share, and opening screens and articles over a screen.

The app alone knows all screens, so that none of them depends on another.
"""

import asyncio
from typing import Any, dataclass_transform

from msgspec import Struct
from textual.message import Message
from textual.screen import Screen

from annotator.model import Annotation


@dataclass_transform()
class ValueMessage(Message):
    """A message with values, which its class names with their types, as a dataclass does.

    A dataclass takes longer to create, which every start would pay.
    """

    def __init__(self, *values: object, **named: object) -> None:
        super().__init__()
        self.__dict__.update(zip(type(self).__annotations__, values, strict=False), **named)


class LaidOut(Message):
    """The first screen has been laid out for its size."""


class RowChosen(ValueMessage):
    """A row of the side panel was chosen."""

    key: str


class SearchChanged(ValueMessage):
    """The text of a search has changed."""

    query: str


class SearchClosed(ValueMessage):
    """The find bar was closed. Matches stay if `is_kept`, else the search is discarded."""

    is_kept: bool


class SettingsChanged(Message, bubble=False):
    """The settings have changed."""


class MarkTarget(Struct, frozen=True):
    """A mark to open an article at, and the offset where it is or may be.

    With `is_moving` the reader opens with that mark ready to be moved.
    """

    mark: Annotation
    offset: int
    is_moving: bool = False


class ScreenRequested(Message, bubble=False):
    """Asks for a screen `over` another one, by its name in the app's `SCREENS`.

    The app makes it of its context and the arguments; that of the reader is the id of an article.
    Its result is the `answer`.
    """

    def __init__(self, over: Screen[Any], name: str, *args: object, **options: object) -> None:
        super().__init__()
        self.over, self.name = over, name
        self.args, self.options = args, options
        self.answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()


async def ask_app(wanted: ScreenRequested) -> object:
    """Ask the app to open a screen, and return its answer; None if it was left without one."""
    wanted.over.app.post_message(wanted)
    return await asyncio.shield(wanted.answer)
