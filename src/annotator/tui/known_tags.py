"""The tags in use, remembered, since reading them from a large library takes a while."""

from annotator.store import Library
from annotator.usecases.tagging import TagUse, tag_uses


class KnownTags:
    """The tags of a library as they were when they were read last."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.latest: tuple[TagUse, ...] = ()

    def read(self) -> tuple[TagUse, ...]:
        """Read the tags anew."""
        self.latest = tag_uses(self._library)
        return self.latest
