"""Edits to marks, of one article or of many, each as one step that can be undone.

Each article is written once, however many of its marks are edited, under its lock. A write waits
for the disk to flush it, so several are made at once: on a busy disk four threads took a quarter
to two thirds of the time of one for a thousand articles, on an idle one the same. An edit that
stops in the middle, because the disk is full, has changed some articles and not the others; it
raises `BatchInterrupted` with the step that it made, so that undo takes back exactly that.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from annotator import store
from annotator.errors import AnnotatorError, BatchInterrupted, Conflict, DamagedFile, NotInLibrary
from annotator.model import Annotation, ArticleRecord
from annotator.model.labels import count
from annotator.store import ArticleChange, Library
from annotator.usecases.articles.trash import Progress, stayed, to_the_end

WRITERS = 4  # threads; twice as many are no faster
AT_ONCE = 16  # articles between two looks at whether to go on
MANY = 16  # articles, from which threads pay


class ArticleTags(Struct, frozen=True):
    """The tags of an article before and after an edit."""

    article_id: str
    before: tuple[str, ...]
    after: tuple[str, ...]


class MarkEdit(Struct, frozen=True, tag=True):
    """An edit to marks, of one article or of several, and to the articles' own tags.

    A new mark is in `after` only, a deleted one in `before` only. `left` is the number of marks
    and articles that were changed or deleted elsewhere, and were left as they are. `colours` are
    those that tags got with it, which had none, by their keys.
    """

    name: str
    before: tuple[Annotation, ...] = ()
    after: tuple[Annotation, ...] = ()
    tags: tuple[ArticleTags, ...] = ()
    left: int = 0
    colours: Mapping[str, str] = {}

    @property
    def article_ids(self) -> tuple[str, ...]:
        of_marks = (mark.article_id for mark in (*self.before, *self.after))
        return tuple(dict.fromkeys((*of_marks, *(change.article_id for change in self.tags))))

    @property
    def mark_ids(self) -> tuple[str, ...]:
        """The marks that were edited."""
        return tuple(dict.fromkeys(mark.id for mark in (*self.before, *self.after)))

    @property
    def size(self) -> int:
        return len(self.mark_ids) + len(self.tags)

    @property
    def words(self) -> str:
        return next((mark.quote for mark in (*self.after, *self.before)), "")

    @property
    def extent(self) -> str:
        """The number of marks and articles: “500 marks”, “1 mark and 2 articles”."""
        marks, articles = count(len(self.mark_ids), "mark"), count(len(self.tags), "article")
        if self.tags and self.mark_ids:
            return f"{marks} and {articles}"
        return articles if self.tags else marks

    @property
    def remark(self) -> str:
        """A sentence about the marks that were left as they are; empty if none were."""
        return stayed(self.left)

    @property
    def is_empty(self) -> bool:
        is_same = all(change.before == change.after for change in self.tags)
        return is_same and _contents(self.before) == _contents(self.after)

    def undo(self, library: Library, *, now: datetime) -> "MarkEdit":
        """Restore what was there before the edit, and return the edit that was taken back.

        Raises `Conflict` if everything was edited since. One that raises `BatchInterrupted` can
        be tried again.
        """
        made = self.reversed().redo(library, now=now)
        if self.colours:
            known = library.catalog.values(store.TAG_COLOURS)
            own = [key for key, colour in self.colours.items() if known.get(key) == colour]
            library.catalog.put(store.TAG_COLOURS, dict.fromkeys(own), now=now)
        return replace(made.reversed(), left=made.left, colours=self.colours)

    def redo(self, library: Library, *, now: datetime) -> "MarkEdit":
        """Make the edit again, and return it as it was made. Raises as `undo` does."""
        plans = {key: part.plan(now=now) for key, part in self._by_article().items()}
        made = edit_articles(library, self.name, plans, now=now)
        if made.left and not made.size:
            is_one = self.size == 1
            raise Conflict(
                f"“{self.name}” was left as it is: "
                f"{'the mark' if is_one else 'everything'} was changed elsewhere.",
                "Look at the mark as it is now, and edit it."
                if is_one
                else "Look at the marks as they are now, and edit them.",
            )
        if self.colours:
            known = library.catalog.values(store.TAG_COLOURS)
            missing = {key: colour for key, colour in self.colours.items() if key not in known}
            library.catalog.put(store.TAG_COLOURS, missing, now=now)
        return replace(made, colours=self.colours)

    def plan(self, *, now: datetime) -> "ArticlePlan":
        """Return the plan that makes this edit, to one article, again."""
        return ArticlePlan(self.size, partial(_repeat, self, now=now))

    def reversed(self) -> "MarkEdit":
        """Return the edit that takes this one back."""
        tags = tuple(
            ArticleTags(change.article_id, change.after, change.before) for change in self.tags
        )
        return MarkEdit(self.name, self.after, self.before, tags)

    def _by_article(self) -> Mapping[str, "MarkEdit"]:
        before, after = _grouped(self.before), _grouped(self.after)
        tags = {change.article_id: (change,) for change in self.tags}
        return {
            key: MarkEdit(self.name, tuple(before[key]), tuple(after[key]), tags.get(key, ()))
            for key in self.article_ids
        }


class ArticlePlan(Struct, frozen=True):
    """An edit to one article that is yet to be made.

    `edit` gets the article's marks and record as they are under the lock, and returns what to
    do with them. `size` is the number of marks and articles that it is meant for.
    """

    size: int
    edit: Callable[[Mapping[str, Annotation], ArticleRecord], MarkEdit]


def edit_articles(
    library: Library,
    name: str,
    plans: Mapping[str, ArticlePlan],
    *,
    now: datetime,
    progress: Progress = to_the_end,
) -> MarkEdit:
    """Edit articles and their marks by these plans, and return what was done, as one step.

    An article that is gone or damaged is left. Raises `BatchInterrupted`, with the step so far,
    if a later article cannot be written.
    """
    made: list[MarkEdit] = []
    waiting, total = list(plans.items()), len(plans)
    at_once = AT_ONCE if total >= MANY else 1
    attempt = partial(_attempt, library, name, now=now)
    with ThreadPoolExecutor(WRITERS) as writers:
        run = writers.map if at_once > 1 else map
        while waiting and progress(total - len(waiting), total):
            window, waiting = waiting[:at_once], waiting[at_once:]
            results = [*run(attempt, window)]
            made += [step for step in results if isinstance(step, MarkEdit)]
            failed = next((error for error in results if isinstance(error, AnnotatorError)), None)
            if failed is not None:
                raise _interruption(failed, _joined(name, made), plans.values())
    if not waiting:
        progress(total, total)
    return _joined(name, made)


def edit_marks(
    library: Library,
    name: str,
    marks: Iterable[Annotation],
    edit: Callable[[Annotation], Annotation | None],
    *,
    now: datetime,
    progress: Progress = to_the_end,
) -> MarkEdit:
    """Edit marks, or delete those for which `edit` returns None, as one step.

    `edit` gets a mark as it is stored now, so that what other programs changed in it stays.
    Marks that are gone are left. Raises `NotInLibrary` if all are gone.
    """

    def edit_known(
        ids: Sequence[str], known: Mapping[str, Annotation], _record: ArticleRecord
    ) -> MarkEdit:
        before = [known[key] for key in ids if key in known]
        changed = [(old, new) for old in before if (new := edit(old)) != old]
        return MarkEdit(
            name,
            tuple(old for old, _ in changed),
            tuple(new.at(now) for _, new in changed if new is not None),
            left=len(ids) - len(before),
        )

    plans = {
        key: ArticlePlan(len(group), partial(edit_known, [mark.id for mark in group]))
        for key, group in _grouped(marks).items()
    }
    made = edit_articles(library, name, plans, now=now, progress=progress)
    if made.left and made.left == sum(plan.size for plan in plans.values()):
        what, them = ("mark", "it") if made.left == 1 else ("marks", "them")
        verb = "exists" if made.left == 1 else "exist"
        raise NotInLibrary(
            f"The {what} no longer {verb}.", f"Another program may have deleted {them}."
        )
    return made


def creation(annotation: Annotation) -> MarkEdit:
    """Return the step that made a mark."""
    return MarkEdit("Mark", (), (annotation,))


def _attempt(
    library: Library, name: str, planned: tuple[str, ArticlePlan], *, now: datetime
) -> MarkEdit | AnnotatorError:
    """Edit one article, and return what was done, or why it cannot be written."""
    article_id, plan = planned
    made: list[MarkEdit] = []

    def change(record: ArticleRecord, marks: Mapping[str, Annotation]) -> ArticleChange:
        step = plan.edit(marks, record)
        made[:] = [step]
        after = {mark.id: mark for mark in step.after}
        changed = {key: after.get(key) for key in step.mark_ids if marks.get(key) != after.get(key)}
        tags = next((change.after for change in step.tags), record.tags)
        is_same = tags == record.tags
        return ArticleChange(None if is_same else replace(record, tags=tags, modified=now), changed)

    try:
        library.article(article_id).revise_many(change, now=now)
    except (NotInLibrary, DamagedFile):
        return MarkEdit(name, left=plan.size)
    except AnnotatorError as error:
        return error
    return made[0]


def _interruption(
    error: AnnotatorError, step: MarkEdit, plans: Iterable[ArticlePlan]
) -> AnnotatorError:
    """Return the error that says how much was changed before another one; that one if nothing."""
    if step.is_empty:
        return error
    total = sum(plan.size for plan in plans)
    message = f"{error.message} Only {step.extent} of {total:,} were changed."
    interruption = BatchInterrupted(message, error.hint, step=step)
    interruption.__cause__ = error
    return interruption


def _repeat(
    wanted: MarkEdit, marks: Mapping[str, Annotation], record: ArticleRecord, *, now: datetime
) -> MarkEdit:
    """Return the part of an edit that can be made again: where nothing was changed elsewhere.

    What is already as the edit leaves it is part of it, so that an edit that was interrupted can
    be made again.
    """
    old = {mark.id: mark for mark in wanted.before}
    new = {mark.id: mark for mark in wanted.after}
    before: list[Annotation] = []
    after: list[Annotation] = []
    left = 0
    for key in wanted.mark_ids:
        known = marks.get(key)
        is_done = _is_same(known, new.get(key))
        if not is_done and not _is_same(known, old.get(key)):
            left += 1
            continue
        before += [old[key]] if key in old else []
        after += [known if is_done and known else new[key].at(now)] if key in new else []
    tags = tuple(change for change in wanted.tags if record.tags in (change.before, change.after))
    left += len(wanted.tags) - len(tags)
    return MarkEdit(wanted.name, tuple(before), tuple(after), tags, left)


def _joined(name: str, made: Sequence[MarkEdit]) -> MarkEdit:
    return MarkEdit(
        name,
        tuple(mark for step in made for mark in step.before),
        tuple(mark for step in made for mark in step.after),
        tuple(change for step in made for change in step.tags),
        sum(step.left for step in made),
    )


def _grouped(marks: Iterable[Annotation]) -> defaultdict[str, list[Annotation]]:
    groups: defaultdict[str, list[Annotation]] = defaultdict(list)
    for mark in marks:
        groups[mark.article_id].append(mark)
    return groups


def _is_same(known: Annotation | None, wanted: Annotation | None) -> bool:
    if known is None or wanted is None:
        return known is wanted
    return known.contents == wanted.contents


def _contents(marks: Iterable[Annotation]) -> Mapping[str, Annotation]:
    # Undoing sets the time of the change to now, so that the undone mark wins when two copies of
    # a library are merged. Times are not compared: the reader did not write them.
    return {mark.id: mark.contents for mark in marks}
