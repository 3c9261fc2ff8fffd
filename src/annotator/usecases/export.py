"""Articles with their marks into a folder of Markdown files."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.model import ArticleRecord
from annotator.store import ExportFolder, Library, Written
from annotator.usecases.opening import open_article


@dataclass(frozen=True, slots=True)
class Exported:
    """What became of one article: the file, or why there is none."""

    record: ArticleRecord
    written: Written | None = None
    error: AnnotatorError | None = None


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What became of each article, in the order that was asked for."""

    folder: Path
    exported: tuple[Exported, ...]

    @property
    def first_error(self) -> AnnotatorError | None:
        """The first reason why an article has no file, if all have one nothing."""
        return next((each.error for each in self.exported if each.error), None)


def export_markdown(
    library: Library, article_ids: Sequence[str], folder: Path, *, state: Path
) -> ExportReport:
    """Write each article into `folder`, and go on after one that cannot be written.

    A file that a person edited is kept as it is. `state` is where the digests of
    what was written are remembered.
    """
    files = ExportFolder(folder, state=state)
    exported = tuple(_export(library, library.record(each), files) for each in article_ids)
    return ExportReport(folder, exported)


def _export(library: Library, record: ArticleRecord, files: ExportFolder) -> Exported:
    try:
        return Exported(record, written=_write(library, record, files))
    except AnnotatorError as error:
        return Exported(record, error=error)


def _write(library: Library, record: ArticleRecord, files: ExportFolder) -> Written:
    from annotator.export import markdown, names

    opened = open_article(library, record.id)
    text = markdown.render(opened.article, opened.placed, record=record)
    return files.write(record.id, names.file_stem(record.title), text)
