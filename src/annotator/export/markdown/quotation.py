"""A marked passage as a quotation with its source, to paste elsewhere, and that source alone."""

from collections.abc import Sequence

from annotator.export.hyperlinks import deep_link, host_of, safe_href
from annotator.export.markdown.escaping import escape, escape_line, link, quoted, with_breaks
from annotator.model import Annotation, ArticleRecord
from annotator.model.labels import page_words


def quotation(annotation: Annotation, record: ArticleRecord) -> str:
    """Return the words of a mark as a Markdown quotation with its source."""
    title = escape_line(record.title) or "Untitled"
    address = deep_link(record.url, annotation.target)
    parts = (
        ", ".join(escape_line(author) for author in record.byline),
        link(title, address),
        escape_line(record.site_name or host_of(record.url)),
        escape_line(record.published[:10]),
        escape_line(page_words(annotation.target.pages)),
    )
    source = ", ".join(part for part in parts if part)
    return f"{quoted(with_breaks(escape(annotation.quote)))}\n\n— {source}\n"


def source_line(url: str, site: str, byline: Sequence[str], published: str) -> str:
    """Return the site as a link to the page, with the authors and the date."""
    name, href = escape_line(site), safe_href(url)
    parts = (
        link(name or "Source", href) if href else name,
        ", ".join(escape_line(author) for author in byline),
        escape_line(published[:10]),
    )
    return " · ".join(part for part in parts if part)
