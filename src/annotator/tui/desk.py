"""What every screen works with."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from msgspec import Struct

from annotator.settings import Settings
from annotator.store import Library
from annotator.tui.keymap import Keymap
from annotator.tui.kinds import Kinds
from annotator.tui.known_tags import KnownTags
from annotator.tui.notices import Notices
from annotator.tui.presets import wished_keys

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the moment that it is."""
    return datetime.now(UTC)


class Desk(Struct):
    """The library, what the reader has set, where the machine's own files are, and the time."""

    library: Library
    settings: Settings
    keymap: Keymap
    kinds: Kinds
    tags: KnownTags
    notices: Notices
    state: Path
    now: Clock

    @classmethod
    def laid(cls, library: Library, settings: Settings, *, state: Path, now: Clock) -> Self:
        """Return the desk of a library and settings."""
        keymap, kinds, tags = Keymap(wished_keys(settings)), Kinds(settings), KnownTags(library)
        return cls(library, settings, keymap, kinds, tags, Notices(library), state, now)

    def use(self, settings: Settings) -> None:
        """Put other settings in place of those so far."""
        self.settings = settings
        self.keymap.use(wished_keys(settings))
        self.kinds.use(settings)
