"""The preview of an article beside the list: what is known of it, its first lines, its marks."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from annotator.errors import AnnotatorError
from annotator.model import Annotation, ArticleRecord, Kind
from annotator.model.labels import ACCESS, count, long_date
from annotator.store import Library
from annotator.tui.lists.list_view import Listing
from annotator.tui.lists.mark_rows import ParagraphsRow, paragraph
from annotator.tui.lists.rows import Line, Piece, Row, hashed

_PARAGRAPHS = 3
_MOST_MARKS = 20  # more than fit on most screens


class ArticlePreview(Struct, frozen=True):
    """An article with its first paragraphs, and its marks in the order of its text."""

    record: ArticleRecord
    paragraphs: Sequence[str] = ()
    marks: Sequence[Annotation] = ()


class PreviewPane(Listing, can_focus=False):
    """The preview. Its rows cannot be chosen."""

    def show_preview(self, preview: ArticlePreview, kinds: Mapping[str, Kind]) -> None:
        """Show an article from its top."""
        self.show([*preview_rows(preview, kinds)], at="")
        self.scroll_to(y=0, animate=False)


def read_preview(library: Library, record: ArticleRecord) -> ArticlePreview:
    """Return the preview of an article; of one that cannot be read, what its record says."""
    folder = library.article(record.id)
    try:
        text = folder.extraction().article.text
        marks = sorted(folder.annotations(), key=lambda mark: mark.target.position.start)
    except AnnotatorError:  # it is told when the article is opened
        return ArticlePreview(record)
    return ArticlePreview(record, text.split("\n\n", _PARAGRAPHS)[:_PARAGRAPHS], marks)


def preview_rows(preview: ArticlePreview, kinds: Mapping[str, Kind]) -> Iterator[Row]:
    """Yield the title, facts, the label of completeness and tags, then text and marks."""
    record, marks = preview.record, preview.marks
    facts = (record.site_name, long_date(record.published), f"{record.minutes} min")
    yield _row(record.title or record.url, "strong")
    for text, role in (
        (", ".join(record.byline), "quiet"),
        (" · ".join(filter(None, facts)), "quiet"),
        (ACCESS[record.access].sentence, "warning"),
        (hashed(record.tags), "tag"),
    ):
        if text:
            yield _row(text, role, most=2)
    yield _row("")
    for text in preview.paragraphs:
        yield _row(text, most=5, air=1)
    if marks:
        yield _row(count(len(marks), "mark").capitalize(), "heading")
    for mark in marks[:_MOST_MARKS]:
        kind = kinds[mark.kind]
        yield _row(mark.quote, most=2, head=(Piece(kind.glyph, kind.colour), Piece(" ")))


def _row(
    text: str, role: str = "", *, most: int = 3, air: int = 0, head: Line = ()
) -> ParagraphsRow:
    return ParagraphsRow("", (paragraph(text, role, most=most),), head, air)
