"""What the reading view reports; the screen decides what follows from it."""

from textual.message import Message

from annotator.model import Span
from annotator.reading.navigation.cursor import Mode


class LaidOut(Message):
    """What a screen shows first is set for its size."""


class PassageMarked(Message):
    """A passage is to be marked.

    `kind_key` is the digit of a kind, empty for the first of them, and None
    for a mark like the last one.
    """

    def __init__(self, span: Span, kind_key: str | None) -> None:
        super().__init__()
        self.span = span
        self.kind_key = kind_key


class MarkOpened(Message):
    """A mark was asked to show all that it holds."""

    def __init__(self, mark_id: str) -> None:
        super().__init__()
        self.id = mark_id


class ModeChanged(Message):
    """The keys mean something else now."""

    def __init__(self, mode: Mode) -> None:
        super().__init__()
        self.mode = mode


class Moved(Message):
    """The reader is elsewhere: the first visible offset, and from 0 to 1 how far on."""

    def __init__(self, offset: int, progress: float) -> None:
        super().__init__()
        self.offset = offset
        self.progress = progress


class MarkReached(Message):
    """The keys of a mark mean another one now, by its id, or none."""

    def __init__(self, mark_id: str | None) -> None:
        super().__init__()
        self.id = mark_id


class RemovedReached(Message):
    """What was removed is folded open or away, or the keys mean another piece of it."""


class DoingChanged(Message):
    """Links show their numbers or a footnote is open, or no longer."""


class LinkFollowed(Message):
    """A link was chosen, by its address; none if there are no links on the screen."""

    def __init__(self, href: str | None) -> None:
        super().__init__()
        self.href = href


class PictureAsked(Message):
    """The image of a block is to be drawn; none if there is no image on the screen."""

    def __init__(self, block: int | None) -> None:
        super().__init__()
        self.block = block
