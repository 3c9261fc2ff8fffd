"""What the settings of sync programs would lose of a library.

`annotator doctor` and `annotator sync --status` print these warnings.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from annotator.feeds.elements import parsed
from annotator.store.disk import files
from annotator.store.disk.os_errors import quoted

MAX_SETTINGS = 4_000_000  # bytes; those of a thousand folders and machines have fewer

# Of Linux since 2023 and before, of macOS, of the packages of Snap and Flatpak.
_USUAL = (
    ".local/state/syncthing",
    ".config/syncthing",
    "Library/Application Support/Syncthing",
    "snap/syncthing/common/syncthing",
    ".var/app/com.github.zocker_160.SyncThingy/config/syncthing",
    ".var/app/me.kozec.syncthingtk/config/syncthing",
)


def sync_warnings(folder: Path, environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return a sentence for each setting of Syncthing by which a library would lose changes."""
    home = Path(environment.get("HOME") or Path.home())
    named = [environment.get(name, "") for name in ("STHOMEDIR", "STCONFDIR")]
    named += [
        f"{base}/syncthing"
        for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME")
        if (base := environment.get(name))
    ]
    places = dict.fromkeys([*map(Path, filter(None, named)), *map(home.joinpath, _USUAL)])
    return tuple(
        f"Syncthing is set to keep no conflict copies of {quoted(shared)} (maxConflicts 0 in "
        f"{quoted(settings)}): of what two machines changed, one half would be lost without a "
        "word. Set it to 10 in the advanced settings of the folder."
        for settings in (place / "config.xml" for place in places)
        for shared in _without_copies(settings, home)
        if folder.resolve().is_relative_to(shared)
    )


def _without_copies(settings: Path, home: Path) -> Iterator[Path]:
    """Yield the folders that settings of Syncthing keep no conflict copies of."""
    try:
        data = files.read(Path(os.path.realpath(settings)), at_most=MAX_SETTINGS)[0]
    except OSError:
        return
    root = parsed(data.decode("utf-8", "replace"))
    for shared in () if root is None else root.iterchildren("folder"):
        path = shared.get("path", "")
        most = shared.findtext("maxConflicts", "").strip()  # none if it does not say so
        if not most.strip("+0") and path and "\0" not in path:
            place = home / path[2:] if path.startswith("~/") else path
            yield Path(os.path.realpath(place))
