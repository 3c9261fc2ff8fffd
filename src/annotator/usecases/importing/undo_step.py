"""An import as one step that can be undone: its articles go to the bin, its marks go away.

What it changed in articles that were here before is as it was, but for what was changed since.
The memory of imports forgets it, so that the same file can be imported again.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import chain, repeat
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from annotator.errors import Conflict, LibraryError, NotInLibrary
from annotator.model import Annotation, ArticleRecord
from annotator.model.labels import count
from annotator.store import ImportMemory, Library, RememberedItem
from annotator.usecases.articles.article_edits import BinMove, RecordEdit
from annotator.usecases.articles.trash import stayed
from annotator.usecases.marks.mark_edit import MarkEdit

_NAME = "Import"


class ItemBefore(Struct, frozen=True, array_like=True):
    """An item, and what was remembered of it before an import; None if it was new.

    An import may have a hundred thousand, so their names are not in the file.
    """

    service: str
    key: str
    article_id: str
    before: RememberedItem | None = None

    def after_undo(self, *, is_added: bool) -> RememberedItem:
        """Return what is remembered of the item once its import is undone."""
        if is_added:
            return RememberedItem.begun(self.article_id)
        known = self.before or RememberedItem(self.article_id, "")
        return replace(known, fingerprint="", is_settled=True)


class ImportStep(Struct, frozen=True, kw_only=True, tag=True):
    """An import: the ids of articles that it added, and what it changed in others and their marks.

    `title` is that of the first one.
    """

    added: tuple[str, ...]
    records: RecordEdit
    marks: MarkEdit
    items: tuple[ItemBefore, ...] = ()
    left: int = 0
    title: str = ""
    name: str = _NAME

    @property
    def _parts(self) -> tuple[BinMove | RecordEdit | MarkEdit, ...]:
        titles = chain((self.title,), repeat(""))
        articles = tuple(ArticleRecord(key, "", next(titles)) for key in self.added)
        move = BinMove(name=_NAME, articles=articles, is_restored=True)
        return tuple(part for part in (move, self.records, self.marks) if not part.is_empty)

    @property
    def article_ids(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(key for part in self._parts for key in part.article_ids))

    @property
    def words(self) -> str:
        return next((part.words for part in self._parts if part.words), "")

    @property
    def size(self) -> int:
        return sum(part.size for part in self._parts)

    @property
    def extent(self) -> str:
        """The number of articles that were added, and changed: “2 articles added, 3 changed”."""
        others = len(set(self.article_ids) - set(self.added))
        added = f"{count(len(self.added), 'article')} added"
        return f"{added}, {others:,} changed" if others else added

    @property
    def remark(self) -> str:
        return stayed(self.left + sum(part.left for part in self._parts), "changed since")

    @property
    def is_empty(self) -> bool:
        return not self._parts

    def undo(self, library: Library, *, now: datetime) -> "ImportStep":
        added = frozenset(self.added)
        done = self._each_part(lambda part: part.undo(library, now=now))
        with ImportMemory(library.state) as memory:
            memory.put_back(
                (item.service, item.key, item.after_undo(is_added=item.article_id in added))
                for item in self.items
            )
        return done

    def redo(self, library: Library, *, now: datetime) -> "ImportStep":
        return self._each_part(lambda part: part.redo(library, now=now))

    def _each_part(self, apply: Callable[[Any], Any]) -> "ImportStep":
        """Return the step with what could be applied. Raises `Conflict` if nothing could be."""
        made: dict[str, Any] = {}
        refused: list[Exception] = []
        left = 0
        for part in self._parts:
            try:
                done = apply(part)
                if isinstance(done, BinMove):
                    made["added"], left = done.article_ids, left + done.left
                else:
                    made["records" if isinstance(done, RecordEdit) else "marks"] = done
            except (Conflict, NotInLibrary) as error:
                refused.append(error)
                left += part.size
        if refused and not made:
            raise refused[0]
        return replace(self, **made, left=left)


class ImportNotes:
    """The changes of an import, noted while it runs."""

    def __init__(self) -> None:
        self._added: dict[str, str] = {}  # titles by id
        self._before: dict[str, tuple[ArticleRecord, Mapping[str, Annotation]]] = {}
        self._items: list[ItemBefore] = []

    def add(self, record: ArticleRecord) -> None:
        """Note an article that is new."""
        self._added.setdefault(record.id, "" if self._added else record.title or record.url)

    def change(self, record: ArticleRecord, marks: Mapping[str, Annotation]) -> None:
        """Note an article and its marks before they are changed."""
        if record.id not in self._added:
            self._before.setdefault(record.id, (record, dict(marks)))

    def change_of(self, library: Library, article_id: str, *, is_new: bool) -> None:
        """Note an article of the library before its text is changed, unless it is new."""
        if not is_new:
            article = library.article(article_id)
            self.change(article.record(), {mark.id: mark for mark in article.annotations()})

    def remember(self, item: ItemBefore) -> None:
        """Note what was remembered of an item."""
        self._items.append(item)

    def step(self, library: Library) -> ImportStep:
        """Return the import as a step, with what it changed as it is now."""
        records: list[tuple[ArticleRecord, ArticleRecord]] = []
        before: list[Annotation] = []
        after: list[Annotation] = []
        for article_id, (record, marks) in self._before.items():
            article = library.article(article_id)
            try:
                now, new = article.record(), {mark.id: mark for mark in article.annotations()}
            except LibraryError:  # removed meanwhile by another program
                continue
            edits = {"modified": now.modified, "edits": now.edits, "revisions": now.revisions}
            if replace(record, **edits) != now:
                records.append((record, now))
            changed = [key for key in {**marks, **new} if marks.get(key) != new.get(key)]
            before += _those(marks, changed)
            after += _those(new, changed)
        return ImportStep(
            added=tuple(self._added),
            title="".join(self._added.values()),
            records=RecordEdit(
                name=_NAME,
                articles=tuple(old for old, _ in records),
                after=tuple(new for _, new in records),
            ),
            marks=MarkEdit(_NAME, tuple(before), tuple(after)),
            items=tuple(self._items),
        )


def _those(marks: Mapping[str, Annotation], keys: Sequence[str]) -> list[Annotation]:
    return [marks[key] for key in keys if key in marks]
