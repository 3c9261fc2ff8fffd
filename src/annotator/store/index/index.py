"""The index: answers about all articles in milliseconds, derived from the articles' files.

The files are the library; the index holds nothing that they do not, and may be deleted
at any time. Other programs, sync tools and editors change the files without telling us,
so the index is *refreshed* before every answer, in up to three stages that cost more
the rarer they are needed:

1. **Scan** (`scan`): take the status of every file and compare it with the fingerprint
   that was remembered for its shard. Usually nothing has changed and the answer follows
   at once: 0.04 s for 10,000 articles, without opening a file or loading a model class.
2. **Ingest** (`ingest`): read the files of the shards that differ. A file with a new
   fingerprint but the same digest costs one update; otherwise only the rows of marks
   that differ are written. At the end the shard's new fingerprint is remembered.
3. **Ingest text** (`ingest_text`), only for searches and for `is:orphaned` and
   `is:reworded`: put words into the full text tables, and anchor marks in changed texts.

For example, after a sync tool brought a new mark for one of 10,000 articles, `notes`
scans 256 shards, finds that one differs, reads the one file of some 40 that changed in
it, writes one row, and prints its list from the index.

Each stage commits in small transactions, so that two programs can refresh the same index
at once; whoever comes second finds the work done. Nothing is ever deleted from the files.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

from annotator.model.query import Field, leaves
from annotator.store.disk import files
from annotator.store.index.connection import IndexConnection, reading
from annotator.store.index.full_text import needs_words
from annotator.store.index.scan import ArticleSource, Shard, fingerprints_in, scan, statuses_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from pathlib import Path
    from sqlite3 import Connection

    from annotator.store.index.ingest_text import Step
    from annotator.store.index.question import IndexQuestion

T = TypeVar("T")

FILE_NAME = "index.db"

RECENT = 10.0  # seconds for which a list that is narrowed letter by letter believes one scan

_NEED_FITS = frozenset({Field("is", "orphaned"), Field("is", "reworded")})


class Index:
    """The index of one library, in a folder, or in memory if there is none.

    `source` has the files that it is derived from. Every method may raise `IndexUnavailable`.
    All threads may call them; they are answered in turn. For example:

        index = Index(cache / "library", ArticleSource(paths, lambda: reader))
        index.ask(questions.marks.mark_counts())  # {"5d41402abc4b2a76": 3}
    """

    def __init__(self, folder: Path | None, source: ArticleSource) -> None:
        self._connection = IndexConnection(folder / FILE_NAME if folder else None)
        self._source = source
        self._scanned: Connection | None = None  # a new one may be to an empty file
        self._scanned_at = -RECENT
        # Called while many articles are read, with those that are done and all; False stops it.
        self.goes_on: Callable[[int, int], bool] = lambda _done, _all: True
        self._own: dict[str, object] = {}  # fingerprints of own changes that are in the index

    def ask(self, question: IndexQuestion[T], own_changes: Collection[str] = ()) -> T:
        """Refresh the index as far as the question needs it, and return the answer.

        `own_changes` are the articles that this program has changed: those are looked at each
        time, also if the changes of others are only looked for every few seconds.
        """
        query, freshness = question.query, question.freshness
        needs_text = needs_words(query) or not _NEED_FITS.isdisjoint(leaves(query))

        def operation(connection: Connection) -> T:
            is_recent = time.monotonic() - self._scanned_at <= RECENT
            is_recent = is_recent and self._scanned is connection
            if freshness == "now" or (freshness == "soon" and not is_recent):
                self._refresh(connection)
            elif freshness == "soon":
                self._ingest_own(connection, own_changes)
            if needs_text and freshness != "seen":
                for step in self._text_steps(connection):
                    step(connection)
            with reading(connection):
                return question.answer(connection)

        return self._connection.run(operation)

    def fingerprints(self) -> dict[str, str]:
        """Return a value for each article that changes with it, from the scan of a refresh."""

        def operation(connection: Connection) -> dict[str, str]:
            fingerprints: dict[str, str] = {}

            def noted() -> Iterator[Shard]:
                for shard in scan(self._source.paths.folder):
                    fingerprints.update(fingerprints_in((shard,)))
                    yield shard

            self._refresh(connection, noted())
            return fingerprints

        return self._connection.run(operation)

    def bring_up_to_date(self, goes_on: Callable[[], bool] = lambda: True) -> None:
        """Do all stages of the refresh, so that no later question has to wait for them.

        Other questions are answered between the steps. It stops before the next step
        when `goes_on` returns False.
        """

        def begin(connection: Connection) -> Sequence[Step]:
            self._refresh(connection)
            return self._text_steps(connection)

        for step in self._connection.run(begin):
            if not goes_on():
                return
            self._connection.run(step)

    def ingest(self, article_ids: Sequence[str]) -> None:
        """Ingest articles that this program has just changed, if an index exists."""

        def operation(connection: Connection) -> None:
            self._ingest(connection, article_ids=article_ids)
            for step in self._text_steps(connection):
                step(connection)

        if self._connection.exists:
            self._connection.run(operation)

    def delete(self) -> None:
        """Delete the index; the next question makes a new one."""
        self._connection.delete()

    def close(self) -> None:
        """Close the index's file."""
        self._connection.close()

    def _refresh(self, connection: Connection, shards: Iterable[Shard] | None = None) -> None:
        """Scan all files, and ingest the shards that have changed or gone."""
        known = dict(connection.execute("SELECT name, looks FROM rows"))
        changed = []
        for shard in scan(self._source.paths.folder) if shards is None else shards:
            fingerprint = shard.fingerprint
            if known.pop(shard.name, files.UNKNOWN) != fingerprint or fingerprint == files.UNKNOWN:
                changed.append(shard)
        changed += [Shard(name, ()) for name in known]  # shards that no longer exist
        if changed:
            self._ingest(connection, shards=changed)
        self._scanned, self._scanned_at = connection, time.monotonic()

    def _ingest_own(self, connection: Connection, article_ids: Collection[str]) -> None:
        """Ingest those of the articles whose files differ from what was ingested here before."""
        statuses = statuses_of(self._source.paths.folder, article_ids)
        changed = {
            article_id: status
            for article_id, status in statuses.items()
            if self._own.get(article_id, files.UNKNOWN) != status
        }
        if changed:
            self._ingest(connection, article_ids=sorted(changed))
            self._own |= changed

    def _text_steps(self, connection: Connection) -> Sequence[Step]:
        from annotator.store.index import ingest_text  # as below

        return ingest_text.steps(connection, self._source)

    def _ingest(
        self,
        connection: Connection,
        *,
        shards: Sequence[Shard] = (),
        article_ids: Sequence[str] = (),
    ) -> None:
        from annotator.store.index import ingest  # lists of what did not change do without it

        source, goes_on = self._source, self.goes_on
        ingest.ingest(connection, source, shards=shards, article_ids=article_ids, goes_on=goes_on)
