"""Undo and redo, in many steps, that never undo what another program did."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from annotator.errors import Conflict, NotInLibrary
from annotator.model import Annotation, ArticleRecord
from annotator.model.vocabulary import NO_MOMENT
from annotator.store import Library
from annotator.store.articles.revision_policy import with_version


class RevisionSwitch(Struct, frozen=True):
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
    def reversed(self) -> "RevisionSwitch":
        """The choice that takes this one back."""
        return replace(self, before=self.after, after=self.before)


def switch_revision(library: Library, choice: RevisionSwitch, *, now: datetime) -> ArticleRecord:
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


MAX_STEPS = 1_000  # a day's work; what is older is no slip any more


class Change(Struct, frozen=True):
    """What was done to marks of an article: each as it was, and as it then was.

    A new mark stands in `after` alone, a deleted one in `before` alone. `name`
    says it to a person: “Tag”, “Note”.
    """

    name: str
    article_id: str
    before: tuple[Annotation, ...] = ()
    after: tuple[Annotation, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether everything is as it was."""
        return _contents(self.before) == _contents(self.after)

    @property
    def reversed(self) -> "Change":
        """The change that takes this one back."""
        return replace(self, before=self.after, after=self.before)


def creation(annotation: Annotation) -> Change:
    """Return the making of a mark as a change that can be undone."""
    return Change("Mark", annotation.article_id, (), (annotation,))


def undo(library: Library, change: Change, *, now: datetime) -> Change:
    """Take `change` back, and return what was done for it.

    Raises `Conflict`, and does nothing, if a mark is no longer as the change left it.
    """
    return redo(library, change.reversed, now=now)


def redo(library: Library, change: Change, *, now: datetime) -> Change:
    """Make `change` again, and return what was done.

    Raises `Conflict`, and does nothing, if a mark is no longer as it was before.
    """
    _refuse_conflict(library, change)
    before = {annotation.id: annotation for annotation in change.before}
    after = tuple(annotation.at(now) for annotation in change.after)
    for annotation in after:
        _write(library, change, before.pop(annotation.id, None), annotation)
    if before:
        library.remove(change.article_id, tuple(before), now=now)
    return replace(change, after=after)


Step = Change | RevisionSwitch


class UndoStack:
    """The steps of one sitting; a new step makes the undone ones unreachable.

    A step that meets a conflict is dropped, so that the earlier ones can be reached;
    one that a full or busy disk stopped can be tried again.
    """

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []

    def record(self, change: Step) -> None:
        """Remember `change` as the latest step, unless it changed nothing."""
        if change.is_empty:
            return
        self._done = [*self._done, change][-MAX_STEPS:]
        self._undone = []

    def undo(self, library: Library, *, now: datetime) -> Step | None:
        """Take the latest step back and return it; nothing if there is none."""
        return self._step(library, self._done, self._undone, now=now)

    def redo(self, library: Library, *, now: datetime) -> Step | None:
        """Make the step that was last undone again; nothing if there is none."""
        return self._step(library, self._undone, self._done, now=now)

    def _step(
        self, library: Library, source: list[Step], target: list[Step], *, now: datetime
    ) -> Step | None:
        if not source:
            return None
        step = source[-1].reversed if source is self._done else source[-1]
        try:
            _take(library, step, now=now)
        except (Conflict, NotInLibrary):  # which it would meet again
            source.pop()
            raise
        target.append(source.pop())
        return target[-1]


def _take(library: Library, step: Step, *, now: datetime) -> None:
    if isinstance(step, RevisionSwitch):
        switch_revision(library, step, now=now)
    else:
        redo(library, step, now=now)


def _refuse_conflict(library: Library, change: Change) -> None:
    wanted = _contents(change.before)
    found = _contents(library.annotations(change.article_id))
    touched = {annotation.id for annotation in (*change.before, *change.after)}
    if any(found.get(each) != wanted.get(each) for each in touched):
        raise _conflict(change)


def _write(library: Library, change: Change, old: Annotation | None, new: Annotation) -> None:
    if old is None:
        library.put((new,))
        return

    def replaced(current: Annotation) -> Annotation:  # asked again, now under the lock
        if current.at(NO_MOMENT) != old.at(NO_MOMENT):
            raise _conflict(change)
        return new

    library.revise(change.article_id, new.id, replaced)


def _conflict(change: Change) -> Conflict:
    return Conflict(
        f"“{change.name}” was left as it is: the mark was changed elsewhere since.",
        "Look at the mark as it is now, and edit it.",
    )


def _contents(annotations: Iterable[Annotation]) -> Mapping[str, Annotation]:
    # Undoing sets the moment of the change anew, so that it wins when copies are
    # merged; it is no part of what a person wrote.
    return {each.id: each.at(NO_MOMENT) for each in annotations}
