"""Pages of articles as they were left, for the next start to paint: the machine's own, and few."""

from contextlib import suppress
from pathlib import Path

from annotator.store import files

MOST = 400  # some 4 MB; the oldest go, for nobody comes back to all that they ever opened
ROOM = 40  # files that go at once, so that few visits look through the folder


class Pages:
    """A folder of small files. It is no loss if one cannot be written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, name: str, data: bytes) -> None:
        """Keep a file under that name, if it can be."""
        with suppress(OSError):
            files.make_folder(self._folder)
            files.replace(self._folder / name, data)
            self._make_room()

    def _make_room(self) -> None:
        found = list(self._folder.iterdir())
        if len(found) <= MOST:
            return
        found.sort(key=lambda path: path.stat().st_mtime_ns)
        for path in found[: len(found) - MOST + ROOM]:
            path.unlink(missing_ok=True)
