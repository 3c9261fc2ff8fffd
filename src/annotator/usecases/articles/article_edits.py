"""Edits to whole articles, of which each is made on all of them in one step."""

from collections.abc import Callable, Sequence
from datetime import datetime

from msgspec.structs import replace

from annotator.model import ArticleRecord, ReadState, tags
from annotator.store import Library
from annotator.usecases.articles.lookup import set_state
from annotator.usecases.library.undo import ArticleEdit
from annotator.usecases.tags.tagging import tag_article, with_tags

Now = Callable[[], datetime]

_VERBS: dict[ReadState, str] = {
    "unread": "Mark as unread",
    "reading": "Mark as being read",
    "read": "Mark as read",
    "archived": "Archive",
}


def set_state_of(
    library: Library, records: Sequence[ArticleRecord], state: ReadState, *, now: Now
) -> ArticleEdit:
    """Set the state of articles, and return the step; undone, each has its own state again."""

    def apply(record: ArticleRecord) -> None:
        set_state(library, record.id, state, now=now())

    def revert(record: ArticleRecord) -> None:
        def restored(current: ArticleRecord) -> ArticleRecord:
            before, finished = record.state, record.finished  # not finished now, but back then
            return replace(current, state=before, finished=finished, modified=now())

        library.update(record.id, restored)

    changed = [each for each in records if each.state != state]
    was_archived = any(each.state == "archived" for each in changed)
    name = "Unarchive" if was_archived else _VERBS[state]
    return ArticleEdit(name, tuple(changed), revert, apply).made()


def unarchive(library: Library, records: Sequence[ArticleRecord], *, now: Now) -> ArticleEdit:
    """Take articles out of the archive, as read."""
    archived = [each for each in records if each.state == "archived"]
    return set_state_of(library, archived, "read", now=now)


def retag(
    library: Library,
    records: Sequence[ArticleRecord],
    *,
    add: Sequence[str],
    remove: Sequence[str],
    now: Now,
) -> ArticleEdit:
    """Add tags to articles and remove others, and return the step.

    Undone, each article has the tags again that it lost, without those that it got; tags
    that were added elsewhere meanwhile stay.
    """
    given, taken = tags.normalise_all(add), tags.normalise_all(remove)

    def after(record: ArticleRecord) -> tuple[str, ...]:
        return with_tags(record.tags, add=given, remove=taken)

    def change(record: ArticleRecord, old: Sequence[str], new: Sequence[str]) -> None:
        known, kept = ({tags.key(name) for name in names} for names in (old, new))
        got = [name for name in new if tags.key(name) not in known]
        lost = [name for name in old if tags.key(name) not in kept]
        tag_article(library, record.id, add=got, remove=lost, now=now())

    return ArticleEdit(
        "Tag",
        tuple(each for each in records if after(each) != each.tags),
        revert=lambda record: change(record, after(record), record.tags),
        apply=lambda record: change(record, record.tags, after(record)),
    ).made()


def move_to_bin(library: Library, records: Sequence[ArticleRecord]) -> ArticleEdit:
    """Move articles to the bin, and return the step."""
    return ArticleEdit(
        "Move to bin",
        tuple(records),
        revert=lambda record: library.restore(record.id),
        apply=lambda record: library.trash(record.id),
    ).made()


def restore_from_bin(library: Library, records: Sequence[ArticleRecord]) -> ArticleEdit:
    """Move articles from the bin back to the library, and return the step.

    Those that were added again since are left in the bin. Raises `Conflict` if all were.
    """
    return ArticleEdit(
        "Restore",
        tuple(records),
        revert=lambda record: library.trash(record.id),
        apply=lambda record: library.restore(record.id),
    ).made()
