"""The stages of cleaning, in their order."""

from annotator.extract.assemble import assemble
from annotator.extract.choose import choose
from annotator.extract.measure import measure
from annotator.extract.parse import parse
from annotator.extract.readable import readable_regions
from annotator.extract.walk import read_passages
from annotator.model.article import Article
from annotator.model.extraction import Extraction
from annotator.model.identity import id_of_text, id_of_url, is_web_address
from annotator.model.page import Page
from annotator.model.text import clean_line

EXTRACTOR = "1"


def extract(page: Page) -> Extraction:
    """Return the article of a page, what was taken away from the page, and how whole it is."""
    tree = parse(page.html, url=page.url)
    passages, regions = read_passages(tree)
    measure(passages, regions)
    choose(passages, readable_regions(tree.root, regions))
    assembled = assemble(passages)
    title = clean_line(tree.root.findtext(".//title") or "")
    article = Article("", page.url, title, blocks=assembled.blocks)
    web = is_web_address(page.url)
    from dataclasses import replace

    article = replace(article, id=id_of_url(page.url) if web else id_of_text(article.text))
    return Extraction(article, assembled.removals, extractor=EXTRACTOR)
