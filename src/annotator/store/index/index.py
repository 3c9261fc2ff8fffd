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
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from annotator.model.query import EVERYTHING, Field, Query, every, leaves
from annotator.store import index, questions
from annotator.store.index.connection import IndexConnection, reading
from annotator.store.index.full_text import needs_words
from annotator.store.index.scan import UNKNOWN, Shard, fingerprints_in, scan, statuses_of
from annotator.store.questions import links, search

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path
    from sqlite3 import Connection

    from annotator.model import Annotation, ArticleRecord
    from annotator.model.daily_round import Urgency
    from annotator.model.query import Words
    from annotator.store.articles.article_paths import ArticlePaths
    from annotator.store.articles.folder_reader import FolderReader
    from annotator.store.index.ingest_text import Step
    from annotator.store.questions.activity import Cut
    from annotator.store.questions.mark_table import MarkListing, MarkTable
    from annotator.store.results import (
        Activity,
        Found,
        MarkAge,
        Marked,
        MarkView,
        SpeakerCount,
        TagCount,
        TagSpelling,
    )

T = TypeVar("T")

FILE_NAME = "index.db"

RECENT = 10.0  # seconds for which a list that is narrowed letter by letter believes one scan

_NEED_FITS = frozenset({Field("is", "orphaned"), Field("is", "reworded")})


class Source(NamedTuple):
    """The articles that an index is derived from; `reader` is loaded when it is first called."""

    paths: ArticlePaths
    reader: Callable[[], FolderReader]


