"""What the library had to mend or merge, told once, on whichever screen one is."""

from annotator.store import Library


class Notices:
    """The library's notices, as far as they were not told yet."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._told = 0

    def news(self) -> tuple[str, ...]:
        """Return what is new, and take it as told."""
        found = self._library.notices
        news, self._told = found[self._told :], len(found)
        return news
