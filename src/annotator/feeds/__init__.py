"""Feeds: RSS, RDF, Atom and JSON Feed as entries, feeds that a page names, and lists of feeds.

`elements` makes a tree of XML as servers write it, and reads the entries from it,
and `reading` those of JSON Feed, and sanitises both.
"""

from annotator.feeds.opml import write_opml
from annotator.feeds.reading import read_feed

__all__ = ["read_feed", "write_opml"]
