"""The progress of an import, and an estimate of the time that is left."""

from msgspec import Struct

_MINUTE, _HOUR = 60, 3600
_FEW = 20  # items after which the time can be estimated


class ImportProgress(Struct, frozen=True):
    """The numbers of items done, of all items, and of pages fetched so far."""

    done: int
    total: int
    fetched: int = 0


class Pace:
    """The pace of an import that began at a moment of a clock, in seconds."""

    def __init__(self, began: float) -> None:
        self._began = began

    def left(self, progress: ImportProgress, now: float) -> str:
        """Return how long it will take, as `, about 3 min left`; empty if it is unknown."""
        if not _FEW <= progress.done < progress.total:
            return ""
        seconds = (now - self._began) / progress.done * (progress.total - progress.done)
        if seconds < _MINUTE:
            return ", less than a minute left"
        if seconds < _HOUR:
            return f", about {round(seconds / _MINUTE)} min left"
        return f", about {round(seconds / _HOUR)} h left"
