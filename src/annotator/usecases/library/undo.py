"""Undo and redo of edits to marks and articles.

A step holds the values before and after it. Before a step is undone or redone, those values are
compared with what the library holds. If another program has changed the mark or the article since
then, the step raises `Conflict` and changes nothing. A step of many marks (`BatchEdit`) leaves
those that were changed elsewhere, and restores the others.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from annotator.errors import (
    BatchInterrupted,
    Conflict,
    DamagedFile,
    LibraryError,
    NotInLibrary,
)
from annotator.model import NO_OVERRIDES, Annotation, ArticleRecord, Overrides
from annotator.store import Library
from annotator.store.articles.revision_policy import with_current_revision
from annotator.usecases.marks.batch_edit import BatchEdit

MAX_STEPS = 1_000  # more than a day's work


class Step(Protocol):
    """An edit that can be undone."""

    @property
    def name(self) -> str:
        """A verb, for example “Tag”."""

    @property
    def article_id(self) -> str:
        """The article that was edited, or whose marks were."""

    @property
    def words(self) -> str:
        """The text of the mark or passage, or the title of the article."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""

    def undo(self, library: Library, *, now: datetime) -> object:
        """Restore the values from before the step. Raises `Conflict` if they were edited since."""

    def redo(self, library: Library, *, now: datetime) -> object:
        """Restore the values from after the step. Raises `Conflict` if they were edited since."""


class MarkEdit(Struct, frozen=True):
    """An edit to marks of one article: each mark before and after it.

    A new mark is in `after` only, a deleted one in `before` only.
    """

    name: str
    article_id: str
    before: tuple[Annotation, ...] = ()
    after: tuple[Annotation, ...] = ()

    @property
    def words(self) -> str:
        """The quote of the first mark."""
        return next((mark.quote for mark in (*self.after, *self.before)), "")

    @property
    def is_empty(self) -> bool:
        """Whether the marks are as they were."""
        return _contents(self.before) == _contents(self.after)

    def undo(self, library: Library, *, now: datetime) -> "MarkEdit":
        """Restore the marks from before the edit, and return the edit that was made for it."""
        return replace(self, before=self.after, after=self.before).redo(library, now=now)

    def redo(self, library: Library, *, now: datetime) -> "MarkEdit":
        """Make the edit again, and return it with the marks as they are stored now."""
        self._refuse_conflict(library)
        before = {mark.id: mark for mark in self.before}
        after = tuple(mark.at(now) for mark in self.after)
        for mark in after:
            self._write(library, before.pop(mark.id, None), mark)
        if before:
            library.remove(self.article_id, tuple(before), now=now)
        return replace(self, after=after)

    def _refuse_conflict(self, library: Library) -> None:
        wanted = _contents(self.before)
        found = _contents(library.annotations(self.article_id))
        touched = {mark.id for mark in (*self.before, *self.after)}
        if any(found.get(each) != wanted.get(each) for each in touched):
            raise self._conflict()

    def _write(self, library: Library, old: Annotation | None, new: Annotation) -> None:
        if old is None:
            library.put((new,))
            return

        def replaced(current: Annotation) -> Annotation:  # compares again, now under the lock
            if current.contents != old.contents:
                raise self._conflict()
            return new

        library.revise(self.article_id, new.id, replaced)

    def _conflict(self) -> Conflict:
        return Conflict(
            f"“{self.name}” was left as it is: the mark was changed elsewhere.",
            "Look at the mark as it is now, and edit it.",
        )


class RevisionSwitch(Struct, frozen=True):
    """A switch of an article's current revision. `words` quote the passage it is about."""

    name: str
    article_id: str
    before: str
    after: str
    words: str

    @property
    def is_empty(self) -> bool:
        """Whether both revisions are the same."""
        return self.before == self.after

    def undo(self, library: Library, *, now: datetime) -> ArticleRecord:
        """Make the revision from before the switch the current one."""
        return replace(self, before=self.after, after=self.before).redo(library, now=now)

    def redo(self, library: Library, *, now: datetime) -> ArticleRecord:
        """Make the revision after the switch the current one."""
        extraction = library.extraction(self.article_id, self.after)
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

        return library.update(self.article_id, change)

    def _choices_before(self, library: Library) -> Overrides:
        with suppress(NotInLibrary, DamagedFile):
            return library.extraction(self.article_id, self.before).choices
        return NO_OVERRIDES


