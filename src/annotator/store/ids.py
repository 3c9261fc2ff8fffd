"""Ids of marks: random, so that two machines never agree by chance, and in the order of time."""

import threading

_lock = threading.Lock()
_last = 0


def new_id() -> str:
    """Return a new ULID in lower case, greater than any that this process was given before."""
    from ulid import ULID

    global _last  # noqa: PLW0603 - the order is the process's, whichever library asks
    with _lock:
        _last = max(int(ULID()), _last + 1)  # a clock that was set back does not set ids back
        return str(ULID.from_int(_last)).lower()
