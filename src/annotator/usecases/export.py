"""Articles with their marks into a folder of Markdown files."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from annotator.errors import AnnotatorError
from annotator.store import ExportFolder, Library, Written
from annotator.usecases.open_article import open_article


class Exported(Struct, frozen=True):
    """What became of one article: the file, or why there is none."""

    article_id: str
    title: str = ""
    written: Written | None = None
    error: AnnotatorError | None = None


class ExportReport(Struct, frozen=True):
    """What became of each article, in the order that was asked for."""

    folder: Path
    exported: tuple[Exported, ...]

    @property
    def first_error(self) -> AnnotatorError | None:
        """The first reason why an article has no file; nothing if each has one."""
        return next((each.error for each in self.exported if each.error), None)


def export_markdown(
    library: Library, article_ids: Sequence[str], folder: Path, *, state: Path
) -> ExportReport:
    """Write each article into `folder`, and go on after one that cannot be written.

    A file that a person edited is kept as it is. `state` is where the digests of
    what was written are remembered.
    """
    files = ExportFolder(folder, state=state)
    return ExportReport(folder, tuple(_export(library, each, files) for each in article_ids))


def _export(library: Library, article_id: str, files: ExportFolder) -> Exported:
    from annotator.export import filenames
    from annotator.export.markdown.note import render_note

    title = ""
    try:
        opened = open_article(library, article_id)
        title = opened.record.title
        text = render_note(opened.article, opened.placed, record=opened.record)
        return Exported(
            article_id, title, files.write(article_id, filenames.file_stem(title), text)
        )
    except AnnotatorError as error:
        return Exported(article_id, title, error=error)
