"""What every screen works with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from annotator.model import Kind
from annotator.settings import Settings
from annotator.store import Library
from annotator.tui.keymap import Keymap

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
    state: Path
    now: Clock = utc_now

    def kind(self, name: str) -> Kind | None:
        """Return the kind of mark of that name, if the settings have one."""
        return self.settings.kind(name)
