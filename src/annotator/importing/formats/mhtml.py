"""MHTML: a page that a browser saved with its pictures in one file."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from itertools import islice

from annotator.errors import ImportFailed
from annotator.importing.importers import Importer, Sureness
from annotator.importing.item import Found, ImportedItem, ItemText
from annotator.importing.moments import moment_or_remark
from annotator.importing.source import SourceFile, decoded

_MAX_PARTS = 20_000
_SIGNS = ("multipart/related", "mime-version:")
_PAGES = frozenset({"text/html", "application/xhtml+xml"})


def sniff(source: SourceFile) -> Sureness:
    """Return whether the file has the header lines of a page with parts."""
    head = source.head[:4_000].lower()
    is_ours = all(sign in head for sign in _SIGNS) and not head.lstrip().startswith("<")
    return Sureness.CERTAIN if is_ours else Sureness.NO


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the page. Raises `ImportFailed` for a file that has none."""
    remarks: list[str] = []
    try:
        message = message_from_bytes(source.data.lstrip(), policy=policy.default)
        page = next(filter(_is_page, islice(message.walk(), _MAX_PARTS)), None)
        html = _text(page) if page else ""
        subject, date = str(message.get("Subject", "")), str(message.get("Date", ""))
        address = str(message.get("Snapshot-Content-Location", "")) or (
            str(page.get("Content-Location", "")) if page else ""
        )
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as e:
        raise ImportFailed("The parts of the file are damaged.", line=1) from e
    if not html.strip():
        raise ImportFailed("There is no page in the file.", "Save the page again.", line=1)
    yield ImportedItem(
        url=address.strip(),
        title=" ".join(subject.split()),
        added=moment_or_remark(date, remarks),
        text=ItemText(html),
        line=1,
        remarks=tuple(remarks),
    )


def _is_page(part: EmailMessage) -> bool:
    return part.get_content_type() in _PAGES


def _text(part: EmailMessage) -> str:
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    charset = part.get_content_charset()
    if charset:
        try:
            return raw.decode(charset, "replace")
        except LookupError:
            pass
    return decoded(raw)


MHTML = Importer(
    name="mhtml",
    title="MHTML (page saved by a browser)",
    sniff=sniff,
    read=read,
)
