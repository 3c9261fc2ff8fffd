"""Writing articles with their marks to a folder of files."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from annotator.errors import AnnotatorError, InvalidInput
from annotator.export import exporters
from annotator.export.filenames import file_stem
from annotator.store import ExportFolder, ExportResult, Library
from annotator.usecases.open_article import open_article


class Exported(Struct, frozen=True):
    """The result for one article: a file or an error."""

    article_id: str
    title: str = ""
    written: ExportResult | None = None
    error: AnnotatorError | None = None


class ExportReport(Struct, frozen=True):
    """The result for each article, in the order of the ids."""

    folder: Path
    exported: tuple[Exported, ...]

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
    format_name: str = "markdown",
) -> ExportReport:
    """Write each article into `folder`; go on after an article that cannot be written.

    A file that the user edited is kept as it is. `state` is the folder where
    digests of written files are remembered. Raises `InvalidInput` for a format
    that is unknown or cannot hold marks.
    """
    exporter = exporters.exporter(format_name)
    render = exporter.render_note
    if render is None:
        raise InvalidInput(
            f"{format_name} cannot hold marks.",
            f"Choose one of: {', '.join(exporters.formats('note'))}.",
        )
    files = ExportFolder(
        folder, suffix=exporter.suffix, identity_of=exporter.identity_of, state=state
    )

    def export(article_id: str) -> Exported:
        title = ""
        try:
            opened = open_article(library, article_id)
            title = opened.record.title
            text = render(opened.article, opened.placed, opened.record)
            written = files.write(article_id, file_stem(title), text)
        except AnnotatorError as error:
            return Exported(article_id, title, error=error)
        return Exported(article_id, title, written)

    return ExportReport(folder, tuple(map(export, article_ids)))
