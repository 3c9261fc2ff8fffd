"""Writing articles with their marks to a folder of files, again and again."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from typing import Final
from zlib import crc32

from msgspec import Struct
from msgspec.structs import replace

from annotator.errors import AnnotatorError, ExportError, InvalidInput
from annotator.export import exporters
from annotator.export.collection import LinkedMark
from annotator.export.exporters import Exporter, NoteSource, WrittenNote
from annotator.export.filenames import file_stem
from annotator.model import Annotation, ArticleRecord, Orphan
from annotator.model.identity import is_web_address
from annotator.store import Contents, ExportedFile, ExportFolder, ExportResult, Library, questions
from annotator.usecases.articles.open_article import OpenArticle, open_article, with_own_address
from annotator.usecases.exporting.report import Exported, ExportReport
from annotator.usecases.exporting.vault import Composed, Vault, bring_up_to_date, usable_name
from annotator.usecases.marks.claims import is_shared

DIGEST: Final = "digest-"  # begins the identities of notes that belong to no single article
VERSION: Final = "3"  # raise it when a format writes something else, so that files are too


class ExportOptions(Struct, frozen=True):
    """What is in notes, and of which articles.

    With `has_text` notes hold the texts of articles, with `prunes` the blocks of deleted marks
    are removed. `has_unmarked` also writes new files for articles without marks; one that
    exists is brought up to date in any case.
    """

    has_text: bool = False
    prunes: bool = False
    has_unmarked: bool = False


USUAL: Final = ExportOptions()


def export_articles(
    library: Library,
    article_ids: Sequence[str] | None,
    vault: Vault,
    *,
    options: ExportOptions = USUAL,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> ExportReport:
    """Write some articles or all into a vault; go on after one that cannot be written.

    What the user wrote in a file stays. `progress` is called with the numbers of articles
    that are done and of all. Raises `InvalidInput` for a format that is unknown or cannot
    hold marks, `ExportError` if the folder cannot be used.
    """
    exporter = vault.exporter()
    if not exporter.can_hold("note"):
        raise InvalidInput(
            f"{vault.format_name} cannot hold marks.",
            f"Choose one of: {', '.join(exporters.formats('note'))}.",
        )
    with vault.opened(exporter) as files:
        is_single = article_ids is not None and len(article_ids) == 1
        # To look at all others for a single one would take half of the time.
        fingerprints = library.fingerprints(article_ids if is_single else None)
        article_ids = tuple(fingerprints) if article_ids is None else article_ids
        run = _ArticleRun(
            library,
            files,
            exporter,
            options,
            fingerprints,
            frozenset(article_ids),
            *_links_across(library),
            is_shared(library),
        )
        wanted, left_out = run.split(article_ids)
        exported: list[Exported] = []
        for article_id in wanted:
            progress(len(exported), len(wanted))
            exported.append(run.export(article_id))
        is_all = not is_single and set(article_ids) >= run.fingerprints.keys()
        others = set(files.identities) - run.fingerprints.keys() if is_all else ()
        missing = sum(not identity.startswith(DIGEST) for identity in others)
        exported += run.exported_elsewhere()
        return ExportReport(vault.folder, tuple(exported), left_out, missing)


def version_of(exporter: Exporter) -> str:
    """Return the version of what an exporter writes; files of another are brought up to date."""
    return f"{VERSION}.{exporter.version}"


def _links_across(library: Library) -> tuple[Mapping[str, str], AbstractSet[str]]:
    """Return what changes with the links between articles, and the ids of those linked to.

    The first has a digest for each article that has such links or to which others have some.
    """
    links = defaultdict[str, list[object]](list)
    targets = set[str]()
    for target, holder, *link in library.ask(questions.links.links_across()):
        links[target].append(link)
        links[holder].append(link)
        targets.add(target)
    return {key: f"{crc32(repr(of_one).encode()):x}" for key, of_one in links.items()}, targets


class _ArticleRun(Struct, frozen=True):
    """An export of articles to one folder in one format; `ids` are those of all of them.

    `across` changes with the links between articles, and `targets` are linked to by others.
    With `is_shared` notes say who made a mark. `moved` gathers the notes of which the user moved
    marks to other files.
    """

    library: Library
    files: ExportFolder
    exporter: Exporter
    options: ExportOptions
    fingerprints: Mapping[str, str]
    ids: AbstractSet[str]
    across: Mapping[str, str]
    targets: AbstractSet[str]
    is_shared: bool
    moved: list[NoteSource] = []

    def split(self, article_ids: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
        """Return the articles to write, and those without marks, which get no new file."""
        there = set(self.files.identities)
        missing = [key for key in article_ids if key not in there]
        if self.options.has_unmarked or not missing:
            return article_ids, ()
        marked = self.library.ask(questions.marks.mark_counts(), freshness="soon").keys()
        left_out = {key for key in missing if key not in marked}
        return (
            [key for key in article_ids if key not in left_out],
            [key for key in article_ids if key in left_out],
        )

    def export(self, article_id: str) -> Exported:
        """Bring the file of an article up to date, unless nothing has changed since."""
        try:
            state = self.fingerprints.get(article_id, "")
            across = self.across.get(article_id, "")
            settings = f"{self.options.prunes}{self.options.has_text}"
            by = ".by" if self.is_shared else ""
            stamp = f"{version_of(self.exporter)}.{settings}.{state}.{across}{by}"
            place = self.files.place_of(article_id)
            if place and state and self.files.is_left(article_id, stamp, coming=self.ids):
                return Exported(article_id, written=ExportResult(place, "unchanged"))
            opened = open_article(self.library, article_id)
            if not self.is_shared:
                opened = replace(opened, placed=tuple(mark.unsigned for mark in opened.placed))
            return bring_up_to_date(
                self.files, article_id, lambda file: self._composed(opened, file, stamp)
            )
        except AnnotatorError as error:
            return Exported(article_id, self._title_of(article_id), error=error)

    def _title_of(self, article_id: str) -> str:
        with suppress(AnnotatorError):
            return self.library.article(article_id).record().title
        return ""

    def _composed(self, opened: OpenArticle, file: ExportedFile | None, stamp: str) -> Composed:
        article_id = opened.record.id
        marks = [placed.annotation for placed in opened.placed]
        deleted = self.library.article(article_id).deleted_marks()
        ids = [*(mark.id for mark in marks), *deleted]
        elsewhere = self.files.elsewhere(article_id, ids)
        if file is None:
            self._check_lost_identity(article_id, elsewhere.values())
        linked = self._linked(marks, has_incoming=article_id in self.targets)
        records = {end.record.id: end.record for end in linked.values()}
        for other in records.values():
            if other.id in self.ids:  # it may be written only after this one
                self.files.plan(other.id, self._stem_of(other))
        names = {key: usable_name(self.files, end.record.id) for key, end in linked.items()}
        record = with_own_address(opened.record, opened.article)
        source = NoteSource(
            article=opened.article,
            placed=opened.placed,
            record=record,
            deleted={key: f"{mark.removed.astimezone():%Y-%m-%d}" for key, mark in deleted.items()},
            notes={key: name for key, name in names.items() if name},
            elsewhere=elsewhere,
            linked=linked,
            before=file.text if file else None,
            memory=file.memory if file else None,
            prunes=self.options.prunes,
            has_text=self.options.has_text,
        )
        note = self._note(source)
        if note.away:
            self.moved.append(replace(source, elsewhere=note.away))
        return Composed(
            note,
            opened.record.title,
            stem_of(source) if (stem_of := self.exporter.stem_of) else file_stem(record.title),
            "" if elsewhere else stamp,  # so that a part that is moved back is noticed
            {key: self.files.name_of(key) for key in records},
            is_merged=self.exporter.write_note is not None,
            orphans=sum(isinstance(placed.place, Orphan) for placed in opened.placed),
            quotes={mark.id: mark.quote for mark in marks},
        )

    def exported_elsewhere(self) -> Iterator[Exported]:
        """Bring marks up to date in the files to which the user moved them from their notes."""
        for source in self.moved:
            name = usable_name(self.files, source.record.id)
            for place in sorted(set(source.elsewhere.values())):
                moved = {key: path for key, path in source.elsewhere.items() if path == place}
                own = {placed.annotation.id for placed in source.placed} - moved.keys()
                notes = {**source.notes, **dict.fromkeys(own if name else (), name)}
                part = replace(source, elsewhere=moved, notes=notes)
                if exported := self._exported_at(place, part):
                    yield exported

    def _exported_at(self, place: str, source: NoteSource) -> Exported | None:
        article_id, title = source.record.id, source.record.title
        write = self.exporter.write_elsewhere
        try:
            file = self.files.at(place)
            note = write(replace(source, before=file.text)) if write else None
            if note is None or (note.text == file.text and not note.problems):
                return None
            contents = Contents(note.text, is_merged=True)
            written = self.files.write("", contents, stem="", file=file)
        except AnnotatorError as error:
            return Exported(article_id, title, error=error)
        return Exported(
            article_id,
            title,
            written,
            Counter(note.outcomes.values()),
            problems=note.problems,
            is_merged=written.before != written.after,
        )

    def _check_lost_identity(self, article_id: str, paths: Iterable[str]) -> None:
        """Raise `ExportError` for a file that has marks of an article, but lost its id."""
        nameless = next((path for path in paths if not self.files.has_identity(path)), None)
        if nameless is not None:
            raise ExportError(
                f"“{nameless}” has marks of this article, but not its annotator_id.",
                f"Write annotator_id: {article_id} back at its head, or delete its marks.",
            )

    def _linked(
        self, marks: Sequence[Annotation], *, has_incoming: bool
    ) -> Mapping[str, LinkedMark]:
        """Return the marks of other articles that these are linked to, or that link to these."""
        own = {mark.id for mark in marks}
        targets = {link.target for mark in marks for link in mark.links} - own
        ids = sorted(target for target in targets if not is_web_address(target))
        if not ids and not has_incoming:
            return {}
        back = sorted(own) if has_incoming else ()
        linked = self.library.ask(questions.links.linked_marks(ids, targets=back))
        return {mark.id: LinkedMark(record, mark) for record, mark in linked if mark.id not in own}

    def _stem_of(self, record: ArticleRecord) -> str:
        """Return the name for the file of another article."""
        if self.exporter.stem_of is None:
            return file_stem(record.title)
        opened = open_article(self.library, record.id)
        return self.exporter.stem_of(
            NoteSource(article=opened.article, placed=opened.placed, record=opened.record)
        )

    def _note(self, source: NoteSource) -> WrittenNote:
        if self.exporter.write_note:
            return self.exporter.write_note(source)
        render = self.exporter.render_note
        text = render(source.article, source.placed, source.record) if render else ""
        return WrittenNote(text=text)
