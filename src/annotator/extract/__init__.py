"""Extraction: from a page or document to its article, with a ledger of what was removed.

Its packages are layers. `dom` parses the page, `blocks` reads passages from the tree
(paragraphs, code, tables, figures and the like), `metadata` collects title, byline and
dates, `families` knows residue by its wording and by the names of its boxes, `choice`
chooses the passages of the article, `residue` removes what is left of the site in them,
`finish` repairs what is kept, `completeness` says whether it is complete. `steps` is
the table of all that can remove a passage, and `pipeline` runs it and assembles the
article. `documents` reads what is not a page, such as PDFs and books.
"""

from annotator.extract.documents.readers import explain_document, read_document, unpack
from annotator.extract.pipeline import explain, extract
from annotator.model.extraction import EXTRACTOR

__all__ = ["EXTRACTOR", "explain", "explain_document", "extract", "read_document", "unpack"]
