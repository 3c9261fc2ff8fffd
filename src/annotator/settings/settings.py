"""What can be set, with what holds when nothing is."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct, field

from annotator.model import DEFAULT_KINDS, Kind

KEYMAPS = ("default", "vim", "less")
PICTURES = ("auto", "kitty", "sixel", "blocks", "off")
MIN_WIDTH, MAX_WIDTH = 20, 200  # narrower breaks words, wider loses the next line


class Settings(Struct, frozen=True):
    """A person's settings.

    `width` is the text's, in cells; an empty `theme` leaves the choice to the
    terminal; `keymap` is one of `KEYMAPS`, and `keys` gives ids of `tui.keys` yet
    other keys; `cookies` is a file in Netscape's format; `check_worthy` shows in
    the margin which sentences are worth a check; `pictures`, one of `PICTURES`,
    says how they are drawn.
    """

    width: int = 72
    theme: str = ""
    export_folder: Path | None = None
    cookies: Path | None = None
    kinds: tuple[Kind, ...] = DEFAULT_KINDS
    keymap: str = "default"
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    check_worthy: bool = False
    pictures: str = "auto"

    def kind(self, name: str) -> Kind | None:
        """Return the kind of that name, in whatever case, if there is one."""
        wanted = name.strip().casefold()
        return next((kind for kind in self.kinds if kind.name.casefold() == wanted), None)
