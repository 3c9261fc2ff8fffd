"""Switching an article to another of its revisions, as a step that can be undone."""

from contextlib import suppress
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from annotator.errors import Conflict, DamagedFile, NotInLibrary
from annotator.model import NO_OVERRIDES, ArticleRecord, Overrides
from annotator.store import Library
from annotator.store.articles.revision_policy import with_current_revision


class RevisionSwitch(Struct, frozen=True, tag=True):
    """A switch of an article's current revision. `words` quote the passage it is about."""

    name: str
    article_id: str
    before: str
    after: str
    words: str
    size: int = 1
    extent: str = ""
    remark: str = ""

    @property
    def article_ids(self) -> tuple[str, ...]:
        """The article."""
        return (self.article_id,)

    @property
    def is_empty(self) -> bool:
        """Whether both revisions are the same."""
        return self.before == self.after

    def undo(self, library: Library, *, now: datetime) -> "RevisionSwitch":
        """Make the revision from before the switch the current one."""
        replace(self, before=self.after, after=self.before).redo(library, now=now)
        return self

    def redo(self, library: Library, *, now: datetime) -> "RevisionSwitch":
        """Make the revision after the switch the current one."""
        extraction = library.article(self.article_id).extraction(self.after)
        before = self._choices_before(library)

        def change(record: ArticleRecord) -> ArticleRecord:
            if record.revision != self.before:
                raise Conflict(
                    f"“{self.name}” was left as it is: the article was changed elsewhere.",
                    "Leave the article, and open it again.",
                )
            switched = with_current_revision(record, extraction, now=now)
            if record.choices is None:
                return switched
            choices = record.choices.changed(before, extraction.choices)
            return replace(switched, choices=choices)  # those of other machines stay

        library.article(self.article_id).update(change)
        return self

    def _choices_before(self, library: Library) -> Overrides:
        with suppress(NotInLibrary, DamagedFile):
            return library.article(self.article_id).extraction(self.before).choices
        return NO_OVERRIDES
