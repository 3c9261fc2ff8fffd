"""All items of a plan into the library: several at once, resumable, with a report at the end.

An item is done in three steps: its text is found and stored, its marks are written, and it is
remembered. Ids of articles and marks depend only on the item, so one that was interrupted in
between is done again with the same result. One that is remembered as it is in the file is
passed over at once.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import cached_property, partial
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from annotator.anchoring.cut_quote import Hint, find_quote
from annotator.codec import encode
from annotator.errors import AnnotatorError, LibraryError, NotInLibrary
from annotator.fetch import DEFAULT_OPTIONS, FetchOptions, check_address
from annotator.fetch.private_networks import is_local_address
from annotator.importing.importers import importer
from annotator.importing.item import ImportedItem
from annotator.model import Anchored, Annotation, ArticleRecord, Extraction, ReadState
from annotator.model.identity import is_web_address
from annotator.model.library_file import StoredArticle
from annotator.model.tags import normalise_all
from annotator.model.text import clean_line
from annotator.settings import Settings
from annotator.store import (
    ArticleChange,
    ImportMemory,
    ItemBase,
    Library,
    Position,
    RememberedItem,
    questions,
)
from annotator.usecases.articles.jobs import Hosts, do_all, in_order
from annotator.usecases.articles.lookup import with_doi
from annotator.usecases.articles.tagging import with_tags
from annotator.usecases.importing import texts
from annotator.usecases.importing.marks import Kinds, PlannedMarks, Present, letters_of, merged_tags
from annotator.usecases.importing.plan import Plan, PlannedItem
from annotator.usecases.importing.report import (
    ImportProgress,
    ImportReport,
    Outcome,
    Placed,
    ReportLine,
    What,
)
from annotator.usecases.importing.restore import restore_article, restore_values
from annotator.usecases.importing.undo_step import ImportNotes, ImportStep, ItemBefore

_IN_BIN = "You have removed the article: `annotator restore {}` brings it back from the bin."
_OWN_FILE = "It is not connected with {} on this computer; with --local it is."
_DELETED = "You have deleted the article for good: `annotator add` brings it back."
_STAYS = "It stays “{}”, since you have marked or read it here."
_SUMMARY = "The article keeps the summary that it has; that of the file is “{}”."
_LEAST = 12  # letters of a title that another one may begin with
_ORDER: Mapping[str, int] = {"unread": 0, "reading": 1, "read": 2, "archived": 3}


class ImportOptions(Struct, frozen=True, kw_only=True):
    """The choices of the user: tags to add, whether to fetch pages, and kinds by colours.

    Only if it `may_reach_network` are pages fetched from this computer and its network, and are
    articles of the program's own format connected with files here: others wrote the addresses.
    """

    tags: tuple[str, ...] = ()
    may_fetch: bool = True
    may_reach_network: bool = False
    archive: str = ""
    is_dry_run: bool = False
    colours: Mapping[str, str] = {}
    kinds: Mapping[str, str] = {}


def options_of(
    settings: Settings,
    *,
    tags: Sequence[str] = (),
    may_fetch: bool = True,
    may_reach_network: bool = False,
    archive: str = "",
    is_dry_run: bool = False,
) -> ImportOptions:
    """Return the options of an import with what the settings say of kinds and colours."""
    return ImportOptions(
        tags=tuple(tags),
        may_fetch=may_fetch,
        may_reach_network=may_reach_network,
        archive=check_address(archive) if archive else "",
        is_dry_run=is_dry_run,
        colours=settings.import_colours,
        kinds={kind.name.casefold(): kind.name for kind in settings.kinds},
    )


class ItemResult(Struct, frozen=True):
    """The outcome of an item, and where its highlights are."""

    outcome: Outcome
    lines: Sequence[ReportLine] = ()
    placed: Mapping[Placed, int] = {}
    is_fetched: bool = False


async def run_import(
    library: Library,
    plan: Plan,
    options: ImportOptions,
    *,
    now: datetime,
    fetch_options: FetchOptions = DEFAULT_OPTIONS,
    show_progress: Callable[[ImportProgress], None] = lambda _: None,
    keep_step: Callable[[ImportStep], object] = lambda _: None,
) -> ImportReport:
    """Import all items, and return the report, which is kept as the last one.

    `keep_step` gets the import as a step that can be undone. When it is cancelled, the report
    and the step are of what was done until then.
    """
    hosts = Hosts()
    finder = texts.TextFinder(
        hosts,
        fetch_options,
        may_fetch=options.may_fetch,
        may_reach_network=options.may_reach_network,
        archive=options.archive,
    )
    with ImportMemory(library.state) as memory:
        run = _Run(library, plan, memory, hosts, finder=finder, options=options, now=now)
        try:
            await run.all(show_progress)
        finally:
            report = run.report()
            if not options.is_dry_run:
                memory.keep_report(encode(report))
                keep_step(run.notes.step(library))
        return report


class _Run:
    """One import."""

    def __init__(
        self,
        library: Library,
        plan: Plan,
        memory: ImportMemory,
        hosts: Hosts,
        *,
        finder: texts.TextFinder,
        options: ImportOptions,
        now: datetime,
    ) -> None:
        self._library = library
        self._plan = plan
        self._options = replace(options, tags=normalise_all(options.tags))
        self._memory = memory
        self._finder = finder
        self._now = now
        self._hosts = hosts
        self._busy: dict[str, asyncio.Lock] = {}
        self._trashed = frozenset(library.trashed())
        self._mark_counts = library.ask(questions.marks.mark_counts())
        self._results: dict[int, ItemResult] = {}
        self._numbers = {(item.service, item.key): at for at, item in enumerate(plan.items)}
        self.notes = ImportNotes()

    async def all(self, show_progress: Callable[[ImportProgress], None]) -> None:
        """Import all items, as many at once as `Hosts` allows."""
        total, fetched = len(self._plan.items), 0

        async def work(numbered: tuple[int, PlannedItem]) -> None:
            nonlocal fetched
            number, planned = numbered
            try:
                result = await self._one(planned)
            except LibraryError:  # a full disk: nothing after it would work either
                raise
            except AnnotatorError as error:
                result = ItemResult("unchanged", (planned.line("skipped", error.message),))
            self._results[number] = result
            fetched += result.is_fetched
            show_progress(ImportProgress(len(self._results), total, fetched))

        if not self._options.is_dry_run:
            for head in self._plan.heads:
                await asyncio.to_thread(restore_values, self._library, head, now=self._now)
        in_turn = self._in_turn()
        await do_all((item for item in in_turn if not _may_be_elsewhere(item[1].item)), work)
        await do_all((item for item in in_turn if _may_be_elsewhere(item[1].item)), work)

    def _in_turn(self) -> list[tuple[int, PlannedItem]]:
        """Return the items with their numbers, those that failed before at the end.

        Otherwise an import that goes on would begin with all pages that fail, and take their
        hosts for dead.
        """
        failed = self._memory.unsettled()
        return sorted(
            enumerate(self._plan.items), key=lambda item: (item[1].service, item[1].key) in failed
        )

    def report(self) -> ImportReport:
        """Return the report of what was done so far, in the order of the files."""
        results = [self._results[number] for number in sorted(self._results)]
        outcomes = Counter[str](result.outcome for result in results)
        placed: Counter[str] = Counter()
        for result in results:
            placed.update(result.placed)
        return ImportReport(
            files=self._plan.files,
            when=self._now,
            is_dry_run=self._options.is_dry_run,
            is_complete=len(results) == len(self._plan.items),
            **outcomes,
            merged=self._plan.merged,
            fetched=sum(result.is_fetched for result in results),
            **placed,
            lines=(*self._plan.lines, *(line for result in results for line in result.lines)),
        )

    async def _one(self, planned: PlannedItem) -> ItemResult:
        if planned.item.stored:
            return await self._stored(planned.item.stored, planned)
        known = self._memory.recall(planned.service, planned.key)
        article_id = known.article_id if known else self._twin(planned) or texts.id_of(planned)
        is_here = self._has(article_id)
        is_again = known is not None and not known.fingerprint  # interrupted, or undone
        if article_id in self._trashed and not is_here:
            if not (known and known.has_begun) or self._options.is_dry_run:
                return ItemResult("removed", (planned.line("removed", _IN_BIN.format(article_id)),))
            await asyncio.to_thread(self._library.restore, article_id)
            is_here = True
        if known and not is_here:
            if known.is_deleted:
                return ItemResult("removed", (planned.line("removed", _DELETED),))
            known = None  # the library was lost, or is an older copy
        if known and self._is_done(planned, known) and self._has_marks(known):
            return ItemResult("unchanged", placed={"known": len(planned.highlights)})
        has_begun = known is not None and known.has_begun
        if has_begun or (known and known.is_undone and not known.marks):
            known = None
        if self._options.is_dry_run:
            return ItemResult("updated" if self._has(article_id) else "added")
        async with self._hosts.slot(self._host(planned)):
            text = await self._text(planned, article_id)
        if text is not None:
            article_id = text.extraction.article.id
        async with self._busy.setdefault(article_id, asyncio.Lock()):
            is_new = has_begun or not self._has(article_id)
            write = partial(self._write, is_new=is_new, is_again=is_again)
            return await asyncio.to_thread(write, planned, known, article_id, text)

    def _is_done(self, planned: PlannedItem, known: RememberedItem) -> bool:
        """Whether nothing is left to do for an item that was imported before."""
        has_tags = set(self._options.tags) <= set(known.base.given)
        may_improve = self._options.may_fetch and not self._options.is_dry_run
        may_be_archived = bool(self._options.archive and planned.item.url)
        is_settled = known.is_settled and not (may_be_archived and known.base.lacks_text)
        return (
            known.fingerprint == planned.fingerprint
            and has_tags
            and (is_settled or not may_improve)
        )

    def _twin(self, planned: PlannedItem) -> str:
        """Return the id of the article that an item without an address is on, if it is here.

        It is that of its book, or has the title of the item, perhaps with that of its site, and
        most of the words that the item quotes.
        """
        for own in planned.item.article_ids:  # never by a guess, which may be another article
            return own if self._has(own) or own in self._trashed else ""
        quotes = [mark.quote for mark in planned.highlights.values()]
        if not _may_be_elsewhere(planned.item) or not any(quotes):
            return ""
        own = letters_of(planned.item.title)
        for title, article_id in self._titles.get(own[:_LEAST], ()):
            is_begun = len(title) >= _LEAST and (title.startswith(own) or own.startswith(title))
            if title != own and not is_begun:
                continue
            extraction = self._extraction(article_id)
            text = extraction.article.text if extraction else ""
            places = [find_quote(text, quote, Hint()) for quote in quotes if quote]
            if sum(isinstance(place, Anchored) for place in places) * 2 > len(places):
                return article_id
        return ""

    @cached_property
    def _titles(self) -> Mapping[str, Sequence[tuple[str, str]]]:
        """The letters of all titles with the ids of their articles, by the first of them."""
        titles: dict[str, list[tuple[str, str]]] = {}
        for record in self._library.records():
            title = letters_of(record.title)
            titles.setdefault(title[:_LEAST], []).append((title, record.id))
        return titles

    def _has_marks(self, known: RememberedItem) -> bool:
        """Whether the library has the marks of an item, but for those that were deleted here.

        One that was restored from an older backup lacks some.
        """
        ids = {base.mark_id for base in known.marks.values()}
        if self._mark_counts.get(known.article_id, 0) >= len(ids):
            return True
        article = self._library.article(known.article_id)
        return ids <= {*(mark.id for mark in article.annotations()), *article.deleted_marks()}

    def _host(self, planned: PlannedItem) -> str:
        """Return the host that an item is fetched from; each local one has its own."""
        is_local = planned.item.text is not None or not planned.item.url
        if is_local or not self._options.may_fetch:
            return planned.key
        try:
            return urlsplit(planned.item.url).hostname or ""
        except ValueError:
            return ""

    def _has(self, article_id: str) -> bool:
        return self._library.article(article_id).fingerprint is not None

    async def _stored(self, stored: StoredArticle, planned: PlannedItem) -> ItemResult:
        """Bring an article of the program's own format back."""
        is_here = self._has(stored.record.id)
        if stored.record.id in self._trashed and not is_here:
            reason = _IN_BIN.format(stored.record.id)
            return ItemResult("removed", (planned.line("removed", reason),))
        if self._options.is_dry_run:
            return ItemResult("updated" if is_here else "added")
        lines: list[ReportLine] = []
        url = stored.record.url
        if url and not is_web_address(url) and not (is_here or self._options.may_reach_network):
            stored = replace(stored, record=replace(stored.record, url=""))
            lines.append(planned.line("remark", _OWN_FILE.format(url), article_id=stored.record.id))
        self.notes.change_of(self._library, stored.record.id, is_new=not is_here)
        if not is_here:
            self.notes.add(stored.record)
        is_changed = await asyncio.to_thread(restore_article, self._library, stored, now=self._now)
        changed: Outcome = "updated" if is_changed else "unchanged"
        where: Placed = "known" if is_here else "exact"
        return ItemResult(changed if is_here else "added", lines, {where: len(stored.marks)})

    async def _text(self, planned: PlannedItem, article_id: str) -> texts.Text | None:
        """Return a text to store: none for an article that is here with its own text."""
        extraction = await asyncio.to_thread(self._extraction, article_id)
        if extraction is None:
            return await self._finder.find(planned, now=self._now)
        if not texts.is_made_of_highlights(extraction):
            return None
        if planned.item.text is not None or (planned.item.url and self._options.may_fetch):
            text = await self._finder.find(planned, now=self._now)
            if not texts.is_made_of_highlights(text.extraction):  # a revision of what is here
                article = replace(text.extraction.article, id=article_id)
                return replace(text, extraction=replace(text.extraction, article=article))
            grown = texts.with_more(planned, extraction, self._now)
            return replace(grown, problem=text.problem, is_settled=text.is_settled)
        return texts.with_more(planned, extraction, self._now)

    def _extraction(self, article_id: str) -> Extraction | None:
        with suppress(NotInLibrary):
            return self._library.article(article_id).extraction()
        return None

    def _write(
        self,
        planned: PlannedItem,
        known: RememberedItem | None,
        article_id: str,
        text: texts.Text | None,
        *,
        is_new: bool,
        is_again: bool,
    ) -> ItemResult:
        library = self._library
        self.notes.remember(ItemBefore(planned.service, planned.key, article_id, known))
        if is_new:  # so that an import that is killed in between knows that it was new
            self._memory.remember(planned.service, planned.key, RememberedItem.begun(article_id))
        lines: list[ReportLine] = []
        is_revised = False
        if text is not None:
            self.notes.change_of(library, article_id, is_new=is_new)
            stored = library.store(text.extraction, text.page, now=self._now)
            is_revised = stored.outcome == "revised"
            if text.problem:
                what: What = "no-text" if texts.is_made_of_highlights(text.extraction) else "remark"
                lines.append(planned.line(what, text.problem, article_id=article_id))
        extraction = library.article(article_id).extraction()
        kinds = Kinds(self._options.colours, importer(planned.service).kinds, self._options.kinds)
        done: list[tuple[PlannedMarks, bool]] = []

        def change(record: ArticleRecord, marks: Mapping[str, Annotation]) -> ArticleChange:
            if is_new:
                self.notes.add(record)
            self.notes.change(record, marks)
            present = Present(
                marks=marks,
                deleted=() if is_again else library.article(article_id).deleted_marks(),
                remembered=known.marks if known else {},
            )
            written = PlannedMarks(planned, extraction.article, present, kinds=kinds, now=self._now)
            is_in_use = not is_new and self._is_in_use(record, marks, known)
            after = self._record(planned, record, known, is_new=is_new, keeps_state=is_in_use)
            if is_in_use and _is_news(planned.item.state, record.state, known):
                lines.append(planned.line("kept", _STAYS.format(after.state), article_id=record.id))
            if known is None and after.excerpt != (planned.item.excerpt or after.excerpt):
                kept = _SUMMARY.format(planned.item.excerpt)
                lines.append(planned.line("remark", kept, article_id=record.id))
            done.append((written, after != record or bool(written.put)))
            return ArticleChange(after if after != record else None, written.put)

        library.article(article_id).revise_many(change, now=self._now)
        planned_marks, is_changed = done[-1]
        self._keep_progress(planned, extraction)
        given = normalise_all(((*known.base.given,) if known else ()) + self._options.tags)
        self._memory.remember(
            planned.service,
            planned.key,
            RememberedItem(
                article_id,
                planned.fingerprint,
                text.is_settled if text else True,
                ItemBase(
                    planned.item.tags,
                    planned.item.state or "",
                    given,
                    lacks_text=texts.is_made_of_highlights(extraction),
                ),
                planned_marks.bases,
            ),
        )
        outcome: Outcome = "added"
        if not is_new:
            outcome = "updated" if is_changed or is_revised else "unchanged"
        return ItemResult(
            outcome,
            (
                *lines,
                *self._gone(planned, known, planned_marks),
                *planned_marks.lines,
                *self._same_doi(planned, article_id),
            ),
            planned_marks.placed,
            is_fetched=text is not None and text.is_fetched,
        )

    def _same_doi(self, planned: PlannedItem, article_id: str) -> Iterator[ReportLine]:
        """Yield a line for every other article that has the DOI of an item."""
        for other in with_doi(self._library, planned.item.doi, but=article_id):
            same = f"“{other.title}” has the same DOI: {other.id}"
            yield planned.line("remark", same, article_id=article_id)

    def _gone(
        self, planned: PlannedItem, known: RememberedItem | None, now: PlannedMarks
    ) -> Iterator[ReportLine]:
        """Yield a line for each highlight that is no longer in a book, and still a mark here."""
        if known and planned.item.article_ids:
            there = {base.mark_id for base in now.bases.values()}
            gone = {base.mark_id for base in known.marks.values()} - there
            for mark in self._library.article(known.article_id).annotations():
                if mark.id in gone:
                    words = f"“{clean_line(mark.quote, limit=80)}” is not there any more."
                    yield planned.line("gone", words, article_id=known.article_id)

    def _keep_progress(self, planned: PlannedItem, extraction: Extraction) -> None:
        """Save how far an article was read at the service, unless it was opened here."""
        article, progress = extraction.article, planned.item.progress
        if progress and self._library.positions.get(article.id) is None:
            position = Position(round(progress * len(article.text)), progress, progress)
            self._library.positions.save(article.id, position)

    def _is_in_use(
        self, record: ArticleRecord, marks: Mapping[str, Annotation], known: RememberedItem | None
    ) -> bool:
        """Whether the user has marked or read an article here, beside what was imported."""
        imported = {base.mark_id for base in known.marks.values()} if known else set[str]()
        is_begun = record.state in ("reading", "read")
        if known is None:
            is_begun = is_begun or self._library.positions.get(record.id) is not None
        else:
            is_begun = is_begun and record.state != known.base.state
        return is_begun or not imported.issuperset(marks)

    def _record(
        self,
        planned: PlannedItem,
        record: ArticleRecord,
        known: RememberedItem | None,
        *,
        is_new: bool,
        keeps_state: bool,
    ) -> ArticleRecord:
        """Return the record with what the item says, but for what the user has changed."""
        item = planned.item
        is_news = not keeps_state and _is_news(item.state, record.state, known)
        state = item.state if item.state and is_news else record.state
        if known is None:
            tags = with_tags(record.tags, add=item.tags, remove=())
        else:
            tags = merged_tags(record.tags, known.base.tags, item.tags)
        new = set(self._options.tags) - set(known.base.given if known else ())
        tags = with_tags(tags, add=[tag for tag in self._options.tags if tag in new], remove=())
        after = replace(
            record,
            tags=tags,
            state=state,
            doi=record.doi or item.doi or record.doi,
            excerpt=record.excerpt or item.excerpt,
        )
        if is_new:
            number = self._numbers[planned.service, planned.key]
            after = replace(after, added=item.added or in_order(self._now, number))
        if is_new and state in ("read", "archived") and item.modified:
            after = replace(after, finished=item.modified)
        return after if after == record else replace(after, modified=self._now)


def _is_news(there: ReadState | None, here: ReadState, known: RememberedItem | None) -> bool:
    """Whether a service knows more of the state of an item: that it is further, or that it changed.

    A state that was changed here since the last import stays.
    """
    if there is None or known is None:
        return there is not None and _ORDER[there] > _ORDER[here]
    return there != known.base.state and here == (known.base.state or "unread")


def _may_be_elsewhere(item: ImportedItem) -> bool:
    """Whether the words of an item may be in an article that the item does not name."""
    return not (item.url or item.text or item.stored) and bool(item.title)


def local_items(plan: Plan) -> int:
    """Return how many addresses of a plan are of this computer or its network, going by them."""
    return sum(is_local_address(item.item.url) for item in plan.items)
