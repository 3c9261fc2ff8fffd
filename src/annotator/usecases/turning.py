"""From one version of an article to another that is kept as well, and back."""

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from annotator.errors import Conflict
from annotator.model import ArticleRecord
from annotator.store import Library
from annotator.store.articles.revision_policy import with_version


class Choice(Struct, frozen=True):
    """A step from one version of an article to another. `words` are those of the passage."""

    name: str
    article_id: str
    before: str
    after: str
    words: str

    @property
    def is_empty(self) -> bool:
        """Whether the article reads as it did."""
        return self.before == self.after

    @property
    def reversed(self) -> "Choice":
        """The choice that takes this one back."""
        return replace(self, before=self.after, after=self.before)


def turn(library: Library, choice: Choice, *, now: datetime) -> ArticleRecord:
    """Make the version that `choice` led to the current one.

    Raises `Conflict`, and does nothing, if the current one is not that which it began with.
    """
    extraction = library.extraction(choice.article_id, choice.after)

    def change(record: ArticleRecord) -> ArticleRecord:
        if record.revision != choice.before:
            raise Conflict(
                f"“{choice.name}” was left as it is: the article was changed elsewhere since.",
                "Leave the article, and open it again.",
            )
        return with_version(record, extraction, now=now)

    return library.update(choice.article_id, change)