class Index:
    """The index of one library, in a folder, or in memory if there is none.

    Every method may raise `IndexUnavailable`. Articles are ordered newest first, and
    marks by their article, then by position.
    """

    def __init__(self, folder: Path | None, source: Source) -> None:
        self._connection = IndexConnection(folder / FILE_NAME if folder else None)
        self._source = source
        self._scanned: Connection | None = None  # a new one may be to an empty file
        self._scanned_at = -RECENT
        self._own: dict[str, object] = {}  # fingerprints of own changes that are in the index

    @cached_property
    def _mark_table(self) -> MarkTable:
        from annotator.store.questions.mark_table import MarkTable  # other lists do without it

        return MarkTable()

    def records(self) -> tuple[ArticleRecord, ...]:
        """Return all articles."""
        return self._answer(search.records)

    def articles(self, query: Query) -> tuple[ArticleRecord, ...]:
        """Return the articles that match."""
        return self._answer(lambda connection: search.articles(connection, query), query)

    def marks(self, query: Query, article_id: str = "") -> tuple[Marked, ...]:
        """Return the marks that match, of one article or of all."""
        return self._answer(lambda connection: search.marks(connection, query, article_id), query)

    def list_marks(
        self, query: Query, view: MarkView, limit: int | None, own_changes: Collection[str]
    ) -> MarkListing:
        """Return the marks that match in groups and in order, at once while someone types.

        `own_changes` are the articles that this program has changed: they are looked at
        each time, those of other programs only when the last scan is some seconds old.
        """

        def question(connection: Connection) -> MarkListing:
            return self._mark_table.listing(connection, query, view, limit)

        return self._answer(question, query, own_changes)

    def load_marks(self, numbers: Sequence[int]) -> tuple[Marked, ...]:
        """Return the marks with these numbers in a list, in this order, if they still exist."""

        def operation(connection: Connection) -> tuple[Marked, ...]:
            with reading(connection):
                return search.marks_numbered(connection, tuple(numbers))

        return self._connection.run(operation)

    def article_lines(self, query: Query) -> tuple[str, ...]:
        """Return the articles that match, as lines of fields."""
        return self._answer(lambda connection: search.article_lines(connection, query), query)

    def mark_lines(self) -> tuple[str, ...]:
        """Return the marks as lines of fields, those of an article in one string."""
        return self._answer(search.mark_lines)

    def mark_counts(self, own_changes: Collection[str] | None) -> dict[str, int]:
        """Return the number of marks of each article that has any, by the article's id."""
        return self._answer(search.mark_counts, own_changes=own_changes)

    def search(self, query: Query, limit: int) -> Found:
        """Return the best articles and marks that match, at most `limit` of each."""
        return self._answer(lambda connection: search.search(connection, query, limit), query)

    def marks_by_id_prefix(self, prefix: str) -> tuple[tuple[str, str], ...]:
        """Return the ids of the marks that begin with `prefix`, each with its article's id."""
        return self._answer(lambda connection: search.marks_by_id_prefix(connection, prefix))

    def linked_marks(
        self, ids: Sequence[str], targets: Sequence[str], own_changes: Collection[str]
    ) -> tuple[Marked, ...]:
        """Return the marks with these ids, and those that link to one of these targets.

        It is answered as quickly as `list_marks`, for the card of each mark that is looked at.
        """
        return self._answer(
            lambda connection: links.linked_marks(connection, ids, targets),
            own_changes=own_changes,
        )

    def marks_sharing(
        self,
        words: Sequence[Sequence[Words]],
        annotation: Annotation,
        limit: int,
        own_changes: Collection[str],
    ) -> tuple[Marked, ...]:
        """Return the marks that share rare words with one, as `list_marks` does: at once."""

        def question(connection: Connection) -> tuple[Marked, ...]:
            return questions.shared_words.marks_sharing(connection, words, annotation, limit)

        return self._answer(question, every(*chain(*words)), own_changes)

    def articles_sharing(
        self, sought: Sequence[Sequence[Sequence[Words]]], limit: int
    ) -> tuple[tuple[ArticleRecord, ...], ...]:
        """Return for each of many groups of words the articles that share the rarest of them."""

        def question(connection: Connection) -> tuple[tuple[ArticleRecord, ...], ...]:
            find = questions.shared_words.articles_sharing
            return tuple(find(connection, groups, limit) for groups in sought)

        return self._answer(question, every(*chain(*chain(*sought))))

    def connected_marks(
        self,
        mark_id: str,
        *,
        against: Sequence[str],
        along: Sequence[str],
        own_changes: Collection[str],
    ) -> tuple[Marked, ...]:
        """Return a mark and all that are reached from it over links of these relations.

        It is answered as quickly as `list_marks`.
        """

        def question(connection: Connection) -> tuple[Marked, ...]:
            return links.connected_marks(connection, mark_id, against=against, along=along)

        return self._answer(question, own_changes=own_changes)

    def lost_targets(self) -> tuple[tuple[str, str], ...]:
        """Return the ids of marks that link to a mark that is not there, with its id."""
        return self._answer(links.lost_targets)

    def links_across(self, own_changes: Collection[str]) -> tuple[tuple[str, ...], ...]:
        """Return every link to a mark from one of another article, after both articles' ids."""
        return self._answer(links.links_across, own_changes=own_changes)

    def linked_pairs(self, relation: str) -> tuple[tuple[str, str], ...]:
        """Return the ids of both ends of the links of a relation, as of the last answer."""

        def operation(connection: Connection) -> tuple[tuple[str, str], ...]:
            with reading(connection):
                return links.linked_pairs(connection, relation)

        return self._connection.run(operation)

    def linked_targets(self, own_changes: Collection[str]) -> frozenset[str]:
        """Return the ids of the marks that others link to, as quickly as `list_marks`."""
        return self._answer(links.linked_targets, own_changes=own_changes)

    def tag_spellings(self) -> tuple[TagSpelling, ...]:
        """Return the tags in use, each spelling separately."""
        return self._answer(search.tag_spellings)

    def activity(self, cut: Cut) -> Activity:
        """Return what was added, finished and marked between each edge and the next."""
        return self._answer(lambda connection: questions.activity.activity(connection, cut))

    def oldest_marks(self, before: Mapping[Urgency, datetime], limit: int) -> tuple[MarkAge, ...]:
        """Return for each urgency the first marks that were made before a moment."""
        return self._answer(lambda it: questions.rounds.oldest_marks(it, before, limit))

    def ages_of(self, ids: Sequence[str]) -> tuple[MarkAge, ...]:
        """Return what decides when these marks come up for review, if they still exist."""
        return self._answer(lambda connection: questions.rounds.ages_of(connection, ids))

    def tag_counts(self) -> tuple[TagCount, ...]:
        """Return how often each tag is in use, in the order of trees."""
        return self._answer(questions.names.tag_counts)

    def speaker_counts(self) -> tuple[SpeakerCount, ...]:
        """Return how many marks each speaker has."""
        return self._answer(questions.names.speaker_counts)

    def fingerprints(self) -> dict[str, str]:
        """Return a value for each article that changes with it, from the scan of a refresh."""

        def operation(connection: Connection) -> dict[str, str]:
            found: dict[str, str] = {}

            def noted() -> Iterator[Shard]:
                for shard in scan(self._source.paths.folder):
                    found.update(fingerprints_in((shard,)))
                    yield shard

            self._refresh(connection, noted())
            return found

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
            index.ingest.ingest_articles(connection, self._source, article_ids)
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

    def _answer(
        self,
        question: Callable[[Connection], T],
        query: Query = EVERYTHING,
        own_changes: Collection[str] | None = None,
    ) -> T:
        """Refresh the index as far as the query needs it, and return the answer.

        With `own_changes` it takes the changes of other programs only every few seconds.
        """
        needs_text = needs_words(query) or not _NEED_FITS.isdisjoint(leaves(query))

        def operation(connection: Connection) -> T:
            is_recent = time.monotonic() - self._scanned_at <= RECENT
            if own_changes is None or not is_recent or self._scanned is not connection:
                self._refresh(connection)
            else:
                self._ingest_own(connection, own_changes)
            if needs_text:
                for step in self._text_steps(connection):
                    step(connection)
            with reading(connection):
                return question(connection)

        return self._connection.run(operation)

    def _refresh(self, connection: Connection, shards: Iterable[Shard] | None = None) -> None:
        """Scan all files, and ingest the shards that have changed or gone."""
        known = dict(connection.execute("SELECT name, looks FROM rows"))
        changed = []
        for shard in scan(self._source.paths.folder) if shards is None else shards:
            fingerprint = shard.fingerprint
            if known.pop(shard.name, UNKNOWN) != fingerprint or fingerprint == UNKNOWN:
                changed.append(shard)
        changed += [Shard(name, ()) for name in known]  # shards that no longer exist
        if changed:
            index.ingest.ingest(connection, self._source, changed)
        self._scanned, self._scanned_at = connection, time.monotonic()

    def _ingest_own(self, connection: Connection, article_ids: Collection[str]) -> None:
        """Ingest those of the articles whose files differ from what was ingested here before."""
        found = statuses_of(self._source.paths.folder, article_ids)
        changed = [each for each, now in found.items() if self._own.get(each, UNKNOWN) != now]
        if changed:
            index.ingest.ingest_articles(connection, self._source, sorted(changed))
            self._own |= {each: found[each] for each in changed}

    def _text_steps(self, connection: Connection) -> Sequence[Step]:
        return index.ingest_text.steps(connection, self._source)
