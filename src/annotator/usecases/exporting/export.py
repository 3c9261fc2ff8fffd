"""Writing articles with their marks to a folder of files, again and again."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from pathlib import Path
from typing import Final
from zlib import crc32

from msgspec import Struct

from annotator.errors import AnnotatorError, ExportError, InvalidInput
from annotator.export import exporters
from annotator.export.exporters import Exporter, NoteSource, WrittenNote
from annotator.export.filenames import file_stem
from annotator.model import Annotation, ArticleRecord, Link, Orphan
from annotator.model.identity import is_web_address
from annotator.model.labels import count
from annotator.store import Contents, ExportFolder, ExportResult, Library, questions
from annotator.usecases.articles.open_article import open_article, with_own_address

_NOT_IN_A_LINK = re.compile(r"[\[\]#^|\x00-\x1f]")  # of a name that the user gave a file
DIGEST = "digest-"  # begins the identities of notes that belong to no single article
_OUTCOMES = ("new", "updated", "merged", "unchanged", "kept", "failed")
VERSION = "3"  # raise it when a format writes something else: then files are brought up to date


NOTES: Final = "markdown"  # the format that has presets


class ExportOptions(Struct, frozen=True):
    """Options of an export.

    `preset` is the program for which notes are written, `templates` are the user's for
    parts of them, by their file names. With `has_text` notes hold the texts of articles,
    with `prunes` the blocks of deleted marks are removed. With `writes` false nothing is
    written, and the report says what would be. `has_unmarked` also writes new files for
    articles without marks; one that exists is brought up to date in any case.
    """

    format_name: str = NOTES
    preset: str = "obsidian"
    templates: Mapping[str, str] = {}
    has_text: bool = False
    prunes: bool = False
    writes: bool = True
    has_unmarked: bool = False


class Exported(Struct, frozen=True):
    """The result for one article: a file or an error.

    `marks` counts what happened to the marks in it, `orphans` are those whose passage was
    not found. `kept` names the properties that the user changed, `problems` are sentences
    about what was left as it is. The file was `merged` if the user had edited it; that was
    done `with_care` if it is not known what was exported last.
    """

    article_id: str
    title: str = ""
    written: ExportResult | None = None
    marks: dict[str, int] = {}
    orphans: int = 0
    kept: Sequence[str] = ()
    problems: Sequence[str] = ()
    is_merged: bool = False
    with_care: bool = False
    error: AnnotatorError | None = None

    @property
    def outcome(self) -> str:
        """The fate of the file in a word; `merged` is one that the user had edited."""
        if self.written is None:
            return "failed"
        return "merged" if self.is_merged else self.written.outcome


class ExportReport(Struct, frozen=True):
    """The result for each article, in the order of the ids.

    `left_out` are the ids of articles without marks that have no file. `without_article`
    counts the files in the folder whose article is not in the library.
    """

    folder: Path
    exported: tuple[Exported, ...]
    left_out: Sequence[str] = ()
    without_article: int = 0

    @property
    def changes(self) -> tuple[ExportResult, ...]:
        """The files that were written, or would be."""
        found = (each.written for each in self.exported if each.written)
        return tuple(each for each in found if each.before != each.after)

    @property
    def summary(self) -> str:
        """The number of files with each outcome, in a sentence."""
        if not self.exported:
            return f"Nothing to write to {self.folder}."
        counts = Counter(each.outcome for each in self.exported)
        told = ", ".join(f"{counts[name]:,} {name}" for name in _OUTCOMES if counts[name])
        return f"{count(len(self.exported), 'article')} in {self.folder}: {told}."

    @property
    def remarks(self) -> Sequence[str]:
        """Sentences about conflicts, orphans, and what was left out or written with care."""
        conflicts = sum(each.marks.get("conflict", 0) for each in self.exported)
        orphans = sum(each.orphans for each in self.exported)
        careful = sum(each.with_care for each in self.exported)
        left_out, others = len(self.left_out), self.without_article
        told = {
            f"{count(conflicts, 'mark')} changed in both: your text stays, and the new version "
            "is below it.": conflicts,
            f"{count(orphans, 'mark')} not found in the article any more.": orphans,
            f"What was exported last to {count(careful, 'file')} is not known: what differs at "
            "the head was left as it is.": careful,
            f"Left out, since there are no marks in it: {count(left_out, 'article')}.": left_out,
            f"{count(others, 'file')} of articles that are not in the library.": others,
        }
        return [sentence for sentence, number in told.items() if number]

    @property
    def problems(self) -> Sequence[str]:
        """Sentences about what was left as it is, each with the name of its file."""
        return [
            f"{each.written.name}: {problem}"
            for each in self.exported
            for problem in each.problems
            if each.written
        ]

    @property
    def first_error(self) -> AnnotatorError | None:
        """The first error, or `None`."""
        return next((each.error for each in self.exported if each.error), None)


def export_articles(
    library: Library,
    article_ids: Sequence[str] | None,
    folder: Path,
    *,
    state: Path,
    options: ExportOptions | None = None,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> ExportReport:
    """Write some articles or all into `folder`; go on after one that cannot be written.

    What the user wrote in a file stays. `state` is the folder where it is remembered
    what was exported. `progress` is called with the numbers of articles that are done
    and of all. Raises `InvalidInput` for a format that is unknown or cannot hold
    marks, `ExportError` if the folder cannot be used.
    """
    options = options or ExportOptions()
    exporter = _exporter(options)
    if not exporter.can_hold("note"):
        raise InvalidInput(
            f"{options.format_name} cannot hold marks.",
            f"Choose one of: {', '.join(exporters.formats('note'))}.",
        )
    with ExportFolder(
        folder,
        suffix=exporter.suffix,
        identity_of=exporter.identity_of,
        parts_of=exporter.parts_of,
        state=state,
        writes=options.writes,
    ) as files:
        is_single = article_ids is not None and len(article_ids) == 1
        # To look at all others for a single one would take half of the time.
        fingerprints = library.fingerprints(article_ids if is_single else None)
        article_ids = tuple(fingerprints) if article_ids is None else article_ids
        run = _Run(library, files, exporter, options, fingerprints, set(article_ids))
        run.look_at_links()
        wanted, left_out = run.split(article_ids)
        exported: list[Exported] = []
        for article_id in wanted:
            progress(len(exported), len(wanted))
            exported.append(run.export(article_id))
        is_all = not is_single and set(article_ids) >= run.fingerprints.keys()
        others = set(files.identities) - run.fingerprints.keys() if is_all else ()
        missing = sum(not each.startswith(DIGEST) for each in others)
        return ExportReport(folder, tuple(exported), left_out, missing)


def version_of(exporter: Exporter) -> str:
    """Return the version of what an exporter writes; files of another are brought up to date."""
    return f"{VERSION}.{exporter.version}"


def usable_name(files: ExportFolder, identity: str) -> str:
    """Return the name by which notes link to a file; empty if it cannot be linked."""
    name = files.name_of(identity)
    return "" if _NOT_IN_A_LINK.search(name) else name


def _exporter(options: ExportOptions) -> Exporter:
    if options.format_name != NOTES:
        return exporters.exporter(options.format_name)
    from annotator.export.markdown.note import note_exporter  # only notes need it
    from annotator.export.markdown.presets import preset_named

    if options.templates:
        from annotator.export.markdown.template_trial import try_templates  # loads jinja2

        try_templates(options.templates, options.preset)  # before anything is written
    return note_exporter(preset_named(options.preset, options.templates))


class _Linked(Struct, frozen=True):
    """Marks of other articles that are linked to those of one.

    `holders` are the names of their notes by article, `names` those by mark.
    """

    holders: dict[str, str] = {}
    names: dict[str, str] = {}
    words: dict[str, str] = {}
    backlinks: dict[str, list[Link]] = {}


class _Run(Struct, frozen=True):
    """An export of articles to one folder in one format; `ids` are those of all of them.

    `across` changes with the marks of other articles that are linked to those of each;
    others have links to the marks of the articles in `targets`.
    """

    library: Library
    files: ExportFolder
    exporter: Exporter
    options: ExportOptions
    fingerprints: Mapping[str, str]
    ids: AbstractSet[str]
    across: dict[str, str] = {}
    targets: set[str] = set()

    def look_at_links(self) -> None:
        """Find what each note says of the marks of other articles."""
        found = defaultdict(list)
        for target, holder, *link in self.library.ask(questions.links.links_across()):
            found[target].append(link)
            found[holder].append(link)
            self.targets.add(target)
        self.across.update((each, f"{crc32(repr(it).encode()):x}") for each, it in found.items())

    def split(self, article_ids: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
        """Return the articles to write, and those without marks, which get no new file."""
        found = set(self.files.identities)
        missing = [each for each in article_ids if each not in found]
        if self.options.has_unmarked or not missing:
            return article_ids, ()
        marked = self.library.ask(questions.marks.mark_counts(), freshness="soon").keys()
        left_out = {each for each in missing if each not in marked}
        return (
            [each for each in article_ids if each not in left_out],
            [each for each in article_ids if each in left_out],
        )

    def export(self, article_id: str) -> Exported:
        """Bring the file of an article up to date, unless nothing has changed since."""
        try:
            found = self.fingerprints.get(article_id, "")
            across = self.across.get(article_id, "")
            settings = f"{self.options.prunes}{self.options.has_text}"
            stamp = f"{version_of(self.exporter)}.{settings}.{found}.{across}"
            place = self.files.place_of(article_id)
            if place and found and self.files.is_left(article_id, stamp, coming=self.ids):
                return Exported(article_id, written=ExportResult(place, "unchanged"))
            return self._write(article_id, stamp)
        except AnnotatorError as error:
            return Exported(article_id, self._title_of(article_id), error=error)

    def _title_of(self, article_id: str) -> str:
        with suppress(AnnotatorError):
            return self.library.article(article_id).record().title
        return ""

    def _write(self, article_id: str, stamp: str) -> Exported:
        opened = open_article(self.library, article_id)
        marks = [each.annotation for each in opened.placed]
        file = self.files.find(article_id)
        elsewhere = self.files.elsewhere(article_id, [each.id for each in marks])
        if file is None:
            self._check_lost_identity(article_id, elsewhere.values())
        linked = self._linked(marks, has_incoming=article_id in self.targets)
        deleted = self.library.article(article_id).deleted_marks()
        source = NoteSource(
            article=opened.article,
            placed=opened.placed,
            record=with_own_address(opened.record, opened.article),
            deleted={key: f"{each.removed.astimezone():%Y-%m-%d}" for key, each in deleted.items()},
            notes=linked.names,
            elsewhere=elsewhere,
            words=linked.words,
            backlinks=linked.backlinks,
            before=file.text if file else None,
            memory=file.memory if file else None,
            prunes=self.options.prunes,
            has_text=self.options.has_text,
        )
        note = self._note(source)
        contents = Contents(
            note.text,
            "" if elsewhere else stamp,  # so that a part that is moved back is noticed
            note.memory,
            is_merged=self.exporter.write_note is not None,
            links=linked.holders,
        )
        title = opened.record.title
        written = self.files.write(article_id, contents, stem=self._stem(source), file=file)
        return Exported(
            article_id,
            title,
            written,
            dict(Counter(note.outcomes.values())),
            orphans=sum(isinstance(each.place, Orphan) for each in opened.placed),
            kept=note.kept,
            problems=note.problems,
            is_merged=bool(file and file.is_edited and written.before != written.after),
            with_care=bool(file and file.memory is None),
        )

    def _check_lost_identity(self, article_id: str, paths: Iterable[str]) -> None:
        """Raise `ExportError` for a file that has marks of an article, but lost its id."""
        nameless = next((each for each in paths if not self.files.has_identity(each)), None)
        if nameless is not None:
            raise ExportError(
                f"“{nameless}” has marks of this article, but not its annotator_id.",
                f"Write annotator_id: {article_id} back at its head, or delete its marks.",
            )

    def _linked(self, marks: Sequence[Annotation], *, has_incoming: bool) -> "_Linked":
        """Return what the note must know of marks of other articles that are linked to these."""
        own = {each.id: each for each in marks}
        targets = {link.target for each in marks for link in each.links} - own.keys()
        ids = sorted(each for each in targets if not is_web_address(each))
        back = tuple(own) if has_incoming else ()
        found = _Linked()
        for record, linked in (
            self.library.ask(questions.links.linked_marks(ids, targets=back)) if ids or back else ()
        ):
            if linked.id in own:
                continue
            if record.id in self.ids:  # it may be written only after this one
                self.files.plan(record.id, self._stem_of(record))
            found.holders[record.id] = self.files.name_of(record.id)
            found.words[linked.id] = linked.quote
            if name := usable_name(self.files, record.id):
                found.names[linked.id] = name
            for link in linked.links:
                if link.target in own:
                    turned = Link(link.relation, linked.id, link.note, not link.is_reversed)
                    found.backlinks.setdefault(link.target, []).append(turned)
        return found

    def _stem_of(self, record: ArticleRecord) -> str:
        """Return the name for the file of another article."""
        if self.exporter.stem_of is None:
            return file_stem(record.title)
        opened = open_article(self.library, record.id)
        return self.exporter.stem_of(
            NoteSource(article=opened.article, placed=opened.placed, record=opened.record)
        )

    def _stem(self, source: NoteSource) -> str:
        return (
            self.exporter.stem_of(source)
            if self.exporter.stem_of
            else file_stem(source.record.title)
        )

    def _note(self, source: NoteSource) -> WrittenNote:
        if self.exporter.write_note:
            return self.exporter.write_note(source)
        render = self.exporter.render_note
        text = render(source.article, source.placed, source.record) if render else ""
        return WrittenNote(text=text)
