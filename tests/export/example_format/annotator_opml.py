"""Marks as OPML, which outliners and mind maps read: a heading for each article.

This is the example of docs/how/export-formats.md.
"""

from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from annotator.export.collection import Collection
from annotator.export.exporters import Exporter

HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
<head><title>Marks</title></head>
<body>
"""


def write_opml(collection: Collection) -> Iterator[str]:
    """Yield the outline, an article at a time."""
    lost = 0
    yield HEAD
    for article in collection.articles:
        yield f"<outline text={quoteattr(article.record.title)}>\n"
        for placed in article.marks:
            mark = placed.annotation
            lost += placed.span is None
            yield f"  <outline text={quoteattr(mark.quote)} _note={quoteattr(mark.note)}/>\n"
        yield "</outline>\n"
    yield "</body>\n</opml>\n"
    if lost:
        collection.tell(f"Marks that were not found again in their articles: {lost}.")


OPML = Exporter(name="opml", suffix=".opml", write_collection=write_opml)
