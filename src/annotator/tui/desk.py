"""What every screen works with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from annotator.settings import Settings
from annotator.store import Library
from annotator.tui.keymap import Keymap
from annotator.tui.kinds import Kinds

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the moment that it is."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Desk:
    """The library, what the reader has set, where the machine's own files are, and the time."""

    library: Library
    settings: Settings
    keymap: Keymap
    kinds: Kinds
    state: Path
    now: Clock = utc_now
