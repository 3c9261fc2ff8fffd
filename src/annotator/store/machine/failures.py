"""Addresses that could not be added, to try again. They belong to the machine.

Another network may have them, so they are not in the library, which may be shared.
"""

from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from annotator.model.text import clean_line
from annotator.store.access import WriteLock
from annotator.store.machine.state_file import StateFile

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


class Failures(StateFile[tuple[FailedAddress, ...]]):
    """The addresses that could not be added to one library, the oldest first."""

    def __init__(self, state: Path, *, lock: WriteLock) -> None:
        super().__init__(state / "failures.json", tuple[FailedAddress, ...], empty=(), lock=lock)

    def remember(self, failed: FailedAddress) -> None:
        """Remember an address; one that failed before keeps the time when it first did."""

        def remembered(known: tuple[FailedAddress, ...]) -> tuple[FailedAddress, ...]:
            by_address = {other.address: other for other in known}
            before = by_address.pop(failed.address, None)
            by_address[failed.address] = replace(
                failed,
                reason=clean_line(failed.reason, limit=_MAX_REASON),
                hint=clean_line(failed.hint, limit=_MAX_REASON),
                first=before.first if before else failed.first,
                tries=before.tries + 1 if before else 1,
                tags=tuple(dict.fromkeys((*(before.tags if before else ()), *failed.tags))),
            )
            return _bounded(tuple(by_address.values()))

        self.change(remembered)

    def forget(self, addresses: Sequence[str]) -> int:
        """Forget addresses, and return how many of them were remembered."""
        if not self._path.exists():  # as for nearly everybody: no lock
            return 0
        before, after = self.change(
            lambda known: tuple(failed for failed in known if failed.address not in addresses)
        )
        return len(before) - len(after)


def _bounded(failures: tuple[FailedAddress, ...]) -> tuple[FailedAddress, ...]:
    """Leave out the oldest of too many, and first those that are of no use to try again."""
    surplus = len(failures) - MOST
    if surplus <= 0:
        return failures
    gone = {failed.address for failed in sorted(failures, key=attrgetter("may_pass"))[:surplus]}
    return tuple(failed for failed in failures if failed.address not in gone)