class ArticleEdit(Struct, frozen=True):
    """An edit to whole articles: two operations on one of them, each of which reverses the other.

    Articles that were deleted or changed elsewhere since are left as they are. If all were, the
    step raises the reason.
    """

    name: str
    articles: tuple[ArticleRecord, ...]
    revert: Callable[[ArticleRecord], object]
    apply: Callable[[ArticleRecord], object]

    @property
    def article_id(self) -> str:
        """The first article."""
        return next((each.id for each in self.articles), "")

    @property
    def words(self) -> str:
        """The title of the first article, or its address."""
        return next((each.title or each.url for each in self.articles), "")

    @property
    def is_empty(self) -> bool:
        """Whether there was nothing to edit."""
        return not self.articles

    def undo(self, library: Library, *, now: datetime) -> object:  # noqa: ARG002 - both operations hold what they need
        """Reverse the edit."""
        return self._on_each(self.revert)

    def redo(self, library: Library, *, now: datetime) -> object:  # noqa: ARG002 - as above
        """Make the edit again."""
        return self.made()

    def made(self) -> "ArticleEdit":
        """Make the edit, and return it with the articles that it was made on."""
        return replace(self, articles=self._on_each(self.apply))

    def _on_each(self, operation: Callable[[ArticleRecord], object]) -> tuple[ArticleRecord, ...]:
        done: list[ArticleRecord] = []
        refused: list[LibraryError] = []
        for record in self.articles:
            try:
                operation(record)
                done.append(record)
            except (Conflict, NotInLibrary) as error:
                refused.append(error)
            except LibraryError as error:  # such as a full disk, where the next would fail as well
                if not done:
                    raise
                step = replace(self, articles=tuple(done))
                raise BatchInterrupted(
                    f"{error.message} Only {len(done)} of {len(self.articles)} were changed.",
                    f"{error.hint} Undo takes back what was changed.".strip(),
                    step=step,
                ) from error
        if refused and not done:
            raise refused[0]
        return tuple(done)


def creation(annotation: Annotation) -> MarkEdit:
    """Return the step that made a mark."""
    return MarkEdit("Mark", annotation.article_id, (), (annotation,))


class UndoStack:
    """The steps that can be undone or redone, newest last. A new step drops the undone ones.

    A step that meets a conflict is dropped, so that earlier ones can be reached. A step that
    fails because the disk is full or busy stays, and can be tried again.
    """

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []

    @property
    def next_undo(self) -> Step | None:
        """The step that would be undone now."""
        return self._done[-1] if self._done else None

    @property
    def next_redo(self) -> Step | None:
        """The step that would be redone now."""
        return self._undone[-1] if self._undone else None

    def make(self, edit: Callable[[], Step]) -> Step:
        """Make an edit, add it as a step, and return it.

        Of an edit that is interrupted, the part that was made is a step too.
        """
        try:
            step = edit()
        except BatchInterrupted as error:
            self.record(error.step)
            hint = f"{error.hint} Undo takes back what was changed.".strip()
            raise BatchInterrupted(error.message, hint, step=error.step) from error
        self.record(step)
        return step

    def record(self, step: Step) -> None:
        """Add a step, unless it changed nothing."""
        if not step.is_empty:
            self._done = [*self._done, step][-MAX_STEPS:]
            self._undone = []

    def undo(self, library: Library, *, now: datetime) -> Step | None:
        """Undo the newest step and return it, or return None if there is none.

        Of a step of many marks, the part that was undone is returned, and can be redone.
        """
        if not self._done:
            return None
        with _dropping_conflicts(self._done) as step:
            undone = step.undo(library, now=now)
        self._done.pop()
        if isinstance(undone, BatchEdit):
            self._undone.append(undone.reversed())
            return undone
        self._undone.append(step)
        return step

    def redo(self, library: Library, *, now: datetime) -> Step | None:
        """Redo the step that was undone last and return it, or return None if there is none."""
        if not self._undone:
            return None
        with _dropping_conflicts(self._undone) as step:
            redone = step.redo(library, now=now)
        self._undone.pop()
        if isinstance(redone, BatchEdit):
            self._done.append(replace(redone, left=0))
            return redone
        self._done.append(step)
        return step


@contextmanager
def _dropping_conflicts(steps: list[Step]) -> Iterator[Step]:
    """Give the last of `steps`, and drop it if it can never be applied."""
    try:
        yield steps[-1]
    except (Conflict, NotInLibrary):
        steps.pop()
        raise


def _contents(annotations: Iterable[Annotation]) -> Mapping[str, Annotation]:
    # Undoing sets the time of the change to now, so that the undone mark wins when two copies of
    # a library are merged. Times are not compared: the reader did not write them.
    return {each.id: each.contents for each in annotations}
