"""Writing articles with their marks to a folder of files, again and again."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from annotator.errors import AnnotatorError, InvalidInput
from annotator.export import exporters
from annotator.export.exporters import Exporter, NoteSource, WrittenNote
from annotator.export.filenames import file_stem
from annotator.store import Contents, ExportFolder, ExportResult, Library
from annotator.usecases.open_article import open_article

_VERSION = "1"  # raise it when a format writes something else: then files are brought up to date


class ExportOptions(Struct, frozen=True):
    """Options of an export.

    With `prunes` the blocks of deleted marks are removed; with `writes` false nothing is
    written, and the report says what would be.
    """

    format_name: str = "markdown"
    prunes: bool = False
    writes: bool = True


class Exported(Struct, frozen=True):
    """The result for one article: a file or an error.

    `marks` counts what happened to the marks in it, `kept` names the properties that the
    user changed, `problems` are sentences about what was left as it is.
    """

    article_id: str
    title: str = ""
    written: ExportResult | None = None
    marks: dict[str, int] = {}
    kept: Sequence[str] = ()
    problems: Sequence[str] = ()
    error: AnnotatorError | None = None


class ExportReport(Struct, frozen=True):
    """The result for each article, in the order of the ids."""

    folder: Path
    exported: tuple[Exported, ...]

    @property
    def changes(self) -> tuple[ExportResult, ...]:
        """The files that were written, or would be."""
        found = (each.written for each in self.exported if each.written)
        return tuple(each for each in found if each.before != each.after)

    @property
    def first_error(self) -> AnnotatorError | None:
        """The first error, or `None`."""
        return next((each.error for each in self.exported if each.error), None)


def export_articles(
    library: Library,
    article_ids: Sequence[str],
    folder: Path,
    *,
    state: Path,
    options: ExportOptions | None = None,
) -> ExportReport:
    """Write each article into `folder`; go on after an article that cannot be written.

    What the user wrote in a file stays. `state` is the folder where it is remembered
    what was exported. Raises `InvalidInput` for a format that is unknown or cannot hold
    marks, `ExportError` if the folder cannot be used.
    """
    options = options or ExportOptions()
    exporter = exporters.exporter(options.format_name)
    if not exporter.can_hold("note"):
        raise InvalidInput(
            f"{options.format_name} cannot hold marks.",
            f"Choose one of: {', '.join(exporters.formats('note'))}.",
        )
    with ExportFolder(
        folder,
        suffix=exporter.suffix,
        identity_of=exporter.identity_of,
        state=state,
        writes=options.writes,
    ) as files:
        run = _Run(library, files, exporter, options, library.fingerprints())
        return ExportReport(folder, tuple(map(run.export, article_ids)))


class _Run(Struct, frozen=True):
    """An export of articles to one folder in one format."""

    library: Library
    files: ExportFolder
    exporter: Exporter
    options: ExportOptions
    fingerprints: Mapping[str, str]

    def export(self, article_id: str) -> Exported:
        """Bring the file of an article up to date, unless nothing has changed since."""
        try:
            found = self.fingerprints.get(article_id, "")
            stamp = f"{_VERSION}.{self.options.prunes}.{found}"
            path = self.files.path_of(article_id)
            if path and found and self.files.is_left(article_id, stamp):
                return Exported(article_id, written=ExportResult(path, "unchanged"))
            return self._write(article_id, stamp)
        except AnnotatorError as error:
            return Exported(article_id, error=error)

    def _write(self, article_id: str, stamp: str) -> Exported:
        opened = open_article(self.library, article_id)
        file = self.files.find(article_id)
        deleted = self.library.deleted_marks(article_id)
        note = self._note(
            NoteSource(
                article=opened.article,
                placed=opened.placed,
                record=opened.record,
                deleted={each: f"{at.astimezone():%Y-%m-%d}" for each, at in deleted.items()},
                before=file.text if file else None,
                memory=file.memory if file else None,
                prunes=self.options.prunes,
            )
        )
        title = opened.record.title
        is_merged = self.exporter.write_note is not None
        contents = Contents(note.text, stamp, note.memory, is_merged)
        written = self.files.write(article_id, contents, stem=file_stem(title), file=file)
        marks = dict(Counter(note.outcomes.values()))
        return Exported(article_id, title, written, marks, note.kept, note.problems)

    def _note(self, source: NoteSource) -> WrittenNote:
        if self.exporter.write_note:
            return self.exporter.write_note(source)
        render = self.exporter.render_note
        text = render(source.article, source.placed, source.record) if render else ""
        return WrittenNote(text=text)
