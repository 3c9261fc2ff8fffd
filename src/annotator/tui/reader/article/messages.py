"""Messages of the reading view. The screen decides what to do about them."""

from textual.message import Message

from annotator.model import Span
from annotator.reading.navigation.motions import Mode
from annotator.tui.messages import ValueMessage


class PassageMarked(ValueMessage):
    """The user wants to mark a passage.

    `kind_key` is the digit of a kind, empty for the first kind, and `None` for a
    mark like the last one.
    """

    span: Span
    kind_key: str | None


class MarkOpened(ValueMessage):
    """The user wants to see the details of the mark with this id."""

    id: str


class ModeChanged(ValueMessage):
    """The view is in another mode, in which keys mean something else."""

    mode: Mode


class PositionChanged(ValueMessage):
    """The article was scrolled: the offset of the text at the top, the progress from 0 to 1."""

    offset: int
    progress: float


class MarkReached(ValueMessage):
    """Keys act on another mark now: the one with this id, or none."""

    id: str | None


class SituationChanged(Message):
    """The status bar has other things to say.

    Keys act on another match, link or removed passage now, or on none, or on the numbers of
    links, a footnote or a letter that is awaited.
    """


class LinkFollowed(ValueMessage):
    """The user chose a link, given by its address; `None` if the screen shows no links."""

    href: str | None


class PlaceNamed(ValueMessage):
    """The user wants to give a place in the text a letter as its name."""

    letter: str
    offset: int


class PlaceSought(ValueMessage):
    """The user wants to go to the place with that letter."""

    letter: str


class BeginningReached(Message):
    """The user wants to go back, and no jump is left to go back from."""


class EndReached(Message):
    """The user wants to page on, and the end is on the screen."""


class PictureRequested(ValueMessage):
    """The user wants the image of a block drawn; `None` if the screen shows no image."""

    block: int | None
