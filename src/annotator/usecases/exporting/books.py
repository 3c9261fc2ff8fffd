"""Articles as books for e-readers: a file for each in a folder, called by its title and its id."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from annotator.errors import AnnotatorError, NotInLibrary
from annotator.export.filenames import file_stem
from annotator.model import ArticleRecord
from annotator.store import ExportFile, Library
from annotator.usecases.exporting.export_collection import CollectionOptions, collection_export
from annotator.usecases.exporting.report import Exported, ExportReport
from annotator.usecases.queries.selection import choose_articles

BEFORE_ID: Final = "--"  # in the name of a file


def book_name(record: ArticleRecord) -> str:
    """Return the name of the book of an article, by which its highlights find it again."""
    return f"{file_stem(record.title)}{BEFORE_ID}{record.id}.epub"


def book_of(library: Library, article_id: str, options: CollectionOptions) -> bytes:
    """Return the book of an article. Raises the error of one that cannot be read."""
    export = collection_export(library, [article_id], format_name="epub", options=options)
    book = [piece for piece in export.data() if isinstance(piece, bytes)]
    if export.first_error is not None:
        raise export.first_error
    return b"".join(book)


def export_books(
    library: Library,
    words: Sequence[str],
    folder: Path,
    *,
    state: Path,
    options: CollectionOptions,
    writes: bool = True,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> ExportReport:
    """Write the book of each article into a folder; go on after one that cannot be written.

    A book keeps the name that it has there, since e-readers keep highlights by names. `words`
    are ids or a query. Raises `NotInLibrary` if nothing matches.
    """
    records = choose_articles(library, words).things
    if words and not records:
        raise NotInLibrary("No articles match.", "`annotator list` lists your articles.")
    known = {path.stem.rpartition(BEFORE_ID)[2]: path for path in folder.glob("*--*.epub")}
    exported: list[Exported] = []
    for record in records:
        progress(len(exported), len(records))
        path = known.get(record.id, folder / book_name(record))
        try:
            file = ExportFile(path, state=state, makes_folder=True)
            written = file.write([book_of(library, record.id, options)], writes=writes)
            exported.append(Exported(record.id, record.title, written))
        except AnnotatorError as error:
            exported.append(Exported(record.id, record.title, error=error))
    return ExportReport(folder, exported)
