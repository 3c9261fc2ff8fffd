"""A mark that an article is opened at."""

from msgspec import Struct

from annotator.model import Annotation


class MarkTarget(Struct, frozen=True):
    """A mark to open an article at, and the offset where it is or may be.

    With `is_moving` the reader opens with that mark ready to be moved.
    """

    mark: Annotation
    offset: int
    is_moving: bool = False
