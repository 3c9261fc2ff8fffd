"""Messages of the reading view. The screen decides what to do about them."""

from textual.message import Message

from annotator.model import Span
from annotator.reading.navigation.cursor import Mode


class PassageMarked(Message):
    """The user wants to mark a passage.

    `kind_key` is the digit of a kind, empty for the first kind, and `None` for a
    mark like the last one.
    """

    def __init__(self, span: Span, kind_key: str | None) -> None:
        super().__init__()
        self.span = span
        self.kind_key = kind_key


class MarkOpened(Message):
    """The user wants to see the details of the mark with this id."""

    def __init__(self, mark_id: str) -> None:
        super().__init__()
        self.id = mark_id


class ModeChanged(Message):
    """The view is in another mode, in which keys mean something else."""

    def __init__(self, mode: Mode) -> None:
        super().__init__()
        self.mode = mode


class PositionChanged(Message):
    """The article was scrolled: the offset of the text at the top, the progress from 0 to 1."""

    def __init__(self, offset: int, progress: float) -> None:
        super().__init__()
        self.offset = offset
        self.progress = progress


class MarkReached(Message):
    """Keys act on another mark now: the one with this id, or none."""

    def __init__(self, mark_id: str | None) -> None:
        super().__init__()
        self.id = mark_id


class SituationChanged(Message):
    """The status bar has other things to say.

    Keys act on another match, link or removed passage now, or on none, or on the numbers of
    links, a footnote or a letter that is awaited.
    """


class LinkFollowed(Message):
    """The user chose a link, given by its address; `None` if the screen shows no links."""

    def __init__(self, href: str | None) -> None:
        super().__init__()
        self.href = href


class PlaceNamed(Message):
    """The user wants to give a place in the text a letter as its name."""

    def __init__(self, letter: str, offset: int) -> None:
        super().__init__()
        self.letter = letter
        self.offset = offset


class PlaceSought(Message):
    """The user wants to go to the place with that letter."""

    def __init__(self, letter: str) -> None:
        super().__init__()
        self.letter = letter


class BeginningReached(Message):
    """The user wants to go back, and no jump is left to go back from."""


class EndReached(Message):
    """The user wants to page on, and the end is on the screen."""


class PictureRequested(Message):
    """The user wants the image of a block drawn; `None` if the screen shows no image."""

    def __init__(self, block: int | None) -> None:
        super().__init__()
        self.block = block
