"""How many marks each article has, counted in the background."""

from collections.abc import Sequence

from annotator.errors import LibraryError
from annotator.store import Library


class MarkCounts:
    """Counts that are taken again only for files that changed."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._known: dict[str, tuple[object, int]] = {}

    @property
    def counts(self) -> dict[str, int]:
        """The counts that are known so far, by article."""
        return {article_id: number for article_id, (_, number) in self._known.items()}

    def take(self, article_ids: Sequence[str]) -> None:
        """Count the marks of these articles."""
        for article_id in article_ids:
            signature = self._library.signature(article_id)
            if self._known.get(article_id, (None, 0))[0] != signature:
                self._known[article_id] = (signature, self._count(article_id))

    def _count(self, article_id: str) -> int:
        try:
            return len(self._library.annotations(article_id))
        except LibraryError:  # told when the article is opened
            return 0
