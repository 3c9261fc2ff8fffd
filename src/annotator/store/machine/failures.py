"""Addresses that could not be added, to try again. They belong to the machine.

Another network may have them, so they are not in the library, which may be shared.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from annotator.codec import decode, encode
from annotator.model.text import clean_line
from annotator.store import files
from annotator.store.access import WriteLock
from annotator.store.os_errors import explained

MOST = 500  # addresses; one more makes the oldest go
_MAX_REASON = 500  # characters


class FailedAddress(Struct, frozen=True):
    """An address that could not be added: why, when first and last, and after how many tries.

    `may_pass` is false if trying again is no use, as for a page that is gone. `tags` and
    `all_parts` are what it was to be added with.
    """

    address: str
    reason: str
    hint: str
    may_pass: bool
    first: datetime
    last: datetime
    tries: int = 1
    tags: tuple[str, ...] = ()
    all_parts: bool = False


class Failures:
    """The addresses that could not be added to one library."""

    def __init__(self, path: Path, *, lock: WriteLock) -> None:
        self._path = path
        self._lock = lock

    def all(self) -> tuple[FailedAddress, ...]:
        """Return all of them, the oldest first; none if the file cannot be read."""
        try:
            return decode(files.read(self._path)[0], tuple[FailedAddress, ...])
        except (OSError, ValueError):
            return ()

    def remember(self, failed: FailedAddress) -> None:
        """Remember an address; one that failed before keeps the time when it first did."""
        with self._lock.held(), explained(self._path, action="written"):
            known = {each.address: each for each in self.all()}
            before = known.pop(failed.address, None)
            known[failed.address] = replace(
                failed,
                reason=clean_line(failed.reason, limit=_MAX_REASON),
                hint=clean_line(failed.hint, limit=_MAX_REASON),
                first=before.first if before else failed.first,
                tries=before.tries + 1 if before else 1,
                tags=tuple(dict.fromkeys((*(before.tags if before else ()), *failed.tags))),
            )
            self._write(_bounded(list(known.values())))

    def forget(self, addresses: Sequence[str]) -> int:
        """Forget addresses, and return how many of them were remembered."""
        if not self._path.exists():  # as for nearly everybody: no lock, no write
            return 0
        with self._lock.held(), explained(self._path, action="written"):
            known = self.all()
            left = [each for each in known if each.address not in addresses]
            if len(left) < len(known):
                self._write(left)
            return len(known) - len(left)

    def _write(self, failed: Sequence[FailedAddress]) -> None:
        if failed:
            files.replace(self._path, encode(failed))
        else:
            self._path.unlink(missing_ok=True)


def _bounded(failed: list[FailedAddress]) -> list[FailedAddress]:
    """Leave out the oldest of too many, and first those that are of no use to try again."""
    surplus = len(failed) - MOST
    if surplus <= 0:
        return failed
    gone = {each.address for each in sorted(failed, key=lambda it: it.may_pass)[:surplus]}
    return [each for each in failed if each.address not in gone]
