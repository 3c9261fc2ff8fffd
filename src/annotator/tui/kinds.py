"""The kinds of marks by their names, those among them that the settings do not know."""

from annotator.model import Kind
from annotator.settings import Settings

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
