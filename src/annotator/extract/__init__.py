"""Extraction: from a page to its article, with a ledger of everything that was removed.

`pipeline` runs the stages in order: `html` parses the page and `html.walker`
reads it into passages (`blocks` reads code, tables, figures and the like),
`metadata` collects title, byline and dates, `content` chooses the passages of
the article, `residue` removes what is left of the site in them, `completeness`
says whether the article is complete, and `assemble` builds the article.
"""

from annotator.extract.explain import explain
from annotator.extract.pipeline import extract
from annotator.model.extraction import EXTRACTOR

__all__ = ["EXTRACTOR", "explain", "extract"]
