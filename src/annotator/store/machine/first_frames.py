"""First frames: articles as they were last on the screen, to be painted at the next start."""

from contextlib import suppress
from pathlib import Path

from annotator.store.disk import files

MAX_FRAMES = 400  # some 4 MB; the oldest are removed first
REMOVED_AT_ONCE = 40  # files, so that the folder is searched only now and then


class FirstFrames:
    """A folder of small files in the state folder. Losing one does no harm."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def save(self, name: str, data: bytes) -> None:
        """Save a file under that name; do nothing if it cannot be written."""
        with suppress(OSError):
            files.make_folder(self._folder)
            files.replace(self._folder / name, data)
            self._remove_oldest()

    def _remove_oldest(self) -> None:
        frames = list(self._folder.iterdir())
        if len(frames) <= MAX_FRAMES:
            return
        frames.sort(key=lambda path: path.stat().st_mtime_ns)
        for path in frames[: len(frames) - MAX_FRAMES + REMOVED_AT_ONCE]:
            path.unlink(missing_ok=True)
