"""Opening screens and articles over a screen, by messages to the app.

The app alone knows all screens, so that none of them depends on another.
"""

import asyncio
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from textual.message import Message
from textual.screen import Screen

from annotator.model import Annotation

if TYPE_CHECKING:
    from annotator.model.library_file import Place


class MarkTarget(Struct, frozen=True):
    """A mark to open an article at, and the offset where it is or may be.

    With `is_moving` the reader opens with that mark ready to be moved.
    """

    mark: Annotation
    offset: int
    is_moving: bool = False


class ScreenRequested(Message, bubble=False):
    """Asks for a screen `over` another one, by its name in the app's `SCREENS`.

    The app makes it of its context and the arguments. Its result is the `answer`.
    """

    def __init__(self, over: Screen[Any], name: str, *args: object, **options: object) -> None:
        super().__init__()
        self.over, self.name = over, name
        self.args, self.options = args, options
        self.answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()


class ArticleRequested(ScreenRequested):
    """Asks for an article in the reader, and is answered when that is left.

    It opens at `target`, the mark with the id `mark_id` or a named place, if one is given.
    """

    def __init__(
        self,
        over: Screen[Any],
        article_id: str,
        *,
        target: MarkTarget | None = None,
        mark_id: str | None = None,
        place: "Place | None" = None,
    ) -> None:
        super().__init__(over, "reader", target=target, mark_id=mark_id, place=place)
        self.article_id = article_id


async def ask_app(wanted: ScreenRequested) -> object:
    """Ask the app to open a screen, and return its answer; None if it was left without one."""
    wanted.over.app.post_message(wanted)
    return await asyncio.shield(wanted.answer)
