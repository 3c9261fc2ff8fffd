"""The tags in use, remembered, since reading them from a large library takes a while."""

from typing import TYPE_CHECKING

from annotator.store import Library

if TYPE_CHECKING:
    from annotator.usecases.tagging import TagUse


class KnownTags:
    """The tags of a library as they were when they were read last."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.latest: tuple[TagUse, ...] = ()

    def read(self) -> "tuple[TagUse, ...]":
        """Read the tags anew."""
        from annotator.usecases.tagging import tag_uses

        self.latest = tag_uses(self._library)
        return self.latest
