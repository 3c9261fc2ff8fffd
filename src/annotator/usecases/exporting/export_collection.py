"""Exporting many articles with their marks to one file, or to standard output.

The articles are read in batches while the text is written, so that a large library is
never in memory.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby, islice
from operator import attrgetter
from pathlib import Path
from typing import Final, NamedTuple

from msgspec import Struct

from annotator.errors import AnnotatorError, InvalidInput, NotInLibrary
from annotator.export import exporters
from annotator.export.collection import CollectedArticle, Collection, Depth, LinkedMark, Reviewer
from annotator.export.exporters import Exporter
from annotator.export.filenames import file_stem
from annotator.model import (
    DEFAULT_KINDS,
    Anchored,
    AnchoredMark,
    Annotation,
    ArticleRecord,
    Extraction,
    Kind,
    Span,
)
from annotator.model.connected import EVIDENCE
from annotator.model.daily_round import Reviewed
from annotator.model.identity import is_web_address
from annotator.model.labels import count
from annotator.model.library_file import FoundAt, Place, Position, StoredArticle, StoredMark
from annotator.model.text import clean_line
from annotator.model.vocabulary import SAME
from annotator.settings import Settings
from annotator.store import REVIEWS, TAG_COLOURS, ExportFile, ExportResult, Library, questions
from annotator.usecases.articles.open_article import addressed, anchor_marks, text_order
from annotator.usecases.exporting.report import Exported, ExportReport
from annotator.usecases.marks.claims import is_shared
from annotator.usecases.queries.saved_queries import saved_queries
from annotator.usecases.queries.search import notes_in_parts
from annotator.usecases.queries.selection import choose_articles, named_marks, split_article

BATCH = 200  # articles whose links are looked up at once
FILE_NAME = "annotator"  # of an export into a folder, without what its format adds


class CollectionOptions(Struct, frozen=True):
    """The kinds of marks of the user's settings, and who signs fact checks.

    With a `title` the export is a digest of that name, in a format that can be one.
    """

    kinds: Sequence[Kind] = DEFAULT_KINDS
    title: str = ""
    reviewer: Reviewer = Reviewer()

    @classmethod
    def of_user(cls, settings: Settings, *, title: str = "") -> "CollectionOptions":
        """Return those of the settings."""
        reviewer = Reviewer(clean_line(settings.reviewer_name), settings.reviewer_url or "")
        return cls(settings.kinds, title, reviewer)


USUAL: Final = CollectionOptions()


class CollectionExport:
    """An export of many articles as pieces of text, which can be gone through once.

    How many articles and marks are in it, how many of these are `lost` in the text now, which
    articles failed, and what the format `told` the user, in sentences, is known at the end.
    """

    def __init__(
        self,
        library: Library,
        exporter: Exporter,
        words: Sequence[str],
        *,
        show_progress: Callable[[int], None] | None = None,
        options: CollectionOptions = USUAL,
    ) -> None:
        self._library = library
        self._query = " ".join(words)
        self._options = options
        self._exporter = exporter
        self._show_progress = show_progress
        self.articles = 0
        self.marks = 0
        self.lost = 0
        self.failed: list[Exported] = []
        self.told: list[str] = []
        chosen = _chosen(library, exporter, words, self.failed)
        follows = exporter.follows_evidence and words
        self._chosen = _with_evidence(library, chosen) if follows else chosen

    def pieces(self) -> Iterator[str]:
        """Yield the text of the export."""
        if write := self._exporter.write_collection:
            yield from write(self._collection())

    def data(self) -> Iterator[str | bytes]:
        """Yield the text of the export, or the bytes of a book."""
        write = self._exporter.write_book
        yield from [write(self._collection())] if write else self.pieces()

    def _collection(self) -> Collection:
        colours = self._library.catalog.values(TAG_COLOURS)
        queries = {saved.name: saved.query for saved in saved_queries(self._library)}
        return Collection(
            articles=self.collected(),
            tag_colours=colours,
            saved_queries=queries,
            kinds=self._options.kinds,
            query=self._query,
            title=self._options.title,
            reviewer=self._options.reviewer,
            tell=self.told.append,
        )

    @property
    def extent(self) -> str:
        """The number of articles and marks that were exported, in words."""
        lost = f", {self.lost:,} of them not found in the text" if self.lost else ""
        return f"{count(self.articles, 'article')}, {count(self.marks, 'mark')}{lost}"

    @property
    def first_error(self) -> AnnotatorError | None:
        """The error of the first article that failed, or `None`."""
        return next((failed.error for failed in self.failed if failed.error), None)

    def report(self, path: Path, written: ExportResult | None = None) -> ExportReport:
        """Return what came of the export, once all pieces are written."""
        files = [Exported("", self._options.title, written)] if written else []
        return ExportReport(path, (*files, *self.failed), told=self.told, extent=self.extent)

    def write(
        self,
        path: Path,
        *,
        state: Path,
        writes: bool = True,
        is_folder: bool = False,
        makes_folder: bool = False,
    ) -> ExportReport:
        """Write the export to a file, or to a file in a folder; `state` remembers its digest.

        With `is_folder` the path is a folder, which is created if it is missing, as that of
        a file is with `makes_folder`. With `writes` false nothing is written, and the report
        says what would be. Raises `ExportError` for a file that is not an earlier export, or
        was edited since.
        """
        if is_folder or path.is_dir():
            path /= file_name(self._exporter, self._options.title)
        file = ExportFile(path, state=state, makes_folder=is_folder or makes_folder)
        return self.report(path, file.write(self.data(), writes=writes))

    def collected(self) -> Iterator[CollectedArticle]:
        """Yield the articles that are exported, each with what the format reads of it."""
        library, reads = self._library, self._exporter.reads
        reader = _ArticleReader(library, reads, self.told)
        if reads == "everything":
            values = library.positions.all(), library.places.all(), library.catalog.values(REVIEWS)
            reader = _ArticleReader(library, reads, self.told, *values)
        chosen = iter(self._chosen)
        if reads != "everything" and not is_shared(library):
            chosen = (_Chosen(one.record, [mark.unsigned for mark in one.marks]) for one in chosen)
        while batch := list(islice(chosen, BATCH)):
            ends = _ends(library, chain.from_iterable(marks for _, marks in batch))
            for chosen_one in batch:
                linked = {
                    end.annotation.id: end for mark in chosen_one.marks for end in ends[mark.id]
                }
                try:
                    article = reader.read(chosen_one, linked)
                except AnnotatorError as error:
                    record = chosen_one.record
                    self.failed.append(Exported(record.id, record.title, error=error))
                    continue
                self.articles += 1
                self.marks += len(article.marks)
                self.lost += sum(mark.span is None for mark in article.marks)
                yield article
            if self._show_progress:
                self._show_progress(self.articles)


def collection_export(
    library: Library,
    words: Sequence[str],
    *,
    format_name: str,
    show_progress: Callable[[int], None] | None = None,
    options: CollectionOptions = USUAL,
) -> CollectionExport:
    """Return an export of articles, or of marks, by their ids or by a query; of all by default.

    A format of marks holds the marks that match, a format of articles the articles that
    match with all of their marks. `show_progress` gets the number of articles that are
    exported, again and again. Raises `InvalidInput` for a format that is unknown or holds
    single articles only, `NotInLibrary` if nothing matches.
    """
    exporter = exporters.exporter(format_name)
    if not (exporter.can_hold("collection") or exporter.can_hold("book")):
        raise InvalidInput(
            f"{format_name} cannot hold several articles in one file.",
            f"Choose one of: {', '.join(exporters.formats('collection'))}.",
        )
    return CollectionExport(library, exporter, words, show_progress=show_progress, options=options)


def file_name(exporter: Exporter, title: str = "") -> str:
    """Return the name of a file in a folder: two formats may have the same suffix."""
    if title:
        return f"{file_stem(title)}{exporter.suffix}"
    name = "" if exporter.suffix == f".{exporter.name}" else f"-{exporter.name}"
    return f"{FILE_NAME}{name}{exporter.suffix}"


class _Chosen(NamedTuple):
    """An article with those of its marks that are exported."""

    record: ArticleRecord
    marks: Sequence[Annotation]


class _ArticleReader(Struct, frozen=True):
    """Reads of each article what a format needs; the rest is kept of all articles in one place."""

    library: Library
    reads: Depth
    told: list[str]
    positions: Mapping[str, Position] = {}
    places: Mapping[str, Mapping[str, Place]] = {}
    reviews: Mapping[str, Reviewed] = {}

    def read(self, chosen: _Chosen, linked: Mapping[str, LinkedMark]) -> CollectedArticle:
        """Return an article with its marks, and with its text where the format needs it."""
        record, marks = chosen
        is_outdated = any(mark.target.revision != record.revision for mark in marks)
        extraction = None
        if self.reads != "marks" or is_outdated:
            extraction = self.library.article(record.id).extraction(record.revision)
        placed = _placed(marks, extraction)
        return CollectedArticle(
            record=record if self.reads == "everything" else addressed(self.library, record),
            marks=placed,
            linked=linked,
            extraction=extraction if self.reads != "marks" else None,
            stored=self._stored(record, placed, extraction)
            if extraction and self.reads == "everything"
            else None,
        )

    def _stored(
        self, record: ArticleRecord, placed: Sequence[AnchoredMark], extraction: Extraction
    ) -> StoredArticle:
        """Return all that belongs to an article, beside the pages as they were fetched."""
        tables = self.library.article(record.id).tables()
        left = tables.tombstones
        reviews = self.reviews
        return StoredArticle(
            record=record,
            extraction=extraction,
            marks=[
                StoredMark(mark.annotation, _found(mark), reviews.get(mark.annotation.id))
                for mark in placed
            ],
            deleted={key: of.removed for key, of in left.items()},
            deleted_by={key: of.author for key, of in left.items() if of.author},
            deleted_edits={key: list(of.edits) for key, of in left.items()},
            binned={key: of.mark for key, of in tables.deleted.items() if of.mark},
            reading=self.positions.get(record.id),
            places=self.places.get(record.id, {}),
            earlier=tuple(self._earlier(record)),
        )

    def _earlier(self, record: ArticleRecord) -> Iterator[Extraction]:
        for revision in record.revisions:
            if revision == record.revision:
                continue
            try:
                yield self.library.article(record.id).extraction(revision)
            except AnnotatorError as error:
                title = record.title or record.id
                self.told.append(f"{title}: an earlier version was left out. {error.message}")


def _found(mark: AnchoredMark) -> FoundAt | None:
    if isinstance(place := mark.place, Anchored):
        return FoundAt(place.span.start, place.span.end, place.fit)
    return None


def _chosen(
    library: Library, exporter: Exporter, words: Sequence[str], failed: list[Exported]
) -> Iterator[_Chosen]:
    """Return the articles with their marks; raises before any is read if nothing matches."""
    if exporter.unit == "articles":
        records = choose_articles(library, words).things
        if words and not records:
            raise NotInLibrary("No articles match.", "`annotator list` lists your articles.")
        return _with_all_marks(library, records, failed)
    named = named_marks(library, words)
    if named is not None:
        return iter([_Chosen(record, marks) for record, marks in named])
    article_id, query = split_article(library, words)
    matches = chain.from_iterable(notes_in_parts(library, query, article_id=article_id))
    first = list(islice(matches, 1))
    if words and not first:
        raise NotInLibrary("No marks match.", "`annotator notes` lists your marks.")
    by_article = groupby(chain(first, matches), key=lambda match: match.record.id)
    groups = (list(group) for _, group in by_article)
    return (
        _Chosen(group[0].record, tuple(map(attrgetter("annotation"), group))) for group in groups
    )


def _with_all_marks(
    library: Library, records: Iterable[ArticleRecord], failed: list[Exported]
) -> Iterator[_Chosen]:
    for record in records:
        try:
            marks = library.article(record.id).annotations()
        except AnnotatorError as error:
            failed.append(Exported(record.id, record.title, error=error))
        else:
            yield _Chosen(record, marks)


def _with_evidence(library: Library, chosen: Iterable[_Chosen]) -> Iterator[_Chosen]:
    """Yield the chosen marks, and those that support and oppose them at any distance."""
    records: dict[str, ArticleRecord] = {}
    marks: dict[str, dict[str, Annotation]] = {}
    near: list[Annotation] = []
    for record, own in chosen:
        records[record.id] = record
        marks.setdefault(record.id, {}).update((mark.id, mark) for mark in own)
        near += own
    while near:
        ids = {mark.id for mark in near}
        same = {link.target for mark in near for link in mark.links if link.relation == SAME}
        near = []
        for record, mark in library.ask(
            questions.links.linked_marks(sorted(same), targets=sorted(ids))
        ):
            is_evidence = any(
                link.target in ids and link.relation in EVIDENCE for link in mark.links
            )
            known = marks.setdefault(record.id, {})
            if mark.id not in known and (is_evidence or mark.id in same):
                records.setdefault(record.id, record)
                known[mark.id] = mark
                near.append(mark)
    for article_id, by_id in marks.items():
        if by_id:
            yield _Chosen(records[article_id], tuple(by_id.values()))


def _placed(marks: Sequence[Annotation], extraction: Extraction | None) -> Sequence[AnchoredMark]:
    if extraction:
        return anchor_marks(extraction.article, marks)
    at_once = (
        AnchoredMark(mark, Anchored(Span(mark.target.position.start, mark.target.position.end)))
        for mark in marks
    )
    return tuple(sorted(at_once, key=text_order))


def _ends(library: Library, marks: Iterable[Annotation]) -> Mapping[str, Sequence[LinkedMark]]:
    """Return the marks at the other ends of the links of marks and to them, by the ids of these."""
    holders = defaultdict[str, list[str]](list)  # of links, by the marks that these lead to
    ends: dict[str, list[LinkedMark]] = {}
    for mark in marks:
        ends[mark.id] = []
        for link in mark.links:
            if not is_web_address(link.target):
                holders[link.target].append(mark.id)
    for record, mark in library.ask(
        questions.links.linked_marks(sorted(holders), targets=sorted(ends))
    ):
        linked_by = holders.get(mark.id, ())
        for key in dict.fromkeys((*linked_by, *(link.target for link in mark.links))):
            if key in ends:
                ends[key].append(LinkedMark(record, mark))
    return ends
