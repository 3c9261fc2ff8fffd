"""What every screen works with."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from msgspec import Struct

from annotator.model import Kind
from annotator.settings import Settings
from annotator.store import Library
from annotator.tui.keys.keymap import Keymap
from annotator.tui.keys.presets import wished_keys

if TYPE_CHECKING:
    from annotator.usecases.tags import TagUse


_NO_COLOUR = "#8f8b82"
_NO_GLYPH = "▪"


class Kinds(dict[str, Kind]):
    """What each kind looks like; one that was made with other settings is grey."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings

    def use(self, settings: Settings) -> None:
        """Take the looks from other settings from now on."""
        self.clear()
        self._settings = settings

    def __missing__(self, name: str) -> Kind:
        self[name] = kind = self._settings.kind(name) or Kind(name, "", _NO_COLOUR, _NO_GLYPH)
        return kind


class KnownTags:
    """The tags of a library as they were when they were read last."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.latest: tuple[TagUse, ...] = ()

    def read(self) -> "tuple[TagUse, ...]":
        """Read the tags anew."""
        from annotator.usecases.tags import tag_uses

        self.latest = tag_uses(self._library)
        return self.latest


class Notices:
    """The library's notices, as far as they were not told yet."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._told = 0

    def news(self) -> tuple[str, ...]:
        """Return what is new, and take it as told."""
        found = self._library.notices
        news, self._told = found[self._told :], len(found)
        return news


Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the moment that it is."""
    return datetime.now(UTC)


class AppContext(Struct):
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
        """Return the context for a library and its settings."""
        keymap, kinds, tags = Keymap(wished_keys(settings)), Kinds(settings), KnownTags(library)
        return cls(library, settings, keymap, kinds, tags, Notices(library), state, now)

    def use(self, settings: Settings) -> None:
        """Put other settings in place of those so far."""
        self.settings = settings
        self.keymap.use(wished_keys(settings))
        self.kinds.use(settings)
