"""Pages that browsers save with all that belongs to them: only the page itself is stored."""

from collections.abc import Callable
from typing import Final

from annotator.errors import CleaningError
from annotator.extract.documents.readers import DocumentReader
from annotator.model.document import Document, Page
from annotator.model.identity import is_web_address
from annotator.model.saved_page import SavedPage, read_mhtml, read_web_archive


def _unpack_with(read: Callable[[bytes], SavedPage]) -> Callable[[Document], Page]:
    def unpack(document: Document) -> Page:
        try:
            page = read(document.data)
        except ValueError as error:
            raise CleaningError(f"The saved page is damaged. {error}", "Save it again.") from error
        if not page.html.strip():
            raise CleaningError("There is no page in the file.", "Save the page again.")
        # An address that the user gave comes first, then that of the page.
        is_given = is_web_address(document.url) or not is_web_address(page.url)
        url = document.url if is_given else page.url
        html = page.html.replace("\x00", "\ufffd")
        return Page(url, html, fetched_at=document.fetched_at, is_truncated=page.is_cut)

    return unpack


MHTML_READER: Final = DocumentReader(unpack=_unpack_with(read_mhtml))
WEB_ARCHIVE_READER: Final = DocumentReader(unpack=_unpack_with(read_web_archive))
