"""Ids of marks: ULIDs, random so that two machines never agree by chance, and sorted by time."""

import threading

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's

_lock = threading.Lock()
_last = 0


def new_id() -> str:
    """Return a new ULID in lower case, greater than all that this process has made before."""
    from ulid import ULID  # reading an article makes no ids

    global _last  # noqa: PLW0603 - the order holds for the process, whichever library asks
    with _lock:
        _last = max(int(ULID()), _last + 1)  # also if the clock was set back
        return str(ULID.from_int(_last)).lower()


def ulid_digits(number: int, length: int) -> str:
    """Return the last digits of a number, as ULIDs have them: for ids that are the same again."""
    fitting = ""
    for _ in range(length):
        number, digit = divmod(number, len(_ALPHABET))
        fitting = _ALPHABET[digit] + fitting
    return fitting
