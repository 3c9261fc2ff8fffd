"""Edits to whole articles, which can be undone: those of many articles are one step.

Articles that were deleted or changed elsewhere since are left as they are. If all were, the step
raises the reason.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from annotator.errors import BatchInterrupted, Conflict, DamagedFile, LibraryError, NotInLibrary
from annotator.model import NO_OVERRIDES, Annotation, ArticleRecord, ReadState, tags
from annotator.model.labels import count
from annotator.store import ArticleChange, Library
from annotator.store.articles.revision_policy import with_current_revision
from annotator.usecases.articles.open_article import with_state
from annotator.usecases.articles.tagging import retagged
from annotator.usecases.articles.trash import Progress, stayed, to_the_end

_VERBS: dict[ReadState, str] = {
    "unread": "Mark as unread",
    "reading": "Mark as being read",
    "read": "Mark as read",
    "archived": "Archive",
}


_OF_REVISION = frozenset({"revision", "word_count", "minutes", "access", "choices"})
_KEPT_APART = frozenset({"id", "tags", "state", "finished", "revisions", "modified", "edits"})


class _OfArticles(Struct, frozen=True, kw_only=True):
    """What the steps about articles have in common."""

    name: str
    articles: tuple[ArticleRecord, ...]
    left: int = 0

    @property
    def article_ids(self) -> tuple[str, ...]:
        """The articles."""
        return tuple(record.id for record in self.articles)

    @property
    def words(self) -> str:
        """The title of the first article, or its address."""
        return next((record.title or record.url for record in self.articles), "")

    @property
    def size(self) -> int:
        """The number of articles."""
        return len(self.articles)

    @property
    def extent(self) -> str:
        """The number of articles: “2 articles”."""
        return count(self.size, "article")

    @property
    def remark(self) -> str:
        """A sentence about the articles that were left as they are; empty if none were."""
        return stayed(self.left)

    @property
    def is_empty(self) -> bool:
        """Whether there was nothing to edit."""
        return not self.articles


class RecordEdit(_OfArticles, frozen=True, kw_only=True, tag=True):
    """An edit to records of articles: `articles` are as they were, `after` as edited.

    Most are about states or tags; an import may also change which revision is the current one,
    with the values that come from it.
    """

    after: tuple[ArticleRecord, ...]

    def undo(self, library: Library, *, now: datetime) -> "RecordEdit":
        return self.reversed().redo(library, now=now).reversed()

    def redo(self, library: Library, *, now: datetime) -> "RecordEdit":
        after = {record.id: record for record in self.after}

        def apply(before: ArticleRecord) -> None:
            change = partial(_again, self.name, (before, after[before.id]), now=now)
            library.article(before.id).update(change)

        return self.of(*_on_all(self.articles, apply, self.of))

    def of(self, records: Sequence[ArticleRecord], left: int = 0) -> "RecordEdit":
        """Return the part of the edit that is about some of the articles."""
        ids = {record.id for record in records}
        after = tuple(record for record in self.after if record.id in ids)
        return replace(self, articles=tuple(records), after=after, left=left)

    def reversed(self) -> "RecordEdit":
        """Return the edit that takes this one back."""
        return replace(self, articles=self.after, after=self.articles)


class Reunion(Struct, frozen=True):
    """An article that was in the library when its copy in the bin was merged into it.

    `before` and `after` have those of its marks that differ.
    """

    record: ArticleRecord
    merged: ArticleRecord
    before: tuple[Annotation, ...]
    after: tuple[Annotation, ...]

    @classmethod
    def made(cls, library: Library, article_id: str) -> "Reunion | None":
        """Restore an article; return what that has changed, None if it was in the bin alone."""
        article = library.article(article_id)
        try:
            record, before = article.record(), set(article.annotations())
        except LibraryError:  # missing, or what a sync program left
            library.restore(article_id)
            return None
        merged = library.restore(article_id)
        after = set(article.annotations())
        return cls(record, merged, tuple(before - after), tuple(after - before))

    def reversed(self) -> "Reunion":
        """Return the change that takes this one back."""
        return Reunion(self.merged, self.record, self.after, self.before)

    def redo(self, library: Library, *, now: datetime) -> None:
        """Make the change again. Raises `Conflict` if any of it was changed elsewhere since."""
        gone = {mark.id for mark in self.before} - {mark.id for mark in self.after}

        def change(_: ArticleRecord, marks: Mapping[str, Annotation]) -> ArticleChange:
            if any(marks.get(mark.id, mark).contents != mark.contents for mark in self.before):
                raise Conflict(
                    "“Restore” was left as it is: a mark was changed elsewhere.",
                    "Look at the article as it is now.",
                )
            put = {mark.id: mark.at(now) for mark in self.after}
            record = replace(self.merged, modified=now)
            return ArticleChange(record, {**put, **dict.fromkeys(gone)})

        library.article(self.record.id).revise_many(change, now=now)


class BinMove(_OfArticles, frozen=True, kw_only=True, tag=True):
    """Articles that were moved to the bin, or restored from it.

    `reunions` are those restored ones that were in the library as well.
    """

    is_restored: bool = False
    reunions: tuple[Reunion, ...] = ()

    def undo(self, library: Library, *, now: datetime) -> "BinMove":
        """Move the articles back; take what was restored out of those that were there before."""
        move = library.trash if self.is_restored else library.put_back
        return self._moved(move, [change.reversed() for change in self.reunions], library, now)

    def redo(self, library: Library, *, now: datetime) -> "BinMove":
        move = library.put_back if self.is_restored else library.trash
        return self._moved(move, self.reunions, library, now)

    def made(self, library: Library, progress: Progress = to_the_end) -> "BinMove":
        """Move the articles, and return the move of those that could be moved."""
        reunions: list[Reunion] = []

        def move(record: ArticleRecord) -> None:
            if not self.is_restored:
                library.trash(record.id)
            elif reunion := Reunion.made(library, record.id):
                reunions.append(reunion)

        def of(records: Sequence[ArticleRecord], left: int = 0) -> BinMove:
            return replace(self.of(records, left), reunions=tuple(reunions))

        return of(*_on_all(self.articles, move, of, progress))

    def of(self, records: Sequence[ArticleRecord], left: int = 0) -> "BinMove":
        """Return the part of the move that is about some of the articles."""
        return replace(self, articles=tuple(records), left=left)

    def _moved(
        self,
        move: Callable[[str], object],
        reunions: Sequence[Reunion],
        library: Library,
        now: datetime,
    ) -> "BinMove":
        changes = {change.record.id: change for change in reunions}

        def apply(record: ArticleRecord) -> None:
            if record.id in changes:
                changes[record.id].redo(library, now=now)
            else:
                move(record.id)

        return self.of(*_on_all(self.articles, apply, self.of))


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
        return (self.article_id,)

    @property
    def is_empty(self) -> bool:
        return self.before == self.after

    def undo(self, library: Library, *, now: datetime) -> "RevisionSwitch":
        replace(self, before=self.after, after=self.before).redo(library, now=now)
        return self

    def redo(self, library: Library, *, now: datetime) -> "RevisionSwitch":
        extraction = library.article(self.article_id).extraction(self.after)
        before = NO_OVERRIDES
        with suppress(NotInLibrary, DamagedFile):
            before = library.article(self.article_id).extraction(self.before).choices

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


def set_state_of(
    library: Library, records: Sequence[ArticleRecord], state: ReadState, *, now: datetime
) -> RecordEdit:
    """Set the state of articles, and return the step; undone, each has its own state again."""
    changed = [record for record in records if record.state != state]
    was_archived = any(record.state == "archived" for record in changed)
    name = "Unarchive" if was_archived else _VERBS[state]
    return _edit(library, name, changed, partial(with_state, state=state, now=now))


def retag(
    library: Library,
    records: Sequence[ArticleRecord],
    *,
    add: Sequence[str],
    remove: Sequence[str],
    now: datetime,
    progress: Progress = to_the_end,
) -> RecordEdit:
    """Add tags to articles and remove others, and return the step.

    `progress` is asked before each article. Undone, each article has the tags again that
    it lost, without those that it got; tags that were added elsewhere meanwhile stay.
    """
    change = partial(retagged, add=add, remove=remove, now=now)
    changed = [record for record in records if change(record) != record]
    return _edit(library, "Tag", changed, change, progress=progress)


def move_to_bin(
    library: Library, records: Sequence[ArticleRecord], progress: Progress = to_the_end
) -> BinMove:
    """Move articles to the bin, and return the step. `progress` is asked before each of them."""
    return BinMove(name="Move to bin", articles=tuple(records)).made(library, progress)


def restore_from_bin(library: Library, records: Sequence[ArticleRecord]) -> BinMove:
    """Move articles from the bin back to the library, and return the step.

    Those that were added again since are merged with what is in the bin.
    """
    return BinMove(name="Restore", articles=tuple(records), is_restored=True).made(library)


def _edit(
    library: Library,
    name: str,
    records: Sequence[ArticleRecord],
    change: Callable[[ArticleRecord], ArticleRecord],
    *,
    progress: Progress = to_the_end,
) -> RecordEdit:
    """Change articles as they are now, and return the step."""
    before: dict[str, ArticleRecord] = {}
    after: list[ArticleRecord] = []

    def noted(record: ArticleRecord) -> ArticleRecord:
        before[record.id] = record
        return change(record)

    def of(done: Sequence[ArticleRecord], left: int = 0) -> RecordEdit:
        were = tuple(before[record.id] for record in done)
        return RecordEdit(name=name, articles=were, after=tuple(after), left=left)

    def edit(record: ArticleRecord) -> None:
        after.append(library.article(record.id).update(noted))

    return of(*_on_all(records, edit, of, progress))


def _again(
    name: str, change: tuple[ArticleRecord, ArticleRecord], current: ArticleRecord, *, now: datetime
) -> ArticleRecord:
    """Return an article that was changed again as it was before.

    A state that another program has set since raises `Conflict`. If it has other tags by now, only
    those are added and removed that were so before; those of others come after them.
    """
    before, after = change
    changed = _with_text(before, after, current)
    if before.state != after.state:
        if current.state not in (before.state, after.state):
            raise Conflict(
                f"“{name}” was left as it is: the article was changed elsewhere.",
                "Look at the article as it is now.",
            )
        changed = replace(changed, state=after.state, finished=after.finished)
    if current.tags == before.tags:
        changed = replace(changed, tags=after.tags)
    else:
        old, new = ({tags.key(name) for name in of.tags} for of in (before, after))
        spelled = {tags.key(name): name for name in (*after.tags, *current.tags)}
        lost, got = old - new, new - old
        kept = {tags.key(name) for name in current.tags} - lost | got
        names = tuple(name for key, name in spelled.items() if key in kept)
        changed = replace(changed, tags=names)
    return current if changed == current else replace(changed, modified=now)


def _with_text(
    before: ArticleRecord, after: ArticleRecord, current: ArticleRecord
) -> ArticleRecord:
    """Return a record with the text and its values again; what was changed since stays."""
    names = [
        name
        for name in after.__struct_fields__
        if name not in _KEPT_APART and getattr(current, name) == getattr(before, name)
    ]
    if current.revision != before.revision:
        names = [name for name in names if name not in _OF_REVISION]
    values = {name: getattr(after, name) for name in names}
    return replace(current, **values)


def _on_all(
    records: Sequence[ArticleRecord],
    apply: Callable[[ArticleRecord], object],
    part: Callable[[Sequence[ArticleRecord]], object],
    progress: Progress = to_the_end,
) -> tuple[Sequence[ArticleRecord], int]:
    """Apply an operation to articles; return those it was possible for, and how many were left.

    `progress` is asked before each of them, and may stop it.
    Raises `BatchInterrupted`, with the `part` of the step that was done, if a later one fails.
    """
    done: list[ArticleRecord] = []
    refused: list[LibraryError] = []
    for number, record in enumerate(records):
        if not progress(number, len(records)):
            break
        try:
            apply(record)
            done.append(record)
        except (Conflict, NotInLibrary) as error:
            refused.append(error)
        except LibraryError as error:  # such as a full disk, where the next would fail as well
            if not done:
                raise
            raise BatchInterrupted(
                f"{error.message} Only {len(done)} of {len(records)} were changed.",
                error.hint,
                step=part(done),
            ) from error
    if refused and not done:
        raise refused[0]
    return done, len(refused)
