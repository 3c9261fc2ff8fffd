"""Patterns that are compiled when they are first asked, for a page needs few of all that there are.

Cleaning has a process of its own for each page, which pays for whatever it loads.
"""

import re
from typing import cast


class _Later:
    """A pattern that becomes one of `re` once anything is asked of it."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        compiled = re.compile(self._pattern, self._flags)
        for method in ("search", "match", "fullmatch", "sub", "split", "findall", "finditer"):
            setattr(self, method, getattr(compiled, method))  # found without asking here again
        return getattr(compiled, name)


def later(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern that is compiled when it is first asked."""
    return cast("re.Pattern[str]", _Later(pattern, flags))
